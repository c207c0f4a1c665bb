// The two results in one picture, and the curtain between them.
const HANDLE = 13; // pixels: its radius
const WIDEST = 320; // pixels of the picture

// room: pixels that there are; covered: whether the right result is hidden.
export function drawResults(board, { left, right }, { at, covered, room }) {
  const edge = Math.min(WIDEST, Math.floor(room) - 2);
  board.frame([0, left.rows], [0, left.columns], edge / left.columns);
  const [, , width, height] = board.box(0, 0, left.rows, left.columns),
    x = (width * at) / 100;
  part(board, [0, 0, x, height], () => board.image(left, () => true));
  part(board, [x, 0, width - x, height], () => {
    if (covered) board.slant(0, 0, width, height);
    else board.image(right, () => true);
  });
  curtain(board, x, width, height);
}

function part({ context }, box, draw) {
  context.save();
  context.beginPath();
  context.rect(...box);
  context.clip();
  draw();
  context.restore();
}

// A line with a halo, and a round handle with two arrows.
function curtain({ context, colors }, x, width, height) {
  for (const [wide, color] of [
    [5, colors.surface],
    [3, colors.window],
  ]) {
    context.lineWidth = wide;
    context.strokeStyle = color;
    context.beginPath();
    context.moveTo(x, 0);
    context.lineTo(x, height);
    context.stroke();
  }
  const middle = Math.max(HANDLE, Math.min(width - HANDLE, x)),
    y = height / 2;
  context.fillStyle = colors.surface;
  context.beginPath();
  context.arc(middle, y, HANDLE, 0, 7);
  context.fill();
  context.stroke();
  context.fillStyle = colors.window;
  for (const side of [-1, 1]) {
    context.beginPath();
    context.moveTo(middle + side * 9, y);
    context.lineTo(middle + side * 3, y - 5);
    context.lineTo(middle + side * 3, y + 5);
    context.fill();
  }
}

// The photo as it is, small.
export function drawPhoto(board, plane, edge, title) {
  board.frame([0, plane.rows], [0, plane.columns], edge / Math.max(plane.rows, plane.columns));
  board.image(plane, () => true);
  board.describe(title, plane, false, () => true);
}
