// The digit on its grid, and a column for each network: what it reads, its feature maps, and bars of its shares.
import { h } from "../kit/core.js";
import { colorsOf } from "../kit/colors.js";
import { pixelRatio } from "../kit/zoom.js";
import { CLASSES, SIDE } from "./network.js";
import { INK } from "./state.js";
import { nameOfDigit, nameOfMaps, percent } from "./words.js";

const CELL = 8,
  GAP = 3; // pixels: a cell of the digit's grid, and between feature maps

export function drawDigit(board, values, label) {
  board.frame([0, SIDE], [0, SIDE], CELL);
  const { context, colors } = board;
  context.strokeStyle = colors.border;
  context.strokeRect(0.5, 0.5, CELL * SIDE, CELL * SIDE);
  context.fillStyle = colors.text;
  ink(context, { side: SIDE, channels: 1, values }, 0, INK, [0, 0], CELL);
  board.describe(nameOfDigit(label), { rows: SIDE, columns: SIDE, values }, false);
}

// A network's column: {element, show(found, first)}; both are what the network makes of the digit, pushed and not.
// open(n, channel): what a press on the maps behind pool n does.
export function column({ title, blocks }, open) {
  const name = h("b", {}),
    canvases = blocks.slice(1).map(() => h("canvas", { "aria-hidden": "true" })),
    bars = Array.from({ length: CLASSES }, (_, k) => bar(k));
  const maps = canvases.map((canvas, n) => {
    const pressed = (event) => open(n, channelAt(event, canvas, blocks[n].after));
    return h(
      "button",
      { type: "button", class: "pool-network-open", onclick: pressed },
      h("span", {}, `behind pool ${n + 1} ⧉`),
      canvas,
    );
  });
  const element = h(
    "div",
    { class: "pool-network-column", role: "group", "aria-label": title },
    h("p", {}, `${title}: `, name),
    h("div", { class: "pool-network-maps" }, ...maps),
    h("div", { class: "pool-network-bars", role: "list" }, ...bars.map(({ element }) => element)),
  );
  function show(found, first) {
    name.textContent = `reads ${found.verdict}`;
    name.dataset.changed = String(found.verdict !== first.verdict);
    canvases.forEach((canvas, n) => {
      maps[n].setAttribute("aria-label", nameOfMaps(title, found.maps[n], n));
      drawMaps(canvas, found.maps[n], first.maps[n]);
    });
    bars.forEach((one, k) => one.show(found.shares[k], first.shares[k], k === found.verdict));
  }
  return { element, show };
}

// The share of a class as a bar, with a mark where it was before the push.
function bar(k) {
  const fill = h("i", {}),
    mark = h("b", {}),
    words = h("span", {});
  const element = h(
    "div",
    { class: "pool-network-bar", role: "listitem" },
    h("span", {}, String(k)),
    h("span", { class: "pool-network-track", "aria-hidden": "true" }, fill, mark),
    words,
  );
  function show(share, before, isVerdict) {
    fill.style.width = `${100 * share}%`;
    mark.style.left = `${100 * before}%`;
    words.textContent = percent(share);
    element.dataset.verdict = String(isVerdict);
  }
  return { element, show };
}

const mapsAcross = (channels) => (channels <= 8 ? Math.min(4, channels) : 8);

// The channel under an event; the first one where it comes from a key.
function channelAt({ target, clientX, clientY }, canvas, channels) {
  if (target !== canvas) return 0;
  const { left, top, width, height } = canvas.getBoundingClientRect(),
    across = mapsAcross(channels),
    down = Math.ceil(channels / across);
  const place =
    Math.floor(((clientY - top) / height) * down) * across + Math.floor(((clientX - left) / width) * across);
  return Math.min(channels - 1, Math.max(0, place));
}

// Feature maps side by side; full ink is the largest value of the unpushed digit's maps.
function drawMaps(canvas, map, unpushed) {
  const { channels } = map,
    ratio = pixelRatio(canvas),
    across = mapsAcross(channels),
    down = Math.ceil(channels / across);
  const width = canvas.parentElement.clientWidth,
    size = (width - GAP * (across - 1)) / across,
    height = down * size + GAP * (down - 1);
  canvas.style.height = `${height}px`;
  Object.assign(canvas, { width: Math.round(width * ratio), height: Math.round(height * ratio) });
  const context = canvas.getContext("2d"),
    colors = colorsOf(canvas),
    top = unpushed.values.reduce((a, b) => Math.max(a, b), 1e-9);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = colors.text;
  context.strokeStyle = colors.border;
  context.lineWidth = 1;
  for (let c = 0; c < channels; c++) {
    const x = (c % across) * (size + GAP),
      y = Math.floor(c / across) * (size + GAP);
    ink(context, map, c, top, [x, y], size / map.side);
    context.strokeRect(x + 0.5, y + 0.5, size - 1, size - 1);
  }
}

// One channel in the context's colour: full where it is `top`, none where it is nothing.
function ink(context, { side, channels, values }, channel, top, [x, y], cell) {
  for (let n = 0; n < side * side; n++) {
    const strength = values[n * channels + channel] / top;
    if (strength <= 0) continue;
    context.globalAlpha = Math.min(1, strength);
    context.fillRect(x + (n % side) * cell, y + Math.floor(n / side) * cell, cell, cell);
  }
  context.globalAlpha = 1;
}
