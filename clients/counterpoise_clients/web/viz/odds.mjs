// Odds as they accrue: one line for each rival, up for the one hypothesis, down for its rival, with the lines of 10 and 20 to 1.

import { h } from "../h.mjs";
import { figure, px } from "./marks.mjs";
import { spread } from "./line.mjs";
import { number, t } from "../text/text.mjs";

const TOP = 22;
const HEIGHT = 320;
const BOTTOM = 40;
const KEY = 22;
// On a phone a line ends in a number, and the names stand below the picture.
const WIDE = { width: 880, left: 76, right: 250, labels: 7, least: 560 };
const NARROW = { width: 400, left: 76, right: 34, labels: 4, least: 0 };

/** Return the logarithm of the odds after a step, the smaller of those against the rival and against chance: above 0 for the one
 * hypothesis, below 0 for the other, 0 where neither is favoured. */
export function leaning(step) {
  const { log_evidence: one, log_evidence_reverse: other } = step;
  return one >= other ? Math.max(0, one) : -Math.max(0, other);
}

/** Return odds in words from the absolute value of their logarithm. */
export function oddsText(log) {
  const odds = 10 ** Math.abs(log);
  if (odds > 1000) return t("figures.moreThan1000To1");
  return t("figures.to1", { value: odds >= 10 ? number(odds, 0) : number(Math.round(odds * 10) / 10) });
}

/**
 * Draw the lines.
 *
 * @param {{ key: string, label: string, values: number[] }[]} series logarithms to the base 10, one for each place
 * @param {string[]} places what stands below each step, such as the number of its window
 * @param {{ some: number, strong: number, up: string, down: string, axis: string, title: string, narrow?: boolean }} how odds that
 *   are marked, whom each direction favours, what the places count, the finding, and whether it is for a phone
 */
export function odds(series, places, { some, strong, up, down, axis, title, narrow = false }, id = "odds") {
  const { width, left, right, labels, least } = narrow ? NARROW : WIDE;
  const most = Math.max(Math.log10(strong) * 1.25, ...series.flatMap((one) => one.values.map(Math.abs))) * 1.05;
  // The start, before any choice, is even odds.
  const x = (index) => left + ((index + 1) / places.length) * (width - left - right);
  const y = (value) => TOP + ((most - value) / (2 * most)) * (HEIGHT - TOP - BOTTOM);
  const marks = [strong, some, 1].flatMap((value) => (value === 1 ? [0] : [Math.log10(value), -Math.log10(value)]));
  const ticks = marks.map((mark) => [
    h("line", { class: mark ? "grid" : "zero", x1: left, x2: width - right, y1: px(y(mark)), y2: px(y(mark)) }),
    h(
      "text",
      { class: "axis", x: left - 8, y: px(y(mark) + 5), "text-anchor": "end", "data-odds": String(Math.round(10 ** Math.abs(mark))) },
      mark ? oddsText(mark) : t("figures.even"),
    ),
  ]);
  const every = Math.ceil(places.length / labels);
  // Counted from the last, which the sentence names.
  const below = places.map((place, index) =>
    (places.length - 1 - index) % every === 0
      ? h("text", { class: "axis", x: px(x(index)), y: HEIGHT - 20, "text-anchor": "middle" }, place)
      : null,
  );
  const names = [
    h("text", { class: "axis axis-name", x: left + 6, y: TOP - 7 }, t("figures.favours", { up })),
    h("text", { class: "axis axis-name", x: left + 6, y: HEIGHT - BOTTOM + 2 }, t("figures.favours2", { down })),
    h("text", { class: "axis axis-name", x: (left + width - right) / 2, y: HEIGHT - 4, "text-anchor": "middle" }, axis),
  ];
  const ends = spread(
    series.map((one) => y(one.values.at(-1))),
    TOP + 5,
    HEIGHT - BOTTOM,
  );
  const drawn = series.map((one, number) => {
    const points = [[left, y(0)], ...one.values.map((value, index) => [x(index), y(value)])];
    const [endX, endY] = points[points.length - 1];
    return h(
      "g",
      { class: `series series-${number % 5}`, "data-series": one.key },
      h("path", { d: points.map(([a, b], at) => `${at ? "L" : "M"}${px(a)} ${px(b)}`).join("") }),
      points.slice(1).map(([a, b]) => h("circle", { cx: px(a), cy: px(b), r: 3.5 })),
      h("line", { class: "leader", x1: px(endX + 5), x2: width - right + (narrow ? 14 : 22), y1: px(endY), y2: px(ends[number]) }),
      h("text", { x: width - right + (narrow ? 17 : 27), y: px(ends[number] + 5) }, narrow ? String(number + 1) : one.label),
      narrow ? h("text", { x: left, y: HEIGHT + KEY * (number + 1) }, `${number + 1}  ${one.label}`) : null,
    );
  });
  return figure(id, width, HEIGHT + (narrow ? KEY * series.length + 8 : 0), title, [ticks, below, names, drawn], { least });
}
