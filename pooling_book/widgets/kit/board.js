// A board: a canvas of cells, shown as numbers or as an image, that a widget draws on and points at.
import { show, h } from "./core.js";
import { colorsOf } from "./colors.js";
import { pixelRatio, zoomOf } from "./zoom.js";

const LEGIBLE = 12, // pixels: a smaller cell has its shade, and no number
  SMALL = 16, // around a smaller cell a frame lies outside
  EDGE = 9; // and needs room on the canvas beyond the cells, as does a window's handle

export class Board {
  // label: what a screen reader calls the canvas; keys and pointers are the widget's affair.
  constructor(label) {
    this.canvas = h("canvas", { tabindex: "0", role: "application", "aria-label": label });
    this.caption = h("figcaption", { "aria-live": "polite" });
    this.words = h("div", { class: "pool-unseen" }); // the same for who cannot see the canvas
    this.figure = h("figure", {}, this.caption, this.canvas, this.words);
  }

  // Size the canvas for rows [top, bottom) and columns [left, right), clear it, take the page's colours.
  // padded: for rows and for columns, how far the padding reaches: {before, size, after}.
  frame([top, bottom], [left, right], cell, padded = null) {
    const ratio = pixelRatio(this.canvas),
      edge = cell < SMALL ? EDGE : 0;
    const pixels = (cells) => Math.round((cells * cell + 2 * edge) * ratio) + 2;
    const width = pixels(right - left),
      height = pixels(bottom - top);
    if (this.canvas.width !== width || this.canvas.height !== height) {
      Object.assign(this.canvas, { width, height });
      Object.assign(this.canvas.style, { width: `${width / ratio}px`, height: `${height / ratio}px` });
      this.canvas.style.margin = `${-edge}px`; // the cells stand where they would without it
      this.canvas.dataset.edge = edge;
    }
    Object.assign(this, { top, bottom, left, right, cell, edge, padded, context: this.canvas.getContext("2d") });
    this.context.setTransform(ratio, 0, 0, ratio, edge * ratio, edge * ratio);
    this.context.clearRect(-edge, -edge, width, height);
    this.colors = colorsOf(this.canvas);
  }

  // The place under an event, in fractional rows and columns.
  at(event) {
    const box = this.canvas.getBoundingClientRect(),
      zoom = zoomOf(this.canvas);
    const cells = (pixels) => (pixels / zoom - this.edge) / this.cell;
    return [cells(event.clientY - box.top) + this.top, cells(event.clientX - box.left) + this.left];
  }

  // The box of a cell on the screen, as getBoundingClientRect gives it.
  onScreen(row, column) {
    const base = this.canvas.getBoundingClientRect(),
      zoom = zoomOf(this.canvas),
      edge = this.edge * zoom,
      [x, y, width, height] = this.box(row, column).map((length) => length * zoom);
    return { left: base.left + edge + x, top: base.top + edge + y, width, height };
  }

  // A rectangle of cells in pixels, `by` pixels smaller on every side.
  box(row, column, rows = 1, columns = 1, by = 0) {
    return [
      (column - this.left) * this.cell + by,
      (row - this.top) * this.cell + by,
      columns * this.cell - 2 * by,
      rows * this.cell - 2 * by,
    ];
  }

  // Every cell as a number on a shade of its value. Padding is hatched and holds `word`; what hangs over it is dashed
  // and empty. shade(value): how strong the shade is, of 0 to 1, and of which of the page's colours.
  numbers(
    plane,
    [low, high],
    shown,
    word,
    shade = (value) => [0.04 + (0.38 * (value - low)) / (high - low || 1), "accent"],
  ) {
    const { context, colors, cell } = this;
    this.hatch();
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineWidth = 1;
    for (let row = this.top; row < this.bottom; row++) {
      for (let column = this.left; column < this.right; column++) {
        const [x, y] = this.box(row, column);
        const real = row >= 0 && row < plane.rows && column >= 0 && column < plane.columns;
        const value = real ? plane.values[row * plane.columns + column] : NaN;
        const visible = real && shown(row, column);
        if (real) {
          context.fillStyle = colors.surface;
          context.fillRect(x, y, cell, cell);
        }
        if (visible && Number.isFinite(value)) {
          const [strength, color] = shade(value);
          context.globalAlpha = strength;
          context.fillStyle = colors[color];
          context.fillRect(x, y, cell, cell);
          context.globalAlpha = 1;
        }
        const over = !real && this.overhangs(row, column);
        context.strokeStyle = colors.border;
        context.setLineDash(over ? [3, 3] : []);
        context.strokeRect(x + 0.5, y + 0.5, cell, cell);
        context.setLineDash([]);
        const text = visible ? show(value) : real || over ? "" : word;
        if (!text || cell < LEGIBLE) continue;
        context.font = `${Math.min(17, cell * 0.48, (cell * 1.4) / text.length)}px system-ui, sans-serif`;
        const wide = context.measureText(text).width / (cell - 3);
        if (wide > 1) context.font = context.font.replace(/[\d.]+px/, (size) => `${parseFloat(size) / wide}px`);
        if (!real) {
          // a word on the hatching needs ground to stand on
          context.fillStyle = colors.surface;
          context.fillRect(x + cell * 0.2, y + cell * 0.28, cell * 0.6, cell * 0.44);
        }
        context.fillStyle = real ? colors.text : colors.muted;
        context.fillText(text, x + cell / 2 + 0.5, y + cell / 2 + 1);
      }
    }
  }

