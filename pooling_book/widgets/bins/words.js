// What the bins say: which cells each one reads, which of them it shares, and what comes out.
import { show } from "../kit/core.js";
import { cellsOf } from "./state.js";

const AXES = [
  ["row", "rows"],
  ["column", "columns"],
];
const REDUCED = { max: "maximum", avg: "average" };

const all = (parts) => (parts.length > 1 ? `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}` : parts[0]);
const many = (count, [one, more]) => `${count} ${count === 1 ? one : more}`;

// "rows 2 to 4 (3 rows)", "row 2 (1 row)"
export function stretch({ start, end }, axis) {
  const [one, more] = AXES[axis],
    count = end - start;
  return `${count === 1 ? `${one} ${start}` : `${more} ${start} to ${end - 1}`} (${many(count, AXES[axis])})`;
}

// The rows and columns of a bin that others read, too: "Read twice: rows 2 and 4, column 1.", or "".
export function shared(cells, times) {
  const by = new Map();
  cells.forEach(({ start, end }, axis) => {
    for (let at = start; at < end; at++) {
      const time = times[axis][at];
      if (time < 2) continue;
      if (!by.has(time)) by.set(time, [[], []]);
      by.get(time)[axis].push(at);
    }
  });
  const listed = (list, axis) => (list.length ? [`${AXES[axis][list.length > 1 ? 1 : 0]} ${all(list)}`] : []);
  return [...by].map(([time, lists]) => `Read ${often(time)}: ${lists.flatMap(listed).join(", ")}.`).join(" ");
}
const often = (time) => (time === 2 ? "twice" : `${time} times`);

const named = ({ level: { rows, columns }, i, j }) => (rows * columns === 1 ? "The one bin" : `Bin (${i}, ${j})`);

// [a short sentence, the rest]. at: of state.placeOf.
export function explain(values, scene, at) {
  return values.pool === "region" ? explainRegion(values, scene, at) : explainBin(values, scene, at);
}

function explainBin({ operation, pool, level }, scene, at) {
  const cells = cellsOf(at),
    value = at.level.values[at.n - at.level.first];
  const whole = pool === "pyramid" && level === "all"; // there every cell is read by all three
  return [
    `${named(at)} reads ${cells.map(stretch).join(", ")}. ${whole ? "" : shared(cells, scene.times)}`.trim(),
    `Its ${REDUCED[operation]} is ${show(value, 1)}. ${edges(scene, at)} ${total(scene, pool, level)}`,
  ];
}

// Where the rows of a bin begin and end, as they are computed.
function edges({ plane }, { level, i }) {
  const [{ start, end }, m, n] = [level.bins[0][i], level.rows, plane.rows];
  return `Rows: from floor(${i} · ${n} / ${m}) = ${start} to below ceil(${i + 1} · ${n} / ${m}) = ${end}.`;
}

// How much comes in and out, and how much of it is read more than once.
function total({ plane, levels, again }, pool, level) {
  const size = `${plane.rows} × ${plane.columns} places in`,
    cells = plane.rows * plane.columns;
  if (pool === "pyramid") {
    const count = levels.map(({ values }) => values.length);
    const sum = `${count.join(" + ")} = ${count.reduce((a, b) => a + b)}`;
    return `${size}, ${sum} numbers out.${level === "all" ? "" : overlap(again, cells)}`;
  }
  return `${size}, ${levels[0].rows} × ${levels[0].columns} out.${overlap(again, cells)}`;
}
const overlap = (again, cells) =>
  again ? ` ${again} of ${cells} places are read more than once.` : " Every place is read once.";

function explainRegion({ operation }, { region, levels: [pool] }, at) {
  const value = (plane) => show(plane.values[at.n], 1);
  const whole = region.rounded.map((ends, axis) => `${AXES[axis][1]} ${ends.join(" and ")}`).join(", ");
  const reads = cellsOf(at).map(plain).join(", ");
  const [heights, widths] = [region.samples[0][at.i], region.samples[1][at.j]].map((places) =>
    all(places.map((place) => show(place))),
  );
  return [
    `Output (${at.i}, ${at.j}), ${REDUCED[operation]}: RoI pool ${value(pool)}, RoI align ${value(region.align)}.`,
    `Region: ${edgesOf(region)}; rounded edges: ${whole}. RoI pool reads ${reads}; ` +
      `RoI align samples at heights ${heights}, widths ${widths}.`,
  ];
}
// The edges of the box, as they are.
function edgesOf({ box }) {
  const [rows, columns] = box.map((edges) => edges.map((edge) => show(edge, 1)).join(" to "));
  return `rows ${rows}, columns ${columns}`;
}
function plain({ start, end }, axis) {
  const [one, more] = AXES[axis];
  return end - start === 1 ? `${one} ${start}` : `${more} ${start} to ${end - 1}`;
}

export const COVERED = "The bins are covered until you uncover your guess.";
// What is said while an answer is covered: only what is seen.
export function coveredWords({ pool }, { plane, region }) {
  const map = `A map of ${plane.rows} × ${plane.columns} places.`;
  return [COVERED, pool === "region" ? `${map} Region: ${edgesOf(region)}.` : map];
}

// A cell of the map that is pointed at.
export function pointedCell({ plane }, [row, column], readers) {
  const value = plane.values[row * plane.columns + column];
  const who =
    readers.length === 0
      ? "no bin reads it"
      : readers.length === 1
        ? "one bin reads it"
        : `${readers.length} bins read it`;
  return `Row ${row}, column ${column}: ${value}; ${who}.`;
}

// ---- Names of the boards ----

export const mapName = ({ pool }) =>
  pool === "region"
    ? "The map with a region: arrow keys move the region by a tenth of a place, Shift and arrow keys pull its corner"
    : "The map: arrow keys give it a row or a column more or less";
export const mapTitle = ({ rows, columns }) => `Map, ${rows} × ${columns}`;
export function outputTitle({ pool }, level, isAligned) {
  const size = `${level.rows} × ${level.columns}`;
  if (pool === "region") return isAligned ? "RoI align" : "RoI pool";
  return pool === "pyramid" ? size : `Outputs, ${size}`;
}
export const KEYS = "arrow keys go from bin to bin";

// What the chart of a box that goes to the right says.
export function travelName(points, at) {
  const jumps = points.filter(({ pool }, n) => n && pool !== points[n - 1].pool).length,
    steps = points.slice(1).map(({ align }, n) => Math.abs(align - points[n].align));
  return (
    `Output (${at.i}, ${at.j}) while the region goes from the left end to the right: RoI pool jumps ${jumps} times, ` +
    `RoI align changes by at most ${show(Math.max(0, ...steps), 1)} in a step of a tenth`
  );
}
