// Registered predictions: what was predicted before play, and what the sessions say of it.

import { h } from "../../h.mjs";
import { capital } from "../../words.mjs";
import { panel, table } from "../parts.mjs";

const fixed = (value, digits) => (value === null || value === undefined ? "–" : value.toFixed(digits));
const MARKS = { passed: "✓", failed: "✗", undecided: "?" };
const COLOURS = { passed: "SUPPORT", failed: "CONTRADICT", undecided: "NOT_ENOUGH_DATA" };

/** Whether predictions were registered. */
export function wasRegistered(report) {
  return Boolean(report.registration);
}

/** Draw the panel; nothing without a registration. */
export function registered({ report }) {
  const found = report.registration;
  if (!found) return null;
  return panel(
    "d-registered",
    "What was predicted before play",
    null,
    h("p", { class: "lead" }, `${found.by} registered ${counted(found.predictions)}${about(found)} on ${found.date}: ${tally(found.predictions)}.`),
    table({
      caption: "Registered predictions with what the sessions say of them.",
      class: "tight",
      rows: found.predictions.map((row, place) => ({ ...row, place })),
      key: (row) => String(row.place),
      columns: [
        { label: "Prediction", head: true, cell: (row) => [row.title, h("span", { class: "quiet small note" }, capital(row.estimate_of))] },
        { label: "n", number: true, cell: (row) => String(row.n) },
        { label: "Estimate", number: true, cell: (row) => fixed(row.estimate, 3) },
        {
          label: "95 % interval",
          number: true,
          cell: (row) => (row.ci ? `${fixed(row.ci[0], 3)} to ${fixed(row.ci[1], 3)}` : "–"),
        },
        { label: "p", number: true, cell: (row) => fixed(row.p, 4) },
        { label: "Power", number: true, cell: (row) => (row.power === null ? "–" : `${Math.round(100 * row.power)} %`) },
        { label: "Outcome", full: true, cell: outcome },
      ],
    }),
    found.remarks.length
      ? h(
          "ul",
          { class: "remarks" },
          found.remarks.map((remark) => h("li", null, remark)),
        )
      : null,
    h("p", { class: "quiet small" }, `The hash of the registration is ${found.hash}. It proves the predictions if it was published before.`),
  );
}

function outcome(row) {
  return [
    h(
      "span",
      { class: `verdict verdict-${COLOURS[row.outcome]}` },
      h("span", { "aria-hidden": "true" }, `${MARKS[row.outcome]} `),
      capital(row.outcome),
    ),
    h("span", { class: "quiet small note" }, row.reason),
  ];
}

const about = (found) => (found.whose === "all" ? "" : ` about decisions of ${found.whose}`);
const counted = (rows) => `${rows.length} ${rows.length === 1 ? "prediction" : "predictions"}`;

function tally(rows) {
  return Object.keys(MARKS)
    .map((name) => [name, rows.filter((row) => row.outcome === name).length])
    .filter(([, count]) => count)
    .map(([name, count]) => `${count} ${name}`)
    .join(", ");
}
