// The debrief's figures of states and decisions: threat matrix, alignment lanes, ledger. Each has its table.

import { h } from "../../h.mjs";
import { CLASSES, components, longDate, percent, share, titled } from "../../words.mjs";
import { heat } from "../../viz/heat.mjs";
import { finding as laneFinding, lanes } from "../../viz/lanes.mjs";
import { bar } from "../../viz/marks.mjs";
import { optionWords } from "../choices.mjs";
import { button, fact, panel, select, table, twin } from "../parts.mjs";
import { cellsOf, dayShown, daySelect, threatDays } from "./threat_days.mjs";
import { decisionsOf, hypothesesOf, ledger, matrixOf, timelineOf } from "./report.mjs";
import { t } from "../../text/text.mjs";

const LEDGER_STEP = 20;
/** Windows beside each other in the lanes that a phone shows whole. */
const NARROW_WINDOWS = 12;

/** Draw the threat matrix, with the parts of a chosen cell beside it. */
export function matrix(view) {
  const { report, names, ui, act, flip } = view;
  const found = matrixShown(view);
  if (!found)
    return panel("d-matrix", t("figures.whoFearedWhom"), null, h("p", { class: "quiet" }, t("figures.theReportHoldsNoThreat")));
  const { ids, matrix: cells, date } = found;
  const asTable = Boolean(ui.tables.matrix);
  const chosen = ui.cell;
  const choose = (observer, target) =>
    act.debriefUi({ cell: chosen?.[0] === observer && chosen?.[1] === target ? null : [observer, target] });
  return panel(
    "d-matrix",
    t("figures.whoFearedWhom2", { value: date ? `, ${longDate(date)}` : "" }),
    { aside: twin(asTable, flip("matrix"), "d-matrix-twin") },
    threatDays(report).length > 1 ? daySelect(view, "d-matrix-day") : null,
    asTable
      ? matrixTable(ids, cells, names)
      : [
          h(
            "div",
            { class: "with-side" },
            heat(ids, cells, { names, chosen, choose }, "d-heat"),
            component(cells, chosen, names),
          ),
          ramp(),
        ],
  );
}

// The last matrix has the parts of each threat; those of earlier days have the threat alone.
function matrixShown(view) {
  const last = matrixOf(view.report);
  const day = threatDays(view.report).length ? dayShown(view) : null;
  if (!last || !day || day.date === last.date) return last;
  const { states } = view.report.story.threats;
  const cells = cellsOf(states, day);
  return { date: day.date, ids: states.filter((id) => cells[id]), matrix: cells };
}

function matrixTable(ids, cells, names) {
  return h(
    "div",
    { class: "figure-scroll", tabindex: "0", role: "region", "aria-label": t("figures.threatMatrixAsATable") },
    table({
      caption: t("figures.threatMatrixEachRowS"),
      cards: false,
      class: "matrix-table",
      rows: ids,
      key: (id) => id,
      columns: [
        { label: t("figures.observer"), head: true, cell: (id) => names[id] ?? id },
        ...ids.map((target) => ({
          label: target,
          number: true,
          cell: (id) => (id === target ? "" : share(cells[id]?.[target]?.threat)),
        })),
      ],
    }),
  );
}

function component(cells, chosen, names) {
  const parts = chosen ? cells[chosen[0]]?.[chosen[1]] : null;
  return h(
    "div",
    { class: "component", role: "status", "aria-live": "polite" },
    parts
      ? [
          h("h3", null, t("figures.looksAt", { value: names[chosen[0]] ?? chosen[0], value2: names[chosen[1]] ?? chosen[1] })),
          h("p", { class: "lead" }, t("figures.threat", { threat: share(parts.threat) })),
          h(
            "dl",
            { class: "fact-grid one" },
            components().filter(([part]) => parts[part] !== undefined).map(([part, title]) =>
              fact(
                title,
                h("span", { class: "measure" }, h("span", null, share(parts[part])), bar(parts[part], "part")),
              ),
            ),
          ),
          parts.power === undefined ? h("p", { class: "quiet small" }, t("story.dayHasNoParts")) : null,
        ]
      : h(
          "p",
          { class: "quiet" },
          t("figures.chooseACellToSee"),
        ),
  );
}

const ramp = () =>
  h(
    "p",
    { class: "ramp-legend" },
    "0 ",
    Array.from({ length: 9 }, (_, index) => h("span", { class: `swatch swatch-${index}`, "aria-hidden": "true" })),
    " 1",
  );

/** Draw the lanes of what each state did. */
export function laneFigure({ report, names, ui, flip }) {
  const decisions = decisionsOf(report).filter((decision) => decision.class);
  const asTable = Boolean(ui.tables.lanes);
  const kinds = [...new Set(decisions.map((decision) => decision.class))];
  const injects = timelineOf(report)?.injects ?? [];
  return panel(
    "d-lanes",
    t("figures.whatEachStateDidWindow"),
    { aside: twin(asTable, flip("lanes"), "d-lanes-twin") },
    h("p", { class: "lead" }, laneFinding(decisions)),
    decisions.length
      ? asTable
        ? laneTable(decisions, kinds, names)
        : [
            h("div", { class: "on-wide" }, lanes(decisions, { names, injects }, "d-lane-figure")),
            h("div", { class: "on-narrow" }, folded(lanes(decisions, { names, injects, most: NARROW_WINDOWS }, "d-lane-figure-narrow"))),
            h(
              "ul",
              { class: "legend" },
              kinds.map((kind) =>
                h(
                  "li",
                  { key: kind },
                  h("span", { class: `lane-key class-${kind}` }, CLASSES[kind]?.[0] ?? "?"),
                  ` ${CLASSES[kind]?.[1] ?? kind}`,
                ),
              ),
              injects.length ? h("li", { key: "injects" }, t("figures.injectByItsNumberOn")) : null,
            ),
          ]
      : null,
  );
}

