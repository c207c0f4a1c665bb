// The same pool in every library: recorded calls and answers, grouped by what came out. Nothing is computed here.
import { show, put, h, inline } from "../kit/core.js";
import { button, choice, labelled } from "../kit/controls.js";

const KEYS = ["kind", "size", "window", "stride", "padding", "ceil", "divisor"]; // the order of a case's settings
const NAMES = {
  kind: "Kind",
  size: "Input",
  window: "Window",
  stride: "Stride",
  padding: "Padding",
  ceil: "Rounding",
  divisor: "Divisor",
};

// A case of the state, as libraries.py packs it: {places, outputs, answers: [{call, output, why, error}]}; output and
// error are undefined where there is none.
export function unpack(line, texts) {
  const [places, outputs, answers] = line.split("|");
  const number = (word) => ({ nan: NaN, inf: Infinity, "-inf": -Infinity })[word] ?? Number(word);
  const grids = outputs.split("/").map((grid) => grid.split(";").map((row) => row.split(" ").map(number)));
  return {
    places: [...places].map(Number),
    outputs: grids,
    answers: answers.split("/").map((answer) => {
      const [call, output, why, error] = answer.split(":");
      return {
        call: texts[call],
        output: output === undefined ? 0 : output === "" ? undefined : Number(output),
        why: texts[why],
        error: texts[error],
      };
    }),
  };
}

// The recorded case nearest to what is wanted: what was just chosen stays, and as many of the others as can be.
export function nearest(cases, wanted, key) {
  const alike = (one) => one.places.filter((place, n) => place === wanted[n]).length;
  const fitting = cases.filter((one) => one.places[key] === wanted[key]);
  return fitting.reduce((best, one) => (alike(one) > alike(best) ? one : best));
}

// Places [row, column] at which two grids of one size differ.
export function differing(grid, other) {
  const found = [];
  grid.forEach((row, i) =>
    row.forEach((value, j) => {
      if (!(Math.abs(value - other[i][j]) <= 1e-4 || Object.is(value, other[i][j]))) found.push([i, j]);
    }),
  );
  return found;
}

