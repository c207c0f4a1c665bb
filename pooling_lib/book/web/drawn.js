// When a widget draws: once a frame however much has changed, and again when its size or the page's colours change.

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
  for (const node of [document.documentElement, document.body]) themed.observe(node, { attributes: true });
  return [schedule, () => { sized.disconnect(); themed.disconnect(); }];
}
