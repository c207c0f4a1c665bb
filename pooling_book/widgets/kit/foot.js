// The quiet row below a widget on a page: a link to its settings, the text that embeds it, the widget large, and a way
// back to the start.
import { h, put } from "./core.js";
import { button } from "./controls.js";
import { enlarge } from "./large.js";

// words(): the settings as pairs for an address; linked: whether any may be there, so that a link says something;
// fresh(): forget what this widget keeps. {element, follow()}
export function foot(host, { words, linked, fresh }) {
  const embedded = document.documentElement.classList.contains("pool-embed");
  const link = h("a", { href: "#", "aria-label": "Link to these settings", target: embedded ? "_top" : null }, "Link");
  const again = button("Start afresh", fresh, {
    class: "pool-quiet",
    title: "back to the page’s own settings; what this browser kept of this widget is erased",
  });
  const { fold, follow: rewrite } = embedding(host, () => address("embed"));
  const element = h(
    "div",
    { class: "pool-foot", role: "group", "aria-label": "This widget elsewhere, and from the start" },
    linked ? link : null,
    embedded ? null : fold,
    embedded ? null : button("Large", () => enlarge(host, nameOf(host)), { class: "pool-quiet", title: LARGE }),
    again,
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
  }
  follow();
  return { element, follow };
}

const LARGE = "as large as the screen allows, for a projector; Escape closes it";
const nameOf = (host) => `Pooling, window by window: ${host.dataset.widget.replaceAll("_", " ")}`;

// A fold with the text of an iframe, as large as the widget is here.
function embedding(host, address) {
  let size = null;
  const text = h("textarea", { readonly: true, rows: "4", spellcheck: "false", "aria-label": "Text that embeds it" });
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
  const fold = h(
    "details",
    { class: "pool-embedding" },
    h("summary", { onclick: () => fold.open || measure() }, "Embed"),
    h("p", {}, "For a slide or a page of a course, as it stands now:"),
    text,
    h("div", { class: "pool-copy" }, copy, said),
  );
  function measure() {
    size = host.getBoundingClientRect();
    follow();
  }
  function follow() {
    put(said, "");
    if (!size) return;
    const style = `width:100%;max-width:${Math.ceil(size.width)}px;height:${Math.ceil(size.height)}px;border:0`;
    text.value =
      `<iframe src="${address().replaceAll("&", "&amp;")}" title="${nameOf(host)}" ` +
      `style="${style}" loading="lazy"></iframe>`;
  }
  return { fold, follow };
}
