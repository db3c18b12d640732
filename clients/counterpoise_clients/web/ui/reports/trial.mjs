// A trial: what its author expects of a scenario and what its games were like. Each figure has its table.

import { h } from "../../h.mjs";
import { bar } from "../../viz/marks.mjs";
import { finding, ranges } from "../../viz/ranges.mjs";
import { panel, table } from "../parts.mjs";

const PAIRS_SHOWN = 30;
const ABSURDITIES_SHOWN = 15;

/**
 * Draw the page of a trial.
 *
 * @param {Record<string, any>} report the document `counterpoise trial --json` prints
 */
export function trial(report) {
  const rows = report.expectations;
  return h(
    "main",
    { id: "main", key: "trial", class: "debrief trial", tabindex: "-1" },
    warnings(report),
    expectations("t-tuned", "What history makes one expect", rows.filter((row) => !row.held_out)),
    expectations("t-held-out", "Expectations held out of tuning", rows.filter((row) => row.held_out)),
    rates(report),
    tied(report),
    fought(report),
    coups(report),
    injects(report),
    absurdities(report),
  );
}

function warnings(report) {
  if (!report.warnings.length) return null;
  return panel("t-warnings", "Odd figures in the file", null, h("ul", null, report.warnings.map((words) => h("li", null, words))));
}

function expectations(id, title, rows) {
  if (!rows.length) return null;
  const drawn = rows.map((row) => ({
    label: row.words,
    low: row.at_least,
    high: row.at_most,
    observed: row.observed,
    ci: row.ci,
    met: row.met,
    share: row.unit.startsWith("share"),
  }));
  const shares = drawn.filter((row) => row.share);
  const others = drawn.filter((row) => !row.share);
  return panel(
    id,
    title,
    null,
    h("p", { class: "lead" }, finding(drawn)),
    h(
      "p",
      { class: "quiet small" },
      "The band is the expected range, the line the 95 % interval of what was observed. A square lies in its range, a triangle does not.",
    ),
    shares.length ? ranges(shares, `${title}: shares`, `${id}-shares`) : null,
    others.length ? h("h3", null, "Rates, each on a scale of its own") : null,
    others.length ? ranges(others, `${title}: rates`, `${id}-rates`) : null,
    folded(
      table({
        caption: title,
        class: "tight",
        rows,
        key: (row) => String(row.number),
        columns: [
          { label: "Row", number: true, cell: (row) => String(row.number) },
          { label: "Expected of", head: true, full: true, cell: (row) => row.words },
          { label: "Range", cell: (row) => `${range(row)} ${row.unit}` },
          { label: "Observed (95 %)", number: true, cell: observed },
          { label: "Met", cell: (row) => (row.met === null ? `not judged: ${row.unjudged}` : row.met ? "yes" : "no") },
          { label: "Source", full: true, cell: (row) => row.source },
        ],
      }),
    ),
  );
}

function range(row) {
  if (row.at_least === null) return `at most ${row.at_most}`;
  return row.at_most === null ? `at least ${row.at_least}` : `${row.at_least} to ${row.at_most}`;
}

function observed(row) {
  if (row.observed === null) return "–";
  const digits = row.unit === "per state and year" ? 4 : 2;
  return `${row.observed.toFixed(digits)} (${row.ci.map((value) => value.toFixed(digits)).join(" to ")})`;
}

function rates(report) {
  const rows = [
    ["Wars with a great power on each side, a game", report.great_power_wars],
    ["Wars, a game", report.wars],
    ["Crises, a year", report.crises],
    ["Coups in great powers, a game", report.great_power_coups],
    ["Coups, a game", report.coups],
  ];
  return panel(
    "t-rates",
    "How often",
    null,
    table({
      caption: "How often things happened.",
      class: "tight",
      rows,
      key: ([label]) => label,
      columns: [
        { label: "What", head: true, cell: ([label]) => label },
        { label: "Rate", number: true, cell: ([, rate]) => rate.value.toFixed(2) },
        { label: "95 %", number: true, cell: ([, rate]) => interval(rate, 2) },
      ],
    }),
  );
}

const interval = (rate, digits) => rate.ci.map((value) => value.toFixed(digits)).join(" to ");
const percentage = (share) => `${Math.round(share * 100)}%`;
const share = (value) => h("span", { class: "share-cell" }, bar(value), " ", percentage(value));
const names = (report, states) => states.map((code) => report.actors[code] ?? code).join(" and ");
const folded = (numbers) => h("details", null, h("summary", null, "As a table"), numbers);

