// Bins: so many windows over an axis of any length, as pooling_lib.plans has them. Pure.

// Bin i of m over n cells: from floor(i n / m) to below ceil((i + 1) n / m). Neighbours may share a cell.
export const binsOf = (size, count) =>
  Array.from({ length: count }, (_, i) => ({
    start: Math.floor((i * size) / count),
    end: Math.ceil(((i + 1) * size) / count),
  }));

// How many of the bins read each cell of an axis so long.
export const timesRead = (bins, size) =>
  Array.from({ length: size }, (_, at) => bins.filter(({ start, end }) => start <= at && at < end).length);

// A plane pooled over bins down and across: "max" or "avg".
export function binned(plane, [down, across], operation) {
  const values = new Float64Array(down.length * across.length);
  let n = 0;
  for (const rows of down) for (const columns of across) values[n++] = reduced(plane, rows, columns, operation);
  return { rows: down.length, columns: across.length, values };
}

function reduced({ columns: width, values }, rows, columns, operation) {
  let most = -Infinity,
    total = 0;
  for (let row = rows.start; row < rows.end; row++) {
    for (let column = columns.start; column < columns.end; column++) {
      const value = values[row * width + column];
      most = Math.max(most, value);
      total += value;
    }
  }
  if (operation === "max") return most;
  return total / ((rows.end - rows.start) * (columns.end - columns.start));
}

// A picture of another size: the average of each bin, as whole grey levels.
export function resized(plane, rows, columns) {
  const small = binned(plane, [binsOf(plane.rows, rows), binsOf(plane.columns, columns)], "avg");
  return { ...small, values: small.values.map((value) => Math.floor(value + 0.5)) };
}
