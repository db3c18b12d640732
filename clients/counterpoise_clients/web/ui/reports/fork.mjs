// The comparison of a fork: what was changed, what happened on each side, and what the check says. Each figure has its table.

import { h } from "../../h.mjs";
import { VERDICTS, listed } from "../../words.mjs";
import { dots } from "../../viz/dots.mjs";
import { finding as shareFinding, shares } from "../../viz/shares.mjs";
import { panel, table } from "../parts.mjs";
import { number, t } from "../../text/text.mjs";
import "../../text/reports.mjs";

const SIDES = ["original", "baseline", "changed"];
const sideName = (side) => t(`reports.side.${side}`);
const PAIRS_DRAWN = 20;
const STATES_SHOWN = 6;

/**
 * Draw the page of a fork report.
 *
 * @param {Record<string, any>} report the document `counterpoise fork --json` prints
 * @param {string[]} cautions what to keep in mind when reading it, a sentence each
 */
export function fork(report, cautions) {
  return h(
    "main",
    { id: "main", key: "fork", class: "debrief fork", tabindex: "-1" },
    changes(report),
    counts(report),
    pairs(report, "allied", t("reports.whoWasAlliedOn", { until: report.forked.until })),
    pairs(report, "fought", t("reports.whoFoughtSinceTheFork")),
    states(report, "power", t("reports.shareOfAllPowerAt"), (value) => percentage(value, 1)),
    states(report, "feared", t("reports.threatThatOthersSawIn"), (value) => number(value, 2)),
    check(report),
    panel(
      "f-cautions",
      t("reports.howFarToTrustThis"),
      null,
      h("ul", { class: "validity" }, cautions.map((sentence) => h("li", null, sentence))),
    ),
  );
}

function changes(report) {
  const { forked } = report;
  const lists = [
    [t("reports.takenOut"), forked.without],
    [t("reports.putIn"), forked.with],
    ["Made impossible", report.impossible],
    ["Limited", report.limits],
    [t("reports.withoutEffect"), report.void ? [t("reports.moreOrdersThanWithoutThe", { void: report.void })] : []],
  ];
  const lines = lists.flatMap(([title, rows]) => rows.map((row) => ({ title, row })));
  return panel(
    "f-changes",
    t("reports.whatWasChanged"),
    null,
    h(
      "p",
      { class: "lead" },
      t("reports.gamesOnEachSidePlayed", { seeds: forked.seeds, on: forked.on, until: forked.until }),
    ),
    lines.length
      ? h("ul", { class: "plain small" }, lines.map(({ title, row }) => h("li", null, h("b", null, title), `: ${row}`)))
      : h("p", { class: "quiet" }, t("reports.nothingWasChanged")),
  );
}

function counts(report) {
  return panel(
    "f-counts",
    t("reports.whatHappened"),
    null,
    h("p", { class: "quiet small" }, t("reports.aDotIsAGame")),
    legend(report),
    report.counts.map((row, place) => dots(row, `f-count-${place}`)),
    folded(
      table({
        caption: t("reports.whatHappenedOnEachSide"),
        class: "fork-table tight",
        rows: report.counts,
        key: (row) => row.name,
        columns: [
          { label: t("reports.count"), head: true, cell: (row) => row.title },
          { label: sideName("original"), number: true, cell: (row) => String(row.original) },
          ...["baseline", "changed"].map((side) => ({
            label: sideName(side),
            number: true,
            cell: (row) => (row[side] ? number(row[side].mean, 1) : "–"),
          })),
          differenceColumn((value) => signed(value, number(value, 1))),
        ],
      }),
    ),
  );
}

function pairs(report, name, title) {
  const all = report[name].map((row) => ({ ...row, label: listed(row.states.map((code) => nameOf(report, code))) }));
  const rows = all.slice(0, PAIRS_DRAWN);
  if (!rows.length) return panel(`f-${name}`, title, null, h("p", null, t("reports.nobody")));
  const some = rows.length < all.length ? t("reports.thePairsThatDifferMost", { length: rows.length, length2: all.length }) : "";
  return panel(
    `f-${name}`,
    title,
    null,
    h("p", { class: "lead" }, shareFinding(rows)),
    h("p", { class: "quiet small" }, t("reports.theShareOfTheGames", { some })),
    legend(report),
    shares(rows, title, `f-${name}-figure`),
    folded(
      table({
        caption: title,
        class: "fork-table tight",
        rows,
        columns: [
          { label: t("reports.states"), head: true, cell: (row) => row.label },
          { label: sideName("original"), cell: (row) => (row.original ? t("reports.yes") : t("reports.no")) },
          { label: sideName("baseline"), number: true, cell: (row) => percentage(row.baseline) },
          { label: sideName("changed"), number: true, cell: (row) => orDash(row.changed, percentage) },
          differenceColumn((value) => signed(value, percentage(value))),
        ],
      }),
    ),
  );
}

