// The debrief: what the theory expected and what happened. Figures with their tables; nothing is shown as a bare winner.

import { h } from "../../h.mjs";
import { namesOf } from "../../store.mjs";
import { VERDICTS, capital, titled } from "../../words.mjs";
import { BETTER, finding as forestFinding, forest, reading } from "../../viz/forest.mjs";
import { laneFigure, ledgerTable, matrix } from "./figures.mjs";
import { alliancesExplained, conditions, consequences, hasAnswers } from "./answers.mjs";
import { choices, hasChoices } from "./choices.mjs";
import { evidence, hasEvidence } from "./evidence.mjs";
import { hasWords, inWords } from "./in_words.mjs";
import { debriefMap, hasMap } from "./map.mjs";
import { indices } from "./indices.mjs";
import { registered, wasRegistered } from "./registered.mjs";
import { shownIndex, wasHidden } from "./shown_index.mjs";
import { said, wroteAny } from "./said.mjs";
import { button, panel, table, tag, twin } from "../parts.mjs";
import { timelinePanel } from "./timeline.mjs";
import { headline, hypothesesOf, isPooled, propositionsOf, timelineOf } from "./report.mjs";

/** Draw the debrief page. */
export function debrief(state, act) {
  const report = state.debrief;
  const ended = state.status?.phase === "ended";
  if (!report) {
    return h(
      "main",
      { id: "main", key: "debrief", class: "sheet", tabindex: "-1" },
      h("h2", null, "Debrief"),
      h(
        "p",
        { role: "status" },
        ended || state.welcome?.role === "moderator"
          ? "The report is being made. With a long game this takes a while."
          : "The debrief opens for everyone when the session has ended.",
      ),
      button("Ask again", act.refreshDebrief, { kind: "small" }),
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
  return h(
    "main",
    { id: "main", key: "debrief", class: "debrief", tabindex: "-1" },
    h(
      "div",
      { class: "debrief-head" },
      h("h2", null, "Debrief"),
      h("p", { class: "lead" }, headline(report)),
      ended
        ? null
        : h(
            "p",
            { class: "quiet" },
            "The session is still running: this is how it stands. ",
            button("Bring up to date", act.refreshDebrief, { kind: "small" }),
          ),
    ),
    inWords(view),
    contents(report),
    isPooled(report) ? sessions(view) : [timelinePanel(view), debriefMap(state, act), matrix(view), laneFigure(view)],
    registered(view),
    hypotheses(view),
    choices(view),
    propositions(view),
    evidence(view),
    hasAnswers(report) ? [alliancesExplained(view), conditions(view), consequences(view)] : null,
    isPooled(report) ? null : [ledgerTable(view), indices(view)],
    said(view),
    shownIndex(view),
    scores(view),
    threatsToValidity(view),
  );
}

const PARTS = [
  ["d-words", "In words"],
  ["d-sessions", "Sessions"],
  ["d-timeline", "Timeline"],
  ["d-map", "Map"],
  ["d-matrix", "Threat matrix"],
  ["d-lanes", "Alignment lanes"],
  ["d-registered", "Predictions"],
  ["d-hypotheses", "Hypotheses"],
  ["d-choices", "Whether, which way, with whom"],
  ["d-propositions", "Propositions"],
  ["d-evidence", "Evidence"],
  ["d-explained", "Alliances explained"],
  ["d-conditions", "Conditions"],
  ["d-consequences", "Consequences"],
  ["d-ledger", "Decisions"],
  ["d-indices", "Network indices"],
  ["d-said", "What was written down"],
  ["d-index", "Who saw the index"],
  ["d-scores", "Scores"],
  ["d-validity", "How far to trust this"],
];

const isSingle = (report) => !isPooled(report);

// Which parts have something to show; a part that is not here always has.
const PRESENT = {
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
    const heading = document.getElementById(`${id}-heading`);
    heading?.setAttribute("tabindex", "-1");
    heading?.focus();
    heading?.scrollIntoView();
  };
  return h(
    "nav",
    { class: "contents", "aria-label": "Parts of the debrief" },
    h(
      "ul",
      null,
      PARTS.filter(([id]) => (PRESENT[id]?.(report) ?? true)).map(([id, label]) =>
        h("li", { key: id }, h("a", { href: `#${id}-heading`, onclick: jump(id) }, label)),
      ),
    ),
  );
}

function sessions({ report }) {
  return panel(
    "d-sessions",
    "Sessions",
    null,
    table({
      caption: "The sessions of this debrief.",
      rows: report.sessions,
      key: (row) => row.session,
      columns: [
        { label: "Session", head: true, cell: (row) => row.session },
        { label: "Scenario", cell: (row) => row.scenario },
        { label: "Decisions", number: true, cell: (row) => String(row.decisions) },
        { label: "Ended", cell: (row) => (row.ended ? "yes" : "no") },
        { label: "Failed injects", number: true, cell: (row) => String(row.failed_injects.length) },
      ],
    }),
  );
}

function hypotheses({ report, ui, flip }) {
  const rows = hypothesesOf(report);
  const asTable = Boolean(ui.tables.hypotheses);
  return panel(
    "d-hypotheses",
    "Which hypothesis forecast the moves?",
    { aside: twin(asTable, flip("hypotheses"), "d-hypotheses-twin") },
    h("p", { class: "lead" }, report.enough.telling ? forestFinding(rows) : report.enough.sentence),
    rows.length ? scoresOrLater(report.enough.telling, asTable, asTable ? hypothesisTable(rows) : forestFigure(rows)) : null,
    byPlayer(report.by_player),
  );
}

// With too few choices the scores only tell which hypothesis expects few ties, so they are folded away.
function scoresOrLater(telling, open, scores) {
  if (telling) return scores;
  return h("details", { open: open || null }, h("summary", null, "The scores so far, which say only who expects few ties"), scores);
}

function forestFigure(rows) {
  return [
    h("div", { class: "on-wide" }, forest(rows, "d-forest")),
    h("div", { class: "on-narrow" }, forest(rows, "d-forest-narrow", { narrow: true })),
    h(
      "p",
      { class: "quiet small" },
      "Skill: how much better than the base rate a hypothesis forecast; bars are 95 % intervals. Filled square: better. Hollow circle: cannot be told apart. Triangle: worse.",
    ),
  ];
}

// Bots are never pooled with people, and what they do is a test of the check, not of the theory.
function byPlayer(players) {
  if (!players.length) return null;
  const better = (row) =>
    hypothesesOf(row)
      .filter((one) => reading(one) === BETTER)
      .map((one) => one.label)
      .join(", ") || "none";
  return h(
    "details",
    { class: "by-player" },
    h("summary", null, "Each kind of player by itself"),
    table({
      caption: "The hypotheses on the decisions of each kind of player.",
      class: "tight",
      rows: players,
      key: (row) => row.player,
      columns: [
        { label: "Players", head: true, cell: (row) => [capital(row.label), " ", row.recovery_test ? tag("recovery test") : null] },
        { label: "Decisions", number: true, cell: (row) => String(row.classes.decisions) },
        { label: "With a new tie", number: true, cell: (row) => String(row.enough.ties) },
        { label: "Better than the base rate", full: true, cell: (row) => (row.enough.telling ? better(row) : "too few to tell") },
      ],
    }),
  );
}

function hypothesisTable(rows) {
  return table({
    caption: "Hypotheses and baselines on the same decisions.",
    class: "hypothesis-table tight",
    rows,
    key: (row) => row.name,
    columns: [
      {
        label: "Hypothesis",
        head: true,
        cell: (row) => [row.label, row.standing && row.standing !== "hypothesis" ? tag(row.standing) : null],
      },
      { label: "Decisions", number: true, cell: (row) => String(row.n) },
      { label: "Skill", number: true, cell: (row) => fixed(row.skill, 3) },
      { label: "95 % interval", number: true, cell: (row) => span(row.ci) },
      { label: "Random players", number: true, cell: noise },
      { label: "Log score", number: true, cell: (row) => fixed(row.logScore, 3) },
      { label: "Brier", number: true, cell: (row) => fixed(row.brier, 3) },
      { label: "Reading", cell: (row) => reading(row) },
    ],
  });
}

const fixed = (value, digits) => (value === null ? "–" : value.toFixed(digits));
const span = (ci) => (ci ? `${ci[0].toFixed(2)} to ${ci[1].toFixed(2)}` : "–");

function propositions({ report }) {
  const rows = propositionsOf(report);
  const told = rows.filter((row) => row.verdict !== "NOT_ENOUGH_DATA");
  const untold = rows.filter((row) => row.verdict === "NOT_ENOUGH_DATA");
  const counts = new Map();
  for (const row of rows) counts.set(row.verdict, (counts.get(row.verdict) ?? 0) + 1);
  const lead = [...counts]
    .map(([verdict, count]) => `${count} ${VERDICTS[verdict]?.[1] ?? titled(verdict).toLowerCase()}`)
    .join(", ");
  return panel(
    "d-propositions",
    report.tested.recovery_test ? "What the theory claims, recovered from bots" : "What the theory claims, tested",
    null,
    h("p", { class: "lead" }, lead ? `${rows.length} propositions: ${lead}.` : "No proposition was tested."),
    rows.some((row) => row.noise?.random)
      ? h(
          "p",
          { class: "quiet small" },
          "Random players: mean and range of 95 % of the estimates of players without a theory, from as many observations. A verdict that an effect is there lies beyond them; “as noise” marks an interval without the null that does not.",
        )
      : null,
    told.length ? propositionTable(told, "Propositions with their test and verdict.") : null,
    untold.length
      ? h(
          "details",
          { class: "untold" },
          h("summary", null, `${untold.length} ${untold.length === 1 ? "proposition" : "propositions"} without enough data`),
          propositionTable(untold, "Propositions for which there is not enough data."),
        )
      : null,
  );
}

function propositionTable(rows, caption) {
  return table({
    caption,
    class: "proposition-table tight",
    rows,
    key: (row) => row.id,
    columns: [
      { label: "Id", head: true, cell: (row) => row.id },
      {
        label: "Claim",
        full: true,
        cell: (row) => [row.text || "–", row.note ? h("span", { class: "quiet small note" }, capital(row.note)) : null],
      },
      { label: "n", number: true, cell: (row) => String(row.n) },
      {
        label: "Estimate",
        number: true,
        cell: (row) => h("span", { title: row.unit || null }, fixed(row.estimate, 2)),
      },
      { label: "95 % interval", number: true, cell: (row) => span(row.ci) },
      { label: "Random players", number: true, cell: noise },
      { label: "If shocks are shared", number: true, cell: sharedShocks },
      { label: "Verdict", full: true, cell: (row) => verdict(row) },
    ],
  });
}

// The mean of what random players give from as many observations, with the range of 95 % of it; below it default bots whose
// threats have changed places, and blind choice from the same menus.
function noise(row) {
  const of = (one) => `${fixed(one.mean, 2)} (${span(one.range)})`;
  const more = (words) => h("span", { class: "quiet small note" }, words);
  return [
    row.noise?.random ? of(row.noise.random) : "–",
    row.noise?.shuffled ? more(`threats shuffled ${of(row.noise.shuffled)}`) : null,
    Number.isFinite(row.blind) ? more(`blind choice ${fixed(row.blind, 2)}`) : null,
  ];
}

// The interval by errors clustered on windows too, and the p by shifts in time, where the test has them.
function sharedShocks(row) {
  return [
    span(row.twoWay),
    row.shifted === null ? null : h("span", { class: "quiet small note" }, `p ${row.shifted.toFixed(3)} by shifts`),
  ];
}

function verdict(row) {
  const [sign, words] = VERDICTS[row.verdict] ?? ["?", titled(row.verdict).toLowerCase()];
  return h(
    "span",
    { class: `verdict verdict-${row.verdict}` },
    h("span", { "aria-hidden": "true" }, `${sign} `),
    words,
    row.withinNoise ? tag("as noise", "warn") : null,
    row.fragile && row.verdict !== "FRAGILE" ? tag("fragile", "warn") : null,
  );
}

function scores({ report, names }) {
  const rows = Object.entries(report.scores ?? {}).sort((a, b) => b[1] - a[1]);
  if (!rows.length) return null;
  return panel(
    "d-scores",
    "Scores",
    null,
    h(
      "p",
      { class: "quiet" },
      "What a state wants: survival, security, influence and its own goals. Conformity with a theory earns nothing.",
    ),
    table({
      caption: "Final scores.",
      rows,
      key: ([actor]) => actor,
      columns: [
        { label: "State", head: true, cell: ([actor]) => names[actor] ?? actor },
        { label: "Score", number: true, cell: ([, score]) => score.toFixed(1) },
      ],
    }),
  );
}

function threatsToValidity({ report }) {
  const raw = report.threats_to_validity ?? [];
  const rows = Array.isArray(raw) ? raw : Object.values(raw);
  return panel(
    "d-validity",
    "How far to trust this",
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
      : h("p", { class: "quiet" }, "Nothing noted."),
  );
}
