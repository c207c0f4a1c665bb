// The page's colours, for what is drawn on a canvas. palette.py names them.

const ROLES = ["text", "muted", "surface", "raised", "border", "accent", "window"];
const ON_PHOTOS = ["positive", "negative", "on-light", "on-dark"];

// Each role's colour as it is on this element: in light, in the dark, or as the reader's system forces it.
export function colorsOf(element) {
  const style = getComputedStyle(element);
  return Object.fromEntries(
    [...ROLES, ...ON_PHOTOS].map((role) => [role, style.getPropertyValue(`--pool-${role}`).trim()]),
  );
}
