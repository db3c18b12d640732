// The debrief: what the theory expected and what happened. Figures with their tables; nothing is shown as a bare winner.

import { h } from "../../h.mjs";
import { printRecords } from "../../later.mjs";
import { isStaff } from "../../seat.mjs";
import { namesOf } from "../../store.mjs";
import { capital } from "../../words.mjs";
import { betterWords, finding as forestFinding, forest, reading } from "../../viz/forest.mjs";
import { laneFigure, ledgerTable, matrix } from "./figures.mjs";
import { alliancesExplained, conditions, consequences, hasAnswers } from "./answers.mjs";
import { choices, hasChoices } from "./choices.mjs";
import { evidence, hasEvidence } from "./evidence.mjs";
import { hasWords, inWords } from "./in_words.mjs";
import { debriefMap, hasMap } from "./map.mjs";
import { indices } from "./indices.mjs";
import { registered, wasRegistered } from "./registered.mjs";
import { shownIndex, wasHidden } from "./shown_index.mjs";
import { misjudged, hasTruth } from "./misjudged.mjs";
import { toPart } from "./moments.mjs";
import { networks } from "./networks.mjs";
import { noise, propositions } from "./propositions.mjs";
import { said, wroteAny } from "./said.mjs";
import { sentenceOf } from "./sentences_of_data.mjs";
import { hasSteps, steps } from "./steps.mjs";
import { hasStory, story } from "./story.mjs";
import { button, panel, table, tag, twin } from "../parts.mjs";
import { recordOf } from "../records/record.mjs";
import { timelinePanel } from "./timeline.mjs";
import { asShown, watchWidth } from "./folding.mjs";
import { headline } from "./headline.mjs";
import { fixed, hypothesesOf, isPooled, span, timelineOf } from "./report.mjs";
import { number, t } from "../../text/text.mjs";

/** Draw the debrief page. */
export function debrief(state, act) {
  const report = state.debrief;
  const ended = state.status?.phase === "ended";
  if (!report) {
    const isOpen = ended || isStaff(state);
    return h(
      "main",
      { id: "main", key: "debrief", class: "sheet", tabindex: "-1" },
      h("h2", null, t("debrief.debrief")),
      h(
        "p",
        { role: "status" },
        isOpen
          ? t("debrief.theReportIsBeingMade")
          : t("debrief.theDebriefOpensForEveryone"),
      ),
      isOpen ? button(t("debrief.askAgain"), act.refreshDebrief, { kind: "small" }) : null,
    );
  }
  const names = namesOf(state);
  const view = {
    report,
    names,
    ui: state.ui.debrief,
    act,
    flip: (id) => () => act.debriefUi({ tables: { ...state.ui.debrief.tables, [id]: !state.ui.debrief.tables[id] } }),
  };
  watchWidth(() => act.debriefUi({}));
  return asShown(h(
    "main",
    { id: "main", key: "debrief", class: "debrief", tabindex: "-1" },
    h(
      "div",
      { class: "debrief-head" },
      h("h2", null, t("debrief.debrief")),
      h("p", { class: "lead" }, headline(report)),
      // A page in a file has no server that could replay anything.
      act.page ? button(t("debrief.replay"), () => act.page("replay"), { id: "debrief-replay" }) : null,
      act.page ? button(t("debrief.whatIf"), () => act.page("what_if"), { id: "debrief-what-if" }) : null,
      ended
        ? null
        : h(
            "p",
            { class: "quiet" },
            t("debrief.theSessionIsStillRunning"),
            button(t("debrief.bringUpToDate"), act.refreshDebrief, { kind: "small" }),
          ),
    ),
    story(view),
    contents(report),
    ownRecord(state),
    inWords(view),
    isPooled(report) ? sessions(view) : [debriefMap(state, act), timelinePanel(view), steps(view), laneFigure(view)],
    hasAnswers(report) ? alliancesExplained(view) : null,
    evidence(view),
    isPooled(report) ? null : [networks(view), indices(view), matrix(view), misjudged(view)],
    said(view),
    registered(view),
    hypotheses(view),
    choices(view),
    propositions(view),
    hasAnswers(report) ? [conditions(view), consequences(view)] : null,
    isPooled(report) ? null : ledgerTable(view),
    shownIndex(view),
    scores(view),
    threatsToValidity(view),
  ));
}

// Printed alone, without the rest of the page.
const printed = (record) =>
  printRecords([{ name: "", number: "", world: "", agreement: "", record }]);

