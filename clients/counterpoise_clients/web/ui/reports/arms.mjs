// The comparison of several forks: what each arm changes, a curve for each thing that happened, and tables.

import { h } from "../../h.mjs";
import { armFigure, finding } from "../../viz/arms.mjs";
import { panel, table } from "../parts.mjs";
import { number, t } from "../../text/text.mjs";
import { signed } from "./fork.mjs";
import "../../text/reports.mjs";

const [PAIRS_DRAWN, FEW_ARMS] = [8, 6];
const ALPHA = 0.05;
/** Things that are counted, by their name in the report. */
const COUNTS = {
  allied_pairs: "reports.armsAlliedPairs",
  fighting_pairs: "reports.armsFightingPairs",
  alliances_formed: "reports.armsMade",
  alliances_ended: "reports.armsEnded",
  crises: "reports.armsCrises",
  wars: "reports.armsWars",
  wars_joined: "reports.armsJoined",
  regimes_changed: "reports.armsRegimes",
  BAL: "reports.armsBalanced",
  BW: "reports.armsJoinedThreat",
};

/**
 * Draw what several forks say.
 *
 * @param {Record<string, any>} report the document `counterpoise fork --json` prints for arms, a sweep or each window
 * @param {{ isAsked?: boolean }} [how] `isAsked`: the page itself shows what was changed, in its own words
 */
export function armPanels(report, { isAsked = false } = {}) {
  return [
    described(report, isAsked),
    happened(report),
    pairs(report, "allied", t("reports.whoWasAlliedOn", { until: report.forked.until })),
    pairs(report, "fought", t("reports.whoFoughtSinceTheFork")),
    trust(report),
  ];
}

/**
 * Draw the page of several forks.
 *
 * @param {Record<string, any>} report
 */
export const arms = (report) => h("main", { id: "main", key: "arms", class: "debrief fork", tabindex: "-1" }, armPanels(report));

const nameOf = (report, code) => report.actors[code] ?? code;
const armName = (name) => (name === "baseline" ? t("reports.armsBaseline") : name === "changed" ? t("reports.side.changed") : name);
/** The name of an arm below its mark: in a sweep its value, because the title has the rest. */
const shortName = (report, place) => {
  const { name, compared_with: reference } = report.arms[place];
  return report.design === "sweep" && reference ? name.slice(name.indexOf("=") + 1) : armName(name);
};
const percentage = (value) => `${Math.round(value * 100)}%`;
const isShown = (cell) => Boolean(cell.difference && cell.difference.p_corrected <= ALPHA);

function described(report, isAsked) {
  const { forked } = report;
  const lines = (arm) => [
    ...arm.without.map((line) => `${t("reports.takenOut")}: ${line}`),
    ...arm.with.map((line) => `${t("reports.putIn")}: ${line}`),
    ...arm.impossible.map((line) => `${t("reports.impossible")}: ${line}`),
    ...arm.limits.map((line) => line),
    ...(arm.void ? [`${t("reports.withoutEffect")}: ${t("reports.moreOrdersThanWithoutThe", { void: arm.void })}`] : []),
  ];
  return panel(
    "f-arms",
    t(`reports.armsTitle.${report.design}`),
    null,
    h("p", { class: "lead" }, clearest(report)),
    h("p", { class: "quiet small" }, t("reports.armsGames", { seeds: forked.seeds, count: report.arms.length, until: forked.until })),
    isAsked
      ? null
      : table({
          caption: t("reports.armsWhatEachChanges"),
          class: "tight",
          rows: report.arms,
          key: (arm) => arm.name,
          columns: [
            { label: t("reports.armsArm"), head: true, cell: (arm) => armName(arm.name) },
            { label: t("reports.armsComparedWith"), cell: (arm) => (arm.compared_with ? armName(arm.compared_with) : "–") },
            { label: t("reports.whatWasChanged"), full: true, cell: (arm) => lines(arm).join("; ") || t("reports.armsNothing") },
          ],
        }),
  );
}

/** Name the clearest difference of all, or say that none is shown. */
function clearest(report) {
  const found = ["allied", "fought"].flatMap((what) =>
    report[what].flatMap((row) =>
      row.arms.map((cell, place) => ({ cell, arm: report.arms[place], label: labelOf(report, row, what) })).filter(({ cell }) => isShown(cell)),
    ),
  );
  if (!found.length) return t("reports.armsNoneShown");
  found.sort((a, b) => a.cell.difference.p - b.cell.difference.p || Math.abs(b.cell.difference.mean) - Math.abs(a.cell.difference.mean));
  const [{ cell, arm, label }] = found;
  const points = signed(cell.difference.mean, String(Math.round(cell.difference.mean * 100)));
  return t("reports.armsClearest", { label, points, arm: armName(arm.name), other: armName(arm.compared_with) });
}

const labelOf = (report, row, what) => t(`reports.armsPair.${what}`, { one: nameOf(report, row.states[0]), other: nameOf(report, row.states[1]) });
const joinedFrom = (report) => report.design !== "arms" && report.arms.every((arm) => !arm.name.endsWith(" changed"));

