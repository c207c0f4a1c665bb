// The stack's two boards: the image with the frame and the paths, and the grid of outputs.
import { tint } from "../kit/tint.js";

const MARGIN = 8; // pixels around an image on which a frame is marked: it may lie partly outside
const WIDEST = 236,
  GAP = 24;

// frame: where the frame is by now, [row, column, size]; covered: what is not shown, of "sizes" and "frame"; square:
// the square of a guess, [first pixel, last pixel], or null; room: pixels across for both boards.
export function draw({ image }, look, { input, output, frame, covered, square, room }) {
  const side = image.rows,
    width = Math.min(WIDEST, 0.65 * (room - GAP));
  drawImage(input, image, look, { frame, square, width, bare: covered.includes("frame") });
  drawOutputs(output, look, side, Math.min(WIDEST, room - GAP - width), covered.includes("sizes"));
}

// The image, and as much around it as the frames of all outputs need, or a little where they are covered.
function drawImage(input, image, look, { frame, square, width, bare }) {
  const side = image.rows,
    [low, high] = bare ? [-MARGIN, side + MARGIN] : around(look, side);
  const padding = { before: -low, size: side, after: high - side };
  input.frame([low, high], [low, high], width / (high - low), [padding, padding]);
  input.figure.style.width = `${width}px`;
  input.image(image, () => true);
  if (!bare) {
    tint(input, paths(look, side), "window");
    input.outline(frame[0], frame[1], frame[2], frame[2]);
  }
  if (square) marked(input, square);
  input.describe(`Image, ${side} × ${side}`, image, false);
}

function around({ field, placed }, side) {
  const last = field.start + (placed.count - 1) * field.jump + field.size;
  return [Math.max(-side, Math.min(0, field.start)), Math.min(2 * side, Math.max(side, last))];
}

// The square of a guess: dashed, with the corner to pull.
function marked(input, [near, far]) {
  const { context, colors } = input,
    sides = near.map((start, axis) => far[axis] - start + 1);
  for (const [width, color, dash] of [
    [5, colors.surface, []],
    [3, colors.accent, [5, 4]],
  ]) {
    context.lineWidth = width;
    context.strokeStyle = color;
    context.setLineDash(dash);
    context.strokeRect(...input.box(...near, ...sides, -1.5));
  }
  context.setLineDash([]);
  const [x, y] = input.box(far[0] + 1, far[1] + 1);
  context.fillStyle = colors.accent;
  context.fillRect(x - 2, y - 2, 9, 9);
}

// Every pixel that is read, the stronger the more paths lead from it.
function paths({ down, across }, side) {
  const most = Math.max(...down.values()) * Math.max(...across.values()),
    strengths = new Uint8Array(side * side);
  for (const [row, one] of down)
    for (const [column, other] of across) strengths[row * side + column] = Math.round(50 + (170 * one * other) / most);
  return { rows: side, columns: side, strengths };
}

function drawOutputs(output, { layer, placed, field, at }, side, width, covered) {
  const count = covered ? 1 : placed.count,
    cell = Math.min(44, width / count);
  const within = (place) =>
    field.start + place * field.jump >= 0 && field.start + place * field.jump + field.size <= side;
  output.frame([0, count], [0, count], cell);
  output.figure.style.width = `${width}px`;
  if (!covered) {
    grid(output, count, within);
    output.outline(...at);
  }
  const empty = { rows: count, columns: count, values: [] };
  output.describe(covered ? `Layer ${layer + 1}` : `Layer ${layer + 1}, ${count} × ${count}`, empty, false);
}

// The grid of outputs; those that see beyond the image have a stronger colour.
function grid(output, count, within) {
  const { context, colors, cell } = output,
    places = Array.from({ length: count }, (_, place) => place).filter(within);
  context.fillStyle = colors.accent;
  context.globalAlpha = 0.4;
  context.fillRect(...output.box(0, 0, count, count));
  if (places.length) {
    // they stand together
    const inner = output.box(places[0], places[0], places.length, places.length);
    context.clearRect(...inner);
    context.globalAlpha = 0.12;
    context.fillRect(...inner);
  }
  context.globalAlpha = 1;
  context.strokeStyle = colors.border;
  context.lineWidth = 1;
  context.beginPath();
  for (let line = 0; line <= count; line += cell >= 5 ? 1 : count) {
    const at = line * cell + 0.5,
      end = count * cell + 0.5;
    context.moveTo(at, 0.5);
    context.lineTo(at, end);
    context.moveTo(0.5, at);
    context.lineTo(end, at);
  }
  context.stroke();
}