  // The whole plane as one grey image, its pixels left sharp.
  image(plane, shown) {
    this.hatch();
    const image = new ImageData(plane.columns, plane.rows);
    for (let n = 0; n < plane.values.length; n++) {
      image.data.fill(plane.values[n], 4 * n, 4 * n + 3);
      image.data[4 * n + 3] = shown(Math.floor(n / plane.columns), n % plane.columns) ? 255 : 0;
    }
    const small = h("canvas", { width: plane.columns, height: plane.rows });
    small.getContext("2d").putImageData(image, 0, 0);
    this.context.imageSmoothingEnabled = false;
    this.context.drawImage(small, ...this.box(0, 0, plane.rows, plane.columns));
  }

  overhangs(row, column) {
    return [row, column].some((position, axis) => position >= this.padded[axis].size + this.padded[axis].after);
  }

  // Slanted lines behind the plane and its padding.
  hatch() {
    if (!this.padded) return;
    const [rows, columns] = this.padded.map(({ before, size, after }) => before + size + after);
    this.slant(...this.box(this.top, this.left, rows, columns));
  }

  // Slanted lines in a rectangle of the drawing.
  slant(x0, y0, width, height) {
    this.context.save();
    this.context.beginPath();
    this.context.rect(x0, y0, width, height);
    this.context.clip();
    this.context.strokeStyle = this.colors.border;
    this.context.lineWidth = 1;
    this.context.beginPath();
    for (let x = x0 - height; x < x0 + width; x += 7) {
      this.context.moveTo(x, y0 + height);
      this.context.lineTo(x + height, y0);
    }
    this.context.stroke();
    this.context.restore();
  }

  // A thick frame with a halo, which stands out from any image; around a small cell it lies outside.
  outline(row, column, rows = 1, columns = 1) {
    const by = Math.min(rows, columns) * this.cell < SMALL ? -1.5 : 1.5;
    for (const [width, color] of [
      [5, this.colors.surface],
      [3, this.colors.window],
    ]) {
      this.context.lineWidth = width;
      this.context.strokeStyle = color;
      this.context.strokeRect(...this.box(row, column, rows, columns, by));
    }
  }

  // The corner to pull, at the lower right end of a window that is `width` pixels wide: inside, or outside a small one.
  handle(row, column, width) {
    const [x, y] = this.box(row, column),
      inward = width > 30 ? 9 : 0;
    this.context.fillStyle = this.colors.window;
    this.context.fillRect(x - inward, y - inward, 9, 9);
  }

  // Cells that are pointed at from elsewhere.
  lit(row, column, rows = 1, columns = 1) {
    const { context } = this;
    context.fillStyle = context.strokeStyle = this.colors.window;
    context.globalAlpha = 0.35;
    context.fillRect(...this.box(row, column, rows, columns));
    context.globalAlpha = 1;
    context.lineWidth = 2;
    context.strokeRect(...this.box(row, column, rows, columns, this.cell < SMALL ? -1 : 1));
  }

  // A thin frame around one cell.
  mark(row, column, color) {
    this.context.lineWidth = 2;
    this.context.strokeStyle = this.colors[color];
    this.context.strokeRect(...this.box(row, column, 1, 1, 5));
  }

  // A ring inside one cell; a faint one is dashed.
  ring(row, column, faint = false) {
    const [x, y, side] = this.box(row, column);
    this.context.setLineDash(faint ? [3, 3] : []);
    this.context.lineWidth = 2;
    this.context.strokeStyle = this.colors.window;
    this.context.beginPath();
    this.context.arc(x + side / 2, y + side / 2, Math.max(3, side / 2 - 4), 0, 7);
    this.context.stroke();
    this.context.setLineDash([]);
  }

  // Name the board, and put the numbers of a small plane into a table, where a screen reader finds them. say(n): what
  // is told of the n-th, if it is more than the number.
  describe(title, plane, asNumbers, shown, say = (n) => show(plane.values[n])) {
    if (this.caption.textContent !== title) this.caption.textContent = title; // said aloud only when it changes
    const indices = (count) => Array.from({ length: count }, (_, n) => n);
    const word = (i, j) => (shown(i, j) ? say(i * plane.columns + j) : "covered");
    const rows =
      asNumbers && plane.values.length <= 256
        ? indices(plane.rows).map((i) => indices(plane.columns).map((j) => word(i, j)))
        : null;
    const written = JSON.stringify(rows ?? title);
    if (this.written === written) return;
    this.written = written;
    if (!rows) return this.words.replaceChildren();
    const head = h("tr", {}, h("td", {}), ...indices(plane.columns).map((j) => h("th", { scope: "col" }, String(j))));
    const line = (row, i) => h("tr", {}, h("th", { scope: "row" }, String(i)), ...row.map((text) => h("td", {}, text)));
    this.words.replaceChildren(
      h("table", {}, h("caption", {}, `${title}, numbers`), h("tbody", {}, head, ...rows.map(line))),
    );
  }
}
