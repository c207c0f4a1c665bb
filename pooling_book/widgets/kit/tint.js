// An image from numbers: each as more or less of one of the page's colours, and none of it as nothing.
import { h } from "./core.js";

// Lay {rows, columns, strengths: 0 to 255} over a board's plane from its first cell on, in one of the board's colours.
export function tint(board, { rows, columns, strengths }, color) {
  const small = h("canvas", { width: columns, height: rows }),
    context = small.getContext("2d"),
    image = new ImageData(columns, rows);
  strengths.forEach((strength, n) => (image.data[4 * n + 3] = strength));
  context.putImageData(image, 0, 0);
  context.globalCompositeOperation = "source-in"; // the colour, as strong as each pixel is
  context.fillStyle = board.colors[color];
  context.fillRect(0, 0, columns, rows);
  board.context.imageSmoothingEnabled = false;
  board.context.drawImage(small, ...board.box(0, 0, rows, columns));
}
