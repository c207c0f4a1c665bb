// How much larger than its style says an element is shown: a widget in a large window is enlarged as a whole.

// Its edges on the screen by its edges in its own pixels. (currentCSSZoom does not count in every browser.)
export const zoomOf = (element) =>
  element.offsetWidth ? element.getBoundingClientRect().width / element.offsetWidth : 1;

// Pixels of the screen for one of a canvas's own.
export const pixelRatio = (element) => (devicePixelRatio || 1) * (element.currentCSSZoom ?? 1);
