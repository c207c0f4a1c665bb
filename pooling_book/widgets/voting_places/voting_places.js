// Where a network's score comes from: every place of its last maps votes, and the average of the votes is the score.
import { Board } from "../kit/board.js";
import { h, isOn, put } from "../kit/core.js";
import { drawButton, labelOf, travelling } from "../kit/digit.js";
import { card, saying } from "../kit/layout.js";
import { live } from "../kit/live.js";
import { SIDE, unpack } from "../kit/network.js";
import { marksOf, withPlace } from "../kit/places.js";
import { tasks } from "../kit/tasks.js";
import { READ, agree, completed, emptied, painted, pushedTo, read, seen, unpushed } from "../pushed_digit/state.js";
import { placeOf } from "../pushed_digit/words.js";
import { controls } from "./controls.js";
import { classButtons, drawDigit, drawVotes, sideOf } from "./drawing.js";
import { pointer } from "./pointer.js";
import { heard, rubbed, settings } from "./state.js";
import { facts, goals, guesses } from "./tasks.js";
import { DRAWN, MAP, PUSHED, coveredPlace, explain, explainPlace } from "./words.js";

// cursor: where the keys draw; focused: whether it shows; atOnce: the digit is under a pointer, and does not glide;
// pointed: a place of the votes; ready: the network has read the digit.
const VIEW = { cursor: [SIDE / 2, SIDE / 2], focused: false, atOnce: false, pointed: null, ready: false };
const HINT = "Press a digit to see who votes for it. Erase a part of the picture, or push it: the votes follow.";

function render({ model, el }) {
  const state = live(model, el, settings, VIEW),
    values = () => state.values([...READ, "network", "looked", "smooth"]);
  const networks = state.get("networks").map(unpack);
  state.watch(["digit", "pixels"], () => state.set(completed(values())));
  const answers = answersOf(state, networks);
  const digit = new Board(PUSHED),
    map = new Board(MAP);
  for (const { caption } of [digit, map]) caption.removeAttribute("aria-live"); // the sentence says it
  const act = {
    point(place) {
      if (String(place) !== String(state.get("pointed"))) state.set({ pointed: place });
    },
    pushTo(to, atOnce = false) {
      const changes = pushedTo(to);
      if (String(changes.pushed) !== String(state.get("pushed"))) state.set({ ...changes, atOnce });
    },
    mark(place) {
      const ask = task.asked();
      if (ask?.form === "places") task.offer(withPlace(ask.guess, place).slice(-ask.given.count)); // the oldest goes
    },
  };
  const pen = pens(state, digit, values);
  const classes = classButtons((k) => state.set({ looked: k === state.get("looked") ? null : k }));
  const { side, show } = controls(state, el, { pushTo: act.pushTo, tools: pen.elements, stop: pen.stop });
  const known = () => facts({ ...values(), networks: state.get("networks") }, answers());
  const task = tasks(state, { guesses, goals }, known, HINT, ["pixels", "looked"]);
  const said = saying(),
    spoken = h("p", { class: "pool-unseen", role: "status" }),
    trouble = h("p", { class: "pool-warning", role: "alert" });
  const panels = h("div", { class: "pool-panels pool-voting-panels" }, digit.figure, map.figure);
  el.append(
    card("voting", "Voting places", {
      tasks: task.element,
      stage: [panels, classes.element, trouble, said.element, spoken],
      side,
    }),
  );
  pointer(
    state,
    { digit, map },
    { votes: () => known().heard.votes, act: { ...act, touch: pen.touch }, busy: pen.busy },
  );
  oneByOne(state, answers);

  const away = travelling(state, () => state.get("atOnce"));
  state.draws(() => {
    show();
    put(trouble, state.get("notice"));
    trouble.hidden = !trouble.textContent;
    if (!state.get("ready")) return;
    const now = values(),
      { found, network } = answers(),
      hears = heard(found, network, now.looked),
      hides = { map: task.covers("loudest") || task.covers("moved"), scores: task.covers("score") },
      shown = seen(now),
      pointed = state.get("pointed") && isOn(state.get("pointed"), hears.votes) ? state.get("pointed") : null,
      cursor = pen.busy() && state.get("focused") ? state.get("cursor") : null;
    const look = {
      values: shown,
      label: labelOf(now),
      heard: hears,
      away: away(),
      cursor,
      pointed,
      smooth: now.smooth,
      covered: hides.map,
    };
    const side_ = sideOf(panels.clientWidth);
    drawDigit(digit, look, side_);
    drawVotes(map, look, marksOf(task.asked()), side_);
    classes.show(found, hears.k, hides.scores);
    const words = explain({ inked: shown.some(Boolean), heard: hears, found }, hides);
    said.show(pointed ? [words[0], hides.map ? coveredPlace(pointed) : explainPlace(hears, pointed)] : words);
    digit.canvas.setAttribute("aria-label", pen.busy() ? DRAWN : PUSHED);
    put(
      spoken,
      cursor
        ? placeOf(cursor, shown, SIDE)
        : map.canvas.matches(":focus-visible") && pointed
          ? said.element.lastChild.textContent
          : "",
    );
  });
  return state.dispose;
}

// What the chosen network makes of the digit, before the push and after it: {network, still, found}.
function answersOf(state, networks) {
  const network = () => networks.find(({ title }) => title === state.get("network"));
  const still = state.from(["pixels", "network"], (now) => read([network()], unpushed(now))[0]);
  const found = state.from(["pixels", "pushed", "network"], (now) =>
    now.pushed.some(Boolean) ? read([network()], seen(now))[0] : still(),
  );
  return () => ({ network: network(), still: still(), found: found() });
}

// The network reads for the first time in a task of its own, so that the page is not held up.
function oneByOne(state, answers) {
  const timer = setTimeout(() => {
    answers();
    state.set({ ready: true });
  });
  state.ends(() => clearTimeout(timer));
}

// Draw and Erase, one of them at a time: {elements, busy(), touch(pixel), stop()}
function pens(state, board, values) {
  const free = () => false,
    draw = (place) => state.set(painted(values(), place)),
    erase = (place) => state.set(rubbed(values(), place));
  const drawing = drawButton(board, {
    clear() {
      erasing.stop();
      state.set(emptied());
    },
    paint: draw,
    free,
  });
  const erasing = drawButton(board, {
    clear: () => drawing.stop(),
    paint: erase,
    free,
    name: "Erase",
    title: "erase parts of the digit",
  });
  const middle = (pixel) => pixel.map((at) => at + 0.5);
  return {
    elements: [drawing.element, erasing.element],
    busy: () => drawing.pressed() || erasing.pressed(),
    touch: (pixel) => (drawing.pressed() ? draw : erase)(middle(pixel)),
    stop() {
      drawing.stop();
      erasing.stop();
    },
  };
}

export default { render, settings, agree };
