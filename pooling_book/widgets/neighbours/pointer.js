// The keys on the grid: Space toggles the ink under their cursor. (The Draw button paints: kit/digit.js.)
import { cursorKeys } from "../kit/digit.js";
import { SIDE, toggled } from "./state.js";

export const pointer = (state, board) =>
  cursorKeys(state, board, SIDE, (cursor) => state.set(toggled(state.values(), cursor)));
