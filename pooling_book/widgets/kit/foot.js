// The quiet row below a widget on a page: a link to its settings, the text that embeds it, the widget large, and a way
// back to the start.
import { h, put } from "./core.js";
import { button } from "./controls.js";
import { enlarge } from "./large.js";

// words(): the settings as pairs for an address; linked: whether any may be there, so that a link says something;
// fresh(): forget what this widget keeps and return the way to undo that, or null if it has a way of its own.
// {element, follow()}
export function foot(host, { words, linked, fresh }) {
  const embedded = document.documentElement.classList.contains("pool-embed");
  const link = h("a", { href: "#", "aria-label": "Link to these settings", target: embedded ? "_top" : null }, "Link");
  const large = button("Large", () => enlarge(host, nameOf(host), large), { class: "pool-quiet", title: LARGE });
  const said = h("span", { role: "status", class: "pool-unseen" });
  const again = fresh && button("Start afresh", restart, { class: "pool-quiet", title: AFRESH });
  let undo = null; // for as long as nothing else has changed
  function restart() {
    const back = undo;
    undo = null;
    if (back) back();
    else undo = fresh();
    offer(back ? "As it was." : "Back to the start; what was kept is erased.");
  }
  function offer(words) {
    put(again, undo ? "Undo" : "Start afresh");
    put(said, words);
  }
  const { opener, panel, follow: rewrite } = embedding(host, () => address("embed"));
  const element = h(
    "div",
    { class: "pool-foot", role: "group", "aria-label": "This widget elsewhere, and from the start" },
    linked ? link : null,
    embedded ? null : opener,
    embedded ? null : large,
    again,
    said,
    embedded ? null : panel,
  );

  function address(how) {
    const url = new URL(location.href);
    url.search = new URLSearchParams([[how, host.id], ...words()]);
    url.hash = how === "embed" ? "" : host.id;
    return url.href;
  }
  function follow() {
    link.href = address("widget");
    rewrite();
    if (!undo) return;
    undo = null;
    offer("");
  }
  follow();
  return { element, follow };
}

const LAPTOP = 760; // pixels of a widget there
const AFRESH = "back to the page’s own settings; what this browser kept of this widget is erased";
const LARGE = "as large as the screen allows, for a projector; Escape closes it";
const nameOf = (host) => `Pooling, window by window: ${host.dataset.widget.replaceAll("_", " ")}`;

// A button that opens a panel with the text of an iframe, as large as the widget is here.
function embedding(host, address) {
  let size = null;
  const text = h("textarea", {
    class: "pool-lines",
    readonly: true,
    rows: "4",
    spellcheck: "false",
    "aria-label": "Text that embeds it",
  });
  const said = h("span", { role: "status" });
  const copy = button("Copy", async () => {
    text.focus();
    text.select(); // where the browser refuses to copy, the keys do
    try {
      await navigator.clipboard.writeText(text.value);
      put(said, "Copied.");
    } catch {
      put(said, "Selected: copy it with Ctrl+C, or ⌘C.");
    }
  });
  const panel = h(
    "div",
    { class: "pool-embedding", hidden: true },
    h("p", {}, "For a slide or a page of a course, as it stands now:"),
    text,
    h("div", { class: "pool-copy" }, copy, said),
  );
  const opener = button("Embed ▸", toggle, { class: "pool-quiet", "aria-label": "Embed", "aria-expanded": "false" });
  function toggle() {
    if (panel.hidden) size = host.getBoundingClientRect();
    panel.hidden = !panel.hidden;
    opener.setAttribute("aria-expanded", String(!panel.hidden));
    put(opener, panel.hidden ? "Embed ▸" : "Embed ▾");
    follow();
  }
  function follow() {
    put(said, "");
    if (!size) return;
    const width = Math.max(Math.ceil(size.width), LAPTOP); // a text from a phone is for wider pages, too
    const style = `width:100%;max-width:${width}px;height:${Math.ceil(size.height)}px;border:0`;
    text.value =
      `<iframe src="${address().replaceAll("&", "&amp;")}" title="${nameOf(host)}" ` +
      `style="${style}" loading="lazy"></iframe>`;
  }
  return { opener, panel, follow };
}
