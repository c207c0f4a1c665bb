// Bins over a map of any size: of an adaptive pool, of a pyramid, or in a box of real numbers.
import { Board } from "../kit/board.js";
import { h, put } from "../kit/core.js";
import { card, saying } from "../kit/layout.js";
import { live } from "../kit/live.js";
import { Plot } from "../kit/plot.js";
import { tasks } from "../kit/tasks.js";
import { controls } from "./controls.js";
import { drawMap, drawOutputs, drawTravel } from "./drawing.js";
import { pointer } from "./pointer.js";
import { POOLED, moved, placeOf, pulled, readersOf, regionOf, scene as sceneOf, settings, travelled } from "./state.js";
import { facts, goals, guesses } from "./tasks.js";
import { KEYS, coveredWords, explain, mapName, pointedCell } from "./words.js";

// hover: {cell: [row, column]} of the map, or {output: its number}, where the pointer is; held: the map's corner is.
const VIEW = { hover: null, held: false };
const HINT = "Pull the map's corner: the number of outputs stays. Point at an output, or at a place of the map.";

function render({ model, el }) {
  const state = live(model, el, settings, VIEW);
  const scene = state.from(POOLED, sceneOf);
  const travel = state.from([...POOLED, "selected"], (values) =>
    travelled(values, Math.min(values.selected, values.outputs[0] * values.outputs[1] - 1)),
  );
  const act = acts(state);
  const map = new Board("The map"),
    outputs = [0, 1, 2].map((n) => new Board(`Outputs ${n + 1}: ${KEYS}`)),
    chart = new Plot({ class: "pool-bins-chart", role: "img", "aria-label": "RoI pool and RoI align along a row" });
  for (const { caption } of [map, ...outputs]) caption.removeAttribute("aria-live"); // the sentence says it
  const { side, show } = controls(state, act, el);
  const whole = () => state.values([...Object.keys(settings), "images", "held"]);
  const task = tasks(state, { guesses, goals }, () => facts(whole(), scene()), HINT, ["selected"]);
  const said = saying(),
    trouble = h("p", { class: "pool-warning", role: "alert" });
  const { panels, travelling, key } = laid(map, outputs, chart);
  el.append(card("bins", "Bins", { tasks: task.element, stage: [panels, trouble, said.element], side }));
  pointer(state, scene, act, map, outputs);

  state.draws(() => {
    const values = state.values(),
      now = scene(),
      hover = state.get("hover"),
      at = placeOf(hover?.output ?? values.selected, now),
      covered = Object.keys(guesses).some(task.covers),
      cell = hover?.cell && now.plane.rows > hover.cell[0] && now.plane.columns > hover.cell[1] ? hover.cell : null,
      readers = cell && !covered ? readersOf(now, cell) : [];
    show();
    put(trouble, state.get("notice"));
    trouble.hidden = !trouble.textContent;
    const words = covered ? coveredWords(values, now) : explain(values, now, at);
    said.show(cell && !covered ? [words[0], pointedCell(now, cell, readers)] : words);
    map.canvas.setAttribute("aria-label", mapName(values));
    const room = panels.clientWidth,
      seen = { at, pointed: cell, readers, covered };
    drawMap(map, values, now, seen, room);
    drawOutputs(outputs, values, now, seen, room);
    travelling.hidden = values.pool !== "region";
    key.hidden = !travelling.hidden;
    if (travelling.hidden) return;
    const left = regionOf(values).box[1][0];
    drawTravel(chart, travel(), { left, at: placeOf(values.selected, now), covered }, travelling.clientWidth);
  });
  return state.dispose;
}

// What a reader does, by whatever control.
const acts = (state) => ({
  point(hover) {
    if (JSON.stringify(hover) !== JSON.stringify(state.get("hover"))) state.set({ hover });
  },
  select: (selected) => state.set({ selected }),
  // The box, or its corner, goes by so many tenths of a cell.
  nudge(by, isCorner = false) {
    const values = state.values(),
      ends = regionOf(values).tenths.map(([, end], axis) => end + by[axis]);
    state.set(isCorner ? pulled(values, ends) : moved(values, by));
  },
});

function laid(map, outputs, chart) {
  const legend = h(
    "p",
    { class: "pool-bins-legend" },
    h("span", { class: "pool-bins-pool" }, "RoI pool"),
    h("span", { class: "pool-bins-align" }, "RoI align"),
  );
  const travelling = h("div", { class: "pool-bins-travel" }, chart.canvas, legend);
  const key = h(
    "p",
    { class: "pool-bins-key" },
    "Slanted lines: more than one bin reads it. Dashed frame: how large the map can become.",
  );
  const panels = h(
    "div",
    { class: "pool-bins-panels" },
    map.figure,
    h("div", { class: "pool-bins-outputs" }, ...outputs.map(({ figure }) => figure)),
    travelling,
    key,
  );
  return { panels, travelling, key };
}

export default { render, settings };
