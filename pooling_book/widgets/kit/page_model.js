// The part of an anywidget model that our widgets use, kept in the page: for a widget without a kernel.
export class PageModel {
  constructor(state) {
    this.state = state;
    this.listeners = new Map();
    this.saved = () => {}; // told of changes that are whole
  }
  get(key) {
    return this.state[key];
  }
  set(key, value) {
    this.state[key] = value;
    for (const listener of this.listeners.get(`change:${key}`) ?? []) listener();
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
  save_changes() {
    this.saved();
  }
}