function tied(report) {
  return pairs(report, "t-tied", "Who was tied to whom", report.allied, [
    { label: "Games", cell: (row) => share(row.share) },
    { label: "Years", number: true, cell: (row) => row.years.toFixed(1) },
    { label: "By a pact to fight", number: true, cell: (row) => percentage(row.to_fight) },
    {
      label: "Ties, in share of games",
      full: true,
      cell: (row) =>
        Object.entries(row.kinds)
          .sort((a, b) => b[1] - a[1])
          .map(([kind, value]) => `${kind.replace("_", " ")} ${percentage(value)}`)
          .join(", "),
    },
  ]);
}

function fought(report) {
  return pairs(report, "t-fought", "Who fought", report.fought, [
    { label: "Games", cell: (row) => share(row.share) },
    { label: "Years", number: true, cell: (row) => row.years.toFixed(2) },
    {
      label: "Wars begun by",
      cell: (row) => `${row.states[0]} ${row.first_attacked}, ${row.states[1]} ${row.second_attacked}`,
    },
  ]);
}

function pairs(report, id, title, rows, columns) {
  const some = rows.length > PAIRS_SHOWN ? `The ${PAIRS_SHOWN} most frequent pairs of ${rows.length}.` : null;
  return panel(
    id,
    title,
    null,
    some ? h("p", { class: "quiet small" }, some) : null,
    table({
      caption: title,
      class: "tight",
      rows: rows.slice(0, PAIRS_SHOWN),
      key: (row) => row.states.join(" "),
      columns: [{ label: "States", head: true, cell: (row) => names(report, row.states) }, ...columns],
      empty: "Nobody.",
    }),
  );
}

function coups(report) {
  return panel(
    "t-coups",
    "Coups by regime",
    null,
    table({
      caption: "Coups by the family of the regime overthrown.",
      class: "tight",
      rows: report.coups_by_family,
      key: (row) => row.family,
      columns: [
        { label: "Family", head: true, cell: (row) => row.family.replaceAll("_", " ") },
        { label: "State-years", number: true, cell: (row) => row.state_years.toFixed(0) },
        { label: "Coups", number: true, cell: (row) => String(row.coups.cases) },
        { label: "Per state and year", number: true, cell: (row) => row.coups.value.toFixed(4) },
        { label: "95 %", number: true, cell: (row) => interval(row.coups, 4) },
      ],
    }),
    h(
      "p",
      { class: "small" },
      report.coups_by_state.length
        ? `A game: ${report.coups_by_state.map((row) => `${row.state} ${row.coups.value.toFixed(2)}`).join(", ")}.`
        : "No state had a coup.",
    ),
  );
}

function injects(report) {
  return panel(
    "t-injects",
    "Injects",
    null,
    table({
      caption: "Injects with a date or a condition.",
      class: "tight",
      rows: report.injects,
      key: (row) => String(row.number),
      columns: [
        { label: "Inject", head: true, full: true, cell: (row) => row.words },
        { label: "Games", cell: (row) => share(row.share) },
        { label: "Impossible", number: true, cell: (row) => percentage(row.void) },
        { label: "On the first day", number: true, cell: (row) => percentage(row.on_first_day) },
        { label: "When", cell: (row) => (row.earliest ? `${row.earliest} to ${row.latest}` : "never") },
      ],
      empty: "The scenario has none.",
    }),
  );
}

function absurdities(report) {
  const counts = Object.entries(report.absurdities_a_game).filter(([, value]) => value > 0);
  const list = counts.map(([kind, value]) => `${kind.replaceAll("_", " ")} ${value.toFixed(1)}`).join(", ");
  return panel(
    "t-absurdities",
    "What a reader of history would not believe",
    null,
    h("p", { class: "lead" }, counts.length ? `A game: ${list}.` : "Nothing of the kinds that are looked for."),
    table({
      caption: "The worst absurdities.",
      class: "tight",
      rows: report.absurdities.slice(0, ABSURDITIES_SHOWN),
      key: (row) => `${row.kind} ${row.states.join(" ")}`,
      columns: [
        { label: "The worst case", head: true, full: true, cell: (row) => row.words },
        { label: "Games", cell: (row) => share(row.share) },
        { label: "On", cell: (row) => row.on },
        { label: "Seed", cell: (row) => row.seed },
      ],
      empty: "None.",
    }),
  );
}
