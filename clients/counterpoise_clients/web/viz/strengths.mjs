// The strengths of the entrants of a tournament: each with its interval, strongest first, a rule between groups.

import { h } from "../h.mjs";
import { figure, px } from "./marks.mjs";
import { minus, number, t } from "../text/text.mjs";
import "../text/reports.mjs";

const TOP = 14;
const LABEL_MAX = 28;
// On a phone a name stands above its row instead of before it.
const WIDE = { width: 840, row: 34, left: 250, right: 80, least: 560, labelAt: 0 };
const NARROW = { width: 400, row: 52, left: 12, right: 62, least: 0, labelAt: -17 };

/**
 * Say the figure's finding: who is in the first group, and how many groups there are.
 *
 * @param {Record<string, any>[]} rows standings, the strongest first
 */
export function finding(rows) {
  const groups = rows.length ? rows[rows.length - 1].group : 0;
  if (rows.every((row) => row.strength.low === null)) return t("reports.leaderboardTooFewWorlds");
  if (groups < 2) return t("reports.leaderboardNobodyToldApart");
  const first = rows.filter((row) => row.group === 1).map((row) => row.entrant);
  return t("reports.leaderboardStrongest", { names: first.join(", "), count: first.length, groups });
}

/**
 * Draw the figure.
 *
 * @param {Record<string, any>[]} rows standings, the strongest first
 * @param {string} id
 * @param {{ narrow?: boolean }} [how] narrow: for a phone
 */
export function strengths(rows, id, { narrow = false } = {}) {
  const room = narrow ? NARROW : WIDE;
  const values = rows.flatMap(({ strength }) => [strength.mean, strength.low, strength.high]).filter(Number.isFinite);
  const reach = Math.max(...values.map(Math.abs), 0.01) * 1.05;
  const scale = (value) => room.left + ((value + reach) / (2 * reach)) * (room.width - room.left - room.right);
  const height = TOP + rows.length * room.row + 30;
  const zero = px(scale(0));
  return figure(
    id,
    room.width,
    height,
    finding(rows),
    [
      h("line", { class: "zero", x1: zero, x2: zero, y1: TOP - 6, y2: height - 26 }),
      h("text", { class: "axis", x: zero, y: height - 8, "text-anchor": "middle" }, t("reports.leaderboardMeanOfAll")),
      rows.map((row, index) => line(row, rows[index - 1], index, scale, room)),
    ],
    { least: room.least },
  );
}

function line(row, before, index, scale, room) {
  const top = TOP + index * room.row;
  const y = top + room.row / 2 - room.labelAt / 2;
  const { mean, low, high } = row.strength;
  const tone = low > 0 ? "good" : high < 0 && high !== null ? "bad" : "unsure";
  const name = row.entrant.length > LABEL_MAX ? `${row.entrant.slice(0, LABEL_MAX - 1)}…` : row.entrant;
  return h(
    "g",
    { class: `forest-row ${tone}`, "data-entrant": row.entrant },
    before && before.group !== row.group
      ? h("line", { class: "grid", x1: 0, x2: room.width, y1: top, y2: top })
      : null,
    room.labelAt
      ? h("text", { class: "label", x: room.left, y: y + room.labelAt + 3 }, name)
      : h("text", { class: "label", x: room.left - 14, y: y + 5, "text-anchor": "end" }, name),
    Number.isFinite(low)
      ? h("line", { class: "interval", x1: px(scale(low)), x2: px(scale(high)), y1: y, y2: y })
      : null,
    h("circle", { class: "point", cx: px(scale(mean)), cy: y, r: 6 }),
    h("text", { class: "value", x: room.width - room.right + 12, y: y + 5 }, minus(number(mean, 2))),
  );
}
