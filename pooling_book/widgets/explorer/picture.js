// The explorer's picture as a whole: two grids, the arithmetic between them, and what is on its way between them.
import { show as word } from "../kit/core.js";
import { flights, moving } from "../kit/motion.js";
import { keyOf, matrix, pointedKeys, sizeLines, winners } from "./arithmetic.js";
import { draw, layoutOf, longestOf } from "./drawing.js";
import { windowBox } from "./state.js";

// parts: the boards, the element around them, the views of matrix.js and formula.js, and symbols.js. Returns
// paint(look): what explorer.js looks at.
export function picture(state, { input, output, panels, arithmetic, formula, lights }) {
  const corner = moving(state.redraw),
    fly = flights(panels);
  let last = {}; // what was painted last: {scene: its result, selected, longest}

  // The window goes where it is sent by steps and keys; a hand, or other settings, have it there at once.
  function send({ at, scene: { result } }) {
    const place = windowBox(at, result.placed).map(({ start }) => start);
    corner.send(place, state.get("held") || last.result !== result);
    return corner.now();
  }

  // What came out flies to where it belongs: the largest from its place, the mean from the middle of its window.
  function launch({ values, scene: { plane, result }, at, covered }) {
    const steps = last.result === result && !state.get("held") && String(values.selected) !== last.selected;
    if (!steps || String(at) !== String(values.selected) || covered(...at)) return;
    const middle = windowBox(at, result.placed).map(({ start, span }) => start + (span - 1) / 2),
      from = values.operation === "max" ? winners(plane, result, at)[0] : middle;
    fly(word(result.values[at[0] * result.columns + at[1]]), input.onScreen(...from), output.onScreen(...at));
  }

  function paintArithmetic(look, rows, cells, window) {
    const { values, scene, at, hides } = look,
      known = String(hides.output) !== String(at) && !look.covered(...at);
    const winning = values.operation === "max" && known ? winnersIn(rows, scene, at) : [];
    arithmetic.show({ rows, values, result: scene.result, at, known, winning, cell: cells.matrix });
    // with the hand: level with the window's rows, as far as the grid reaches
    const room = (input.bottom - input.top - rows.length) * input.cell,
      down = Math.max(0, Math.min(room, (window[0] - input.top) * input.cell));
    const above = cells.beside ? input.canvas.offsetTop - input.figure.offsetTop + down : 0;
    arithmetic.element.style.marginTop = `${above}px`;
    formula.show(sizeLines(values, scene.result), !hides.size);
    lights.show(panels, pointedKeys(rows, scene, at, state.get("hover")));
    lights.show(formula.element, pointedKeys(rows, scene, at, state.get("hover")));
  }

  return function paint(look) {
    const { values, scene, at } = look,
      { plane, result } = scene,
      isNumbers = values.source === "numbers";
    arithmetic.element.hidden = !result;
    if (!result) formula.show([], true);
    for (const { figure } of [input, output]) figure.classList.toggle("pool-stale", !plane);
    if (!plane) return;
    const longest = last.result === result ? last.longest : isNumbers && result ? longestOf(result) : 1;
    const rows = result ? matrix(values, scene, at) : [[]];
    const shape = { rows: rows.length, columns: rows[0].length };
    const cells = layoutOf(scene, isNumbers, panels.clientWidth, shape, longest, values.operation === "max");
    panels.classList.toggle("pool-beside", cells.beside);
    const window = result ? send(look) : null;
    draw({ ...look, cells, window, lit: state.get("lit") }, input, output);
    if (result) paintArithmetic(look, rows, cells, window);
    if (result) launch(look);
    last = { result, longest, selected: String(values.selected) };
  };
}

// The keys of the cells in which the largest elements stand.
const winnersIn = (rows, { plane, result }, at) => {
  const keys = winners(plane, result, at).map((place) => keyOf(...place));
  return rows
    .flat()
    .map(({ key }) => key)
    .filter((key) => keys.includes(key));
};
