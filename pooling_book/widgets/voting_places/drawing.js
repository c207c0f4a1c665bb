// The digit with the votes over it, and the same votes as numbers beside it.
import { clamp, h, show } from "../kit/core.js";
import { drawMarks } from "../kit/places.js";
import { tint } from "../kit/tint.js";
import { CLASSES, SIDE } from "../kit/network.js";
import { INK } from "../pushed_digit/state.js";
import { percent } from "../pushed_digit/words.js";
import { over, smoothed } from "./state.js";
import { nameOfClass, titleOfDigit, titleOfVotes } from "./words.js";

const STRONG = 45, // a vote that is drawn at full strength
  COVER = 0.62, // of what is below it, then
  GROUND = 0.36, // of the ground of a number, which has to stay legible
  LARGEST = 196, // pixels of a board
  ROOM = 16, // between the two
  FINE = 8; // smoothed votes for each of them, across

export const sideOf = (room) => SIDE * Math.floor(Math.min(LARGEST, (room - ROOM) / 2) / SIDE);

// seen: {values: the digit as it is pushed, label, heard, away: how far the ink still is from its place, cursor: or
// null, pointed: a place, or null, smooth, covered}
export function drawDigit(board, seen, side) {
  const { heard, pointed, covered, cursor, label } = seen,
    { votes } = heard;
  board.frame([0, SIDE], [0, SIDE], side / SIDE);
  ink(board, seen.values, seen.away, 1);
  if (!covered) overlay(board, seen.smooth ? smoothed(votes, FINE) : votes);
  border(board, SIDE);
  if (pointed) place(board, votes, pointed);
  if (cursor) board.outline(...cursor);
  board.describe(titleOfDigit(label), { rows: SIDE, columns: SIDE, values: [] }, false);
}

function ink(board, values, [down, across], strength) {
  const { context, cell } = board,
    strengths = values.map((value) => Math.round((255 * strength * value) / INK));
  context.save();
  context.beginPath();
  context.rect(...board.box(0, 0, SIDE, SIDE));
  context.clip();
  context.translate(across * cell, down * cell);
  tint(board, { rows: SIDE, columns: SIDE, strengths }, "text");
  context.restore();
}

// Votes as more or less of two colours; those against are slanted, too, where they are places.
function overlay(board, { rows, columns, values }) {
  const { context, cell } = board,
    by = SIDE / rows;
  context.save();
  context.scale(by, by);
  for (const [sign, color] of [
    [1, "shade-positive"],
    [-1, "shade-negative"],
  ]) {
    const strengths = Array.from(values, (vote) => Math.round(255 * COVER * clamp((sign * vote) / STRONG, 0, 1)));
    tint(board, { rows, columns, strengths }, color);
  }
  context.restore();
  if (rows !== SIDE / 4) return;
  context.strokeStyle = board.colors.border;
  context.lineWidth = 1;
  context.globalAlpha = 0.6;
  for (let n = 1; n < rows; n++) {
    const at = n * by * cell;
    context.strokeRect(0, at, SIDE * cell, 0);
    context.strokeRect(at, 0, 0, SIDE * cell);
  }
  context.globalAlpha = 1;
}

function border(board, cells) {
  board.context.strokeStyle = board.colors.border;
  board.context.lineWidth = 1;
  board.context.strokeRect(...board.box(0, 0, cells, cells, 0.5));
}

function place(board, { rows }, at) {
  const [down, across] = at.map((one) => over(one, rows));
  board.outline(down.start, across.start, down.end - down.start, across.end - across.start);
}

// marks: of places.js
export function drawVotes(board, seen, marks, side) {
  const { heard, pointed, covered } = seen,
    { votes } = heard,
    { rows, columns, values } = votes;
  board.frame([0, rows], [0, columns], side / rows);
  const whole = { rows, columns, values: values.map(Math.round) };
  const shade = (vote) => [
    GROUND * clamp(Math.abs(vote) / STRONG, 0.02, 1),
    vote < 0 ? "shade-negative" : "shade-positive",
  ];
  board.numbers(whole, [0, 1], () => !covered, "", shade);
  if (covered) faint(board, seen, rows);
  drawMarks(board, marks);
  if (pointed) board.outline(...pointed);
  board.describe(
    titleOfVotes(heard),
    votes,
    true,
    () => !covered,
    (n) => show(values[n], 1),
  );
}
// Where the digit is, while its votes are to be guessed.
function faint(board, { values }, rows) {
  board.context.save();
  board.context.scale(rows / SIDE, rows / SIDE);
  ink(board, values, [0, 0], 0.45);
  board.context.restore();
}

// The ten classes as buttons: {element, show(found, k, covered)}; pick(k).
export function classButtons(pick) {
  const buttons = Array.from({ length: CLASSES }, (_, k) => {
    const score = h("span", {}),
      fill = h("i", {});
    const element = h(
      "button",
      { type: "button", class: "pool-button pool-voting-class", onclick: () => pick(k) },
      h("b", {}, String(k)),
      score,
      h("span", { class: "pool-voting-track", "aria-hidden": "true" }, fill),
    );
    return { element, score, fill };
  });
  function show_({ logits, shares, verdict }, looked, covered) {
    buttons.forEach(({ element, score, fill }, k) => {
      const reads = !covered && k === verdict;
      score.textContent = covered ? "?" : show(logits[k], 1);
      fill.style.width = covered ? 0 : `${100 * shares[k]}%`;
      element.dataset.reads = String(reads);
      element.title = covered ? "" : percent(shares[k]);
      element.setAttribute("aria-pressed", String(k === looked));
      element.setAttribute("aria-label", nameOfClass(k, covered ? null : logits[k], shares[k], reads));
    });
  }
  const element = h(
    "div",
    { class: "pool-voting-classes", role: "group", "aria-label": "Scores of the ten classes" },
    ...buttons.map((one) => one.element),
  );
  return { element, show: show_ };
}
