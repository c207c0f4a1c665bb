// When a widget draws: once a frame however much has changed, and again when its size or the page's colours change, or
// when it is printed.

// What the page and JupyterLab change when their colours do. (Scrolling changes other attributes.)
const THEME = ["data-theme", "data-jp-theme-light", "data-jp-theme-name"];

// [schedule, stop]: schedule() asks for a drawing, stop() ends it all.
export function drawn(el, draw) {
  let pending = false;
  function schedule() {
    if (pending) return;
    pending = true;
    requestAnimationFrame(() => {
      pending = false;
      if (el.isConnected) draw();
    });
  }
  const sized = new ResizeObserver(schedule);
  sized.observe(el);
  const themed = new MutationObserver(schedule);
  for (const node of [document.documentElement, document.body]) themed.observe(node, { attributeFilter: THEME });
  // Paper is light: what is on a canvas is painted anew for it, at once, and back again for the screen.
  const paper = matchMedia("print"),
    repaint = () => el.isConnected && draw();
  paper.addEventListener("change", repaint);
  return [
    schedule,
    () => {
      paper.removeEventListener("change", repaint);
      sized.disconnect();
      themed.disconnect();
    },
  ];
}
