// What the tokens can ask for and wait for. facts: {values: the settings, look: what state.looked gives}.
import { holds } from "../kit/tasks.js";
import { POOLS, isSame, looked, pooled, present } from "./state.js";
import { NAMES } from "./words.js";

const named = (pools) => pools.map((name) => NAMES[name]);

// pools: those that are asked about.
export const guesses = {
  // The answer of one pool.
  answer: { form: "number", truth: ({ look }, { pool }) => look.answers[pool][0] },
  // The pools whose answer the padding has changed.
  wrong: {
    form: "choices",
    options: (_, { pools = POOLS }) => named(pools),
    truth: ({ look }, { pools = POOLS }) => named(pools.filter((name) => look.wrong.includes(name))),
  },
  // The pools that tell the set from the one that is kept.
  differ: {
    form: "choices",
    options: (_, { pools = POOLS }) => named(pools),
    truth: ({ look }, { pools = POOLS }) => named(pools.filter((name) => !look.same.includes(name))),
  },
};

const sorted = (numbers) => String(numbers.toSorted((a, b) => a - b));

// How far the goal is reached: {met, of}.
export const goals = {
  // Without padding, another set than `kept`, in whatever order, and yet the same answer from each of `pools`, and
  // another from each of `unlike`. The task's own set stays what is asked for, whatever the reader keeps beside.
  alike({ values, look }, { pools, unlike = [], kept = values.kept }) {
    const of = 1 + pools.length + unlike.length;
    if (!kept || values.pads || sorted(present(values)) === sorted(present(kept))) return { met: 0, of };
    const answers = pooled(present(kept), values.query),
      isLike = (name) => isSame(look.answers[name], answers[name]);
    return { met: 1 + pools.filter(isLike).length + unlike.filter((name) => !isLike(name)).length, of };
  },
  // Attention answers as another pool does, but for `within`. `settings`: what must hold besides.
  near({ values, look }, { pool, within, settings = {} }) {
    const [a, b] = [look.answers.attention, look.answers[pool]];
    const near = a !== null && b !== null && Math.abs(a[0] - b[0]) <= within;
    return { met: Number(near && holds(values, settings)), of: 1 };
  },
  // With so much padding at least, none of `pools` is changed by it. `settings`: what must hold besides.
  whole({ values, look }, { pools, pads, settings = {} }) {
    const sound = pools.every((name) => isSame(look.answers[name], look.alone[name]));
    return { met: Number(sound && values.pads >= pads && holds(values, settings)), of: 1 };
  },
};

// What both are told of a state.
export const facts = (values, look = looked(values)) => ({ values, look });
