// The digit, how far it is pushed, and what the networks read: no page, no drawing.
import { clamp } from "../kit/core.js";
import { OWN, brushed, pushed, roundAgain } from "../kit/digit.js";
import { isPair, isWhole } from "../kit/settings.js";
import { withTasks } from "../kit/tasks.js";
import { SIDE, bytes, forward } from "../kit/network.js";

export const INK = 255;
const FARTHEST = 8; // pixels that a digit may be pushed
const BRUSH = 1.9; // pixels from the middle of the brush to where it leaves no ink

export const settings = withTasks({
  digit: (value, { test }) => isWhole(OWN, test.labels.length - 1)(value),
  pixels: (value) => typeof value === "string" && /^[A-Za-z0-9+/]{1046}==$/.test(value), // SIDE ** 2 bytes
  pushed: isPair(-FARTHEST, FARTHEST),
});
export const READ = ["test", "digit", "pixels", "pushed"]; // what the networks' answers follow from

// Whether the pixels are those of the test digit, if it is one.
export const agree = ({ digit, pixels, test }) => digit === OWN || pixels === test.pixels[digit];

// The digit before it is pushed, and as the networks see it: SIDE * SIDE values from 0 to INK.
export const unpushed = ({ pixels }) => Array.from(bytes(pixels));
export const seen = (values) => pushed(unpushed(values), SIDE, ...values.pushed);

// What each network makes of these values.
export function read(networks, values) {
  const image = values.map((value) => value / INK);
  return networks.map((network) => forward(network, image));
}

// ---- Changes, as settings ----

// The pixels that a test digit brings, where only the digit was set: by the scene of a task, or in Python.
export const completed = ({ digit, pixels, test }) =>
  agree({ digit, pixels, test }) ? {} : { pixels: test.pixels[digit] };

export const pushedTo = (to) => ({ pushed: to.map((by) => clamp(Math.round(by), -FARTHEST, FARTHEST)) });

// So many test digits on.
export function following(values, by) {
  const digit = roundAgain(values, by);
  return { digit, pixels: values.test.pixels[digit], pushed: [0, 0] };
}

export const own = (values) => ({ digit: OWN, pixels: btoa(String.fromCharCode(...values)) });
export const emptied = () => ({ ...own(Array(SIDE ** 2).fill(0)), pushed: [0, 0] });

// With ink at a place of the grid, where the digit is as it has been pushed.
export const painted = (values, place) =>
  own(
    brushed(
      unpushed(values),
      SIDE,
      INK,
      place.map((at, axis) => at - values.pushed[axis]),
      BRUSH,
    ),
  );
