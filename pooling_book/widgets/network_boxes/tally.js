// What every box of a network costs: as pooling_lib.cost, batch normalisations folded into the convolutions.

// The map after a window that slides: {side, channels, field: {size, jump}}. (core.js's placeAxis looks at every
// window, which a slider has no time for. Without gaps only the first can be all padding.)
function slid(map, window, stride, padding) {
  const around = typeof padding === "number" ? padding : 0;
  const side =
    padding === "same" ? Math.ceil(map.side / stride) : Math.floor((map.side + 2 * around - window) / stride) + 1;
  if (side < 1 || around >= window) throw new RangeError("the window does not fit");
  return {
    side,
    channels: map.channels,
    field: { size: map.field.size + (window - 1) * map.field.jump, jump: map.field.jump * stride },
  };
}

function convolved(
  map,
  sums,
  { filters, window, stride = 1, padding = "same", groups = 1, seen = [], bias = true, norm = true },
) {
  const next = { ...slid(map, window, stride, padding), channels: filters };
  const weights = (seen.length ? seen.reduce((a, b) => a + b) : (filters * map.channels) / groups) * window * window;
  sums.parameters += weights + (bias ? filters : 0) + (norm ? 4 * filters : 0);
  sums.multiplyAdds += next.side * next.side * weights;
  sums.activations += next.side * next.side * filters;
  return next;
}

const BOXES = {
  conv: (map, sums, item) => convolved(map, sums, item),
  stage(map, sums, { width, blocks, stride }) {
    for (let block = 0; block < blocks; block++) {
      const step = block ? 1 : stride;
      const narrow = convolved(convolved(map, sums, { filters: width, window: 1, stride: step }), sums, {
        filters: width,
        window: 3,
      });
      if (!block) convolved(map, sums, { filters: 4 * width, window: 1, stride: step });
      map = convolved(narrow, sums, { filters: 4 * width, window: 1 });
      sums.activations += map.side * map.side * map.channels; // the sum with the shortcut
    }
    return map;
  },
  separable(map, sums, { filters, stride }) {
    const deep = convolved(map, sums, { filters: map.channels, window: 3, stride, groups: map.channels, bias: false });
    return convolved(deep, sums, { filters, window: 1, bias: false });
  },
  pool(map, sums, { how, window, stride, padding }) {
    const next =
      how === "strided"
        ? slid(map, 1, stride, "valid")
        : how === "trained"
          ? slid(map, 2, 2, "valid")
          : slid(map, window, stride, padding);
    const outputs = next.side * next.side * next.channels;
    sums.activations += outputs;
    if (how === "trained") {
      sums.parameters += 2 * next.channels;
      sums.multiplyAdds += outputs;
    }
    return next;
  },
};

const nothing = () => ({ parameters: 0, multiplyAdds: 0, activations: 0 });

// What a network costs, box by box: {rows, head, totals, inputs, last}, or {error: {at, window, side}} if a box does
// not fit. A row is {input, side, channels, field, parameters, multiplyAdds, activations, folded}; `head` are the boxes
// after the last map, `inputs` how many numbers they read.
export function tally(given, items, side, head) {
  let map = { side, channels: given.channels, field: { size: 1, jump: 1 } };
  const rows = [];
  for (let at = 0; at < items.length; at++) {
    const input = map.side,
      sums = nothing(),
      item = items[at];
    const folded = item.how === "strided" && at > 0 && (rows[at - 1].folded || items[at - 1].kind === "conv");
    if (!folded) {
      try {
        map = BOXES[item.kind](map, sums, { norm: false, ...item, stride: strideOf(items, at) });
      } catch {
        return { error: { at, window: item.how === "trained" ? 2 : item.window, side: input } };
      }
    }
    rows.push({ ...map, ...sums, input, folded });
  }
  const inputs = head === "flatten" ? map.side * map.side * map.channels : map.channels;
  const end = afterTheMap(given, head, inputs),
    totals = nothing();
  for (const row of [...rows, ...end]) for (const key of Object.keys(totals)) totals[key] += row[key];
  return { rows, head: end, totals, inputs, last: map };
}

// A box's stride: strided pools after a convolution are strides of the convolution.
function strideOf(items, at) {
  let { stride } = items[at];
  if (items[at].kind === "conv")
    for (let next = at + 1; items[next]?.how === "strided"; next++) stride *= items[next].stride;
  return stride;
}

// Flatten or a global average pool, and the dense layers.
function afterTheMap({ hidden, classes, bias }, head, inputs) {
  const flat = head === "flatten",
    layers = flat ? [...hidden, classes] : [classes];
  const boxes = [
    flat
      ? { name: "Flatten", numbers: inputs, ...nothing() }
      : { name: "global average pool", numbers: inputs, ...nothing(), activations: inputs },
  ];
  layers.forEach((units, n) => {
    const before = boxes.at(-1).numbers,
      biased = bias || n < layers.length - 1;
    boxes.push({
      name: "dense",
      numbers: units,
      parameters: units * (before + (biased ? 1 : 0)),
      multiplyAdds: units * before,
      activations: units,
    });
  });
  return boxes;
}
