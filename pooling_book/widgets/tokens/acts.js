// What a reader does with the tokens, by whatever control: each act changes the state, and nothing else.
import { clamp } from "../kit/core.js";
import { MOST, MOST_PADS, added, dropped, moved, rowOf, valued } from "./state.js";

export function acts(state) {
  const values = () => state.values(),
    tokens = () => state.get("tokens");
  return {
    chosen: () => Math.min(state.get("active"), tokens().length - 1),
    choose: (n) => state.set({ active: clamp(n, 0, tokens().length - 1) }),
    change: (n, wanted) => state.set(valued(values(), n, wanted)),
    drop: (n) => state.set(dropped(values(), n)),
    move(from, to) {
      const at = clamp(to, 0, tokens().length - 1);
      if (at !== from) state.set({ ...moved(values(), from, at), active: at });
    },
    room: () => MOST - tokens().length - state.get("pads"),
    add(n) {
      if (tokens().length + state.get("pads") < MOST) state.set({ ...added(values(), n), active: n + 1 });
    },
    pad: (wanted) => state.set({ pads: clamp(wanted, 0, Math.min(MOST_PADS, MOST - tokens().length)) }),
    keep: () => state.set({ kept: state.get("kept") ? null : rowOf(values()) }),
    exchange: () => state.set({ ...state.get("kept"), kept: rowOf(values()) }),
    open: (name) => state.set({ kept: null, ...state.get("sets")[name] }),
    reset: () => state.set({ ...state.home(), active: 0 }),
  };
}
