// A curve that a reader draws on a chart as a guess: with the mouse, a finger that goes sideways, or the arrow keys.
import { clamp } from "./core.js";
import { draggable, keys } from "./pointer.js";

const STEP = 1 / 25; // of the chart's height, for a press of a key

// open(): whether a curve is asked for now. places(): the values on the axis below at which it has points. guess():
// its heights so far, null where nothing is drawn, or null. offer(heights): the reader has drawn. moved(): a key was
// pressed, though its cursor may have been at an end already. {place(): the number of the place where that cursor is,
// or null; show(labels): let the chart be found by keys while it is open; labels: what it is called then, and else}
export function sketch(plot, { open, places, guess, offer, moved }) {
  const { canvas } = plot;
  let at = 0;
  const heights = () => guess() ?? places().map(() => null);

  // Set points, [number, height] each.
  function draw(points) {
    const [low, high] = plot.down,
      drawn = [...heights()];
    for (const [n, height] of points) drawn[n] = Number(clamp(height, low, high).toFixed(2));
    offer(drawn);
  }

  // What the pointer has jumped over lies on the line between.
  function move([x, y], held) {
    if (!open()) return;
    const n = nearest(places(), x),
      [from, height] = held.last ?? [n, y],
      way = Math.sign(n - from);
    const points = [[n, y]];
    for (let m = from; m !== n; m += way) points.push([m, height + ((y - height) * (m - from)) / (n - from)]);
    held.last = [n, y];
    at = n;
    draw(points);
  }
  draggable(plot, {
    grab: () => (open() ? { last: null } : null),
    move,
    cursor: () => (open() ? "crosshair" : "default"),
    patient: true,
  });

  function go(n) {
    at = clamp(n, 0, places().length - 1);
    moved();
  }
  function raise(by) {
    const [low, high] = plot.down,
      height = heights()[at] ?? heights()[at - 1] ?? low;
    draw([[at, height + by * STEP * (high - low)]]);
    moved();
  }
  keys(canvas, ({ key }) => {
    if (!open()) return null;
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: Infinity }[key],
      by = { ArrowUp: 1, ArrowDown: -1 }[key];
    return to !== undefined ? () => go(to) : by && (() => raise(by));
  });
  for (const type of ["focus", "blur"]) canvas.addEventListener(type, moved);

  function show([asked, else_]) {
    const isOpen = open();
    canvas.setAttribute("role", isOpen ? "application" : "img");
    canvas.setAttribute("aria-label", isOpen ? asked : else_);
    if (isOpen) canvas.tabIndex = 0;
    else canvas.removeAttribute("tabindex");
  }
  return { place: () => (open() && canvas.matches(":focus-visible") ? at : null), show };
}

const nearest = (places, x) =>
  places.reduce((best, place, n) => (Math.abs(place - x) < Math.abs(places[best] - x) ? n : best), 0);

// Draw the reader's curve: dashed, with squares; once it is judged, each point that is far off hangs on the truth.
// heights may hold null; cursor: the number of the place where the keys are, or null; truth: null until it is judged.
export function drawSketch(plot, places, heights, { cursor = null, truth = null, within = 0 }) {
  const { colors, context } = plot;
  const at = (n, height) => [plot.x(places[n]), plot.y(height)];
  heights.forEach((height, n) => {
    if (height === null) return;
    if (n && heights[n - 1] !== null) plot.line([at(n - 1, heights[n - 1]), at(n, height)], colors.text, 1.5, [5, 4]);
    if (truth && Math.abs(height - truth[n]) > within) plot.line([at(n, height), at(n, truth[n])], colors.muted, 1);
    const [x, y] = at(n, height);
    context.fillStyle = colors.text;
    context.fillRect(x - 3, y - 3, 6, 6);
  });
  if (cursor === null) return;
  plot.upright(places[cursor], colors.window, 2);
  if (heights[cursor] !== null) plot.dot(...at(cursor, heights[cursor]), colors.window, false, 7, 2);
}
