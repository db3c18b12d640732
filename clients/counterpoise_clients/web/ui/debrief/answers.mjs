// Which hypothesis explains each alliance, under which conditions each forecasts partners, and what followed a choice of a side.

import { h } from "../../h.mjs";
import { capital, longDate } from "../../words.mjs";
import { panel, table } from "../parts.mjs";
import { number, t } from "../../text/text.mjs";

const fixed = (value, digits = 2) => (value === null ? "–" : number(value, digits).replace(/^-(0[.,]?0*)$/, "$1"));
const span = (ci) => (ci ? t("debrief.to", { fixed: fixed(ci[0]), fixed2: fixed(ci[1]) }) : "–");
const percent = (share) => (share === null ? "–" : `${number(100 * share, 1)} %`);
const count = (value) => number(Math.round(value * 10) / 10);

/** Whether the report has the three tables; sessions of older rules have none. */
export function hasAnswers(report) {
  return Boolean(report.alliances_explained);
}

/** Draw the panel of the alliances, each explained by the hypothesis that gave it the largest share. */
export function alliancesExplained({ report, names }) {
  const found = report.alliances_explained;
  const titles = Object.fromEntries(found.hypotheses.map((row) => [row.name, row.title]));
  return panel(
    "d-explained",
    t("debrief.whatExplainsTheAlliances"),
    null,
    h("p", { class: "lead" }, found.sentence),
    found.n ? countsOrLater(found) : null,
    found.n
      ? h(
          "p",
          { class: "quiet small" },
          t("debrief.aHypothesisExplainsAnAlliance", { unexplained: found.unexplained }),
        )
      : null,
    found.left_out_sentence ? h("p", { class: "quiet small" }, found.left_out_sentence) : null,
    found.alliances?.length
      ? h(
          "details",
          null,
          h("summary", null, t("debrief.allianceByAlliance")),
          table({
            caption: t("debrief.everyAllianceFormedInPlay"),
            class: "tight",
            rows: found.alliances,
            columns: [
              { label: t("debrief.window"), head: true, cell: (row) => longDate(row.date) },
              { label: t("debrief.members"), cell: (row) => row.members.map((state) => names[state] ?? state).join(", ") },
              { label: t("debrief.bestExplainedBy"), cell: (row) => row.best.map((name) => titles[name] ?? name).join(", ") || t("debrief.noHypothesis") },
              { label: t("debrief.itsShare"), number: true, cell: (row) => (row.best.length ? percent(row.shares[row.best[0]]) : "–") },
              { label: t("debrief.chance"), number: true, cell: (row) => percent(1 / row.menu) },
            ],
          }),
        )
      : null,
  );
}

function explanations(found) {
  return table({
    caption: t("debrief.howManyAlliancesEachHypothesis"),
    class: "tight",
    rows: found.hypotheses,
    key: (row) => row.name,
    columns: [
      { label: t("debrief.hypothesis"), head: true, cell: (row) => row.title },
      { label: t("debrief.explainsBest"), number: true, cell: (row) => count(row.explained) },
      { label: t("debrief.byChance"), number: true, cell: (row) => `${fixed(row.by_chance, 1)} ± ${fixed(row.spread_by_chance, 1)}` },
      { label: t("debrief.meanShare"), number: true, cell: (row) => percent(row.share) },
      { label: t("debrief.bitsAboveChance"), number: true, cell: (row) => fixed(row.bits) },
      { label: t("debrief.n95Interval"), number: true, cell: (row) => span(row.ci) },
    ],
  });
}

// Of too few alliances no hypothesis is said to explain most, so the counts are folded away.
function countsOrLater(found) {
  if (found.telling) return explanations(found);
  return h("details", null, h("summary", null, t("debrief.theCountsSoFarWhich")), explanations(found));
}

/** Draw the panel of hypotheses by conditions. */
export function conditions({ report }) {
  const found = report.conditions;
  const shown = report.hypotheses.filter((row) => found.rows[0].cells[row.name]);
  return panel(
    "d-conditions",
    t("debrief.underWhichConditions"),
    null,
    h("p", { class: "lead" }, found.sentence),
    h(
      "div",
      { class: "figure-scroll", tabindex: "0", role: "region", "aria-label": t("debrief.hypothesesByConditions") },
      table({
        caption: t("debrief.bitsAboveChanceByWhich"),
        class: "tight",
        cards: false,
        rows: found.rows,
        key: (row) => `${row.condition}-${row.level}`,
        columns: [
          { label: t("debrief.condition"), head: true, cell: (row) => h("span", { title: capital(row.rule) }, row.label) },
          { label: t("debrief.choices"), number: true, cell: (row) => String(row.n) },
          ...shown.map(({ name, title }) => ({ label: title, number: true, cell: (row) => bits(row.cells[name]) })),
        ],
      }),
    ),
    h(
      "p",
      { class: "quiet small" },
      t("debrief.bitsAboveChanceForEach", { least: found.least }),
    ),
    h(
      "details",
      null,
      h("summary", null, t("debrief.whatEachConditionMeans")),
      h("ul", null, found.rows.slice(1).map((row) => h("li", null, `${row.label}: ${row.rule}.`))),
    ),
  );
}

function bits(cell) {
  if (!cell) return "–";
  const sure = cell.ci !== null && (cell.ci[0] > 0 || cell.ci[1] < 0);
  return [h(sure ? "strong" : "span", null, fixed(cell.bits)), h("span", { class: "quiet small note" }, span(cell.ci))];
}

/** Draw the panel of what followed balancing and bandwagoning. */
export function consequences({ report }) {
  const found = report.consequences;
  return panel(
    "d-consequences",
    t("debrief.whatFollowed"),
    null,
    h("p", { class: "lead" }, found.sentence),
    table({
      caption: t("debrief.whatFollowedBalancingAndBandwagoning"),
      class: "tight",
      rows: found.rows,
      key: (row) => row.outcome,
      columns: [
        { label: t("debrief.outcome"), head: true, cell: (row) => capital(row.label) },
        { label: t("debrief.balanced"), number: true, cell: (row) => group(row.balanced, found.least) },
        { label: t("debrief.bandwagoned"), number: true, cell: (row) => group(row.bandwagoned, found.least) },
        { label: t("debrief.difference"), number: true, cell: (row) => fixed(row.difference) },
        { label: t("debrief.n95Interval"), number: true, cell: (row) => span(row.ci) },
        { label: t("debrief.cutOff"), number: true, cell: (row) => String(row.cut_off) },
        { label: t("debrief.underWay"), number: true, cell: (row) => String(row.under_way) },
      ],
    }),
    h(
      "p",
      { class: "quiet small" },
      t("debrief.decisionsUnderThreatThatTook", { days: found.days, least: found.least }),
    ),
  );
}

// Of too few decisions only their number is given.
const group = ({ n, mean }, least) => (mean === null || n < least ? ["–", h("span", { class: "quiet small note" }, t("debrief.of", { n }))] : [fixed(mean), h("span", { class: "quiet small note" }, t("debrief.of", { n }))]);
