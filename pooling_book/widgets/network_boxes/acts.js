// What a reader does with the network, by whatever control: each act changes the state, or says why it does not.
import {
  MOST_BOXES,
  READ,
  altered,
  begun,
  counted,
  inserted,
  isLoose,
  isStill,
  moved,
  newConvolution,
  newPool,
  removed,
} from "./state.js";
import { refusal, saidAltered, saidHead, saidInserted, saidMoved, saidRemoved, saidResized } from "./words.js";

export function acts(state) {
  const now = () => state.values(READ);

  // Said anew even where it was said before: the control that asked for it goes back.
  function refuse(notice) {
    state.set({ notice: "" });
    state.set({ notice, refusals: state.get("refusals") + 1 });
  }

  // Change the network and say what was done, unless a box would not fit.
  function change(changes, did) {
    const values = now(),
      after = { ...values, ...changes },
      { error } = counted(after);
    if (error) refuse(refusal(after.items, error));
    else state.set({ ...changes, past: { before: values, after, did, sliding: false } });
  }

  // Many small steps of the slider are one change.
  function resize(size) {
    const values = now(),
      past = state.get("past"),
      before = past?.sliding && isStill(past, values) ? past.before : values,
      after = { ...values, size },
      { error } = counted(after);
    if (error) refuse(refusal(values.items, error));
    else state.set({ size, past: { before, after, did: saidResized(size, before.size), sliding: true } });
  }

  function insert(at, make) {
    const values = now();
    if (values.items.length >= MOST_BOXES) {
      return refuse(`There are ${MOST_BOXES} boxes, which is the most; remove one first.`);
    }
    const changes = inserted(values, at, make(values));
    change(changes, saidInserted(changes.items, at));
  }

  return {
    resize,
    choose: (network) => state.set({ ...begun(state.get("networks"), network), past: null }),
    exchangeHead: (head) =>
      change(
        { head, selected: state.get("items").length },
        saidHead(head, state.get("networks")[state.get("network")]),
      ),
    select: (selected) => state.set({ selected }),
    move(from, to) {
      const values = now(),
        changes = moved(values, from, to);
      if (changes.selected === from) return;
      change(changes, saidMoved(values.items, from, changes.items, changes.selected));
    },
    remove(at) {
      const values = now();
      if (!isLoose(values.items[at], values.network) || values.items.length === 1) return;
      change(removed(values, at), saidRemoved(values.items, at));
    },
    addPool: (at) => insert(at, newPool),
    addConvolution: (at) => insert(at, newConvolution),
    // The chosen box.
    alter(settings) {
      const values = now(),
        changes = altered(values, settings);
      change(changes, saidAltered(values.items, changes.items, values.selected));
    },
    reset: () => state.set({ ...state.home(), past: null }),
  };
}
