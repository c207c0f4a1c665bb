// What the book keeps in this browser, and nowhere else: one entry for each widget that the reader has changed.
// A browser may refuse, on a page from the disk or in a private window: then nothing is kept, and nothing breaks.

const BOOK = "pooling-book "; // as in site/pooling_site/switches.js

// The entry of a widget: by its page's path and its id.
export const entryOf = (path, id) => `${BOOK}${path.replace(/\/index\.html$/, "/")}#${id}`;

const kept = (ask) => {
  try {
    return ask(localStorage);
  } catch {
    return null;
  }
};

// What an entry holds, or null; write it; erase it.
export const recall = (entry) => kept((store) => JSON.parse(store.getItem(entry)));
export const remember = (entry, value) => kept((store) => store.setItem(entry, JSON.stringify(value)));
export const forget = (entry) => kept((store) => store.removeItem(entry));

// Forget all that the book has kept, the choices of its pages too: what that was, for bringBack; null if refused.
export const forgetAll = () =>
  kept((store) => {
    const entries = Object.entries(store).filter(([entry]) => entry.startsWith(BOOK));
    for (const [entry] of entries) store.removeItem(entry);
    return entries;
  });
export const bringBack = (entries) =>
  kept((store) => {
    for (const [entry, value] of entries) store.setItem(entry, value);
  });

// A short mark of a text: another text, most surely another mark. (32-bit FNV-1a)
export function marked(text) {
  let mark = 0x811c9dc5;
  for (let n = 0; n < text.length; n++) mark = Math.imul(mark ^ text.charCodeAt(n), 0x01000193);
  return (mark >>> 0).toString(16);
}
