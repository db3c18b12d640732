// What players wrote down: whom they feared, what they expected of each other, and why they said they acted.

import { h } from "../../h.mjs";
import { titled } from "../../words.mjs";
import { panel, table } from "../parts.mjs";

const percent = (share) => (share === null || share === undefined ? "–" : `${Math.round(100 * share)} %`);
const fixed = (value, digits = 3) => (value === null || value === undefined ? "–" : value.toFixed(digits));

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
  return tested.left_out ? "people and bots" : "players";
}

/** Draw the panel; nothing if nobody wrote anything. */
export function said({ report }) {
  if (!wroteAny(report)) return null;
  const who = writers(report.tested);
  const { assessments, predictions, reasons, questions, beliefs } = report.elicitation;
  return panel(
    "d-said",
    `What ${who} wrote down`,
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
    h("h3", { key: "feared" }, "Whom they feared"),
    h(
      "p",
      { key: "feared-lead" },
      `In ${found.n} assessments the index's top threat was rated highest in ${percent(found.top_threat_named)}, the strongest state in ${percent(found.strongest_named)}, the nearest in ${percent(found.nearest_named)}; chance would be ${percent(found.chance)}. Of the pairs of states ${percent(found.pairs_in_order)} were rated in the order of the index; chance would be 50 %. States that share the highest rating count equal parts, and a pair with one rating counts half.`,
    ),
    table({
      caption: "Ratings of threat beside the index.",
      class: "tight",
      rows: found.players,
      key: (row) => row.player,
      columns: [
        { label: "Player", head: true, cell: (row) => row.player },
        { label: "Ratings", number: true, cell: (row) => String(row.n) },
        { label: "Named its top threat", number: true, cell: (row) => percent(row.top_threat_named) },
        { label: "Pairs in its order", number: true, cell: (row) => percent(row.pairs_in_order) },
        { label: "Rank correlation", number: true, cell: (row) => fixed(row.rank_correlation, 2) },
      ],
    }),
  ];
}

function expected(found) {
  const rows = [{ player: "Everybody", ...found }, ...found.players];
  return [
    h("h3", { key: "expected" }, "What they expected of each other"),
    h(
      "p",
      { key: "expected-lead" },
      `${found.n} predictions: ${percent(found.came_true)} came true, at a mean confidence of ${percent(found.confidence)}. A lower Brier score is better; the theory and the base rates are scored on the same events.`,
    ),
    table({
      caption: "Predictions beside the theory's.",
      class: "tight",
      rows,
      key: (row) => row.player,
      columns: [
        { label: "Player", head: true, cell: (row) => row.player },
        { label: "Predictions", number: true, cell: (row) => String(row.n) },
        { label: "Came true", number: true, cell: (row) => percent(row.came_true) },
        { label: "Confidence", number: true, cell: (row) => percent(row.confidence) },
        { label: "Brier", number: true, cell: (row) => fixed(row.brier) },
        { label: "Balance of threat", number: true, cell: (row) => fixed(row.theory_brier) },
        { label: "Base rates", number: true, cell: (row) => fixed(row.base_rate_brier) },
      ],
    }),
  ];
}

function meant(found) {
  const rows = Object.entries(found.given).sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
  return [
    h("h3", { key: "meant" }, "Why they said they acted"),
    table({
      caption: "Reasons given, and what accounts for the choices of partners they were given with.",
      class: "tight",
      rows,
      key: ([reason]) => reason,
      columns: [
        { label: "Reason", head: true, cell: ([reason]) => titled(reason) },
        { label: "Given", number: true, cell: ([, count]) => String(count) },
        { label: "Share of what moved", number: true, cell: ([reason]) => percent(found.motives?.[reason]?.estimated) },
      ],
    }),
  ];
}

const PARTS = [
  ["balancing", "States ally against threats"],
  ["ideology", "Like regimes ally"],
  ["aid", "Aid wins allies"],
];

function believed(found, who) {
  return [
    h("h3", { key: "believed" }, "How they think alliances arise"),
    h(
      "p",
      { key: "believed-lead" },
      `${found.n} ${who} stated a belief. Play is what they did on the same scale; the correlation is over seats.`,
    ),
    table({
      caption: "Beliefs before and after, and play.",
      class: "tight",
      rows: PARTS,
      key: ([part]) => part,
      columns: [
        { label: "Belief", head: true, cell: ([, name]) => name },
        { label: "Before", number: true, cell: ([part]) => percent(found[part].before) },
        { label: "After", number: true, cell: ([part]) => percent(found[part].after) },
        { label: "Play", number: true, cell: ([part]) => percent(found[part].play) },
        { label: "Seats compared", number: true, cell: ([part]) => String(found[part].compared) },
        { label: "Rank correlation", number: true, cell: ([part]) => fixed(found[part].correlation, 2) },
      ],
    }),
    table({
      caption: "Each seat's belief in balancing, and what it did.",
      class: "tight",
      rows: found.players,
      key: (row) => `${row.session}/${row.seat}`,
      columns: [
        { label: "Seat", head: true, cell: (row) => row.seat },
        { label: "Player", cell: (row) => row.player },
        { label: "Before", number: true, cell: (row) => percent(row.before.balancing) },
        { label: "After", number: true, cell: (row) => percent(row.after?.balancing) },
        { label: "Balanced in play", number: true, cell: (row) => percent(row.play.balancing) },
      ],
    }),
  ];
}

function asked(found) {
  const rows = [["All", found.all], ...Object.entries(found.kinds).map(([kind, counts]) => [titled(kind), counts])];
  return [
    h("h3", { key: "asked" }, "Questions"),
    table({
      caption: "What became of the questions that were asked.",
      class: "tight",
      rows,
      key: ([name]) => name,
      columns: [
        { label: "Question", head: true, cell: ([name]) => name },
        ...["asked", "answered", "skipped", "lapsed", "open"].map((part) => ({
          label: titled(part),
          number: true,
          cell: ([, counts]) => String(counts[part]),
        })),
      ],
    }),
  ];
}