function states(report, name, title, words) {
  return panel(
    `f-${name}`,
    title,
    null,
    h("p", { class: "quiet small" }, t("reports.theMeanOfTheGames")),
    table({
      caption: title,
      class: "fork-table tight",
      rows: report[name].slice(0, STATES_SHOWN),
      key: (row) => row.state,
      columns: [
        { label: t("reports.state"), head: true, cell: (row) => nameOf(report, row.state) },
        ...SIDES.map((side) => ({
          label: sideName(side),
          number: true,
          cell: (row) => orDash(row[side], words),
        })),
        differenceColumn((value) => signed(value, words(value))),
      ],
    }),
  );
}

function check(report) {
  const sides = sidesOf(report);
  const differing = report.propositions.filter((row) => row.id === "W3.1" || verdictsDiffer(row));
  const sideColumns = (cell) => sides.map((side) => ({ label: sideName(side), cell: (row) => cell(row[side]) }));
  return panel(
    "f-check",
    t("reports.whatTheCheckSaysAbout"),
    null,
    table({
      caption: t("reports.shareOfBalancingAmongThe"),
      class: "fork-table tight",
      rows: sides,
      key: (side) => side,
      columns: [
        { label: t("reports.side"), head: true, cell: sideName },
        { label: t("reports.balancedOfThoseWhoTook"), cell: (side) => balancing(report.classes[side]) },
      ],
    }),
    h("h3", null, t("reports.verdictsThatDifferAndW3")),
    table({
      caption: t("reports.propositionsWhoseVerdictsDifferAnd"),
      class: "fork-table tight",
      rows: differing,
      key: (row) => row.id,
      columns: [
        { label: t("reports.id"), head: true, cell: (row) => row.id },
        { label: t("reports.claim"), full: true, cell: (row) => row.claim },
        ...sideColumns(({ verdict }) => VERDICTS[verdict]?.[1] ?? verdict),
      ],
    }),
    h("h3", null, t("reports.skillOfEachHypothesisAgainst")),
    table({
      caption: t("reports.skillOfEachHypothesisOn"),
      class: "fork-table tight",
      rows: report.hypotheses,
      key: (row) => row.name,
      columns: [
        { label: t("reports.hypothesis"), head: true, cell: (row) => row.name },
        ...sideColumns((cell) => orDash(cell?.skill, (skill) => number(skill, 3))),
      ],
    }),
  );
}

const sidesOf = (report) => SIDES.filter((side) => side in report.classes);
const nameOf = (report, code) => report.actors[code] ?? code;
const verdictsDiffer = (row) => "changed" in row && row.baseline.verdict !== row.changed.verdict;
const orDash = (value, words) => (value === null || value === undefined ? "–" : words(value));
const percentage = (value, digits = 0) => `${number(value * 100, digits)}%`;

/** Put a plus before a positive number, and no minus before one that rounds to nothing. */
export function signed(value, words) {
  if (!/[1-9]/.test(words)) return words.replace("-", "");
  return value > 0 ? `+${words}` : words;
}

function balancing(classes) {
  const tookSides = classes.BAL + classes.BW;
  return tookSides ? t("reports.of", { percentage: percentage(classes.BAL / tookSides), tookSides }) : t("reports.noneTookSides");
}

function differenceColumn(words) {
  return {
    label: t("reports.difference95"),
    number: true,
    cell: ({ difference }) => {
      if (!difference) return "–";
      const { mean, ci } = difference;
      return ci ? t("reports.to", { mean: words(mean), words: words(ci[0]), words2: words(ci[1]) }) : words(mean);
    },
  };
}

function legend(report) {
  return h(
    "ul",
    { class: "legend" },
    h("li", null, h("span", { class: "side-key journal-key", "aria-hidden": "true" }), t("reports.ringTheJournalItself")),
    h("li", null, h("span", { class: "side-key baseline-key", "aria-hidden": "true" }), t("reports.baseline")),
    "changed" in report.classes
      ? h("li", null, h("span", { class: "side-key changed-key", "aria-hidden": "true" }), t("reports.withTheChange"))
      : null,
  );
}

const folded = (numbers) => h("details", null, h("summary", null, t("reports.asATable")), numbers);
