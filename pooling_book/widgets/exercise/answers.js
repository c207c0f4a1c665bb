// Typed answers: their one form, its hash, and the check. As exercise/answers.py, and check() in exercise/kinds.py.

// White space by name, since Python and JavaScript do not mean the same by \s.
const SPACE = "\t\n\v\f\r \u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff";
const DASH = /[\u2010-\u2015\u2212\ufe63\uff0d]/g; // hyphens, dashes and the minus sign
const SLASH = new RegExp(`[${SPACE}]*/[${SPACE}]*`, "g");
const SEPARATOR = new RegExp(`(?:[${SPACE},;，、；()（）\\[\\]{}×&]|(?<![A-Za-z])(?:[xX]|[aA]nd|AND|by)(?![A-Za-z]))+`);
const RANGE = new RegExp(`[0-9]+(?:-|[${SPACE}]+-[${SPACE}]+|[${SPACE}]*(?:\\.\\.+|…|to)[${SPACE}]*)[0-9]+`);

// 51,200 and 0,5: not part of 1,2,3, but before the comma of a list
const GROUPED = /(?<![0-9.])(?<![0-9],)[0-9]{1,3}([,'’\u00a0\u2009\u202f])[0-9]{3}(?:\1[0-9]{3})*(?![0-9]|,[0-9])/g;
const DECIMAL = /(?<![0-9.])(?<![0-9],)[0-9]+,[0-9]+(?![0-9.]|,[0-9])/g;

// The beginning of what was typed, for a sentence about it.
const quoted = (word) => `“${[...word].slice(0, 40).join("")}”`;

// An answer in its one form: thousandths, rounded half away from zero, with commas between them.
export function canonical(answer) {
  const text = answer.replace(DASH, "-").replace(SLASH, "/"),
    range = RANGE.exec(text);
  if (range) throw new Error(`${quoted(range[0])} looks like a range: type each number of it, such as 3 4 5.`);
  const words = text.split(SEPARATOR).filter(Boolean);
  if (!words.length) throw new Error("There is no number in that: type one such as 3, -2, 0.75 or 3/4.");
  return words.map(thousandths).join(",");
}

// The forms that an answer may have: where a comma parts two numbers, groups the digits of one, or stands before its
// decimals. The first is meant unless another is right.
export function readings(text) {
  const grouped = text.replace(GROUPED, (word, mark) => word.replaceAll(mark, ""));
  const decimal = [text, grouped].map((one) => one.replace(DECIMAL, (word) => word.replace(",", ".")));
  const found = [...new Set([text, grouped, ...decimal].flatMap(readable))];
  return found.length ? found : [canonical(text)];
}

const readable = (text) => {
  try {
    return [canonical(text)];
  } catch {
    return [];
  }
};

function thousandths(word) {
  const match = /^([+-]?)([0-9]+\.?[0-9]*|\.[0-9]+)(?:\/([0-9]+\.?[0-9]*|\.[0-9]+))?$/.exec(word);
  const [top, topUnit] = match ? decimal(match[2]) : [0n, 0n];
  const [bottom, bottomUnit] = match ? decimal(match[3] ?? "1") : [0n, 0n];
  if (!bottom) throw new Error(`${quoted(word)} cannot be read as a number: type numbers such as 3, -2, 0.75 or 3/4.`);
  const [numerator, denominator] = [top * bottomUnit, topUnit * bottom];
  const whole = (2000n * numerator + denominator) / (2n * denominator);
  return String(match[1] === "-" ? -whole : whole);
}

// "2.50" as [250n, 100n]: whole numbers of a unit, and how many units make 1.
function decimal(text) {
  const [whole, part = ""] = text.split(".");
  return [BigInt(whole + part), 10n ** BigInt(part.length)];
}

// 64-bit FNV-1a of ASCII text: it hides an answer from a glance at the page, and protects nothing.
export function hashed(text) {
  let value = 0xcbf29ce484222325n;
  for (const letter of text) value = BigInt.asUintN(64, (value ^ BigInt(letter.charCodeAt(0))) * 0x100000001b3n);
  return value.toString(16).padStart(16, "0");
}

const WHEREVER = "wherever its commas belong: between numbers, between thousands or before decimals";

// {status, sentence} for what the reader typed.
export function check(text, { identity, right, foreseen, places }) {
  let read;
  try {
    read = readings(text);
  } catch (error) {
    return { status: "wrong", sentence: error.message };
  }
  const hashes = read.map((given) => hashed(`${identity}:${given}`));
  if (hashes.includes(right)) return { status: "right", sentence: "That is the answer." };
  const known = hashes.find((hash) => Object.hasOwn(foreseen, hash));
  if (known) return { status: "wrong", sentence: foreseen[known] };
  const values = (read.find((given) => given.split(",").length === places.length) ?? read[0]).split(",");
  let found = read.length > 1 ? `That is not it, ${WHEREVER}.` : "That is not it.";
  if (values.length === places.length) {
    const place = values.findIndex((value, i) => hashed(`${identity}:${i}:${value}`) !== places[i]) + 1;
    found = `Look at place ${place} of ${places.length}: the first wrong number stands there.`;
  } else if (places.length) {
    found =
      `There should be ${places.length} numbers, ` +
      `and ${values.length} ${values.length === 1 ? "was" : "were"} read.`;
  }
  return { status: "wrong", sentence: `${found} Try once more, or open a hint.` };
}
