// Places of a board as a guess: marked by the reader, cell by cell, and judged on the picture.

const LEAST = 12; // pixels: a smaller mark cannot be read
const SIGNS = { guess: "?", right: "✓", wrong: "✗", missed: "" };

// A list with one more, or without it where it was there.
export const flipped = (list, one) => (list.includes(one) ? list.filter((each) => each !== one) : [...list, one]);

// The guess with one more place, or without it where it was marked already. Places have names, "2, 1" say.
export const withPlace = (guess, place) => flipped(guess ?? [], place.join(", "));

// What becomes of a guess of places: {name: guess, right, wrong or missed}. asked: what `asked()` of tasks.js gives.
export function marksByName(asked) {
  if (asked?.form !== "places") return {};
  const guess = asked.guess ?? [],
    truth = asked.over ? asked.truth() : [];
  const judged = (name) => (!asked.over ? "guess" : truth.includes(name) ? "right" : "wrong");
  const missed = truth.filter((name) => !guess.includes(name));
  return Object.fromEntries([...guess.map((name) => [name, judged(name)]), ...missed.map((name) => [name, "missed"])]);
}

// The same for a board: [{place: [row, column], mark}].
export const marksOf = (asked) =>
  Object.entries(marksByName(asked)).map(([name, mark]) => ({ place: name.split(", ").map(Number), mark }));

// Each mark on its cell: a sign in its corner, so that colour is not needed, or a dashed frame for what was missed.
export function drawMarks(board, marks) {
  const { context, colors, cell } = board;
  const side = Math.max(LEAST, cell * 0.3);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.font = `bold ${side}px system-ui, sans-serif`;
  for (const { place, mark } of marks) {
    const [x, y] = board.box(...place);
    context.lineWidth = 2.5;
    context.strokeStyle = colors.accent;
    context.setLineDash(mark === "missed" ? [5, 4] : []);
    context.strokeRect(...board.box(...place, 1, 1, 2));
    context.setLineDash([]);
    if (!SIGNS[mark]) continue;
    context.fillStyle = mark === "wrong" ? colors.text : colors.accent;
    context.fillRect(x + cell - side, y + 1, side, side);
    context.fillStyle = colors.surface;
    context.fillText(SIGNS[mark], x + cell - side / 2, y + side / 2 + 2);
  }
}
