// A chart on a canvas: axes with round numbers, lines, dots and words, and the same numbers in a table for who cannot
// see.
import { h, put, show } from "./core.js";
import { colorsOf } from "./colors.js";
import { pixelRatio, zoomOf } from "./zoom.js";

// Round numbers, about `count` of them, from low to high.
export function ticks(low, high, count) {
  const rough = (high - low) / count,
    power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999);
  const first = Math.ceil(low / step - 1e-9),
    last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, n) => Number(((first + n) * step).toPrecision(10)));
}

export class Plot {
  // props: those of the canvas, its class and its role.
  constructor(props) {
    this.canvas = h("canvas", props);
    this.caption = h("figcaption", {});
    this.words = h("div", { class: "pool-unseen" });
    this.figure = h("figure", {}, this.caption, this.canvas, this.words);
  }

  // Size and clear the canvas, take the page's colours. [left, top, right, bottom] is the room for words around the
  // plot; across and down are the values, [low, high], that it spans.
  frame(width, height, [left, top, right, bottom], across, down) {
    const ratio = pixelRatio(this.canvas);
    Object.assign(this.canvas, { width: Math.round(width * ratio), height: Math.round(height * ratio) });
    Object.assign(this.canvas.style, { width: `${width}px`, height: `${height}px` });
    this.context = this.canvas.getContext("2d");
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.colors = colorsOf(this.canvas);
    Object.assign(this, { width, height, left, top, right: width - right, bottom: height - bottom, across, down });
  }

  // Pixels of a value.
  x(value) {
    return this.left + ((value - this.across[0]) / (this.across[1] - this.across[0])) * (this.right - this.left);
  }
  y(value) {
    return this.bottom - ((value - this.down[0]) / (this.down[1] - this.down[0])) * (this.bottom - this.top);
  }

  // The values under an event, across and down; beyond the plot, too.
  at(event) {
    const box = this.canvas.getBoundingClientRect(),
      zoom = zoomOf(this.canvas),
      along = (pixels, [low, high], from, to) => low + ((pixels / zoom - from) / (to - from)) * (high - low);
    return [
      along(event.clientX - box.left, this.across, this.left, this.right),
      along(event.clientY - box.top, this.down, this.bottom, this.top),
    ];
  }

  // Through points in pixels.
  line(points, color, width = 1, dash = []) {
    const { context } = this;
    context.strokeStyle = color;
    context.lineWidth = width;
    context.setLineDash(dash);
    context.beginPath();
    points.forEach(([x, y], n) => context[n ? "lineTo" : "moveTo"](x, y));
    context.stroke();
    context.setLineDash([]);
  }

  // A line at a value: up through the plot, or across it.
  upright(value, color, width = 1, dash = []) {
    const x = this.x(value);
    this.line(
      [
        [x, this.top],
        [x, this.bottom],
      ],
      color,
      width,
      dash,
    );
  }
  level(value, color, width = 1, dash = []) {
    const y = this.y(value);
    this.line(
      [
        [this.left, y],
        [this.right, y],
      ],
      color,
      width,
      dash,
    );
  }

  // Something light, behind everything.
  light(draw, strength = 0.3) {
    this.context.globalAlpha = strength;
    draw();
    this.context.globalAlpha = 1;
  }

  // The axis below: light lines up, each with a word; name: what it measures, where no caption says it.
  below(values, word = show, name = "") {
    for (const value of values) {
      this.light(() => this.upright(value, this.colors.border));
      this.small(word(value), this.x(value), this.bottom + 12);
    }
    this.line(
      [
        [this.left, this.bottom],
        [this.right, this.bottom],
      ],
      this.colors.border,
    );
    if (name) this.small(name, (this.left + this.right) / 2, this.height - 8);
  }

  // The axis at the left: light lines across, each with a word; name stands upright.
  beside(values, word = show, name = "") {
    for (const value of values) {
      this.light(() => this.level(value, this.colors.border));
      this.small(word(value), this.left - 6, this.y(value), "right");
    }
    if (!name) return;
    this.context.save();
    this.context.translate(10, (this.top + this.bottom) / 2);
    this.context.rotate(-Math.PI / 2);
    this.small(name, 0, 0);
    this.context.restore();
  }

  // A full dot, or a ring.
  dot(x, y, color, full, radius = 4, width = 1.5) {
    const { context } = this;
    context.beginPath();
    context.arc(x, y, radius, 0, 7);
    context.fillStyle = full ? color : this.colors.surface;
    context.fill();
    context.strokeStyle = color;
    context.lineWidth = width;
    context.stroke();
  }

  text(text, x, y, { align = "left", color = this.colors.text, weight = "", size = 13 } = {}) {
    Object.assign(this.context, {
      font: `${weight} ${size}px system-ui, sans-serif`,
      textAlign: align,
      textBaseline: "middle",
      fillStyle: color,
    });
    this.context.fillText(text, x, y);
  }
  small(text, x, y, align = "center") {
    this.text(text, x, y, { align, color: this.colors.muted, size: 12 });
  }

  // A caption, and a table with the numbers for who cannot see the drawing. rows: [name, ...words].
  describe(title, head, rows) {
    put(this.caption, title);
    const written = JSON.stringify([title, head, rows]);
    if (this.written === written) return;
    this.written = written;
    const line = ([name, ...cells]) =>
      h("tr", {}, h("th", { scope: "row" }, name), ...cells.map((text) => h("td", {}, text)));
    const above = h("tr", {}, h("td", {}), ...head.map((text) => h("th", { scope: "col" }, text)));
    this.words.replaceChildren(
      h("table", {}, h("caption", {}, `${title}, numbers`), h("tbody", {}, above, ...rows.map(line))),
    );
  }
}
