// The evidence as it accrued: the odds that the acts that take a side give to each hypothesis, for the players under test, by kind of player, by chooser.

import { h } from "../../h.mjs";
import { capital, longDate, withLongDates } from "../../words.mjs";
import { leaning, odds, oddsText } from "../../viz/odds.mjs";
import { panel, table, twin } from "../parts.mjs";
import { isPooled } from "./report.mjs";
import { t } from "../../text/text.mjs";

/** Whether any act took a side whose forecast the evidence can use. */
export function hasEvidence(report) {
  return Boolean(report.evidence?.groups?.length);
}

/** Return the lines of a group, one for each registered pair, and the pairs of hypotheses with chance, by hypothesis. */
export function evidenceOf(report, group) {
  const titles = Object.fromEntries(report.hypotheses.map((row) => [row.name, row.title ?? row.name]));
  const rivals = group.pairs.filter((pair) => pair.other !== report.evidence.chance);
  const chance = group.pairs.filter((pair) => pair.other === report.evidence.chance);
  const series = rivals.map((pair) => ({
    key: `${pair.one}-${pair.other}`,
    one: titles[pair.one] ?? pair.one,
    other: titles[pair.other] ?? pair.other,
    label: titles[pair.other] ?? pair.other,
    values: pair.steps.map(leaning),
  }));
  return { series, chance: Object.fromEntries(chance.map((pair) => [pair.one, pair])), steps: rivals[0].steps };
}

/** Draw the panel; nothing without evidence. */
export function evidence(view) {
  if (!hasEvidence(view.report)) return null;
  return panel("d-evidence", t("figures.theEvidenceActByAct"), { aside: evidenceTwin(view, "d") }, standing(view, "d"));
}

/** The button that shows the chart as a table; `prefix` tells the ids of several pages apart. */
export function evidenceTwin({ ui, flip }, prefix) {
  return twin(Boolean(ui.tables.evidence), flip("evidence"), `${prefix}-evidence-twin`);
}

/** Draw how the evidence stands: the finding, the chart or its table, and each group. */
export function standing({ report, ui }, prefix) {
  const { some, strong, claims, kinds, groups } = report.evidence;
  const tested = groups.find(({ kind }) => kind === "tested");
  const { series, steps } = evidenceOf(report, tested ?? groups[0]);
  const one = series[0].one.toLowerCase();
  return [
    h("p", { class: "lead" }, tested ? withLongDates(tested.sentences[0]) : t("figures.noPlayerUnderTestHas")),
    tested?.carriers ? h("p", null, tested.carriers) : null,
    tested ? (ui.tables.evidence ? stepTable(series, steps, isPooled(report)) : chart(report, tested, prefix)) : null,
    h(
      "p",
      { class: "quiet small" },
      t("figures.eachLineIsTheSmaller", { one, claims, some, strong }),
    ),
    groupTable(report, groups),
    h("details", null, h("summary", null, t("figures.theActsThatCountAnd")), kindTable(kinds, tested ?? { acts: {} })),
    h(
      "details",
      null,
      h("summary", null, t("figures.theSameInWordsFor")),
      groups.map((group) => h("ul", { key: `${group.kind}-${group.name}` }, [...group.sentences, group.carriers, actsText(kinds, group)].map((words) => words && h("li", null, withLongDates(words))))),
    ),
  ];
}

/** Draw the lines once for a wide page and once for a phone. */
function chart(report, group, prefix) {
  const { some, strong } = report.evidence;
  const { series, steps } = evidenceOf(report, group);
  const pooled = isPooled(report);
  const places = steps.map((step, index) => (pooled ? String(index + 1) : step.date.slice(0, 7)));
  const how = {
    some,
    strong,
    up: series[0].one.toLowerCase(),
    down: t("figures.theRival"),
    axis: pooled ? t("debrief.sessions") : t("figures.startOfTheWindow"),
    title: withLongDates(group.sentences.join(" ")),
  };
  return [
    h("div", { class: "on-wide", key: "wide" }, odds(series, places, how, `${prefix}-odds`)),
    h("div", { class: "on-narrow", key: "narrow" }, odds(series, places, { ...how, narrow: true }, `${prefix}-odds-narrow`)),
  ];
}

/** Odds below this favour neither, as in the sentences. */
const EVEN = Math.log10(1.05);

const towards = (value, one, other) =>
  Math.abs(value) < EVEN ? "even" : t("figures.for", { value: oddsText(value), rival: (value > 0 ? one : other).toLowerCase() });

/** The acts of a group by kind, in words; empty for those who may not see the numbers. */
function actsText(kinds, { acts }) {
  const told = kinds.filter(({ name }) => acts[name]).map(({ name, words }) => `${words}: ${acts[name]}`);
  return told.length ? `${capital(told.join(", "))}.` : "";
}

function kindTable(kinds, { acts }) {
  const isCounted = Object.keys(acts).length > 0;
  return table({
    caption: t("figures.whatCountsWithTheMenu"),
    class: "evidence-kinds tight",
    rows: kinds,
    key: ({ name }) => name,
    columns: [
      { label: t("figures.kindOfAct"), head: true, cell: ({ words }) => capital(words) },
      { label: t("figures.chosenFrom"), cell: ({ menu }) => menu },
      { label: t("figures.chanceGives"), cell: (kind) => kind.null },
      ...(isCounted ? [{ label: t("figures.number"), number: true, cell: ({ name }) => String(acts[name] ?? 0) }] : []),
    ],
  });
}

function groupTable(report, groups) {
  const rows = groups.map((group) => ({ group, ...evidenceOf(report, group) }));
  const [first] = rows[0].series;
  const [one] = rows[0].group.pairs;
  const against = (row, name) => row.chance[name].steps.at(-1);
  return table({
    caption: t("figures.oddsByTheActsOf"),
    class: "evidence-groups tight",
    rows,
    key: (row) => `${row.group.kind}-${row.group.name}`,
    columns: [
      { label: t("figures.whoseActs"), head: true, cell: (row) => capital(row.group.label) },
      { label: t("figures.acts"), number: true, cell: (row) => String(row.group.choices) },
      { label: t("figures.orChanceBeatenToo", { one: first.one, rival: first.other.toLowerCase() }), cell: (row) => towards(row.series[0].values.at(-1), first.one, first.other) },
      { label: t("figures.orChance", { one: first.one }), cell: (row) => towards(leaning(against(row, one.one)), first.one, "chance") },
      { label: t("figures.orChance2", { other: first.other }), cell: (row) => towards(leaning(against(row, one.other)), first.other, "chance") },
    ],
  });
}

function stepTable(series, steps, pooled) {
  return h(
    "div",
    { class: "figure-scroll", tabindex: "0", role: "region", "aria-label": t("figures.theEvidenceAsATable") },
    table({
      caption: t("figures.oddsAfterEachStepThe"),
      class: "evidence-steps tight",
      rows: steps.map((step, index) => ({ step, index })),
      columns: [
        { label: pooled ? t("debrief.session") : t("figures.windowFrom"), head: true, cell: ({ step }) => (pooled ? step.session : longDate(step.date)) },
        { label: t("figures.actsSoFar"), number: true, cell: ({ step }) => String(step.choices) },
        ...series.map((one) => ({
          label: t("figures.or", { one: one.one, rival: one.other.toLowerCase() }),
          cell: ({ index }) => towards(one.values[index], one.one, one.other),
        })),
      ],
    }),
  );
}
