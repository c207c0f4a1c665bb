// Which network, which digit, where it is, and what a pointer does to it.
import { button, check, toggles } from "../kit/controls.js";
import { h } from "../kit/core.js";
import { pushButtons } from "../kit/digit.js";
import { fold } from "../kit/layout.js";
import { photoPicker } from "../kit/photo.js";
import { following } from "../pushed_digit/state.js";
import { inked } from "./state.js";

// tools: the buttons that draw and erase; {side, show()}
export function controls(state, el, { pushTo, tools, stop }) {
  const titles = state.get("networks").map(({ title }) => title);
  const network = toggles(
    titles.map((title) => [title, title]),
    (title) => state.set({ network: title }),
  );
  network.element.setAttribute("role", "group");
  network.element.setAttribute("aria-label", "Network");
  const smooth = check("Smoothed, as papers draw it", (on) => state.set({ smooth: on }));
  const set = (changes) => {
    stop();
    state.set(changes());
  };
  const next = (text, by, label) =>
    button(text, () => set(() => following(state.values(["test", "digit", "pixels", "pushed"]), by)), {
      "aria-label": label,
      title: label.toLowerCase(),
    });
  const push = (...by) => pushTo(state.get("pushed").map((at, axis) => at + by[axis]));
  const picker = photoPicker(
    el,
    (photo) => set(() => inked(photo)),
    (notice) => {
      state.set({ notice: "" }); // or the same refusal would not be heard twice
      state.set({ notice });
    },
  );
  const row = (label, ...parts) => h("div", { class: "pool-transport", role: "group", "aria-label": label }, ...parts);
  const side = [
    network.element,
    row("Digit", next("◀", -1, "Previous test digit"), next("Next ▶", 1, "Next test digit")),
    row("Pen", ...tools),
    row("Push", ...pushButtons(push)),
    button("Reset", () => set(state.home)),
    smooth.field,
    fold("A picture of yours", picker),
  ];
  function show() {
    network.show(state.get("network"));
    smooth.show(state.get("smooth"));
    network.element.hidden = titles.length === 1;
  }
  return { side, show };
}
