// In what share of the games something holds for a pair of states: a dot for each side of a comparison, joined by a line.

import { h } from "../h.mjs";
import { SIDES } from "./dots.mjs";
import { figure, px } from "./marks.mjs";
import { t } from "../text/text.mjs";

const WIDTH = 860;
const LEFT = 250;
const RIGHT = 30;
const ROW = 28;
const TICKS = [0, 0.25, 0.5, 0.75, 1];

const x = (share) => px(LEFT + share * (WIDTH - LEFT - RIGHT));

/** Name the pair that the change moved most, or that there is none, in one sentence. */
export function finding(rows) {
  const moved = rows.filter((row) => row.difference && row.difference.mean !== 0);
  if (!moved.length) return t("figures.noPairDiffersBetweenThe");
  const [first] = [...moved].sort((a, b) => Math.abs(b.difference.mean) - Math.abs(a.difference.mean));
  const change = Math.round(first.difference.mean * 100);
  return t("figures.theLargestDifferenceIsPercentage", { label: first.label, value: change > 0 ? "+" : "", change });
}

/**
 * Draw one row for each pair. A ring marks the pairs for which it holds in the journal.
 *
 * @param {{ label: string, original: boolean, baseline: number, changed: number | null, difference: { mean: number } | null }[]} rows
 * @param {string} title
 * @param {string} id
 */
export function shares(rows, title, id) {
  const height = ROW * rows.length + 26;
  const ticks = TICKS.map((share) =>
    h("text", { class: "axis", x: x(share), y: height - 6, "text-anchor": "middle" }, `${share * 100}%`),
  );
  return figure(id, WIDTH, height, `${title}. ${finding(rows)}`, [rows.map(line), ticks], { least: 560 });
}

function line(row, place) {
  const y = ROW * place + ROW / 2;
  const sides = SIDES.filter((side) => row[side] !== null);
  return h(
    "g",
    { class: "share-row" },
    h("text", { x: 0, y: y + 5 }, row.label),
    h("line", { class: "grid", x1: LEFT, x2: WIDTH - RIGHT, y1: y, y2: y }),
    sides.length > 1
      ? h("line", { class: "side-join", x1: x(row.baseline), x2: x(row.changed), y1: y, y2: y })
      : null,
    row.original ? h("circle", { class: "journal-ring", cx: x(1), cy: y, r: 8 }) : null,
    sides.map((side) =>
      h("g", { class: `side-${side}` }, h("circle", { class: "side-mark", cx: x(row[side]), cy: y, r: 5 })),
    ),
  );
}
