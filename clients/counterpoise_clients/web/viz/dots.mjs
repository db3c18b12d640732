// How often something happened, game by game: a dot for each game, one row for each side of a comparison.

import { h } from "../h.mjs";
import { figure, px } from "./marks.mjs";
import { number, t } from "../text/text.mjs";

export const SIDES = ["baseline", "changed"];
const WIDTH = 860;
const LEFT = 250;
const RIGHT = 30;
const RADIUS = 4;
const STACK = 40;
const BAND = STACK + 18;

/** Name the count in the journal and its mean on each side, in one sentence. */
export function finding(row) {
  const means = SIDES.filter((side) => row[side]).map((side) => `${side} ${number(row[side].mean, 1)}`);
  return t("figures.theJournal", { title: row.title, original: row.original, value: means.join(", ") });
}

/** Return how many games have each value, smallest value first. */
export function tally(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => a[0] - b[0]);
}

/** Return about eight round ticks from 0 to a whole number. */
export function ticksTo(high) {
  const step = Math.max(1, Math.ceil(high / 8));
  return Array.from({ length: Math.floor(high / step) + 1 }, (_, index) => index * step);
}

/**
 * Draw the games of both sides above one axis.
 *
 * @param {{ title: string, original: number, baseline: { mean: number, values: number[] } | null,
 *   changed: { mean: number, values: number[] } | null }} row one of the report's counts
 * @param {string} id
 */
export function dots(row, id) {
  const sides = SIDES.filter((side) => row[side]);
  const counted = sides.map((side) => tally(row[side].values));
  const high = Math.max(1, row.original, ...counted.flat().map(([value]) => value));
  const tallest = Math.max(...counted.flat().map(([, count]) => count));
  const step = Math.min(2 * RADIUS, STACK / tallest);
  const height = BAND * sides.length + 24;
  const x = (value) => px(LEFT + (value / high) * (WIDTH - LEFT - RIGHT));
  const label = h("text", { x: 0, y: px(height / 2) }, row.title);
  const bands = sides.map((side, place) => band(side, row, counted[place], BAND * (place + 1) - 10, x, step));
  const ticks = ticksTo(high).map((value) =>
    h("text", { class: "axis", x: x(value), y: height - 4, "text-anchor": "middle" }, number(value)),
  );
  return figure(id, WIDTH, height, finding(row), [label, bands, ticks], { least: 560 });
}

function band(side, row, counts, floor, x, step) {
  return h(
    "g",
    { class: `side-${side}` },
    h("line", { class: "grid", x1: LEFT, x2: WIDTH - RIGHT, y1: floor, y2: floor }),
    counts.map(([value, count]) => stack(x(value), floor, count, step)),
    h("path", { class: "side-mark", d: `M${x(row[side].mean)} ${floor + 2}l-5 8h10z` }),
    h("circle", { class: "journal-ring", cx: x(row.original), cy: floor, r: 6 }),
  );
}

// A bar where dots would be too small to count.
function stack(x, floor, count, step) {
  if (step < RADIUS) {
    const height = px(step * count);
    return h("rect", { class: "side-mark", x: px(x - RADIUS / 2), y: px(floor - height), width: RADIUS, height });
  }
  return Array.from({ length: count }, (_, level) =>
    h("circle", { class: "side-mark", cx: x, cy: px(floor - step * (level + 0.5)), r: px(step / 2 - 0.5) }),
  );
}
