// Brings the widgets of a built page to life, without a kernel and without a network.
// A classic script, since a module fails on file://. page.py puts the front ends in its place.
(() => {
  /* PARTS */

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

  async function enliven(host) {
    const state = JSON.parse(host.querySelector('script[type="application/json"]').textContent);
    const el = document.createElement("div");
    const { default: widget } = need(`${host.dataset.widget}/${host.dataset.widget}.js`);
    await widget.render({ model: new PageModel(state), el, page: host });
    host.querySelector(".pool-fallback").hidden = true;
    host.append(el);
    host.dataset.alive = "true";
  }

  for (const host of document.querySelectorAll(".pool-widget")) enliven(host);
})();
