// The forest plot: each hypothesis' skill over the base rate with its interval, and the line it would have to clear.

import { h } from "../h.mjs";
import { figure, px } from "./marks.mjs";
import { number, t } from "../text/text.mjs";

const TOP = 30;
// On a phone a label stands above its row instead of before it.
const WIDE = { width: 840, row: 34, left: 340, right: 80, least: 560, labelAt: 0 };
const NARROW = { width: 400, row: 52, left: 12, right: 62, least: 0, labelAt: -17 };

/** Say that a hypothesis forecasts better than the base rate. */
export const betterWords = () => t("figures.betterThanTheBaseRate3");

/** Tell what an interval of skill says: better than the base rate, worse, not to be told apart from it, or too little to say. */
export function reading(row) {
  if (row.telling === false) return t("figures.tooFewChoicesToTell2");
  const [low, high] = row.ci ?? [null, null];
  if (!Number.isFinite(low) || !Number.isFinite(high)) return t("figures.noInterval");
  if (low === 0 && high === 0 && row.skill === 0) return t("figures.theBaseRate");
  if (low > 0) return betterWords();
  if (high < 0) return t("figures.worseThanTheBaseRate");
  return t("figures.cannotTellApart");
}

/** Say the figure's finding in one sentence; never a bare winner. */
export function finding(rows) {
  const tested = rows.filter((row) => row.standing !== "baseline");
  const better = tested.filter((row) => reading(row) === betterWords());
  const unsure = tested.filter((row) => reading(row) === t("figures.cannotTellApart"));
  if (!tested.length) return t("figures.noHypothesisWasScored");
  if (tested.some((row) => row.telling === false)) return t("figures.tooFewChoicesToTell3");
  const lead = better.length
    ? t("figures.betterThanTheBaseRate4", { value: better.map((row) => row.label).join(", "), value2: better.length === 1 ? t("figures.forecasts2") : t("figures.forecast") })
    : t("figures.noHypothesisForecastsBetterThan");
  return t("figures.ofCannotBeToldApart", { lead, length: unsure.length, length2: tested.length, rows: yardsticks(rows) });
}

/** Say which baselines do better: no finding about a hypothesis, but what the hypotheses have to be held against. */
export function yardsticks(rows) {
  const better = rows.filter((row) => row.standing === "baseline" && reading(row) === betterWords());
  if (!better.length) return "";
  const names = better.map((row) => row.label).join(", ");
  return t("figures.ofTheBaselinesWhichKnow", { names, value: better.length === 1 ? t("figures.forecasts2") : t("figures.forecast") });
}

const labelOf = (row) => (row.standing === "baseline" ? `${row.label} (baseline)` : row.label);

/**
 * Draw the plot.
 *
 * @param {{ name: string, label: string, standing?: string, telling?: boolean, skill: number, ci: [number, number]|null }[]} rows
 * @param {string} [id]
 * @param {{ narrow?: boolean }} [how] narrow: for a phone
 */
export function forest(rows, id = "forest", { narrow = false } = {}) {
  const room = narrow ? NARROW : WIDE;
  const values = rows.flatMap((row) => [row.skill, ...(row.ci ?? [])]).filter(Number.isFinite);
  const [low, high] = extent(values);
  const scale = (value) =>
    room.left + ((Math.max(low, Math.min(high, value)) - low) / (high - low)) * (room.width - room.left - room.right);
  const height = TOP + rows.length * room.row + 34;
  const ticks = ticksOf(low, high).map((tick) => [
    h("line", {
      class: tick === 0 ? "zero" : "grid",
      x1: px(scale(tick)),
      x2: px(scale(tick)),
      y1: TOP - 6,
      y2: height - 30,
    }),
    h("text", { class: "axis", x: px(scale(tick)), y: height - 10, "text-anchor": "middle" }, number(tick)),
  ]);
  const zero = h("text", { class: "axis", x: px(scale(0)), y: 16, "text-anchor": "middle" }, t("figures.baseRate"));
  return figure(
    id,
    room.width,
    height,
    t("figures.skillOfTheHypotheses", { rows: finding(rows) }),
    [ticks, zero, rows.map((row, index) => line(row, index, scale, room))],
    { least: room.least },
  );
}

function line(row, index, scale, room) {
  const y = TOP + index * room.row + room.row / 2 - room.labelAt / 2;
  const says = reading(row);
  const tone = says.startsWith("better") ? "good" : says.startsWith("worse") ? "bad" : "unsure";
  const [low, high] = row.ci ?? [NaN, NaN];
  const bar = Number.isFinite(low) && Number.isFinite(high);
  return h(
    "g",
    { class: `forest-row ${tone}`, "data-hypothesis": row.name },
    room.labelAt
      ? h("text", { class: "label", x: room.left, y: y + room.labelAt + 3 }, labelOf(row))
      : h("text", { class: "label", x: room.left - 14, y: y + 5, "text-anchor": "end" }, labelOf(row)),
    bar ? h("line", { class: "interval", x1: px(scale(low)), x2: px(scale(high)), y1: y, y2: y }) : null,
    Number.isFinite(row.skill) ? point(tone, scale(row.skill), y) : null,
    h("text", { class: "value", x: room.width - room.right + 12, y: y + 5 }, signed(row.skill)),
  );
}

// Two decimals, without the minus of a number that rounds to nothing.
const signed = (value) => (Number.isFinite(value) ? number(value, 2).replace(/^-(0[.,]00)$/, "$1") : "–");

// Shape as well as colour: filled square better, hollow circle undecided, filled triangle worse.
function point(tone, x, y) {
  if (tone === "good") return h("rect", { class: "point", x: px(x - 6), y: y - 6, width: 12, height: 12 });
  if (tone === "bad") return h("path", { class: "point", d: `M${px(x - 7)} ${y - 6}h14l-7 13z` });
  return h("circle", { class: "point hollow", cx: px(x), cy: y, r: 6 });
}

function extent(values) {
  const low = Math.max(-2, Math.min(-0.1, ...values));
  const high = Math.min(1, Math.max(0.1, ...values));
  return [Math.floor(low * 10) / 10, Math.ceil(high * 10) / 10];
}

/** Return about six round numbers from low to high, zero among them. */
export function ticksOf(low, high) {
  const size = [0.05, 0.1, 0.2, 0.5, 1].find((step) => (high - low) / step <= 7) ?? 1;
  const ticks = [];
  for (let n = Math.ceil(low / size - 1e-9); n * size <= high + 1e-9; n += 1)
    ticks.push(Math.round(n * size * 100) / 100 + 0);
  return ticks;
}
