// What players wrote down: whom they feared, what they expected of each other, and why they said they acted.

import { h } from "../../h.mjs";
import { titled } from "../../words.mjs";
import { panel, table } from "../parts.mjs";
import { number, t } from "../../text/text.mjs";

const percent = (share) => (share === null || share === undefined ? "–" : `${Math.round(100 * share)} %`);
const fixed = (value, digits = 3) => (value === null || value === undefined ? "–" : number(value, digits));

/** Whether anybody wrote anything down. */
export function wroteAny(report) {
  const said = report.elicitation;
  return Boolean(
    said && (said.assessments || said.predictions || said.reasons || said.questions || said.beliefs),
  );
}

// Bots and others are told together here, so both are named.
function writers(tested) {
  if (tested.recovery_test) return "bots";
  return tested.left_out ? t("debrief.peopleAndBots") : "players";
}

/** Draw the panel; nothing if nobody wrote anything. */
export function said({ report }) {
  if (!wroteAny(report)) return null;
  const who = writers(report.tested);
  const { assessments, predictions, reasons, questions, beliefs } = report.elicitation;
  return panel(
    "d-said",
    t("debrief.whatWroteDown", { who }),
    null,
    assessments ? feared(assessments) : null,
    predictions ? expected(predictions) : null,
    reasons ? meant(reasons) : null,
    beliefs ? believed(beliefs, who) : null,
    questions ? asked(questions) : null,
  );
}

function feared(found) {
  return [
    h("h3", { key: "feared" }, t("debrief.whomTheyFeared")),
    h(
      "p",
      { key: "feared-lead" },
      t("debrief.inAssessmentsTheIndexS", { n: found.n, top_threat_named: percent(found.top_threat_named), strongest_named: percent(found.strongest_named), nearest_named: percent(found.nearest_named), chance: percent(found.chance), pairs_in_order: percent(found.pairs_in_order) }),
    ),
    table({
      caption: t("debrief.ratingsOfThreatBesideThe"),
      class: "tight",
      rows: found.players,
      key: (row) => row.player,
      columns: [
        { label: t("debrief.player"), head: true, cell: (row) => row.player },
        { label: t("debrief.ratings"), number: true, cell: (row) => String(row.n) },
        { label: t("debrief.namedItsTopThreat"), number: true, cell: (row) => percent(row.top_threat_named) },
        { label: t("debrief.pairsInItsOrder"), number: true, cell: (row) => percent(row.pairs_in_order) },
        { label: t("debrief.rankCorrelation"), number: true, cell: (row) => fixed(row.rank_correlation, 2) },
      ],
    }),
  ];
}

function expected(found) {
  const rows = [{ player: t("debrief.everybody"), ...found }, ...found.players];
  return [
    h("h3", { key: "expected" }, t("debrief.whatTheyExpectedOfEach")),
    h(
      "p",
      { key: "expected-lead" },
      t("debrief.predictionsCameTrueAtA", { n: found.n, came_true: percent(found.came_true), confidence: percent(found.confidence) }),
    ),
    table({
      caption: t("debrief.predictionsBesideTheTheoryS"),
      class: "tight",
      rows,
      key: (row) => row.player,
      columns: [
        { label: t("debrief.player"), head: true, cell: (row) => row.player },
        { label: t("debrief.predictions"), number: true, cell: (row) => String(row.n) },
        { label: t("debrief.cameTrue"), number: true, cell: (row) => percent(row.came_true) },
        { label: t("debrief.confidence"), number: true, cell: (row) => percent(row.confidence) },
        { label: t("debrief.brier"), number: true, cell: (row) => fixed(row.brier) },
        { label: t("debrief.balanceOfThreat"), number: true, cell: (row) => fixed(row.theory_brier) },
        { label: t("debrief.baseRates"), number: true, cell: (row) => fixed(row.base_rate_brier) },
      ],
    }),
  ];
}

function meant(found) {
  const rows = Object.entries(found.given).sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
  return [
    h("h3", { key: "meant" }, t("debrief.whyTheySaidTheyActed")),
    table({
      caption: t("debrief.reasonsGivenAndWhatAccounts"),
      class: "tight",
      rows,
      key: ([reason]) => reason,
      columns: [
        { label: t("debrief.reason"), head: true, cell: ([reason]) => titled(reason) },
        { label: t("debrief.given"), number: true, cell: ([, count]) => String(count) },
        { label: t("debrief.shareOfWhatMoved"), number: true, cell: ([reason]) => percent(found.motives?.[reason]?.estimated) },
      ],
    }),
  ];
}

const parts = () => [
  ["balancing", t("debrief.statesAllyAgainstThreats")],
  ["ideology", t("debrief.likeRegimesAlly")],
  ["aid", t("debrief.aidWinsAllies")],
];

function believed(found, who) {
  return [
    h("h3", { key: "believed" }, t("debrief.howTheyThinkAlliancesArise")),
    h(
      "p",
      { key: "believed-lead" },
      t("debrief.statedABeliefPlayIs", { n: found.n, who }),
    ),
    table({
      caption: t("debrief.beliefsBeforeAndAfterAnd"),
      class: "tight",
      rows: parts(),
      key: ([part]) => part,
      columns: [
        { label: t("debrief.belief"), head: true, cell: ([, name]) => name },
        { label: t("debrief.before"), number: true, cell: ([part]) => percent(found[part].before) },
        { label: t("debrief.after"), number: true, cell: ([part]) => percent(found[part].after) },
        { label: t("debrief.play"), number: true, cell: ([part]) => percent(found[part].play) },
        { label: t("debrief.seatsCompared"), number: true, cell: ([part]) => String(found[part].compared) },
        { label: t("debrief.rankCorrelation"), number: true, cell: ([part]) => fixed(found[part].correlation, 2) },
      ],
    }),
    table({
      caption: t("debrief.eachSeatSBeliefIn"),
      class: "tight",
      rows: found.players,
      key: (row) => `${row.session}/${row.seat}`,
      columns: [
        { label: t("debrief.seat"), head: true, cell: (row) => row.seat },
        { label: t("debrief.player"), cell: (row) => row.player },
        { label: t("debrief.before"), number: true, cell: (row) => percent(row.before.balancing) },
        { label: t("debrief.after"), number: true, cell: (row) => percent(row.after?.balancing) },
        { label: t("debrief.balancedInPlay"), number: true, cell: (row) => percent(row.play.balancing) },
      ],
    }),
  ];
}

function asked(found) {
  const rows = [[t("debrief.all"), found.all], ...Object.entries(found.kinds).map(([kind, counts]) => [titled(kind), counts])];
  return [
    h("h3", { key: "asked" }, t("debrief.questions")),
    table({
      caption: t("debrief.whatBecameOfTheQuestions"),
      class: "tight",
      rows,
      key: ([name]) => name,
      columns: [
        { label: t("debrief.question"), head: true, cell: ([name]) => name },
        ...["asked", "answered", "skipped", "lapsed", "open"].map((part) => ({
          label: titled(part),
          number: true,
          cell: ([, counts]) => String(counts[part]),
        })),
      ],
    }),
  ];
}
