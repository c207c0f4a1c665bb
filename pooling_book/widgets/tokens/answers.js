// Every pool's answer, and beside it that for the kept set, or that without the padding.
import { h, put } from "../kit/core.js";
import { POOLS } from "./state.js";
import { said, shortOf, verdict } from "./words.js";

// {element, show({values, look, covered})}
export function answers() {
  const rows = Object.fromEntries(POOLS.map((name) => [name, answer(name)]));
  const head = h("span", {}),
    title = h("div", { class: "pool-tokens-head", "aria-hidden": "true" }, "pool", h("span", {}, "answer"), head);
  const list = h("ul", { "aria-label": "Answers of the pools" }, ...Object.values(rows).map(({ element }) => element));
  const element = h("div", { class: "pool-tokens-answers" }, title, list);

  function show({ values, look, covered }) {
    const beside = look.kept ? "kept" : values.pads ? "no PADs" : "";
    put(head, beside);
    element.classList.toggle("pool-tokens-beside", beside !== "");
    for (const name of POOLS) rows[name].show(covered ? null : partsOf(name, look, beside));
  }
  return { element, show };
}

// {now, other, isSame, isWrong, beside}: the answer in words, the other's, and how they stand to each other.
function partsOf(name, look, beside) {
  const isWrong = look.wrong.includes(name),
    other = { kept: look.kept, "no PADs": look.alone }[beside];
  const isSame = beside === "kept" ? look.same.includes(name) : !isWrong;
  return { now: said(name, look.answers[name]), other: other ? said(name, other[name]) : "", isSame, isWrong, beside };
}

function answer(name) {
  const now = h("b", {}),
    other = h("span", { class: "pool-tokens-other" }),
    sign = h("span", { class: "pool-tokens-sign" });
  const element = h(
    "li",
    { class: `pool-tokens-answer pool-tokens-of-${name}` },
    h("span", { class: "pool-tokens-name" }, shortOf(name)),
    h("span", { class: "pool-unseen" }, ": "),
    now,
    other,
    sign,
  );
  function show(parts) {
    const { now: text = "?", other: words = "", isSame = true, isWrong = false, beside = "" } = parts ?? {};
    put(now, isWrong ? `✗ ${text}` : text);
    put(other, words && `${isSame ? "=" : "≠"} ${words}`);
    put(sign, beside && (isWrong && beside !== "kept" ? "wrong" : verdict(isSame)));
    element.classList.toggle("pool-tokens-wrong", isWrong);
    element.classList.toggle("pool-tokens-differs", beside !== "" && !isSame);
  }
  return { element, show };
}
