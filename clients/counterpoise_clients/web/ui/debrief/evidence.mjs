// The evidence as it accrued: the odds that the acts that take a side give to each hypothesis, for everyone, by kind of player, by chooser.

import { h } from "../../h.mjs";
import { capital } from "../../words.mjs";
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
  const { some, strong, groups } = report.evidence;
  const [everyone] = groups;
  const { series, steps } = evidenceOf(report, everyone);
  const asTable = Boolean(ui.tables.evidence);
  const pooled = isPooled(report);
  return [
    h("p", { class: "lead" }, everyone.sentences[0]),
    asTable
      ? stepTable(series, steps, pooled)
      : odds(
          series,
          steps.map((step, index) => String(pooled ? index + 1 : step.window + 1)),
          {
            some,
            strong,
            up: series[0].one.toLowerCase(),
            down: "the rival",
            axis: pooled ? "Sessions" : "Window",
            title: everyone.sentences.join(" "),
          },
          `${prefix}-odds`,
        ),
    h(
      "p",
      { class: "quiet small" },
      `Each line is a bet on ${series[0].one.toLowerCase()} against one rival and against chance: the smaller gain of the two. If either were true, a bet would ever reach ${strong} to 1 at most once in ${strong} games, so it may be watched and stopped at any time. Only acts by which a state under threat takes a side count.`,
    ),
    groupTable(report, groups),
    h("details", null, h("summary", null, "The acts that count, and what they were chosen from"), kindTable(report.evidence.kinds, everyone)),
    h(
      "details",
      null,
      h("summary", null, "The same in words, for every pair"),
      groups.map((group) => h("ul", { key: `${group.kind}-${group.name}` }, [...group.sentences, actsText(report.evidence.kinds, group)].map((words) => words && h("li", null, words)))),
    ),
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
    caption: "Odds by the acts of each group.",
    class: "evidence-groups tight",
    rows,
    key: (row) => `${row.group.kind}-${row.group.name}`,
    columns: [
      { label: "Whose acts", head: true, cell: (row) => capital(row.group.label) },
      { label: "Acts", number: true, cell: (row) => String(row.group.choices) },
      { label: `${first.one} or ${first.other.toLowerCase()}`, cell: (row) => towards(row.series[0].values.at(-1), first.one, first.other) },
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
      caption: "Odds after each step.",
      class: "evidence-steps tight",
      rows: steps.map((step, index) => ({ step, index })),
      columns: [
        { label: pooled ? "Session" : "Window", head: true, cell: ({ step }) => (pooled ? step.session : String(step.window + 1)) },
        { label: "Acts so far", number: true, cell: ({ step }) => String(step.choices) },
        ...series.map((one) => ({
          label: `${one.one} or ${one.other.toLowerCase()}`,
          cell: ({ index }) => towards(one.values[index], one.one, one.other),
        })),
      ],
    }),
  );
}
