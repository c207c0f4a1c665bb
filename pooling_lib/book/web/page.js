// Brings the widgets of a built page to life, without a kernel and without a network.
// A classic script: a module fails on file://, but a module made from a blob does not.
(() => {
  const modules = /* MODULES */ {}; // the parts of each widget's module, in their order
  const texts = /* TEXTS */ {};
  const loaded = {};

  // The part of an anywidget model that our widgets use, kept in the page.
  class PageModel {
    constructor(state) {
      this.state = state;
      this.listeners = new Map();
    }
    get(key) {
      return this.state[key];
    }
    set(key, value) {
      this.state[key] = value;
      for (const listener of this.listeners.get("change:" + key) ?? []) listener();
    }
    on(event, listener) {
      this.listeners.set(event, [...(this.listeners.get(event) ?? []), listener]);
    }
    off(event, listener) {
      this.listeners.set(
        event,
        (this.listeners.get(event) ?? []).filter((other) => other !== listener),
      );
    }
    save_changes() {}
  }

  function load(name) {
    loaded[name] ??= import(
      URL.createObjectURL(
        new Blob(
          modules[name].map((part) => texts[part]),
          { type: "text/javascript" },
        ),
      )
    );
    return loaded[name];
  }

  async function enliven(host) {
    const state = JSON.parse(host.querySelector('script[type="application/json"]').textContent);
    const el = document.createElement("div");
    const { default: widget } = await load(host.dataset.widget);
    await widget.render({ model: new PageModel(state), el, page: host });
    host.querySelector(".pool-fallback").hidden = true;
    host.append(el);
    host.dataset.alive = "true";
  }

  for (const host of document.querySelectorAll(".pool-widget")) enliven(host);
})();