function render({ model, el, page }) {
  const get = (key) => model.get(key);
  const initial = get("setting"),
    texts = get("texts"),
    choices = get("choices"),
    names = get("names");
  const cases = get("cases").map((line) => unpack(line, texts));
  let notice = "",
    unfolded = matchMedia("(min-width: 40rem)").matches; // on a phone the calls of those that agree are folded

  // The setting as places among the choices, and back.
  const placesOf = (setting) => KEYS.map((key) => choices[key].findIndex(([value]) => value === setting[key]));
  const settingOf = (places) => Object.fromEntries(KEYS.map((key, n) => [key, choices[key][places[n]][0]]));
  const current = () => cases.find((one) => String(one.places) === String(placesOf(get("setting")))) ?? cases[0];

  function choose(key, place) {
    const before = placesOf(get("setting")),
      n = KEYS.indexOf(key);
    const wanted = before.map((other, m) => (m === n ? place : other)),
      found = nearest(cases, wanted, n);
    const moved = KEYS.filter((_, m) => found.places[m] !== wanted[m]);
    notice = moved.length
      ? `These were not asked together, so ${moved.map((other) => `${NAMES[other].toLowerCase()} is now “${choices[other][found.places[KEYS.indexOf(other)]][1]}”`).join(" and ")}.`
      : "";
    model.set("setting", settingOf(found.places));
    model.save_changes();
  }

  const boxes = Object.fromEntries(
    KEYS.map((key) => {
      const box = choice(
        { class: "pool-button pool-libraries-choice", onchange: () => choose(key, Number(box.value)) },
        choices[key].map(([, words], place) => [String(place), words]),
      );
      return [key, box];
    }),
  );
  const reset = button("Reset", () => {
    notice = "";
    model.set("setting", initial);
    model.save_changes();
  });
  const note = h("p", { class: "pool-libraries-note", role: "status" });
  const sentence = h("p", { class: "pool-sentence", "aria-live": "polite" });
  const given = h("div", { class: "pool-libraries-given" }),
    groups = h("div", {});

  el.classList.add("pool-root");
  el.append(
    h(
      "div",
      { class: "pool-libraries pool-card" },
      h(
        "p",
        { class: "pool-hint" },
        "Choose a pool. Libraries that answer alike stand together, pooling_lib’s answer first; framed and bold is what differs from it.",
      ),
      h("div", { class: "pool-controls" }, ...KEYS.map((key) => labelled(NAMES[key], boxes[key])), reset),
      note,
      sentence,
      given,
      groups,
      page
        ? h(
            "p",
            { class: "pool-code" },
            "More questions, and where these answers come from: ",
            h("a", { href: "../appendix/libraries.html" }, "the same pool in every library"),
            ".",
          )
        : null,
    ),
  );

  // ---- Pieces ----

  function grid(values, caption, marked = []) {
    const wide = values[0].length > 4;
    const table = h(
      "table",
      {},
      h("caption", {}, caption),
      h(
        "tbody",
        {},
        ...values.map((row, i) =>
          h(
            "tr",
            {},
            ...row.map((value, j) => {
              const other = marked.some(([r, c]) => r === i && c === j);
              return h(
                "td",
                { class: other ? "pool-libraries-other" : null },
                show(value),
                other ? h("span", { class: "pool-unseen" }, " differs") : null,
              );
            }),
          ),
        ),
      ),
    );
    return h("div", { class: wide ? "pool-libraries-grid pool-libraries-wide" : "pool-libraries-grid" }, table);
  }

  const line = (name, { call, why, error }) =>
    h(
      "li",
      {},
      h("b", {}, name),
      h("code", {}, call),
      why
        ? h("span", { class: "pool-libraries-why" }, ...(error ? [h("code", {}, error), " "] : []), ...inline(why))
        : null,
    );

  const group = (title, ...parts) =>
    h(
      "section",
      { class: "pool-libraries-group", "aria-label": title },
      h("p", { class: "pool-libraries-title" }, title),
      ...parts,
    );
  const list = (members) =>
    h("ul", { class: "pool-libraries-list" }, ...members.map(([name, answer]) => line(name, answer)));
  const folded = (title, members) =>
    h(
      "details",
      { class: "pool-more pool-libraries-calls", open: unfolded, ontoggle: (event) => (unfolded = event.target.open) },
      h("summary", {}, title),
      list(members),
    );
  const size = (values) => `${values.length} × ${values[0].length}`;

  // ---- Words ----

  function asked({ kind, size: side, window, stride, padding, ceil, divisor }) {
    const words = [
      `${kind === "max" ? "Maximum" : "Average"} of ${window} × ${window} on ${side} × ${side}`,
      stride === null ? "stride not said" : `stride ${stride}`,
    ];
    if (padding !== "valid") words.push(padding === "same" ? "padding same" : "padding 1 on each side");
    if (ceil) words.push("size rounded up");
    if (divisor) words.push(divisor === "real" ? "divided by the real elements" : "divided by the whole window");
    return words.join(", ");
  }

  function against(values, ours) {
    if (size(values) !== size(ours)) return `${size(values)} numbers, not ${size(ours)}.`;
    const found = differing(values, ours),
      [i, j] = found[0];
    const total = values.length * values[0].length;
    return `${found.length} of ${total} numbers differ; the first, in row ${i}, column ${j}, is ${show(values[i][j])} and not ${show(ours[i][j])}.`;
  }

  function refresh() {
    const one = current(),
      places = one.places,
      members = names.map((name, n) => [name, one.answers[n]]);
    KEYS.forEach((key, n) => (boxes[key].value = String(places[n])));
    boxes.divisor.disabled = get("setting").kind === "max" || get("setting").padding === "valid";
    put(note, notice);
    const agree = members.filter(([, answer]) => answer.output === 0),
      refuse = members.filter(([, answer]) => answer.output === undefined);
    const others = one.outputs
      .map((values, n) => [values, members.filter(([, answer]) => answer.output === n)])
      .slice(1);
    const differ = members.length - agree.length - refuse.length;
    const counted = (count, words) => (count ? `${count} ${words[count === 1 ? 0 : 1]}` : null);
    const said = [
      `${agree.length - 1} of ${members.length - 1} libraries agree with pooling_lib`,
      counted(differ, ["gives other numbers", "give other numbers"]),
      counted(refuse.length, ["refuses", "refuse"]),
    ];
    put(sentence, `${asked(get("setting"))}: ${said.filter(Boolean).join(", ")}.`);
    given.replaceChildren(grid(get("inputs")[choices.size[places[1]][0]], "Input x"));
    const ours = one.outputs[0];
    groups.replaceChildren(
      group(
        agree.length > 1
          ? `pooling_lib, and ${agree.length - 1} ${agree.length === 2 ? "that agrees" : "that agree"}`
          : "pooling_lib, and none that agrees",
        grid(ours, `Output, ${size(ours)}`),
        folded(agree.length > 1 ? `${agree.length} calls` : "Its call", agree),
      ),
      ...others.map(([values, who]) => {
        const title = `≠ ${who.map(([name]) => name).join(", ")}`,
          marked = size(values) === size(ours) ? differing(values, ours) : [];
        // A reason that all of them share is said once.
        const shared = who.length > 1 && who.every(([, answer]) => answer.why === who[0][1].why);
        const said = h(
          "li",
          {},
          `${against(values, ours)} `,
          shared ? h("span", { class: "pool-libraries-shared" }, ...inline(who[0][1].why)) : null,
        );
        const rest = who.map(([name, answer]) => line(name, shared ? { call: answer.call } : answer));
        return group(
          title,
          grid(values, `Output, ${size(values)}`, marked),
          h("ul", { class: "pool-libraries-list" }, said, ...rest),
        );
      }),
      ...(refuse.length
        ? [group(`✕ ${refuse.length === 1 ? "One refuses" : `${refuse.length} refuse`}`, list(refuse))]
        : []),
    );
  }

  const onChange = () => refresh();
  model.on("change:setting", onChange);
  refresh();
  return () => model.off("change:setting", onChange);
}

export default { render };
