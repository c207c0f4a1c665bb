// What the sliding picture says: how far it has moved, and what that has changed.
import { show } from "../kit/core.js";
import { difference } from "./state.js";

// What became of the outputs that were moved back, and what of those that were left. shifts: what state.pooledShifts
// gives.
export function explain({ shift, stride }, shifts) {
  const { plane, y, moved, rest, back, still } = shifts[shift];
  const size = `${y.rows} × ${y.columns} outputs`;
  if (!shift) return [`Not shifted: ${size}. Shift the picture by one pixel, and see how many of them change.`, ""];
  const pixels = difference(plane, shifts[0].plane, 0).mean;
  const sum = `Shifted by ${shift} = ${moved} · ${stride} + ${rest}.`;
  const left =
    `Left where they stand, the outputs change by ${show(still, 1)}, ` +
    `and the pixels themselves by ${show(pixels, 1)}.`;
  if (!rest)
    return [
      `${sum} The same numbers, ${places(moved)} along: ` +
        `all ${back.values.length} outputs that have a partner are equal.`,
      left,
    ];
  const how = moved ? `Moved back by ${places(moved)}, ` : "Not even one stride: ";
  return [
    `${sum} ${how}${percent(back)} of the outputs have changed; ` +
      `on average an output changes by ${show(back.mean, 1)} grey levels.`,
    left,
  ];
}
export const COVERED = "The change and its curves are covered until you uncover your guess.";

const places = (count) => (count === 1 ? "1 place" : `${count} places`);
const percent = ({ changed }) => `${show(100 * changed, 0)} %`;

// The captions of the four boards.
export function captions({ plane, y, moved }) {
  const size = ({ rows, columns }) => `${rows} × ${columns}`;
  return [
    `Input, ${size(plane)}`,
    `Outputs, ${size(y)}`,
    moved ? `Moved back by ${moved}` : "Not moved back",
    "Change",
  ];
}

// What the axis below the curve measures, in as many words as there is room for.
export const axisName = (isNarrow) => `shift${isNarrow ? "" : " in pixels"}; lines: whole strides`;

// What a screen reader calls the board of changes, and the curve: as it is, while it is covered, and to be drawn on.
export const changeName = ({ back }) => `Change from shift 0, ${percent(back)} of the outputs`;
export const curveName = (points, shifts) =>
  `Mean change against shift, moved back: ${points
    .map((shift) => `${shift}: ${show(shifts[shift].back.mean, 1)}`)
    .join(", ")}`;
export const COVERED_CHANGE = "Change from shift 0, covered";
export const COVERED_CURVE = "Mean change against shift, covered";
export const TO_DRAW =
  "Mean change against shift, yours to draw: left and right arrow keys choose a shift, up and down set the height";

// The point of the reader's curve where the keys are.
export const pointOf = (shift, height) =>
  `Shift ${shift}: ${height === null ? "nothing drawn" : `${show(height, 1)} grey levels`}`;

// Said when it stops to play: who listens has heard nothing meanwhile.
export const paused = ({ shift }, sentence) => `Stopped at shift ${shift}. ${sentence}`;

// How high a curve goes beside another: within a tenth, lower, or less than half as high.
export const HEIGHTS = ["as high", "lower", "below half"];
