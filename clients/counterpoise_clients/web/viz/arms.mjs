// Something in each arm of several forks: its games beside what happened in the journal, with 95 % intervals or game by game.

import { h } from "../h.mjs";
import { figure, px } from "./marks.mjs";
import { t } from "../text/text.mjs";

const [HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [190, 52, 24, 22, 44];
/** The least width of a figure, and what each arm needs beside the others. */
const [WIDTH_LEAST, ARM_WIDTH] = [480, 76];

/**
 * @typedef {{ name: string, value: number, low: number, high: number, values: number[] | null, isShown: boolean }} ArmCell
 * `values` has the number of each game; `isShown`: whether its difference is shown among all comparisons
 * @typedef {{ label: string, original: number, most: number, isJoined: boolean, words: (value: number) => string, cells: ArmCell[] }} ArmRow
 */

/** Say the figure's finding: what happened, and the least and the greatest arm. @param {ArmRow} row */
export function finding(row) {
  const sorted = [...row.cells].sort((a, b) => a.value - b.value);
  const [least, greatest] = [sorted[0], sorted[sorted.length - 1]];
  const words = { label: row.label, original: row.words(row.original), least: row.words(least.value), greatest: row.words(greatest.value), arm: least.name, arm2: greatest.name };
  return least.value === greatest.value ? t("figures.armsAlike", words) : t("figures.armsFromTo", words);
}

/**
 * Draw the arms beside each other; a dashed line is what happened in the journal.
 *
 * @param {ArmRow} row
 * @param {string} id
 */
export function armFigure(row, id) {
  const width = Math.max(WIDTH_LEAST, LEFT + RIGHT + ARM_WIDTH * row.cells.length);
  const x = (place) => px(LEFT + ((place + 0.5) / row.cells.length) * (width - LEFT - RIGHT));
  const y = (value) => px(TOP + (1 - value / row.most) * (HEIGHT - TOP - BOTTOM));
  const ticks = [0, row.most / 2, row.most].map((value) => [
    h("line", { class: "grid", x1: LEFT, x2: width - RIGHT, y1: y(value), y2: y(value) }),
    h("text", { class: "axis", x: LEFT - 8, y: Number(y(value)) + 4, "text-anchor": "end" }, row.words(value)),
  ]);
  const journal = h("line", { class: "journal-line", x1: LEFT, x2: width - RIGHT, y1: y(row.original), y2: y(row.original) });
  const joined = row.isJoined && row.cells.length > 1 ? h("path", { class: "arm-path", d: `M${row.cells.map((cell, place) => `${x(place)} ${y(cell.value)}`).join("L")}` }) : null;
  const names = row.cells.map((cell, place) =>
    // Names in two rows, so that long ones beside each other do not meet.
    h("text", { class: "axis", x: x(place), y: HEIGHT - (place % 2 ? 6 : 24), "text-anchor": "middle" }, cell.name),
  );
  return figure(id, width, HEIGHT, finding(row), [ticks, journal, joined, row.cells.map((cell, place) => mark(cell, Number(x(place)), y)), names], { least: width > WIDTH_LEAST ? 560 : 0 });
}

function mark(cell, x, y) {
  const games = (cell.values ?? []).map((value, number) => h("circle", { class: "arm-game", cx: px(x + 16 + (number % 5) * 5), cy: y(value), r: 2 }));
  return h(
    "g",
    { class: cell.isShown ? "arm arm-shown" : "arm" },
    games,
    h("line", { class: "arm-between", x1: px(x), x2: px(x), y1: y(cell.low), y2: y(cell.high) }),
    h("circle", { class: "arm-mark", cx: px(x), cy: y(cell.value), r: 6 }),
    cell.isShown ? h("text", { class: "arm-star", x: px(x), y: px(Number(y(cell.value)) - 10), "text-anchor": "middle" }, "★") : null,
  );
}