/** A phone shows the first windows; the others of a long game are folded away. @param {import("../../h.mjs").Description[]} figures */
function folded([first, ...rest]) {
  return [first, rest.length ? h("details", null, h("summary", null, t("figures.laterWindows")), rest) : null];
}

function laneTable(decisions, kinds, names) {
  const actors = [...new Set(decisions.map((decision) => decision.actor))];
  const count = (actor, kind) =>
    decisions.filter((decision) => decision.actor === actor && decision.class === kind).length;
  return table({
    caption: t("figures.howOftenEachStateMade"),
    rows: actors,
    key: (actor) => actor,
    columns: [
      { label: t("debrief.state"), head: true, cell: (actor) => names[actor] ?? actor },
      ...kinds.map((kind) => ({
        label: titled(CLASSES[kind]?.[1] ?? kind),
        number: true,
        cell: (actor) => String(count(actor, kind)),
      })),
    ],
  });
}

/** Draw the ledger of decisions against forecasts. */
export function ledgerTable({ report, names, ui, act }) {
  const decisions = decisionsOf(report);
  const known = hypothesesOf(report);
  const hypothesis = known.some((row) => row.name === ui.hypothesis)
    ? ui.hypothesis
    : ((known.find((row) => row.name === "balance_of_threat") ?? known[0])?.name ?? "");
  const label = known.find((row) => row.name === hypothesis)?.label ?? titled(hypothesis);
  const rows = ledger(decisions, { ...ui, hypothesis });
  const shown = ui.shown ?? LEDGER_STEP;
  const more = (count) => act.debriefUi({ shown: shown + count });
  const actors = [...new Set(decisions.map((decision) => decision.actor))];
  return panel(
    "d-ledger",
    t("figures.decisionsAgainstForecasts"),
    { class: "ledger" },
    ledgerFilters({ ui, act, hypothesis, known, actors, names }),
    h(
      "p",
      { class: "quiet", role: "status" },
      t("figures.ofDecisions", { length: rows.length, length2: decisions.length, value: rows.length > shown ? t("figures.theFirstShown", { shown }) : "" }),
    ),
    table({
      caption: t("figures.decisionsWithWhatExpected", { label }),
      class: "ledger-table tight",
      rows: rows.slice(0, shown),
      key: (row) => String(row.index),
      empty: t("figures.noDecisionMatches"),
      columns: ledgerColumns(names),
    }),
    rows.length > shown
      ? h(
          "div",
          { class: "buttons more" },
          button(t("figures.showMore", { LEDGER_STEP: Math.min(LEDGER_STEP, rows.length - shown) }), () => more(LEDGER_STEP), {
            id: "ledger-more",
          }),
          button(t("figures.showAll", { length: rows.length }), () => more(rows.length), { id: "ledger-all" }),
        )
      : null,
  );
}

function ledgerFilters({ ui, act, hypothesis, known, actors, names }) {
  return h(
    "div",
    { class: "filters" },
    select(
      "ledger-only",
      t("figures.show"),
      ui.only,
      [
        { value: "disagreements", label: t("figures.disagreementsWorstFirst") },
        { value: "threatened", label: t("figures.decisionsUnderThreat") },
        { value: "all", label: t("figures.allDecisions") },
      ],
      (only) => act.debriefUi({ only }),
    ),
    select(
      "ledger-hypothesis",
      t("figures.comparedWith"),
      hypothesis,
      known.map((row) => ({ value: row.name, label: row.label })),
      (value) => act.debriefUi({ hypothesis: value }),
    ),
    select(
      "ledger-actor",
      t("debrief.state"),
      ui.actor,
      [{ value: "", label: t("figures.everyState") }, ...actors.map((value) => ({ value, label: names[value] ?? value }))],
      (actor) => act.debriefUi({ actor }),
    ),
  );
}

// The class with the partner chosen. A pact that names the threat balances it although its partner's option says otherwise.
function didWords(row, names) {
  const partner = row.choice.split(":")[1];
  return row.class ? optionWords(partner ? `${row.class}:${partner}` : row.class, names) : "–";
}

const ledgerColumns = (names) => [
  { label: t("figures.when"), head: true, cell: (row) => longDate(row.date) },
  { label: t("debrief.state"), cell: (row) => names[row.actor] ?? row.actor },
  {
    label: t("debrief.greatestThreat"),
    cell: (row) =>
      row.threat ? [names[row.threat] ?? row.threat, row.level === null ? "" : ` ${share(row.level)}`] : "–",
  },
  {
    label: t("figures.expected"),
    cell: (row) =>
      row.expected ? `${optionWords(row.expected.class, names)} ${percent(row.expected.classChance)}` : "–",
  },
  {
    label: t("debrief.did"),
    cell: (row) => [
      h("span", { class: `lane-key class-${row.class}` }, CLASSES[row.class]?.[0] ?? "?"),
      " ",
      didWords(row, names),
    ],
  },
  {
    label: t("figures.chanceGiven"),
    number: true,
    cell: (row) => (row.expected?.actual === null || !row.expected ? "–" : percent(row.expected.actual)),
  },
  { label: t("figures.agrees"), cell: (row) => (row.expected ? (row.expected.agrees ? `✓ ${t("debrief.yes")}` : `✗ ${t("debrief.no")}`) : "–") },
];
