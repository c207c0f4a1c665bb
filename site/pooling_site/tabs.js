// The library that a reader chooses in one row of tabs is chosen in all, and on the next page. Without this script each
// row stands for itself.
(() => {
  const KEY = "pooling-book library"; // as in kit/store.js, which erases it

  const choose = (library) => {
    for (const radio of document.querySelectorAll(".pool-same input")) radio.checked ||= radio.value === library;
  };

  document.addEventListener("DOMContentLoaded", () => {
    try {
      choose(localStorage.getItem(KEY));
    } catch {} // a browser may refuse: then the choice holds for this page
  });
  document.addEventListener("change", ({ target }) => {
    if (!target.closest(".pool-same")) return;
    const before = target.getBoundingClientRect().top;
    choose(target.value);
    // panels above have other heights now
    const moved = target.getBoundingClientRect().top - before;
    if (!CSS.supports("overflow-anchor", "auto")) scrollBy({ top: moved, behavior: "instant" });
    try {
      localStorage.setItem(KEY, target.value);
    } catch {}
  });
})();
