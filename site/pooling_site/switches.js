// The switches below a chapter's title: one hides the code of its cells, one what is called Further. Each holds for all
// pages and is kept in the browser.
(() => {
  const NAMES = ["code", "further"];
  const root = document.documentElement;
  const hidden = (name) => root.dataset[name] === "hidden";
  const key = (name) => `pooling-book ${name}`;
  const button = (name) => document.querySelector(`[data-switch=${name}]`);

  const remember = (name) => {
    try {
      localStorage.setItem(key(name), root.dataset[name]);
    } catch {} // a browser may refuse: then the switch holds for this page
  };

  const kept = (name) => {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  };

  // Before the page is drawn, so that nothing is seen that then goes away.
  for (const name of NAMES) root.dataset[name] = kept(key(name)) === "hidden" ? "hidden" : "shown";

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
  const foldCode = () => {
    for (const input of document.querySelectorAll("div.cell > div.cell_input")) {
      open(input, input.querySelector(".code-open") ?? opener(input), false);
    }
  };

  const show = (name) => {
    button(name)?.setAttribute("aria-pressed", hidden(name));
    if (name === "code" && hidden(name)) foldCode();
  };

  // The page's list of contents holds no line that leads to nothing.
  const markContents = () => {
    for (const section of document.querySelectorAll("section.further")) {
      const entry = document.querySelector(`.bd-sidebar-secondary a[href="#${CSS.escape(section.id)}"]`);
      entry?.closest("li").classList.add("further");
    }
  };

  // What a link or a search leads to is shown on this page, whatever the switch says on the next.
  const reach = (wanted) => {
    if (!hidden("further") || !wanted?.closest("section.further")) return false;
    root.dataset.further = "shown";
    show("further");
    return true;
  };
  const reachTarget = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (reach(target)) target.scrollIntoView();
  };
  const reachMarks = () => {
    reach(document.querySelector("section.further .highlighted"));
    const marks = [...document.querySelectorAll("article .highlighted")];
    if (!location.hash) marks.find((one) => one.checkVisibility())?.scrollIntoView({ block: "center" });
  };

  document.addEventListener("DOMContentLoaded", () => {
    for (const name of NAMES) {
      button(name)?.addEventListener("click", () => {
        root.dataset[name] = hidden(name) ? "shown" : "hidden";
        remember(name);
        show(name);
      });
      show(name);
    }
    markContents();
    reachTarget();
  });
  // Sphinx marks what was searched for 10 ms after the page is read.
  addEventListener("load", () => setTimeout(reachMarks, 20));
  addEventListener("hashchange", reachTarget);
  // A second time the same link changes no address.
  addEventListener("click", ({ target }) => {
    if (target.closest?.('a[href*="#"]')) setTimeout(reachTarget);
  });
})();
