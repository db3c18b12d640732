// Predicted, did, why: what each state was expected to do, what it did, and why its player said that it did so.

import { h } from "../../h.mjs";
import { CLASSES, listed, longDate, pactWords, percent, share, titled } from "../../words.mjs";
import { panel, select, table } from "../parts.mjs";
import { t, tOr } from "../../text/text.mjs";
import { momentLink } from "./moments.mjs";
import { decisionsOf } from "./report.mjs";

const SHOWN = 12;

/** Whether a report tells states' steps. */
export const hasSteps = (report) => Boolean(report.story?.states.length);

/** Draw the panel: the steps of one state. */
export function steps(view) {
  const { report, names, ui, act } = view;
  if (!hasSteps(report)) return null;
  const { states } = report.story;
  const busiest = states.reduce((best, one) => (one.steps.length > best.steps.length ? one : best));
  const chosen = states.find((one) => one.state === ui.stepsOf) ?? busiest;
  const rows = chosen.steps;
  const drawn = (part) =>
    table({
      caption: t("story.stepsOf", { state: names[chosen.state] ?? chosen.state }),
      class: "steps-table tight",
      rows: part,
      key: (row) => `${chosen.state}/${row.window}`,
      empty: t("story.noSteps"),
      columns: columns(view, chosen.state),
    });
  return panel(
    "d-steps",
    t("story.predictedDidWhy"),
    null,
    h(
      "div",
      { class: "filters" },
      select(
        "d-steps-state",
        t("debrief.state"),
        chosen.state,
        states.map((one) => ({ value: one.state, label: `${names[one.state] ?? one.state} (${one.steps.length})` })),
        (state) => act.debriefUi({ stepsOf: state }),
      ),
      h(
        "p",
        { class: "quiet small", role: "status" },
        t("story.stepsAndQuiet", { count: rows.length, quiet: chosen.quiet }),
        chosen.words_withheld ? ` ${t("story.withheld", { count: chosen.words_withheld })}` : "",
      ),
    ),
    drawn(rows.slice(0, SHOWN)),
    rows.length > SHOWN
      ? h("details", { key: `more/${chosen.state}` }, h("summary", null, t("story.moreSteps", { count: rows.length - SHOWN })), drawn(rows.slice(SHOWN)))
      : null,
  );
}

const columns = (view, state) => [
  { label: t("figures.when"), head: true, cell: (row) => momentLink(view, { tick: row.tick, seat: state }, longDate(row.date)) },
  {
    label: t("debrief.greatestThreat"),
    cell: (row) => [view.names[row.threat] ?? row.threat, ` ${share(row.level)}`, row.threatened ? "" : h("span", { class: "quiet" }, t("debrief.belowTheFloor"))],
  },
  { label: t("story.predicted"), cell: (row) => (row.expected ? `${CLASSES[row.expected]?.[1] ?? row.expected}, ${percent(row.expected_share)}` : "–") },
  { label: t("debrief.did"), full: true, cell: (row) => didWords(row, view.names, partings(view.report, state, row)) },
  { label: t("figures.chanceGiven"), number: true, cell: (row) => percent(row.share) },
  { label: t("story.why"), full: true, cell: (row) => (row.reasons.length ? reasons(row.reasons) : "–") },
];

/**
 * Return the pacts that a state left or ended in the window of a step; none if the timeline does not tell just these.
 *
 * @param {any} report
 * @param {string} state
 * @param {{ date: string, left: number }} row
 * @returns {{ commitment: string, others: string[] }[]}
 */
export function partings(report, state, row) {
  if (!row.left || !report.timeline) return [];
  const next = decisionsOf(report).reduce((first, { date }) => (date > row.date && date < first ? date : first), "9999");
  const isIn = (/** @type {string | null} */ date) => date !== null && date >= row.date && date < next;
  const found = [...report.timeline.unchanged, ...report.timeline.alliances].filter(
    (one) =>
      one.left.some((change) => change.state === state && isIn(change.on)) ||
      (isIn(one.ends) && [...one.members, ...one.joined.map((change) => change.state)].includes(state)),
  );
  if (found.length !== row.left) return [];
  return found.map((one) => ({ commitment: one.commitment, others: one.members.filter((member) => member !== state) }));
}

/** Say what a state did in a step; `left` are the pacts that it left, where they are known. */
export function didWords(row, names, left = []) {
  const done = [CLASSES[row.did]?.[1] ?? row.did];
  if (row.partners.length) done.push(t("story.with", { states: listed(row.partners.map((id) => names[id] ?? id)) }));
  const named = left.map(({ commitment, others }) => t("story.leftPact", { pact: pactWords(commitment), states: listed(others.map((id) => names[id] ?? id)) }));
  if (row.left) done.push(named.length ? named.join(", ") : t("story.left", { count: row.left }));
  if (row.conceded) done.push(t("story.conceded"));
  return [h("span", { class: `lane-key class-${row.did}` }, CLASSES[row.did]?.[0] ?? "?"), ` ${done.join(", ")}`];
}

/** Draw the reasons of a step. */
export const reasons = (given) =>
  given.map(({ reason, words }, at) =>
    h("span", { key: String(at), class: "stated" }, h("strong", null, tOr(`decide.reason.${reason}`, titled(reason))), words ? [" ", h("q", null, words)] : null, " "),
  );
