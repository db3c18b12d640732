// Lines over time: one line for each index, its end labelled, dashes and marks as well as colours.

import { h } from "../h.mjs";
import { figure, px } from "./marks.mjs";
import { number, t } from "../text/text.mjs";

const WIDTH = 880;
const HEIGHT = 300;
const LEFT = 46;
const RIGHT = 260;
const TOP = 16;
const BOTTOM = 34;
const LABEL_GAP = 20;

/** Return a series' points that hold a number, in order of time. */
const known = (series) =>
  series.values.map((value, index) => ({ value, index })).filter(({ value }) => Number.isFinite(value));

/** Say the figure's finding: for each series where it began and where it ended. */
export function finding(series) {
  const parts = series
    .map((one) => ({ label: one.label, points: known(one) }))
    .filter((one) => one.points.length)
    .map(({ label, points }) => {
      const [first, last] = [points[0].value, points.at(-1).value];
      const moved = Math.abs(last - first) >= 0.005;
      return moved ? t("figures.fromTo", { label, first: signed(first), last: signed(last) }) : t("figures.staysAt", { label, last: signed(last) });
    });
  return parts.length ? `${parts.join("; ")}.` : t("figures.noIndexCouldBeComputed");
}

const signed = (value) => number(value, 2).replace(/^-(0[.,]00)$/, "$1");

/**
 * Draw the lines.
 *
 * @param {{ key: string, label: string, values: (number|null)[] }[]} series each with a value, or null, for every date
 * @param {string[]} dates ISO dates, ascending
 * @param {[number, number]} range the least and the greatest value the axis shows
 */
export function lines(series, dates, [low, high], id = "lines") {
  const x = (index) => LEFT + (dates.length < 2 ? 0.5 : index / (dates.length - 1)) * (WIDTH - LEFT - RIGHT);
  const y = (value) => TOP + ((high - Math.max(low, Math.min(high, value))) / (high - low)) * (HEIGHT - TOP - BOTTOM);
  const ticks = [low, (low + high) / 2, high].map((tick) => [
    h("line", { class: tick === 0 ? "zero" : "grid", x1: LEFT, x2: WIDTH - RIGHT, y1: px(y(tick)), y2: px(y(tick)) }),
    h("text", { class: "axis", x: LEFT - 8, y: px(y(tick) + 5), "text-anchor": "end" }, number(tick)),
  ]);
  const every = Math.ceil(dates.length / 8);
  const years = dates.map((date, index) =>
    index % every === 0
      ? h("text", { class: "axis", x: px(x(index)), y: HEIGHT - 10, "text-anchor": "middle" }, date.slice(0, 4))
      : null,
  );
  const drawn = series.filter((one) => known(one).length);
  const places = spread(
    drawn.map((one) => y(known(one).at(-1).value)),
    TOP + 5,
    HEIGHT - BOTTOM,
  );
  const body = drawn.map((one, order) => line(one, order, { x, y, place: places[order] }));
  return figure(id, WIDTH, HEIGHT, t("figures.indicesOverTime", { series: finding(series) }), [ticks, years, body], { least: 560 });
}

function line(one, order, { x, y, place }) {
  const points = known(one);
  // A year without a value breaks the line.
  const path = points
    .map(
      ({ value, index }, at) =>
        `${at && points[at - 1].index === index - 1 ? "L" : "M"}${px(x(index))} ${px(y(value))}`,
    )
    .join("");
  const last = points.at(-1);
  return h(
    "g",
    { class: `series series-${order % 5}`, "data-series": one.key },
    h("path", { d: path }),
    points.map(({ value, index }) => dot(order, x(index), y(value))),
    h("line", {
      class: "leader",
      x1: px(x(last.index) + 7),
      x2: WIDTH - RIGHT + 22,
      y1: px(y(last.value)),
      y2: px(place),
    }),
    h("text", { x: WIDTH - RIGHT + 27, y: px(place + 5) }, `${one.label} ${signed(last.value)}`),
  );
}

function dot(order, x, y) {
  if (order % 2 === 0) return h("circle", { cx: px(x), cy: px(y), r: 4 });
  return h("rect", { x: px(x - 4), y: px(y - 4), width: 8, height: 8 });
}

/** Move labels apart so that none covers another, keeping their order and staying between top and bottom. */
export function spread(wanted, top, bottom) {
  const order = wanted.map((_, index) => index).sort((a, b) => wanted[a] - wanted[b] || a - b);
  const placed = [];
  let least = top;
  for (const index of order) {
    placed[index] = Math.max(least, wanted[index]);
    least = placed[index] + LABEL_GAP;
  }
  let most = bottom;
  for (const index of order.toReversed()) {
    placed[index] = Math.min(most, placed[index]);
    most = placed[index] - LABEL_GAP;
  }
  return placed;
}
