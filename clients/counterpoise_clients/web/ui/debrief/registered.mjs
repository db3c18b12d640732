// Registered predictions: what was predicted before play, and what the sessions say of it.

import { h } from "../../h.mjs";
import { capital } from "../../words.mjs";
import { panel, table } from "../parts.mjs";
import { number, t } from "../../text/text.mjs";

const fixed = (value, digits) => (value === null || value === undefined ? "–" : number(value, digits));
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
    t("debrief.whatWasPredictedBeforePlay"),
    null,
    h("p", { class: "lead" }, t("debrief.registeredOn", { by: found.by, predictions: counted(found.predictions), found: about(found), date: found.date, predictions2: tally(found.predictions) })),
    table({
      caption: t("debrief.registeredPredictionsWithWhatThe"),
      class: "tight",
      rows: found.predictions.map((row, place) => ({ ...row, place })),
      key: (row) => String(row.place),
      columns: [
        { label: t("debrief.prediction"), head: true, cell: (row) => [row.title, h("span", { class: "quiet small note" }, capital(row.estimate_of))] },
        { label: "n", number: true, cell: (row) => String(row.n) },
        { label: t("debrief.estimate"), number: true, cell: (row) => fixed(row.estimate, 3) },
        {
          label: t("debrief.n95Interval"),
          number: true,
          cell: (row) => (row.ci ? t("debrief.to", { fixed: fixed(row.ci[0], 3), fixed2: fixed(row.ci[1], 3) }) : "–"),
        },
        { label: "p", number: true, cell: (row) => fixed(row.p, 4) },
        { label: t("debrief.power"), number: true, cell: (row) => (row.power === null ? "–" : `${Math.round(100 * row.power)} %`) },
        { label: t("debrief.outcome"), full: true, cell: outcome },
      ],
    }),
    found.remarks.length
      ? h(
          "ul",
          { class: "remarks" },
          found.remarks.map((remark) => h("li", null, remark)),
        )
      : null,
    h("p", { class: "quiet small" }, t("debrief.theHashOfTheRegistration", { hash: found.hash })),
  );
}

function outcome(row) {
  return [
    h(
      "span",
      { class: `verdict verdict-${COLOURS[row.outcome]}` },
      h("span", { "aria-hidden": "true" }, `${MARKS[row.outcome]} `),
      capital(t(`debrief.${row.outcome}`)),
    ),
    h("span", { class: "quiet small note" }, row.reason),
  ];
}

const about = (found) => (found.whose === "all" ? "" : t("debrief.aboutDecisionsOf", { whose: found.whose }));
const counted = (rows) => t("debrief.nPredictions", { count: rows.length });

function tally(rows) {
  return Object.keys(MARKS)
    .map((name) => [name, rows.filter((row) => row.outcome === name).length])
    .filter(([, count]) => count)
    .map(([name, count]) => `${count} ${t(`debrief.${name}`)}`)
    .join(", ");
}
