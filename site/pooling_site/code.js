// The switch below a chapter's title that hides the code of its cells: one for all pages, kept in the browser.
(() => {
  const KEY = "pooling-book code";
  const root = document.documentElement;
  const hidden = () => root.dataset.code === "hidden";

  const remember = () => {
    try {
      localStorage.setItem(KEY, root.dataset.code);
    } catch {} // a browser may refuse: then the switch holds for this page
  };

  const remembered = () => {
    try {
      return localStorage.getItem(KEY) === "hidden";
    } catch {
      return false;
    }
  };

  // Before the page is drawn, so that no code is seen that then goes away.
  root.dataset.code = remembered() ? "hidden" : "shown";

  const opener = (input) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "code-open";
    button.addEventListener("click", () => open(input, button, !input.classList.contains("code-opened")));
    input.prepend(button);
    return button;
  };

  const open = (input, button, opened) => {
    input.classList.toggle("code-opened", opened);
    button.setAttribute("aria-expanded", opened);
    button.textContent = opened ? "Hide this code" : "Show this code";
  };

  // What a cell folds by itself keeps its own way to open.
  const show = () => {
    document.querySelector(".code-switch button")?.setAttribute("aria-pressed", hidden());
    if (!hidden()) return;
    for (const input of document.querySelectorAll("div.cell > div.cell_input")) {
      open(input, input.querySelector(".code-open") ?? opener(input), false);
    }
  };

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelector(".code-switch button")?.addEventListener("click", () => {
      root.dataset.code = hidden() ? "shown" : "hidden";
      remember();
      show();
    });
    show();
  });
})();