// What the player of a seat did and foresaw, which only that player sees here.
function ownRecord({ record }) {
  if (!record) return null;
  return panel(
    "d-record",
    `${t("records.mine")}: ${record.state}`,
    { class: "records-own", aside: button(t("records.print"), () => printed(record), { kind: "small" }) },
    h("p", { class: "quiet small" }, t("records.mineNote")),
    h("details", { key: "record" }, h("summary", null, t("records.show")), recordOf(record, "own")),
  );
}

const parts = () => [
  ["d-story", t("story.title")],
  ["d-words", t("debrief.inWords")],
  ["d-sessions", t("debrief.sessions")],
  ["d-map", t("debrief.map")],
  ["d-timeline", t("debrief.timeline")],
  ["d-steps", t("story.predictedDidWhy")],
  ["d-lanes", t("debrief.alignmentLanes")],
  ["d-explained", t("debrief.alliancesExplained")],
  ["d-evidence", t("debrief.evidence")],
  ["d-networks", t("story.networkOverTime")],
  ["d-indices", t("debrief.networkIndices")],
  ["d-matrix", t("debrief.threatMatrix")],
  ["d-misjudged", t("story.seenAsItWas")],
  ["d-said", t("debrief.whatWasWrittenDown")],
  ["d-registered", t("debrief.predictions")],
  ["d-hypotheses", t("debrief.hypotheses")],
  ["d-choices", t("debrief.whetherWhichWayWithWhom")],
  ["d-propositions", t("debrief.propositions")],
  ["d-conditions", t("debrief.conditions")],
  ["d-consequences", t("debrief.consequences")],
  ["d-ledger", t("debrief.decisions")],
  ["d-index", t("debrief.whoSawTheIndex")],
  ["d-scores", t("debrief.scores")],
  ["d-validity", t("debrief.howFarToTrustThis")],
];

const isSingle = (report) => !isPooled(report);

// Which parts have something to show; a part that is not here always has.
const PRESENT = {
  "d-story": hasStory,
  "d-steps": hasSteps,
  "d-networks": hasMap,
  "d-misjudged": hasTruth,
  "d-words": hasWords,
  "d-choices": hasChoices,
  "d-sessions": isPooled,
  "d-timeline": (report) => timelineOf(report) !== null,
  "d-map": hasMap,
  "d-matrix": isSingle,
  "d-evidence": hasEvidence,
  "d-explained": hasAnswers,
  "d-conditions": hasAnswers,
  "d-consequences": hasAnswers,
  "d-lanes": isSingle,
  "d-ledger": isSingle,
  "d-indices": isSingle,
  "d-scores": (report) => Object.keys(report.scores ?? {}).length > 0,
  "d-registered": wasRegistered,
  "d-said": wroteAny,
  "d-index": wasHidden,
};

function contents(report) {
  const jump = (id) => (event) => {
    event.preventDefault();
    toPart(id);
  };
  return h(
    "nav",
    { class: "contents", "aria-label": t("debrief.partsOfTheDebrief") },
    h(
      "ul",
      null,
      parts().filter(([id]) => (PRESENT[id]?.(report) ?? true)).map(([id, label]) =>
        h("li", { key: id }, h("a", { href: `#${id}-heading`, onclick: jump(id) }, label)),
      ),
    ),
  );
}

function sessions({ report }) {
  return panel(
    "d-sessions",
    t("debrief.sessions"),
    null,
    table({
      caption: t("debrief.theSessionsOfThisDebrief"),
      rows: report.sessions,
      key: (row) => row.session,
      columns: [
        { label: t("debrief.session"), head: true, cell: (row) => row.session },
        { label: t("debrief.scenario"), cell: (row) => row.scenario },
        { label: t("debrief.decisions"), number: true, cell: (row) => String(row.decisions) },
        { label: t("debrief.ended"), cell: (row) => (row.ended ? t("debrief.yes") : t("debrief.no")) },
        { label: t("debrief.failedInjects"), number: true, cell: (row) => String(row.failed_injects.length) },
      ],
    }),
  );
}

function hypotheses({ report, ui, flip }) {
  const rows = hypothesesOf(report);
  const asTable = Boolean(ui.tables.hypotheses);
  return panel(
    "d-hypotheses",
    t("debrief.whichHypothesisForecastTheMoves"),
    { aside: twin(asTable, flip("hypotheses"), "d-hypotheses-twin") },
    h("p", { class: "lead" }, report.enough.telling ? forestFinding(rows) : sentenceOf(report.enough.as_data)),
    rows.length ? scoresOrLater(report.enough.telling, asTable, asTable ? hypothesisTable(rows) : forestFigure(rows)) : null,
    byPlayer(report.by_player),
  );
}

