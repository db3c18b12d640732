// The comparison of a fork: what was changed, what happened on each side, and what the check says. Each figure has its table.

import { h } from "../../h.mjs";
import { VERDICTS } from "../../words.mjs";
import { dots } from "../../viz/dots.mjs";
import { finding as shareFinding, shares } from "../../viz/shares.mjs";
import { panel, table } from "../parts.mjs";

const SIDES = { original: "the journal", baseline: "baseline", changed: "changed" };
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
    pairs(report, "allied", `Who was allied on ${report.forked.until}`),
    pairs(report, "fought", "Who fought since the fork"),
    states(report, "power", "Share of all power at the end", (value) => percentage(value, 1)),
    states(report, "feared", "Threat that others saw in each state at the end, 0 to 1", (value) => value.toFixed(2)),
    check(report),
    panel(
      "f-cautions",
      "How far to trust this",
      null,
      h("ul", { class: "validity" }, cautions.map((sentence) => h("li", null, sentence))),
    ),
  );
}

function changes(report) {
  const { forked } = report;
  const lists = [
    ["Taken out", forked.without],
    ["Put in", forked.with],
    ["Made impossible", report.impossible],
    ["Limited", report.limits],
    ["Without effect", report.void ? [`${report.void} more orders than without the change`] : []],
  ];
  const lines = lists.flatMap(([title, rows]) => rows.map((row) => ({ title, row })));
  return panel(
    "f-changes",
    "What was changed",
    null,
    h(
      "p",
      { class: "lead" },
      `${forked.seeds} games on each side, played by bots from the fork on ${forked.on} to ${forked.until}. Both sides have the same seeds; what differs between them is what the change did.`,
    ),
    lines.length
      ? h("ul", { class: "plain small" }, lines.map(({ title, row }) => h("li", null, h("b", null, title), `: ${row}`)))
      : h("p", { class: "quiet" }, "Nothing was changed."),
  );
}

function counts(report) {
  return panel(
    "f-counts",
    "What happened",
    null,
    h("p", { class: "quiet small" }, "A dot is a game; where there are many, a bar is as high as the number of games. A triangle is the mean."),
    legend(report),
    report.counts.map((row, place) => dots(row, `f-count-${place}`)),
    folded(
      table({
        caption: "What happened on each side.",
        class: "fork-table tight",
        rows: report.counts,
        key: (row) => row.name,
        columns: [
          { label: "Count", head: true, cell: (row) => row.title },
          { label: SIDES.original, number: true, cell: (row) => String(row.original) },
          ...["baseline", "changed"].map((side) => ({
            label: SIDES[side],
            number: true,
            cell: (row) => (row[side] ? row[side].mean.toFixed(1) : "–"),
          })),
          differenceColumn((value) => signed(value, value.toFixed(1))),
        ],
      }),
    ),
  );
}

function pairs(report, name, title) {
  const all = report[name].map((row) => ({ ...row, label: row.states.map((code) => nameOf(report, code)).join(" and ") }));
  const rows = all.slice(0, PAIRS_DRAWN);
  if (!rows.length) return panel(`f-${name}`, title, null, h("p", null, "Nobody."));
  const some = rows.length < all.length ? ` The ${rows.length} pairs that differ most of ${all.length}.` : "";
  return panel(
    `f-${name}`,
    title,
    null,
    h("p", { class: "lead" }, shareFinding(rows)),
    h("p", { class: "quiet small" }, `The share of the games in which it holds.${some}`),
    legend(report),
    shares(rows, title, `f-${name}-figure`),
    folded(
      table({
        caption: title,
        class: "fork-table tight",
        rows,
        columns: [
          { label: "States", head: true, cell: (row) => row.label },
          { label: SIDES.original, cell: (row) => (row.original ? "yes" : "no") },
          { label: SIDES.baseline, number: true, cell: (row) => percentage(row.baseline) },
          { label: SIDES.changed, number: true, cell: (row) => orDash(row.changed, percentage) },
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
    h("p", { class: "quiet small" }, "The mean of the games, for the states that differ most."),
    table({
      caption: title,
      class: "fork-table tight",
      rows: report[name].slice(0, STATES_SHOWN),
      key: (row) => row.state,
      columns: [
        { label: "State", head: true, cell: (row) => nameOf(report, row.state) },
        ...Object.entries(SIDES).map(([side, label]) => ({
          label,
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
  const sideColumns = (cell) => sides.map((side) => ({ label: SIDES[side], cell: (row) => cell(row[side]) }));
  return panel(
    "f-check",
    "What the check says about each side",
    null,
    table({
      caption: "Share of balancing among the decisions that took sides.",
      class: "fork-table tight",
      rows: sides,
      key: (side) => side,
      columns: [
        { label: "Side", head: true, cell: (side) => SIDES[side] },
        { label: "Balanced, of those who took sides under threat", cell: (side) => balancing(report.classes[side]) },
      ],
    }),
    h("h3", null, "Verdicts that differ, and W3.1"),
    table({
      caption: "Propositions whose verdicts differ, and W3.1.",
      class: "fork-table tight",
      rows: differing,
      key: (row) => row.id,
      columns: [
        { label: "Id", head: true, cell: (row) => row.id },
        { label: "Claim", full: true, cell: (row) => row.claim },
        ...sideColumns(({ verdict }) => VERDICTS[verdict]?.[1] ?? verdict),
      ],
    }),
    h("h3", null, "Skill of each hypothesis against the base rates"),
    table({
      caption: "Skill of each hypothesis on each side.",
      class: "fork-table tight",
      rows: report.hypotheses,
      key: (row) => row.name,
      columns: [
        { label: "Hypothesis", head: true, cell: (row) => row.name },
        ...sideColumns((cell) => orDash(cell?.skill, (skill) => skill.toFixed(3))),
      ],
    }),
  );
}

const sidesOf = (report) => Object.keys(SIDES).filter((side) => side in report.classes);
const nameOf = (report, code) => report.actors[code] ?? code;
const verdictsDiffer = (row) => "changed" in row && row.baseline.verdict !== row.changed.verdict;
const orDash = (value, words) => (value === null || value === undefined ? "–" : words(value));
const percentage = (value, digits = 0) => `${(value * 100).toFixed(digits)}%`;

/** Put a plus before a positive number, and no minus before one that rounds to nothing. */
export function signed(value, words) {
  if (!/[1-9]/.test(words)) return words.replace("-", "");
  return value > 0 ? `+${words}` : words;
}

function balancing(classes) {
  const tookSides = classes.BAL + classes.BW;
  return tookSides ? `${percentage(classes.BAL / tookSides)} of ${tookSides}` : "none took sides";
}

function differenceColumn(words) {
  return {
    label: "Difference (95 %)",
    number: true,
    cell: ({ difference }) => {
      if (!difference) return "–";
      const { mean, ci } = difference;
      return ci ? `${words(mean)} (${words(ci[0])} to ${words(ci[1])})` : words(mean);
    },
  };
}

function legend(report) {
  return h(
    "ul",
    { class: "legend" },
    h("li", null, h("span", { class: "side-key journal-key", "aria-hidden": "true" }), " ring: the journal itself"),
    h("li", null, h("span", { class: "side-key baseline-key", "aria-hidden": "true" }), " baseline"),
    "changed" in report.classes
      ? h("li", null, h("span", { class: "side-key changed-key", "aria-hidden": "true" }), " with the change")
      : null,
  );
}

const folded = (numbers) => h("details", null, h("summary", null, "As a table"), numbers);
