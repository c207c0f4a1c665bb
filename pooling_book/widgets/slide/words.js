// What the sliding picture says: how far it has moved, and what that has changed.
import { show } from "../kit/core.js";
import { difference } from "./state.js";

// What became of the outputs that were moved back, and how it is found: [a short sentence, the rest].
// shifts: what state.pooledShifts gives.
export function explain({ shift, stride }, shifts) {
  const { plane, y, moved, rest, back, still } = shifts[shift];
  if (!shift) return ["Not shifted.", `${y.rows} × ${y.columns} outputs: how many of them will a pixel change?`];
  const pixels = difference(plane, shifts[0].plane, 0).mean;
  const what = rest ? `${percent(back)} of the outputs have changed` : "the same numbers";
  const partners = rest ? "" : ` All ${back.values.length} outputs that have a partner are equal.`;
  return [
    `Shifted by ${shift}${moved ? `, moved back by ${moved}` : ""}: ${what}.`,
    `${shift} = ${moved} · ${stride} + ${rest}.${partners} Mean change in grey levels: ` +
      `moved back ${show(back.mean, 1)}, left where they stand ${show(still, 1)}, pixels ${show(pixels, 1)}.`,
  ];
}
export const COVERED = "The change and its curves are covered until you uncover your guess.";

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
// scale: what the axis spans; given: the points that are there already, [shift, height] each.
export const toDraw = ([low, high], given) =>
  `Mean change against shift, yours to draw, from ${low} to ${high} grey levels. ` +
  `Given: ${given.map(([shift, height]) => `shift ${shift}: ${show(height, 1)}`).join(", ")}. ` +
  "Left and right arrow keys choose a shift, up and down set the height";

// The point of the reader's curve where the keys are; end: ", the first" or ", the last", or "".
export const pointOf = (shift, height, end) =>
  `Shift ${shift}${end}: ${height === null ? "nothing drawn" : `${show(height, 1)} grey levels`}`;

// Said when it stops to play: who listens has heard nothing meanwhile.
export const paused = ({ shift }, sentence) => `Stopped at shift ${shift}. ${sentence}`;

// How high a curve goes, of another's height: each ratio is one of these.
export const HEIGHTS = ["> 90 %", "50–90 %", "< 50 %"];