function happened(report) {
  const rows = report.counts.map((row) => ({
    label: t(COUNTS[row.name]),
    original: row.original,
    most: Math.max(1, row.original, ...row.arms.flatMap((cell) => cell.games.values)),
    isJoined: joinedFrom(report),
    words: (value) => (number(value, Number.isInteger(value) ? 0 : 1)),
    cells: row.arms.map((cell, place) => ({
      name: shortName(report, place),
      value: cell.games.mean,
      low: cell.games.quantiles["0.1"],
      high: cell.games.quantiles["0.9"],
      values: cell.games.values,
      isShown: isShown(cell),
    })),
  }));
  return panel(
    "f-counts",
    t("reports.whatHappened"),
    null,
    h("p", { class: "quiet small" }, t("reports.armsHowCountsAreRead")),
    drawn(rows, "f-arm-count"),
    folded(numbers(report, t("reports.whatHappenedOnEachSide"), report.counts, (row) => t(COUNTS[row.name]), (row) => String(row.original), (cell) => number(cell.games.mean, 1), (value) => signed(value, number(value, 1)))),
  );
}

function pairs(report, what, title) {
  const all = report[what];
  if (!all.length) return panel(`f-${what}`, title, null, h("p", null, t("reports.nobody")));
  const rows = all.slice(0, PAIRS_DRAWN).map((row) => ({
    label: labelOf(report, row, what),
    original: row.original ? 1 : 0,
    most: 1,
    isJoined: joinedFrom(report),
    words: percentage,
    cells: row.arms.map((cell, place) => ({ name: shortName(report, place), value: cell.share, low: cell.ci[0], high: cell.ci[1], values: null, isShown: isShown(cell) })),
  }));
  const some = rows.length < all.length ? t("reports.thePairsThatDifferMost", { length: rows.length, length2: all.length }) : "";
  return panel(
    `f-${what}`,
    title,
    null,
    h("p", { class: "lead" }, finding(rows[0])),
    h("p", { class: "quiet small" }, t("reports.armsHowSharesAreRead", { some })),
    drawn(rows, `f-arm-${what}`),
    folded(numbers(report, title, all, (row) => labelOf(report, row, what), (row) => (row.original ? t("reports.yes") : t("reports.no")), (cell) => `${percentage(cell.share)} (${percentage(cell.ci[0])} – ${percentage(cell.ci[1])})`, (value) => signed(value, percentage(value)))),
  );
}

/** The numbers of all rows: a line for each arm, with its difference and the p of it. */
function numbers(report, caption, rows, label, original, value, words) {
  const lines = rows.flatMap((row) => row.arms.map((cell, place) => ({ row, cell, arm: report.arms[place] })));
  return table({
    caption,
    class: "fork-table tight",
    rows: lines,
    key: ({ row, arm }) => `${label(row)} ${arm.name}`,
    columns: [
      { label: t("reports.what"), head: true, full: true, cell: ({ row }) => label(row) },
      { label: t("reports.armsArm"), cell: ({ arm }) => armName(arm.name) },
      { label: t("reports.side.original"), cell: ({ row }) => original(row) },
      { label: t("reports.games"), number: true, cell: ({ cell }) => value(cell) },
      { label: t("reports.difference95"), number: true, cell: ({ cell }) => difference(cell.difference, words) },
      { label: t("reports.armsP"), number: true, cell: ({ cell }) => (cell.difference ? number(cell.difference.p_corrected, 3) : "–") },
    ],
  });
}

function difference(one, words) {
  if (!one) return "–";
  return one.ci ? t("reports.to", { mean: words(one.mean), words: words(one.ci[0]), words2: words(one.ci[1]) }) : words(one.mean);
}

function trust(report) {
  const { smallest, forked } = report;
  const shown = (share) => (share === null ? t("reports.armsNoDifference") : percentage(share));
  const sentences = [
    t("reports.armsSameSeeds"),
    t("reports.armsStar", { comparisons: smallest.comparisons }),
    t("reports.armsSmallest", { seeds: forked.seeds, change: shown(smallest.by_change), chance: shown(smallest.by_chance) }),
    t("reports.armsSmallestCorrected", { change: shown(smallest.by_change_corrected), chance: shown(smallest.by_chance_corrected) }),
  ];
  return panel("f-cautions", t("reports.howFarToTrustThis"), null, h("ul", { class: "validity" }, sentences.map((one) => h("li", null, one))));
}

/** The figures, beside each other where there is room. */
const drawn = (rows, id) =>
  h("div", { class: rows[0].cells.length > FEW_ARMS ? "arm-figures one" : "arm-figures" }, rows.map((row, place) => h("div", { key: row.label }, h("h3", null, row.label), armFigure(row, `${id}-${place}`))));

const folded = (inside) => h("details", null, h("summary", null, t("reports.asATable")), inside);
