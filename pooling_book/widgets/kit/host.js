// A widget on a page without a kernel: its model, the settings it begins with, and what it keeps for next time.
import { joined, toQuery, fromQuery } from "./settings.js";
import { entryOf, recall, remember, forget, marked } from "./store.js";
import { foot } from "./foot.js";
import { PageModel } from "./page_model.js";
import { h } from "./core.js";

const WRITE_MILLISECONDS = 300; // a drag changes settings many times a second
const NEAR = "100%"; // a screen's height above and below

// The id of the widget that the page's address speaks of, and the words for it.
const asked = () => {
  const query = new URLSearchParams(location.search);
  return { id: query.get("embed") ?? query.get("widget"), query };
};

// Let the address ask for no settings any more, or a reload would bring them back.
function askNothing() {
  const { id, query } = asked();
  const url = new URL(location.href);
  url.search = query.has("embed") ? new URLSearchParams({ embed: id }) : "";
  history.replaceState(null, "", url);
}

// The widget that is to be shown alone, or null.
export function alone() {
  const host = document.getElementById(new URLSearchParams(location.search).get("embed") ?? "");
  return host?.classList.contains("pool-widget") ? host : null;
}

// Show one widget, and nothing of the page around it.
export function showAlone(host) {
  document.body.append(h("main", { class: "pool-alone" }, h("h1", { class: "pool-unseen" }, document.title), host));
  document.documentElement.classList.add("pool-embed");
}

// Bring widgets to life as they come near the screen, each in a task of its own. widgetOf(kind): what the module of
// that kind exports. What is far costs nothing until then; its place is kept for it by the style sheets.
export function enlivenNear(hosts, widgetOf) {
  const near = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        setTimeout(() => enliven(target, widgetOf(target.dataset.widget)));
      }
    },
    { rootMargin: `${NEAR} 0px` },
  );
  for (const host of hosts) near.observe(host);
}

// Bring a widget to life: `widget` is what the module of its kind exports.
export async function enliven(host, widget) {
  const text = host.querySelector('script[type="application/json"]').textContent;
  const model = new PageModel(JSON.parse(text)),
    el = h("div", {});
  const below = widget.settings ? keep(host, widget, model, marked(text)) : null;
  await widget.render({ model, el, page: host });
  host.querySelector(".pool-fallback").hidden = true;
  host.append(el);
  if (below) host.append(below);
  host.dataset.alive = "true";
}

// Give the model the settings it begins with: the page's own, then what this reader did before, then the address's. (An
// address that has been reloaded gives way to what the reader did since.) Returns the row of links below the widget, if
// it wants one.
function keep(host, widget, model, version) {
  const own = { ...model.state },
    keys = Object.keys(widget.settings);
  const settings = (state) => Object.fromEntries(keys.map((key) => [key, state[key]]));
  const same = (some, other) => JSON.stringify(settings(some)) === JSON.stringify(settings(other));
  const { id, query } = asked();
  const linked = id === host.id ? joined(widget, own, fromQuery(widget, query)) : own;
  let link = same(linked, own) ? "" : JSON.stringify(settings(linked));
  // What a link shows has a memory of its own: who follows one loses nothing of what they did.
  const entries = [entryOf(location.pathname, host.id), `${entryOf(location.pathname, host.id)} linked`];
  const entry = () => entries[link ? 1 : 0];
  const [{ type } = {}] = performance.getEntriesByType("navigation");
  const before = recall(entry());
  const counts = before?.version === version && (!link || (type !== "navigate" && before.link === link));
  Object.assign(model.state, counts ? joined(widget, linked, Object(before.settings)) : linked);
  model.home = settings(linked);

  let timer = null;
  const write = () => {
    if (timer === null) return;
    clearTimeout(timer);
    timer = null;
    if (same(model.state, model.home)) forget(entry());
    else remember(entry(), { version, link, settings: settings(model.state) });
  };
  const soon = () => (timer ??= setTimeout(write, WRITE_MILLISECONDS));
  addEventListener("pagehide", write);

  if (widget.foot === false) {
    model.saved = soon;
    return null;
  }
  const below = foot(host, {
    words: () => toQuery(widget, model.state),
    linked: Object.values(widget.settings).some(({ keptOnly }) => !keptOnly),
    fresh: widget.restarts ? null : fresh,
  });
  function become(state) {
    for (const key of keys) model.set(key, state[key]);
    model.save_changes();
  }
  function fresh() {
    const before = settings(model.state);
    if (link) askNothing();
    link = "";
    model.home = settings(own);
    become(own);
    entries.forEach(forget);
    return () => become(before);
  }
  model.saved = () => {
    soon();
    below.follow();
  };
  return below.element;
}
