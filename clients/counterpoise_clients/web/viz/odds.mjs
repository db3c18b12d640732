// Odds as they accrue: one line for each rival, up for the one hypothesis, down for its rival, with the lines of 10 and 20 to 1.

import { h } from "../h.mjs";
import { figure, px } from "./marks.mjs";
import { spread } from "./line.mjs";

const WIDTH = 880;
const HEIGHT = 320;
const LEFT = 76;
const RIGHT = 250;
const TOP = 22;
const BOTTOM = 40;
const LABELS = 8;

/** Return the logarithm of the odds after a step, chance to be beaten too: above 0 for the one hypothesis, below 0 for the other. */
export function leaning(step) {
  const { log_evidence: one, log_evidence_reverse: other } = step;
  return one >= other ? Math.max(0, one) : -Math.max(0, other);
}

/** Return odds in words from the absolute value of their logarithm. */
export function oddsText(log) {
  const odds = 10 ** Math.abs(log);
  if (odds > 1000) return "more than 1000 to 1";
  return `${odds >= 10 ? odds.toFixed(0) : String(Number(odds.toFixed(1)))} to 1`;
}

/**
 * Draw the lines.
 *
 * @param {{ key: string, label: string, values: number[] }[]} series logarithms to the base 10, one for each place
 * @param {string[]} places what stands below each step, such as the number of its window
 * @param {{ some: number, strong: number, up: string, down: string, axis: string, title: string }} how odds that are marked, whom
 *   each direction favours, what the places count, and the finding
 */
export function odds(series, places, { some, strong, up, down, axis, title }, id = "odds") {
  const most = Math.max(Math.log10(strong) * 1.25, ...series.flatMap((one) => one.values.map(Math.abs))) * 1.05;
  // The start, before any choice, is even odds.
  const x = (index) => LEFT + ((index + 1) / places.length) * (WIDTH - LEFT - RIGHT);
  const y = (value) => TOP + ((most - value) / (2 * most)) * (HEIGHT - TOP - BOTTOM);
  const marks = [strong, some, 1].flatMap((value) => (value === 1 ? [0] : [Math.log10(value), -Math.log10(value)]));
  const ticks = marks.map((mark) => [
    h("line", { class: mark ? "grid" : "zero", x1: LEFT, x2: WIDTH - RIGHT, y1: px(y(mark)), y2: px(y(mark)) }),
    h(
      "text",
      { class: "axis", x: LEFT - 8, y: px(y(mark) + 5), "text-anchor": "end", "data-odds": String(Math.round(10 ** Math.abs(mark))) },
      mark ? oddsText(mark) : "even",
    ),
  ]);
  const every = Math.ceil(places.length / LABELS);
  const below = places.map((place, index) =>
    index % every === 0
      ? h("text", { class: "axis", x: px(x(index)), y: HEIGHT - 20, "text-anchor": "middle" }, place)
      : null,
  );
  const names = [
    h("text", { class: "axis axis-name", x: LEFT + 6, y: TOP - 7 }, `▲ favours ${up}`),
    h("text", { class: "axis axis-name", x: LEFT + 6, y: HEIGHT - BOTTOM + 2 }, `▼ favours ${down}`),
    h("text", { class: "axis axis-name", x: (LEFT + WIDTH - RIGHT) / 2, y: HEIGHT - 4, "text-anchor": "middle" }, axis),
  ];
  const ends = spread(
    series.map((one) => y(one.values.at(-1))),
    TOP + 5,
    HEIGHT - BOTTOM,
  );
  const drawn = series.map((one, number) => {
    const points = [[LEFT, y(0)], ...one.values.map((value, index) => [x(index), y(value)])];
    const [endX, endY] = points.at(-1);
    return h(
      "g",
      { class: `series series-${number % 5}`, "data-series": one.key },
      h("path", { d: points.map(([a, b], at) => `${at ? "L" : "M"}${px(a)} ${px(b)}`).join("") }),
      points.slice(1).map(([a, b]) => h("circle", { cx: px(a), cy: px(b), r: 3.5 })),
      h("line", { class: "leader", x1: px(endX + 7), x2: WIDTH - RIGHT + 22, y1: px(endY), y2: px(ends[number]) }),
      h("text", { x: WIDTH - RIGHT + 27, y: px(ends[number] + 5) }, one.label),
    );
  });
  return figure(id, WIDTH, HEIGHT, title, [ticks, below, names, drawn], { least: 560 });
}
