// The digit on its grid, and for each network what it reads with bars of its shares, and its feature maps.
import { clamp, h } from "../kit/core.js";
import { colorsOf } from "../kit/colors.js";
import { tint } from "../kit/tint.js";
import { pixelRatio } from "../kit/zoom.js";
import { CLASSES, SIDE } from "../kit/network.js";
import { INK } from "./state.js";
import { nameOfDigit, nameOfMaps, percent, reading } from "./words.js";

const LARGEST = 224,
  GAP = 3; // pixels: the digit's grid at most, and between feature maps

// away: how far the ink still is from its place; cursor: where the keys are, or null.
export function drawDigit(board, values, label, { away, cursor }) {
  board.frame([0, SIDE], [0, SIDE], cellOf(board));
  const { context, cell } = board,
    box = board.box(0, 0, SIDE, SIDE);
  context.save();
  context.beginPath();
  context.rect(...box);
  context.clip();
  context.translate(away[1] * cell, away[0] * cell);
  ink(board, { side: SIDE, channels: 1, values }, 0, INK, box);
  context.restore();
  context.strokeStyle = board.colors.border;
  context.lineWidth = 1;
  context.strokeRect(0.5, 0.5, cell * SIDE, cell * SIDE);
  if (cursor) board.outline(...cursor);
  board.describe(nameOfDigit(label), { rows: SIDE, columns: SIDE, values }, false);
}
const cellOf = ({ figure }) => Math.floor(Math.min(LARGEST, figure.clientWidth - 2) / SIDE);

// What a network reads, over bars of its shares: {element, show(found, first)}; both are what the network makes of the
// digit, pushed and not; found is null while it is covered.
export function readout({ title }) {
  const name = h("b", {}),
    bars = Array.from({ length: CLASSES }, (_, k) => bar(k));
  const element = h(
    "div",
    { class: "pool-network-column", role: "group", "aria-label": title },
    h("p", {}, `${title}: `, name),
    h("div", { role: "list" }, ...bars.map((one) => one.element)),
  );
  function show(found, first) {
    name.textContent = reading(found, first);
    name.dataset.changed = String(found !== null && found.verdict !== first.verdict);
    bars.forEach((one, k) => one.show(found?.shares[k] ?? null, first.shares[k], k === found?.verdict));
  }
  return { element, show };
}

// The share of a class as a bar, with a mark where it was before the push; share is null while it is covered.
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
    fill.style.width = `${100 * (share ?? 0)}%`;
    mark.style.left = `${100 * before}%`;
    words.textContent = share === null ? "?" : percent(share);
    element.dataset.verdict = String(isVerdict);
  }
  return { element, show };
}

// A network's feature maps after each pool, as buttons: {element, show(found, first): whether there was anything to
// draw}. open(n, channel): what a press on the maps after pool n does.
export function mapButtons({ title, blocks }, open) {
  const canvases = blocks.slice(1).map(() => h("canvas", { "aria-hidden": "true" }));
  const buttons = canvases.map((canvas, n) => {
    const onclick = (event) => open(n, channelAt(event, canvas, blocks[n].after));
    return h(
      "button",
      { type: "button", class: "pool-quiet pool-network-open", onclick },
      h("span", {}, `pool ${n + 1}`),
      canvas,
    );
  });
  let drawn = [];
  function show(found, first) {
    const width = buttons[0].clientWidth,
      now = [found, first, width, pixelRatio(canvases[0]), colorsOf(canvases[0]).text];
    if (now.every((one, n) => one === drawn[n])) return false;
    drawn = now;
    canvases.forEach((canvas, n) => {
      buttons[n].setAttribute("aria-label", nameOfMaps(title, found.maps[n], n));
      drawMaps(canvas, width, found.maps[n], first.maps[n]);
    });
    return true;
  }
  return { element: h("div", { class: "pool-network-maps", role: "group", "aria-label": title }, ...buttons), show };
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
function drawMaps(canvas, width, map, unpushed) {
  const { channels } = map,
    ratio = pixelRatio(canvas),
    across = mapsAcross(channels),
    down = Math.ceil(channels / across);
  const size = (width - GAP * (across - 1)) / across,
    height = down * size + GAP * (down - 1);
  canvas.style.height = `${height}px`;
  Object.assign(canvas, { width: Math.round(width * ratio), height: Math.round(height * ratio) });
  const context = canvas.getContext("2d"),
    colors = colorsOf(canvas),
    top = unpushed.values.reduce((a, b) => Math.max(a, b), 1e-9);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.strokeStyle = colors.border;
  context.lineWidth = 1;
  for (let c = 0; c < channels; c++) {
    const x = (c % across) * (size + GAP),
      y = Math.floor(c / across) * (size + GAP);
    ink({ context, colors }, map, c, top, [x, y, size, size]);
    context.strokeRect(x + 0.5, y + 0.5, size - 1, size - 1);
  }
}

// One channel in a box, in the colour of text: full where it is `top`, none where it is nothing.
function ink({ context, colors }, { side, channels, values }, channel, top, box) {
  const strengths = Array.from({ length: side * side }, (_, n) =>
    Math.round(255 * clamp(values[n * channels + channel] / top, 0, 1)),
  );
  tint({ context, colors, box: () => box }, { rows: side, columns: side, strengths }, "text");
}
