// A trial: what its author expects of a scenario and what its games were like. Each figure has its table.

import { h } from "../../h.mjs";
import { bar } from "../../viz/marks.mjs";
import { listed } from "../../words.mjs";
import { finding, ranges } from "../../viz/ranges.mjs";
import { panel, table } from "../parts.mjs";
import { number, t } from "../../text/text.mjs";
import "../../text/reports.mjs";

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
    expectations("t-tuned", t("reports.whatHistoryMakesOneExpect"), rows.filter((row) => !row.held_out)),
    expectations("t-held-out", t("reports.expectationsHeldOutOfTuning"), rows.filter((row) => row.held_out)),
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
  return panel("t-warnings", t("reports.oddFiguresInTheFile"), null, h("ul", null, report.warnings.map((words) => h("li", null, words))));
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
      t("reports.theBandIsTheExpected"),
    ),
    shares.length ? ranges(shares, t("reports.shares", { title }), `${id}-shares`) : null,
    others.length ? h("h3", null, t("reports.ratesEachOnAScale")) : null,
    others.length ? ranges(others, t("reports.rates", { title }), `${id}-rates`) : null,
    folded(
      table({
        caption: title,
        class: "tight",
        rows,
        key: (row) => String(row.number),
        columns: [
          { label: t("reports.row"), number: true, cell: (row) => String(row.number) },
          { label: t("reports.expectedOf"), head: true, full: true, cell: (row) => row.words },
          { label: t("reports.range"), cell: (row) => `${range(row)} ${row.unit}` },
          { label: t("reports.observed95"), number: true, cell: observed },
          { label: t("reports.met"), cell: (row) => (row.met === null ? t("reports.notJudged", { unjudged: row.unjudged }) : row.met ? t("reports.yes") : t("reports.no")) },
          { label: t("reports.source"), full: true, cell: (row) => row.source },
        ],
      }),
    ),
  );
}

function range(row) {
  if (row.at_least === null) return t("reports.atMost", { at_most: row.at_most });
  return row.at_most === null ? t("reports.atLeast", { at_least: row.at_least }) : t("reports.to2", { at_least: row.at_least, at_most: row.at_most });
}

function observed(row) {
  if (row.observed === null) return "–";
  const digits = row.unit === "per state and year" ? 4 : 2;
  return `${number(row.observed, digits)} (${interval(row, digits)})`;
}

function rates(report) {
  const rows = [
    [t("reports.warsWithAGreatPower"), report.great_power_wars],
    [t("reports.warsAGame"), report.wars],
    [t("reports.crisesAYear"), report.crises],
    [t("reports.coupsInGreatPowersA"), report.great_power_coups],
    [t("reports.coupsAGame"), report.coups],
  ];
  return panel(
    "t-rates",
    t("reports.howOften"),
    null,
    table({
      caption: t("reports.howOftenThingsHappened"),
      class: "tight",
      rows,
      key: ([label]) => label,
      columns: [
        { label: t("reports.what"), head: true, cell: ([label]) => label },
        { label: t("reports.rate"), number: true, cell: ([, rate]) => number(rate.value, 2) },
        { label: "95 %", number: true, cell: ([, rate]) => interval(rate, 2) },
      ],
    }),
  );
}

const interval = (rate, digits) => t("debrief.to", { fixed: number(rate.ci[0], digits), fixed2: number(rate.ci[1], digits) });
const percentage = (share) => `${Math.round(share * 100)}%`;
const share = (value) => h("span", { class: "share-cell" }, bar(value), " ", percentage(value));
const names = (report, states) => listed(states.map((code) => report.actors[code] ?? code));
const folded = (numbers) => h("details", null, h("summary", null, t("reports.asATable")), numbers);