// With too few choices the scores only tell which hypothesis expects few ties, so they are folded away.
function scoresOrLater(telling, open, scores) {
  if (telling) return scores;
  return h("details", { open: open || null }, h("summary", null, t("debrief.theScoresSoFarWhich")), scores);
}

function forestFigure(rows) {
  return [
    h("div", { class: "on-wide" }, forest(rows, "d-forest")),
    h("div", { class: "on-narrow" }, forest(rows, "d-forest-narrow", { narrow: true })),
    h(
      "p",
      { class: "quiet small" },
      t("debrief.skillHowMuchBetterThan"),
    ),
  ];
}

// Bots are never pooled with people, and what they do is a test of the check, not of the theory.
function byPlayer(players) {
  if (!players.length) return null;
  const better = (row) =>
    hypothesesOf(row)
      .filter((one) => reading(one) === betterWords())
      .map((one) => one.label)
      .join(", ") || "none";
  return h(
    "details",
    { class: "by-player" },
    h("summary", null, t("debrief.eachKindOfPlayerBy")),
    table({
      caption: t("debrief.theHypothesesOnTheDecisions"),
      class: "tight",
      rows: players,
      key: (row) => row.player,
      columns: [
        { label: t("debrief.players"), head: true, cell: (row) => [capital(row.label), " ", row.recovery_test ? tag(t("debrief.recoveryTest")) : null] },
        { label: t("debrief.decisions"), number: true, cell: (row) => String(row.classes.decisions) },
        { label: t("debrief.withANewTie"), number: true, cell: (row) => String(row.enough.ties) },
        { label: t("debrief.betterThanTheBaseRate"), full: true, cell: (row) => (row.enough.telling ? better(row) : t("debrief.tooFewToTell")) },
      ],
    }),
  );
}

function hypothesisTable(rows) {
  return table({
    caption: t("debrief.hypothesesAndBaselinesOnThe"),
    class: "hypothesis-table tight",
    rows,
    key: (row) => row.name,
    columns: [
      {
        label: t("debrief.hypothesis"),
        head: true,
        cell: (row) => [row.label, row.standing && row.standing !== "hypothesis" ? tag(row.standing) : null],
      },
      { label: t("debrief.decisions"), number: true, cell: (row) => String(row.n) },
      { label: t("debrief.skill"), number: true, cell: (row) => fixed(row.skill, 3) },
      { label: t("debrief.n95Interval"), number: true, cell: (row) => span(row.ci) },
      { label: t("debrief.randomPlayers"), number: true, cell: noise },
      { label: t("debrief.logScore"), number: true, cell: (row) => fixed(row.logScore, 3) },
      { label: t("debrief.brier"), number: true, cell: (row) => fixed(row.brier, 3) },
      { label: t("debrief.reading"), cell: (row) => reading(row) },
    ],
  });
}

function scores({ report, names }) {
  const rows = Object.entries(report.scores ?? {}).sort((a, b) => b[1] - a[1]);
  if (!rows.length) return null;
  return panel(
    "d-scores",
    t("debrief.scores"),
    null,
    h(
      "p",
      { class: "quiet" },
      t("debrief.whatAStateWantsSurvival"),
    ),
    table({
      caption: t("debrief.finalScores"),
      rows,
      key: ([actor]) => actor,
      columns: [
        { label: t("debrief.state"), head: true, cell: ([actor]) => names[actor] ?? actor },
        { label: t("debrief.score"), number: true, cell: ([, score]) => number(score, 1) },
      ],
    }),
  );
}

function threatsToValidity({ report }) {
  const raw = report.threats_to_validity ?? [];
  const rows = Array.isArray(raw) ? raw : Object.values(raw);
  return panel(
    "d-validity",
    t("debrief.howFarToTrustThis"),
    null,
    rows.length
      ? h(
          "ul",
          { class: "validity" },
          rows.map((row) =>
            h(
              "li",
              null,
              typeof row === "string" ? row : (row.text ?? row.sentence ?? row.title ?? JSON.stringify(row)),
            ),
          ),
        )
      : h("p", { class: "quiet" }, t("debrief.nothingNoted")),
  );
}
