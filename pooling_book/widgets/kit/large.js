// A widget in a window of its own on the page, as large as the screen allows: for a projector, or for a closer look.
import { button } from "./controls.js";
import { h } from "./core.js";

const WIDTH = 760, // pixels of the page that a widget takes up beside its controls
  LEAST = 0.7, // times: what is too high for the screen becomes smaller, but not on a phone
  MOST = 3;

// Show an element large until the reader closes it; closed() is told. The element stays the same one.
export function showLarge(element, name, closed = () => {}) {
  const stand = h("div", { class: "pool-large-stand" }, element);
  const dialog = h(
    "dialog",
    { class: "pool-large pool-root", "aria-label": name },
    button("✕ Close", () => dialog.close(), { class: "pool-button pool-large-close" }),
    stand,
  );
  // The widget keeps its proportions: it is laid out as on the page, and enlarged as a whole.
  function fit() {
    const wide = Math.min(WIDTH, innerWidth - 16);
    stand.style.width = `${wide}px`;
    stand.style.zoom = 1;
    const times = Math.min((innerWidth - 16) / wide, (innerHeight - 56) / stand.offsetHeight);
    stand.style.zoom = Math.max(wide < WIDTH ? 1 : LEAST, Math.min(MOST, times));
  }
  addEventListener("resize", fit);
  dialog.addEventListener("close", () => {
    removeEventListener("resize", fit);
    dialog.remove();
    closed();
  });
  document.body.append(dialog);
  dialog.showModal();
  fit();
  requestAnimationFrame(fit); // what draws itself when it is there is as high as it will be
  return dialog;
}

// The same for a widget of the page, which leaves its place as high as it was and comes back to it; so does the
// focus, to the button that opened it.
export function enlarge(host, name, opener) {
  const gap = h("div", {}),
    top = scrollY;
  gap.style.height = `${host.getBoundingClientRect().height}px`;
  host.replaceWith(gap);
  showLarge(host, name, () => {
    gap.replaceWith(host);
    opener.focus({ preventScroll: true });
    scrollTo({ top, behavior: "instant" });
  });
}
