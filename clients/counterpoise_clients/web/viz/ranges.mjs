// What was expected and what was observed: for each row a band for the expected range, a point and its interval.

import { h } from "../h.mjs";
import { figure, px } from "./marks.mjs";
import { number, t } from "../text/text.mjs";

// A label stands above its row: it is a whole sentence.
const WIDTH = 860;
const LEFT = 12;
const RIGHT = 96;
const ROW = 52;
const TICKS = [0, 0.25, 0.5, 0.75, 1];

/** Say in one sentence how many rows are met. */
export function finding(rows) {
  const judged = rows.filter((row) => row.met !== null);
  const met = judged.filter((row) => row.met).length;
  const left = rows.length - judged.length;
  return t("figures.ofExpectationsAreMet", { met, length: judged.length, value: left ? t("figures.couldNotBeJudged", { left }) : "" });
}

/** Return the end of a row's axis: 1 for a share, a little more than its largest number otherwise. */
export function end(row) {
  if (row.share) return 1;
  const numbers = [row.low, row.high, row.observed, ...(row.ci ?? [])].filter((value) => Number.isFinite(value));
  return Math.max(...numbers, 0) * 1.1 || 1;
}

/**
 * Draw one row for each expectation. Rows that are not shares have an axis of their own.
 *
 * @param {{ label: string, low: number | null, high: number | null, observed: number | null, ci: [number, number] | null,
 *   met: boolean | null, share: boolean }[]} rows
 * @param {string} title
 * @param {string} id
 */
export function ranges(rows, title, id) {
  const shares = rows.every((row) => row.share);
  const height = ROW * rows.length + (shares ? 26 : 6);
  const x = (share) => px(LEFT + share * (WIDTH - LEFT - RIGHT));
  const ticks = shares
    ? TICKS.map((share) =>
        h("text", { class: "axis", x: x(share), y: height - 6, "text-anchor": "middle" }, `${share * 100}%`),
      )
    : [];
  return figure(id, WIDTH, height, `${title}. ${finding(rows)}`, [rows.map((row, place) => line(row, place, x)), ticks], {
    least: 560,
  });
}

function line(row, place, x) {
  const y = ROW * place + 36;
  const at = (value) => x(Math.max(0, Math.min(1, value / end(row))));
  const low = row.low ?? 0;
  const high = row.high ?? end(row);
  const tone = row.met === null ? "unsure" : row.met ? "good" : "bad";
  return h(
    "g",
    { class: `range-row ${tone}` },
    h("text", { x: LEFT, y: y - 15 }, row.label),
    h("line", { class: "grid", x1: x(0), x2: x(1), y1: y, y2: y }),
    h("rect", { class: "expected", x: at(low), y: y - 9, width: px(Math.max(2, at(high) - at(low))), height: 18 }),
    row.ci ? h("line", { class: "interval", x1: at(row.ci[0]), x2: at(row.ci[1]), y1: y, y2: y }) : null,
    row.observed === null ? null : point(row.met, at(row.observed), y),
    h("text", { class: "value", x: WIDTH - RIGHT + 14, y: y + 5 }, words(row)),
  );
}

// Shape as well as colour: a filled square is met, a filled triangle is not.
function point(met, x, y) {
  if (met) return h("rect", { class: "point", x: px(x - 6), y: y - 6, width: 12, height: 12 });
  return h("path", { class: "point", d: `M${px(x - 7)} ${y - 6}h14l-7 13z` });
}

function words(row) {
  if (row.observed === null) return "–";
  if (row.share) return `${Math.round(row.observed * 100)}%`;
  return row.observed < 0.1 ? number(row.observed, 3) : number(row.observed, 1);
}
