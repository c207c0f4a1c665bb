// The digit and what is compared, as grids of ink and numbers; and each neighbour, as two small pictures.
import { h, show } from "../kit/core.js";
import { INK, SIDE } from "./state.js";
import { distanceOf, pictureNames, size, titleOf } from "./words.js";

const LEAST_LETTERS = 11, // pixels high: numbers that would be smaller are left out
  LARGEST_CELL = 24;

// cursor: the pixel that the keys are on, or null; away: how far the ink still is from its place, in rows and columns;
// covered: whether what is compared is to be guessed.
export function drawBoards(look, { cursor, away, covered }, board, output) {
  const room = board.figure.parentElement.clientWidth,
    cell = Math.floor(Math.min(LARGEST_CELL, (room - 20) / (2 * SIDE)));
  const grid = { rows: SIDE, columns: SIDE, values: look.image },
    compared = { rows: look.rows, columns: look.columns, values: covered ? [] : look.compared };
  drawInto(board, grid, titleOf(look), cell, away);
  drawInto(output, compared, "Compared", (cell * SIDE) / compared.columns);
  output.canvas.setAttribute("aria-label", `What is compared, ${size(compared)} numbers`);
  if (cursor) board.outline(...cursor);
}

// No values: they are covered.
function drawInto(board, plane, title, cell, away = [0, 0]) {
  board.frame([0, plane.rows], [0, plane.columns], cell);
  const { context, colors } = board,
    letters = lettersFor(context, plane.values, cell);
  drawGrid(board, plane);
  context.save();
  context.beginPath();
  context.rect(...board.box(0, 0, plane.rows, plane.columns));
  context.clip();
  context.translate(away[1] * cell, away[0] * cell);
  plane.values.forEach((value, n) => {
    if (!value) return; // paper without its zeros is easier to read
    const [x, y] = board.box(Math.floor(n / plane.columns), n % plane.columns);
    // Behind numbers a shade; else ink, as dark as it is.
    context.globalAlpha = letters ? 0.04 + (0.38 * value) / INK : value / INK;
    context.fillStyle = letters ? colors.accent : colors.text;
    context.fillRect(x + 1, y + 1, cell - 1, cell - 1);
    context.globalAlpha = 1;
    context.fillStyle = colors.text;
    if (letters) context.fillText(letters(value), x + cell / 2 + 0.5, y + cell / 2 + 1);
  });
  context.restore();
  board.describe(`${title}, ${size(plane)}`, plane, true, () => plane.values.length > 0);
}

function drawGrid(board, { rows, columns }) {
  const { context, colors, cell } = board;
  context.fillStyle = colors.surface;
  context.fillRect(...board.box(0, 0, rows, columns));
  context.strokeStyle = colors.border;
  context.lineWidth = 1;
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const [x, y] = board.box(row, column);
      context.strokeRect(x + 0.5, y + 0.5, cell, cell);
    }
}

// A number as a cell has room for it, with two decimals, or one; null where not even that can be read.
function lettersFor(context, values, cell) {
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.font = `${Math.max(LEAST_LETTERS, Math.min(17, cell * 0.42))}px system-ui, sans-serif`;
  const fits = (decimals) => values.every((value) => context.measureText(show(value, decimals)).width <= cell - 2);
  const decimals = [2, 1].find(fits);
  return decimals && ((value) => show(value, decimals));
}

// The place of a neighbour: {element, show(neighbour, image: its digit, votes, look, color), cover()}.
export function place() {
  const pair = [1, 2].map(() => h("canvas", { role: "img", width: "112", height: "112" }));
  const name = h("b", {}),
    away = h("span", {}),
    role = h("span", { class: "pool-unseen" });
  const element = h(
    "div",
    { role: "listitem" },
    h("p", {}, name, " ", away, role),
    h("div", { class: "pool-neighbours-pair" }, ...pair),
  );
  function show(neighbour, image, votes, look, color) {
    name.textContent = neighbour.label;
    away.textContent = distanceOf(neighbour);
    role.textContent = votes ? ", votes" : "";
    element.dataset.votes = String(votes);
    drawInk(pair[0], SIDE, SIDE, image, color);
    drawInk(pair[1], look.rows, look.columns, neighbour.compared, color);
    pictureNames(neighbour, look).forEach((words, n) => pair[n].setAttribute("aria-label", words));
  }
  function cover() {
    name.textContent = "?";
    away.textContent = role.textContent = "";
    delete element.dataset.votes;
    for (const one of pair) {
      drawInk(one, 1, 1, [], "");
      one.setAttribute("aria-label", "covered");
    }
  }
  return { element, show, cover };
}

// Each value as ink of a colour.
function drawInk(canvas, rows, columns, values, color) {
  const context = canvas.getContext("2d"),
    width = canvas.width / columns,
    height = canvas.height / rows;
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = color;
  values.forEach((value, n) => {
    context.globalAlpha = value / INK;
    context.fillRect((n % columns) * width, Math.floor(n / columns) * height, width, height);
  });
}
