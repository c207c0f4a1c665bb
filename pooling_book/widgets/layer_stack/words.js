// What the stack says: the size formula of a layer with its numbers, and what the output looked at sees.

const signed = (number) => String(number).replace("-", "−");
const listed = (reached) => [...reached.keys()].sort((a, b) => a - b).join(", ");

// The size formula and the recursion of the receptive field with their numbers.
export function filled({ placed, seen, field }, padding) {
  const { size, window, stride, dilation, before, after, count } = placed;
  const formula =
    padding === "same"
      ? `⌈${size} / ${stride}⌉ = ${count}, with padding ${before} before and ${after} after`
      : `⌊(${size} + ${before} + ${after} − ${dilation}·(${window} − 1) − 1) / ${stride}⌋ + 1 = ${count}`;
  return [
    formula,
    `receptive field ${seen.size} + (${window} − 1)·${dilation}·${seen.jump} = ${field.size}, ` +
      `jump ${seen.jump}·${stride} = ${field.jump}`,
  ];
}

// What the output looked at sees of an image, and in how many ways.
export function explain({ image }, look) {
  if (!look) return "No layer works with these settings, so there is no output to look at.";
  const { layer, at, starts, down, across, field } = look,
    { size } = field;
  const from = (name, start) =>
    size === 1 ? `${name} ${signed(start)}` : `${name}s ${signed(start)} to ${signed(start + size - 1)}`;
  const inside = starts.map((start) => Math.min(start + size, image.rows) - Math.max(start, 0));
  const outside = inside.map((count, axis) => [size - count, ["row", "column"][axis]]).filter(([count]) => count);
  const lost = outside.map(([count, name]) => `${count} of its ${name}s`).join(" and ");
  const read = down.size * across.size,
    held = inside[0] * inside[1],
    [rowMost, columnMost] = [down, across].map((one) => Math.max(...one.values()));
  return [
    `Output (${at.join(", ")}) of layer ${layer + 1} sees ` +
      `${from("row", starts[0])} and ${from("column", starts[1])}: ` +
      `${size} × ${size} ${size === 1 ? "pixel" : "pixels"}.`,
    lost &&
      `${lost} lie${outside.length === 1 && outside[0][0] === 1 ? "s" : ""} outside the image; ` +
        `${held} of its ${size * size} pixels are there.`,
    read < held && `Of the ${held} pixels inside it reads ${read}: rows ${listed(down)} and columns ${listed(across)}.`,
    rowMost * columnMost > 1
      ? `From the most strongly tinted pixel ${rowMost} · ${columnMost} = ${rowMost * columnMost} paths lead to it.`
      : "From each pixel it reads, one path leads to it.",
  ]
    .filter(Boolean)
    .join(" ");
}
