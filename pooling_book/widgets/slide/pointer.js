// The mouse, a finger and the keys on the picture that slides.
import { draggable, keys } from "../kit/pointer.js";
import { FARTHEST } from "./state.js";

export function pointer(state, act, input) {
  draggable(input, {
    grab([, column]) {
      act.play(false);
      return { from: column - state.get("shift") };
    },
    move: ([, column], { from }) => act.shiftTo(column - from, true),
    patient: true,
  });
  keys(input.canvas, ({ key, shiftKey }) => {
    const now = state.get("shift"),
      target = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: FARTHEST }[key];
    return target === undefined || shiftKey ? null : () => act.shiftTo(target);
  });
}
