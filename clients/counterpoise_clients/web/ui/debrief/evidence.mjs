// The evidence as it accrued: the odds that the acts that take a side give to each hypothesis, for the players under test, by kind of player, by chooser.

import { h } from "../../h.mjs";
import { capital, longDate } from "../../words.mjs";
import { leaning, odds, oddsText } from "../../viz/odds.mjs";
import { panel, table, twin } from "../parts.mjs";
import { isPooled } from "./report.mjs";

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
  return panel("d-evidence", "The evidence, act by act", { aside: evidenceTwin(view, "d") }, standing(view, "d"));
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
    h("p", { class: "lead" }, tested ? tested.sentences[0] : "No player under test has taken a side under threat, so there is no evidence about them."),
    tested?.carriers ? h("p", null, tested.carriers) : null,
    tested ? (ui.tables.evidence ? stepTable(series, steps, isPooled(report)) : chart(report, tested, prefix)) : null,
    h(
      "p",
      { class: "quiet small" },
      `Each line is the smaller of the odds for ${one} against one rival and against chance, or of the odds for the rival; where the bets of both sides win, the gain of one is divided by that of the other. It may be watched and stopped at any time. Only acts by which a state under threat takes a side count. Many pairs are compared for many groups, so some pass 20 to 1 by luck. Words of strength are about the players under test alone, and corrected for the ${claims} claims that can be false together: some evidence from ${some} to 1, strong evidence from ${strong} to 1.`,
    ),
    groupTable(report, groups),
    h("details", null, h("summary", null, "The acts that count, and what they were chosen from"), kindTable(kinds, tested ?? { acts: {} })),
    h(
      "details",
      null,
      h("summary", null, "The same in words, for every pair"),
      groups.map((group) => h("ul", { key: `${group.kind}-${group.name}` }, [...group.sentences, group.carriers, actsText(kinds, group)].map((words) => words && h("li", null, words)))),
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
    down: "the rival",
    axis: pooled ? "Sessions" : "Start of the window",
    title: group.sentences.join(" "),
  };
  return [
    h("div", { class: "on-wide", key: "wide" }, odds(series, places, how, `${prefix}-odds`)),
    h("div", { class: "on-narrow", key: "narrow" }, odds(series, places, { ...how, narrow: true }, `${prefix}-odds-narrow`)),
  ];
}

/** Odds below this favour neither, as in the sentences. */
const EVEN = Math.log10(1.05);

const towards = (value, one, other) =>
  Math.abs(value) < EVEN ? "even" : `${oddsText(value)} for ${(value > 0 ? one : other).toLowerCase()}`;

/** The acts of a group by kind, in words; empty for those who may not see the numbers. */
function actsText(kinds, { acts }) {
  const told = kinds.filter(({ name }) => acts[name]).map(({ name, words }) => `${words}: ${acts[name]}`);
  return told.length ? `${capital(told.join(", "))}.` : "";
}

function kindTable(kinds, { acts }) {
  const isCounted = Object.keys(acts).length > 0;
  return table({
    caption: "What counts, with the menu of each kind of act. A menu of one entry is no choice. An act repeated towards the same state within a year counts once.",
    class: "evidence-kinds tight",
    rows: kinds,
    key: ({ name }) => name,
    columns: [
      { label: "Kind of act", head: true, cell: ({ words }) => capital(words) },
      { label: "Chosen from", cell: ({ menu }) => menu },
      { label: "Chance gives", cell: (kind) => kind.null },
      ...(isCounted ? [{ label: "Number", number: true, cell: ({ name }) => String(acts[name] ?? 0) }] : []),
    ],
  });
}

function groupTable(report, groups) {
  const rows = groups.map((group) => ({ group, ...evidenceOf(report, group) }));
  const [first] = rows[0].series;
  const [one] = rows[0].group.pairs;
  const against = (row, name) => row.chance[name].steps.at(-1);
  return table({
    caption: "Odds by the acts of each group: the smaller of those against the rival and against chance. Of so many some are large by chance.",
    class: "evidence-groups tight",
    rows,
    key: (row) => `${row.group.kind}-${row.group.name}`,
    columns: [
      { label: "Whose acts", head: true, cell: (row) => capital(row.group.label) },
      { label: "Acts", number: true, cell: (row) => String(row.group.choices) },
      { label: `${first.one} or ${first.other.toLowerCase()}, chance beaten too`, cell: (row) => towards(row.series[0].values.at(-1), first.one, first.other) },
      { label: `${first.one} or chance`, cell: (row) => towards(leaning(against(row, one.one)), first.one, "chance") },
      { label: `${first.other} or chance`, cell: (row) => towards(leaning(against(row, one.other)), first.other, "chance") },
    ],
  });
}

function stepTable(series, steps, pooled) {
  return h(
    "div",
    { class: "figure-scroll", tabindex: "0", role: "region", "aria-label": "The evidence as a table" },
    table({
      caption: "Odds after each step: the smaller of those against the rival and against chance.",
      class: "evidence-steps tight",
      rows: steps.map((step, index) => ({ step, index })),
      columns: [
        { label: pooled ? "Session" : "Window from", head: true, cell: ({ step }) => (pooled ? step.session : longDate(step.date)) },
        { label: "Acts so far", number: true, cell: ({ step }) => String(step.choices) },
        ...series.map((one) => ({
          label: `${one.one} or ${one.other.toLowerCase()}`,
          cell: ({ index }) => towards(one.values[index], one.one, one.other),
        })),
      ],
    }),
  );
}
