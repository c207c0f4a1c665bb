// Settings as data: what a widget keeps in a link and over a reload, each with a check of what may become one.
// A check takes the value and the state it would join, in which settings declared before it are already taken.

// Checks of one value.
export const isFlag = (value) => typeof value === "boolean";
export const isWhole = (least, most) => (value) => Number.isInteger(value) && value >= least && value <= most;
export const isNumber = (least, most) => (value) => Number.isFinite(value) && value >= least && value <= most;
export const isText = (most) => (value) => typeof value === "string" && value.length <= most;
export const isOneOf =
  (...values) =>
  (value) =>
    values.includes(value);
// A list whose elements pass a check, as long as that.
export const isList = (isOne, least, most) => (value, state) =>
  Array.isArray(value) && value.length >= least && value.length <= most && value.every((one) => isOne(one, state));
// Two whole numbers, for rows and columns.
export const isPair = (least, most) => isList(isWhole(least, most), 2, 2);
// An object with exactly these keys, each with its check.
export const isRecord = (checks) => (value, state) =>
  value !== null &&
  typeof value === "object" &&
  Object.keys(value).length === Object.keys(checks).length &&
  Object.entries(checks).every(([key, isOne]) => Object.hasOwn(value, key) && isOne(value[key], state));
// What passes one of several checks.
export const isEither =
  (...checks) =>
  (value, state) =>
    checks.some((isOne) => isOne(value, state));

// A setting that is kept in the browser's store, and never put into an address.
export const keptOnly = (check) => Object.assign((...given) => check(...given), { keptOnly: true });

// The reader's photo as photo.js makes it, or none: it is 5.5 kB of text, and not for others.
const isTaken = isRecord({
  rows: isOneOf(64),
  columns: isOneOf(64),
  pixels: (text) => typeof text === "string" && /^[A-Za-z0-9+/]{5462}==$/.test(text),
});
export const isPhoto = keptOnly((value) => value === null || isTaken(value));

// What is shown: one of the images, one of the words besides them, or the reader's photo once there is one.
export const isSource =
  (...besides) =>
  (value, { images, photo }) =>
    typeof value === "string" &&
    (besides.includes(value) || Object.hasOwn(images, value) || (value === "photo" && photo !== null));

// The state with as much of `given` as may join it, setting by setting. agree(state): whether the settings go
// together, for a widget that says so; where they do not, none is taken.
export function joined({ settings, agree = () => true }, state, given) {
  const now = { ...state };
  for (const [key, isSound] of Object.entries(settings)) {
    if (Object.hasOwn(given, key) && holds(() => isSound(given[key], now))) now[key] = given[key];
  }
  return holds(() => agree(now)) ? now : state;
}

// A check that stumbles over a value does not hold.
function holds(check) {
  try {
    return check();
  } catch {
    return false;
  }
}

// Settings as the words of an address, and back. What needs the reader's photo is left out.
export function toQuery({ settings }, state) {
  const seen = { ...state, photo: null };
  return Object.keys(settings)
    .filter((key) => !settings[key].keptOnly && settings[key](state[key], seen))
    .map((key) => [key, JSON.stringify(state[key])]);
}

// What an address gives for these settings; words that are no JSON are left out.
export function fromQuery({ settings }, query) {
  const given = {};
  for (const key of Object.keys(settings)) {
    try {
      if (!settings[key].keptOnly && query.has(key)) given[key] = JSON.parse(query.get(key));
    } catch {
      // no JSON: the page's own setting stays
    }
  }
  return given;
}
