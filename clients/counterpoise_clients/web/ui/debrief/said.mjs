// What players wrote down: whom they feared, what they expected of each other, and why they said they acted.

import { h } from "../../h.mjs";
import { titled } from "../../words.mjs";
import { panel, table } from "../parts.mjs";

const percent = (share) => (share === null || share === undefined ? "–" : `${Math.round(100 * share)} %`);
const fixed = (value, digits = 3) => (value === null || value === undefined ? "–" : value.toFixed(digits));

/** Whether anybody wrote anything down. */
export function wroteAny(report) {
  const said = report.elicitation;
  return Boolean(said && (said.assessments || said.predictions || said.reasons));
}

/** Draw the panel; nothing if nobody wrote anything. */
export function said({ report }) {
  if (!wroteAny(report)) return null;
  const { assessments, predictions, reasons } = report.elicitation;
  return panel(
    "d-said",
    "What players wrote down",
    null,
    assessments ? feared(assessments) : null,
    predictions ? expected(predictions) : null,
    reasons ? meant(reasons) : null,
  );
}

function feared(found) {
  return [
    h("h3", { key: "feared" }, "Whom they feared"),
    h(
      "p",
      { key: "feared-lead" },
      `In ${found.n} assessments the index's top threat was rated highest in ${percent(found.top_threat_named)}, the strongest state in ${percent(found.strongest_named)}, the nearest in ${percent(found.nearest_named)}; chance would be ${percent(found.chance)}.`,
    ),
    table({
      caption: "Players' ratings of threat beside the index.",
      class: "tight",
      rows: found.players,
      key: (row) => row.player,
      columns: [
        { label: "Player", head: true, cell: (row) => row.player },
        { label: "Ratings", number: true, cell: (row) => String(row.n) },
        { label: "Named its top threat", number: true, cell: (row) => percent(row.top_threat_named) },
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
      caption: "Players' predictions beside the theory's.",
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
