// The record of one seat: what its player foresaw, feared, promised and did, beside the class and the theory.

import { h } from "../../h.mjs";
import { CLASSES, listed, longDate, pactWords, percent, share } from "../../words.mjs";
import { didWords, reasons } from "../debrief/steps.mjs";
import { table } from "../parts.mjs";
import { t } from "../../text/text.mjs";

const FEW = 8;
const QUESTIONS = ["meant", "happened", "why", "next"];

/**
 * Draw a record, to be read and printed.
 *
 * @param {any} record
 * @param {string} key apart from those of other records on the page
 */
export function recordOf(record, key) {
  return h(
    "div",
    { class: "record", key },
    foresaw(record),
    feared(record),
    promised(record),
    did(record),
    questions(key),
  );
}

const scored = (value) => (value === null ? "–" : share(value));

function foresaw({ predictions, brier, names }) {
  return h(
    "section",
    { class: "record-part" },
    h("h3", null, t("records.foresaw")),
    brier.n
      ? h(
          "p",
          { class: "lead" },
          [
            t("records.brier", { count: brier.n, own: scored(brier.own) }),
            brier.others_n ? t("records.brierOfOthers", { others: scored(brier.others), count: brier.others_n }) : "",
            t("records.brierOfTheory", { theory: scored(brier.theory), base: scored(brier.base) }),
          ]
            .filter(Boolean)
            .join(" "),
        )
      : null,
    brier.n && brier.n < FEW ? h("p", { class: "quiet small" }, t("records.fewPredictions")) : null,
    table({
      caption: t("records.foresaw"),
      class: "tight",
      rows: predictions,
      key: (row) => `${row.tick}/${row.of}`,
      empty: t("records.noPredictions"),
      columns: [
        { label: t("figures.when"), head: true, cell: (row) => longDate(row.date) },
        { label: t("debrief.state"), cell: (row) => names[row.of] ?? row.of },
        { label: t("records.said"), cell: (row) => `${CLASSES[row.choice]?.[1] ?? row.choice}, ${percent(row.confidence)}` },
        { label: t("records.itDid"), cell: (row) => `${row.came ? "✓" : "✗"} ${CLASSES[row.did]?.[1] ?? row.did}` },
        { label: t("debrief.brier"), number: true, cell: (row) => scored(row.brier) },
        { label: t("debrief.balanceOfThreat"), number: true, cell: (row) => scored(row.theory) },
      ],
    }),
  );
}

function feared({ fears, names }) {
  const row = (label, states) => h("div", { key: label }, h("dt", null, label), h("dd", null, states.length ? times(states, names) : t("records.nobody")));
  return h(
    "section",
    { class: "record-part" },
    h("h3", null, t("records.feared")),
    h("dl", { class: "record-facts" }, row(t("records.rated"), fears.rated), row(t("records.indexFirst"), fears.index), row(t("records.attackedBy"), fears.attacked_by)),
  );
}

const times = (states, names) => listed(states.map(({ state, times: count }) => t("records.times", { state: names[state] ?? state, count })));

function promised({ promises, names }) {
  const count = (kind) => promises.filter((row) => row.kind === kind).length;
  return h(
    "section",
    { class: "record-part" },
    h("h3", null, t("records.promises")),
    h("p", null, t("records.promiseCounts", { made: count("made"), kept: count("kept"), broken: count("broken"), left: count("left") })),
    table({
      caption: t("records.promises"),
      class: "tight",
      rows: promises,
      empty: t("records.noPromises"),
      columns: [
        { label: t("figures.when"), head: true, cell: (row) => longDate(row.date) },
        { label: t("records.promise"), cell: (row) => [t(`records.promise.${row.kind}`), row.commitment ? `: ${pactWords(row.commitment)}` : ""] },
        { label: t("records.to"), cell: (row) => listed(row.states.map((id) => names[id] ?? id)) },
      ],
    }),
  );
}

function did({ steps, names }) {
  return h(
    "section",
    { class: "record-part" },
    h("h3", null, t("records.didAndWhy")),
    table({
      caption: t("records.didAndWhy"),
      class: "tight",
      rows: steps,
      key: (row) => String(row.window),
      empty: t("story.noSteps"),
      columns: [
        { label: t("figures.when"), head: true, cell: (row) => longDate(row.date) },
        { label: t("debrief.greatestThreat"), cell: (row) => `${names[row.threat] ?? row.threat} ${share(row.level)}` },
        { label: t("debrief.did"), full: true, cell: (row) => didWords(row, names) },
        { label: t("figures.chanceGiven"), number: true, cell: (row) => (row.share === null ? "–" : percent(row.share)) },
        { label: t("records.why"), full: true, cell: (row) => (row.reasons.length ? reasons(row.reasons) : "–") },
      ],
    }),
  );
}

function questions(key) {
  return h(
    "section",
    { class: "record-part record-questions" },
    h("h3", null, t("records.questions")),
    h("ol", null, QUESTIONS.map((name) => h("li", { key: `${key}/${name}` }, t(`records.question.${name}`), h("div", { class: "record-lines", "aria-hidden": "true" })))),
  );
}
