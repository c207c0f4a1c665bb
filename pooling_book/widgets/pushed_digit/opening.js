// A pool of one of the networks in the explorer, on its own maps.
import { openExplorer } from "../explorer/opened.js";
import { POOLS, planesOf } from "../kit/network.js";
import { aboutPool, titleOfPool } from "./words.js";

// map: what comes to pool n of a network; channel: the one to begin with.
export function openPool({ title, kind }, map, n, channel) {
  const planes = planesOf(map).map((plane, c) => ({ name: String(c), ...plane }));
  openExplorer({
    title: titleOfPool(title, n),
    say: aboutPool(kind, map),
    planes,
    at: channel,
    ...POOLS[kind],
    padding: "same",
  });
}
