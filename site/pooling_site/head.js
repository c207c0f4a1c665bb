// What every page does before it is drawn; `theme` puts it into the head, ahead of the theme's own scripts.

(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");

  // Where a reader forbids a site to keep anything, reading these throws, and the theme's buttons die of it.
  class Forgetful {
    getItem(key) {
      return Object.hasOwn(this, key) ? this[key] : null;
    }
    setItem(key, value) {
      this[key] = String(value);
    }
    removeItem(key) {
      delete this[key];
    }
  }
  for (const name of ["localStorage", "sessionStorage"]) {
    try {
      window[name].getItem("mode");
    } catch {
      Object.defineProperty(window, name, { value: new Forgetful() });
    }
  }

  // The theme finds "auto" here and puts "light" or "dark" once all is read: then it styles the whole page again.
  if (!["light", "dark"].includes(localStorage.getItem("mode"))) {
    localStorage.setItem("theme", dark.matches ? "dark" : "light");
  }

  // Paper is white.
  const paper = matchMedia("print");
  let screen = null;
  const print = (printing) => {
    if (printing && root.dataset.theme === "dark") {
      screen = "dark";
      root.dataset.theme = "light";
    } else if (!printing && screen) {
      root.dataset.theme = screen;
      screen = null;
    }
  };
  addEventListener("beforeprint", () => print(true));
  addEventListener("afterprint", () => print(false));
  paper.addEventListener("change", () => print(paper.matches));

  // Copying a cell moves the focus to the page's top: give it back to the button.
  addEventListener("click", (event) => {
    const button = event.target.closest?.("button.copybtn");
    if (button) setTimeout(() => button.focus());
  });

  // What scrolls in itself must be reachable with the keyboard. The theme measures all of it at once, after every
  // change of the page; here each is measured when it comes on the screen.
  const scrollers = "pre, .cell_output > .output, .pst-scrollable-table-container";
  const measure = (near) => {
    const scrolls = near.map((one) => one.scrollWidth > one.clientWidth || one.scrollHeight > one.clientHeight);
    near.forEach((one, index) => {
      if (scrolls[index]) one.tabIndex = 0;
      else one.removeAttribute("tabindex");
    });
  };
  const watch = new IntersectionObserver((seen) => {
    const near = seen.filter((one) => one.isIntersecting).map((one) => one.target);
    // What comes from far away has its text in the frame after the next (content-visibility).
    requestAnimationFrame(() => requestAnimationFrame(() => measure(near)));
  });
  const look = () => {
    watch.disconnect();
    for (const one of document.querySelectorAll(scrollers)) watch.observe(one);
  };
  addEventListener("load", look);
  addEventListener("resize", look);

  // Where a link leads stays in its place while what stands around it finds its height. Chromium and Firefox see to
  // that by themselves. WebKit has to be told, until the reader moves or the page has come to rest: it also scrolls up
  // where the page is shorter for a moment, and not down again.
  addEventListener("DOMContentLoaded", () => {
    if (CSS.supports("overflow-anchor", "auto")) return;
    const target = document.getElementById(location.hash.slice(1));
    if (!target) return;
    const settle = () => target.scrollIntoView({ behavior: "instant" });
    const sizes = new ResizeObserver(settle);
    const settled = () => {
      sizes.disconnect();
      removeEventListener("scroll", settle);
    };
    sizes.observe(document.body);
    addEventListener("scroll", settle);
    for (const moved of ["wheel", "touchstart", "pointerdown", "keydown", "hashchange"])
      addEventListener(moved, settled, { once: true, passive: true });
    addEventListener("load", () => setTimeout(settled, 3000));
  });
})();
