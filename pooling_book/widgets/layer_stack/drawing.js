// The stack's two boards: the image with the frame and the paths, and the grid of outputs.
import { tint } from "../kit/tint.js";

// room: pixels across for both boards.
export function draw({ image }, look, input, output, room) {
  const { layer, placed, field, at, starts } = look,
    { count } = placed,
    side = image.rows;
  // The image, and as much around it as the frames of all outputs need.
  const low = Math.max(-side, Math.min(0, field.start)),
    high = Math.min(2 * side, Math.max(side, field.start + (count - 1) * field.jump + field.size));
  const beside = room >= 520,
    width = Math.min(384, beside ? room * 0.6 : room),
    grid = Math.min(240, beside ? room * 0.34 : room);
  const around = { before: -low, size: side, after: high - side };
  input.frame([low, high], [low, high], width / (high - low), [around, around]);
  input.image(image, () => true);
  tint(input, paths(look, side), "window");
  input.outline(...starts, field.size, field.size);

  output.frame([0, count], [0, count], Math.min(44, grid / count));
  outputs(
    output,
    count,
    (place) => field.start + place * field.jump >= 0 && field.start + place * field.jump + field.size <= side,
  );
  output.outline(...at);
  const empty = { rows: count, columns: count, values: [] };
  input.describe(`Image, ${side} × ${side}`, image, false);
  output.describe(`Outputs of layer ${layer + 1}, ${count} × ${count}`, empty, false);
}

// Every pixel that is read, the stronger the more paths lead from it.
function paths({ down, across }, side) {
  const most = Math.max(...down.values()) * Math.max(...across.values()),
    strengths = new Uint8Array(side * side);
  for (const [row, one] of down)
    for (const [column, other] of across) strengths[row * side + column] = Math.round(50 + (170 * one * other) / most);
  return { rows: side, columns: side, strengths };
}

// The grid of outputs; those that see beyond the image have a stronger colour.
function outputs(output, count, within) {
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
