// The mouse, a finger and the keys on the picture, where the curtain hangs.
import { draggable, keys } from "../kit/pointer.js";
import { hung } from "./state.js";

export function pointer(state, board) {
  const hang = (at) => state.set(hung(at));
  const to = ([, column]) => hang((100 * column) / (board.right - board.left));
  draggable(board, { grab: (at) => at, move: to, patient: true, tap: to });
  keys(board.canvas, ({ key, shiftKey }) => {
    const by = shiftKey ? 10 : 1,
      now = state.get("at");
    const target = {
      ArrowLeft: now - by,
      ArrowDown: now - by,
      ArrowRight: now + by,
      ArrowUp: now + by,
      PageUp: now + 10,
      PageDown: now - 10,
      Home: 0,
      End: 100,
    }[key];
    return target === undefined ? null : () => hang(target);
  });
}