function tied(report) {
  return pairs(report, "t-tied", t("reports.whoWasTiedToWhom"), report.allied, [
    { label: t("reports.games"), cell: (row) => share(row.share) },
    { label: t("reports.years"), number: true, cell: (row) => number(row.years, 1) },
    { label: t("reports.byAPactToFight"), number: true, cell: (row) => percentage(row.to_fight) },
    {
      label: t("reports.tiesInShareOfGames"),
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
  return pairs(report, "t-fought", t("reports.whoFought"), report.fought, [
    { label: t("reports.games"), cell: (row) => share(row.share) },
    { label: t("reports.years"), number: true, cell: (row) => number(row.years, 2) },
    {
      label: t("reports.warsBegunBy"),
      cell: (row) => `${row.states[0]} ${row.first_attacked}, ${row.states[1]} ${row.second_attacked}`,
    },
  ]);
}

function pairs(report, id, title, rows, columns) {
  const some = rows.length > PAIRS_SHOWN ? t("reports.theMostFrequentPairsOf", { PAIRS_SHOWN, length: rows.length }) : null;
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
      columns: [{ label: t("reports.states"), head: true, cell: (row) => names(report, row.states) }, ...columns],
      empty: t("reports.nobody"),
    }),
  );
}

function coups(report) {
  return panel(
    "t-coups",
    t("reports.coupsByRegime"),
    null,
    table({
      caption: t("reports.coupsByTheFamilyOf"),
      class: "tight",
      rows: report.coups_by_family,
      key: (row) => row.family,
      columns: [
        { label: t("reports.family"), head: true, cell: (row) => row.family.replaceAll("_", " ") },
        { label: t("reports.stateYears"), number: true, cell: (row) => number(row.state_years, 0) },
        { label: t("reports.coups"), number: true, cell: (row) => String(row.coups.cases) },
        { label: t("reports.perStateAndYear"), number: true, cell: (row) => number(row.coups.value, 4) },
        { label: "95 %", number: true, cell: (row) => interval(row.coups, 4) },
      ],
    }),
    h(
      "p",
      { class: "small" },
      report.coups_by_state.length
        ? t("reports.aGame", { value: report.coups_by_state.map((row) => `${row.state} ${number(row.coups.value, 2)}`).join(", ") })
        : t("reports.noStateHadACoup"),
    ),
  );
}

function injects(report) {
  return panel(
    "t-injects",
    t("reports.injects"),
    null,
    table({
      caption: t("reports.injectsWithADateOr"),
      class: "tight",
      rows: report.injects,
      key: (row) => String(row.number),
      columns: [
        { label: t("reports.inject"), head: true, full: true, cell: (row) => row.words },
        { label: t("reports.games"), cell: (row) => share(row.share) },
        { label: t("reports.impossible"), number: true, cell: (row) => percentage(row.void) },
        { label: t("reports.onTheFirstDay"), number: true, cell: (row) => percentage(row.on_first_day) },
        { label: t("reports.when"), cell: (row) => (row.earliest ? t("reports.to3", { earliest: row.earliest, latest: row.latest }) : t("reports.never")) },
      ],
      empty: t("reports.theScenarioHasNone"),
    }),
  );
}

function absurdities(report) {
  const counts = Object.entries(report.absurdities_a_game).filter(([, value]) => value > 0);
  const list = counts.map(([kind, value]) => `${kind.replaceAll("_", " ")} ${number(value, 1)}`).join(", ");
  return panel(
    "t-absurdities",
    t("reports.whatAReaderOfHistory"),
    null,
    h("p", { class: "lead" }, counts.length ? t("reports.aGame2", { list }) : t("reports.nothingOfTheKindsThat")),
    table({
      caption: t("reports.theWorstAbsurdities"),
      class: "tight",
      rows: report.absurdities.slice(0, ABSURDITIES_SHOWN),
      key: (row) => `${row.kind} ${row.states.join(" ")}`,
      columns: [
        { label: t("reports.theWorstCase"), head: true, full: true, cell: (row) => row.words },
        { label: t("reports.games"), cell: (row) => share(row.share) },
        { label: t("reports.on"), cell: (row) => row.on },
        { label: t("reports.seed"), cell: (row) => row.seed },
      ],
      empty: t("reports.none"),
    }),
  );
}
