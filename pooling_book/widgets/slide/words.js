// What the sliding picture says: how far it has moved, and what that has changed.
import { show } from "../kit/core.js";
import { difference, visited } from "./state.js";

// shifts: what state.pooledShifts gives.
export function explain({ shift, stride }, shifts) {
  const { plane, y, moved, rest, back, still } = shifts[shift];
  const size = `${y.rows} × ${y.columns} outputs`;
  if (!shift) return `Not shifted: ${size}. Shift the picture by one pixel, and see how many of them change.`;
  const pixels = difference(plane, shifts[0].plane, 0).mean;
  const sum = `Shifted by ${shift} = ${moved} · ${stride} + ${rest}.`;
  const left =
    `Left where they stand, the outputs change by ${show(still, 1)}, ` +
    `and the pixels themselves by ${show(pixels, 1)}.`;
  if (!rest)
    return (
      `${sum} The same numbers, ${places(moved)} along: ` +
      `all ${back.values.length} outputs that have a partner are equal. ${left}`
    );
  const how = moved ? `Moved back by ${places(moved)}, ` : "Not even one stride: ";
  return (
    `${sum} ${how}${percent(back)} of the outputs have changed; ` +
    `on average an output changes by ${show(back.mean, 1)} grey levels. ${left}`
  );
}

const places = (count) => (count === 1 ? "1 place" : `${count} places`);
const percent = ({ changed }) => `${show(100 * changed, 0)} %`;

// The captions of the four boards.
export function captions({ plane, y, moved }) {
  const size = ({ rows, columns }) => `${rows} × ${columns}`;
  return [
    `What the pool sees, ${size(plane)}`,
    `Outputs, ${size(y)}`,
    moved ? `Moved back by ${moved}` : "Not moved back",
    "Change against shift 0",
  ];
}

// What a screen reader calls the board of changes, and the curve.
export const changeName = ({ back }) => `Change against shift 0, ${percent(back)} of the outputs`;
export const curveName = (values, shifts) =>
  `Mean change against shift, moved back: ${visited(values)
    .map((shift) => `${shift}: ${show(shifts[shift].back.mean, 1)}`)
    .join(", ")}`;
