// The page's colours, for what is drawn on a canvas. palette.py names them.

const ROLES = ["text", "muted", "surface", "raised", "border", "accent", "window"];
const SIGNED = ["shade-positive", "shade-negative"];
const ON_PHOTOS = ["positive", "negative", "on-light", "on-dark"];

// Each role's colour as it is on this element: in light, in the dark, or as the reader's system forces it.
export function colorsOf(element) {
  const style = getComputedStyle(element);
  return Object.fromEntries(
    [...ROLES, ...SIGNED, ...ON_PHOTOS].map((role) => [role, style.getPropertyValue(`--pool-${role}`).trim()]),
  );
}

// How a cell of that grey, 0 to 255, looks: its text has at least 4.5 to 1 on every one.
export const onGrey = (grey) => ({
  background: `rgb(${grey}, ${grey}, ${grey})`,
  color: `var(--pool-on-${grey > 117 ? "light" : "dark"})`,
});
