// The digit and what is compared, as grids of numbers; and each neighbour, as two small pictures.
import { h } from "../kit/core.js";
import { INK, SIDE } from "./state.js";
import { distanceOf, pictureNames, size, titleOf } from "./words.js";

// cursor: the pixel that the keys are on, or null.
export function drawBoards(look, cursor, board, output) {
  const room = board.figure.parentElement.clientWidth;
  const cell = Math.floor(Math.min(34, room >= 460 ? (room - 32) / (2 * SIDE) : (room - 8) / SIDE));
  const grid = { rows: SIDE, columns: SIDE, values: look.image },
    compared = { rows: look.rows, columns: look.columns, values: look.compared };
  drawNumbers(board, grid, titleOf(look), cell);
  drawNumbers(output, compared, "What is compared", (cell * SIDE) / compared.columns);
  output.canvas.setAttribute("aria-label", `What is compared, ${size(compared)} numbers`);
  if (cursor) board.outline(...cursor);
}

// Paper without its zeros is easier to read.
function drawNumbers(board, plane, title, cell) {
  board.frame([0, plane.rows], [0, plane.columns], cell);
  board.numbers(plane, [0, INK], (row, column) => plane.values[row * plane.columns + column] !== 0, "");
  board.describe(`${title}, ${size(plane)}`, plane, true, () => true);
}

// The place of a neighbour: {element, show(neighbour, image: its digit, votes, look, color)}.
export function place() {
  const pair = [1, 2].map(() => h("canvas", { role: "img", width: "112", height: "112" }));
  const name = h("b", {}),
    away = h("span", {});
  const element = h(
    "div",
    { role: "listitem" },
    h("p", {}, name, away),
    h("div", { class: "pool-neighbours-pair" }, ...pair),
  );
  function show(neighbour, image, votes, look, color) {
    name.textContent = neighbour.label;
    away.textContent = distanceOf(neighbour);
    element.dataset.votes = String(votes);
    drawInk(pair[0], SIDE, SIDE, image, color);
    drawInk(pair[1], look.rows, look.columns, neighbour.compared, color);
    pictureNames(neighbour, look).forEach((words, n) => pair[n].setAttribute("aria-label", words));
  }
  return { element, show };
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
