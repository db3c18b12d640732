// What each kind of player chose, question by question: whether a tie is made, which way it goes, with whom, and who accepts.

import { h } from "../../h.mjs";
import { capital } from "../../words.mjs";
import { panel, table, tag } from "../parts.mjs";
import { number, t } from "../../text/text.mjs";

const fixed = (value, digits = 2) => (value === null ? "–" : number(value, digits).replace(/^-(0[.,]?0*)$/, "$1"));
const span = (ci) => (ci ? t("debrief.to", { fixed: fixed(ci[0]), fixed2: fixed(ci[1]) }) : "–");
const sum = (rows, key) => rows.reduce((total, row) => total + row[key], 0);

const questions = () => [
  ["whether", t("debrief.whether")],
  ["direction", t("debrief.whichWay")],
  ["partner", t("debrief.withWhom")],
];
const columns = () => [
  ["whether", "rate", t("debrief.whetherUsualRate")],
  ["direction", "menu", t("debrief.whichWayMenu")],
  ["partner", "uniform", t("debrief.withWhomByLot")],
  ["partner", "nearest", t("debrief.withWhomNearest")],
];

/** Whether the report has choices; sessions of older rules have none. */
export function hasChoices(report) {
  return Boolean(report.choices?.length);
}

const isTelling = (row) => questions().some(([key]) => row[key].scores.telling);

/** Draw the panel. */
export function choices({ report }) {
  const rows = report.choices ?? [];
  if (!rows.length) return null;
  const few = rows.filter((row) => !isTelling(row));
  const limited = few.filter((row) => row.limited).map((row) => `${row.label} (${row.states})`);
  return panel(
    "d-choices",
    t("debrief.whetherWhichWayAndWith"),
    null,
    counts(rows),
    h(
      "p",
      { class: "quiet small" },
      t("debrief.inBracketsWhatTheUsual"),
    ),
    rows.filter(isTelling).map((row) => scored(row)),
    few.length
      ? h(
          "p",
          { class: "quiet" },
          t("debrief.tooFewChoicesToTell", { value: few.map((row) => row.label).join(", "), needed: report.enough.needed }),
        )
      : null,
    limited.length
      ? h(
          "p",
          { class: "quiet" },
          t("debrief.howeverManyChoicesTheyMake", { value: limited.join(", ") }),
        )
      : null,
    h(
      "details",
      null,
      h("summary", null, t("debrief.offerByOfferWhoAccepts")),
      rows.map((row) => offers(row)),
    ),
  );
}

function counts(rows) {
  const beside = (made, expected) => `${made} (${fixed(expected, 1)})`;
  return table({
    caption: t("debrief.tiesTheirDirectionAndAnswers"),
    class: "tight choices-table",
    rows,
    key: (row) => row.player,
    columns: [
      { label: t("debrief.players"), head: true, cell: (row) => [capital(row.label), " ", row.recovery_test ? tag(t("debrief.recoveryTest")) : null] },
      { label: t("debrief.windows"), number: true, cell: (row) => String(row.whether.scores.n) },
      { label: t("debrief.withANewTie"), number: true, cell: (row) => beside(row.whether.made, row.whether.expected) },
      { label: t("debrief.partnerFearsTheThreat"), number: true, cell: (row) => beside(row.direction.chosen.BAL, row.direction.expected.BAL) },
      { label: t("debrief.isTheThreat"), number: true, cell: (row) => beside(row.direction.chosen.BW, row.direction.expected.BW) },
      { label: t("debrief.neither"), number: true, cell: (row) => beside(row.direction.chosen.OTHER, row.direction.expected.OTHER) },
      { label: t("debrief.offersAccepted"), number: true, cell: (row) => t("debrief.of2", { accepted: row.acceptances.accepted, received: row.acceptances.received }) },
      {
        label: t("debrief.quietWithAnAllyAgainst"),
        number: true,
        cell: (row) => t("debrief.of3", { sum: sum(row.standing.filter((part) => part.aligned_against), "quiet"), standing: sum(row.standing, "quiet") }),
      },
    ],
  });
}

// The findings of one kind of player, and its scores where there are choices enough.
function scored(row) {
  const told = questions().filter(([key]) => row[key].scores.telling);
  const few = questions().filter(([key]) => !row[key].scores.telling);
  const names = [...new Set(told.flatMap(([key]) => row[key].scores.hypotheses.map((one) => one.name)))];
  return h(
    "div",
    { key: row.player, class: "choices-of" },
    h("h3", null, capital(row.label)),
    h(
      "ul",
      null,
      told.map(([key, title]) => h("li", null, `${title}: ${row[key].scores.sentence}`)),
      few.map(([key, title]) => h("li", { class: "quiet" }, `${title}: ${row[key].scores.sentence}`)),
    ),
    h("details", null, h("summary", null, t("debrief.everyHypothesisInBitsAbove")), gainTable(row, names)),
    slopes(t("debrief.whoIsChosenByProposers"), row.partner.slopes),
  );
}

function gainTable(row, names) {
  const found = (key, name) => row[key].scores.telling && row[key].scores.hypotheses.find((one) => one.name === name);
  const titleOf = (name) => questions().map(([key]) => found(key, name)).find(Boolean)?.title ?? name;
  return table({
    caption: t("debrief.bitsAboveTheNullFor", { label: row.label }),
    class: "tight",
    rows: names,
    key: (name) => name,
    columns: [
      { label: t("debrief.bitsAboveTheNull"), head: true, cell: titleOf },
      ...columns().map(([key, gain, label]) => ({
        label,
        number: true,
        cell: (name) => bits(found(key, name)?.gains?.[gain]),
      })),
    ],
  });
}

function bits(gain) {
  if (!gain) return "–";
  const sure = gain.ci !== null && (gain.ci[0] > 0 || gain.ci[1] < 0);
  return [h(sure ? "strong" : "span", null, fixed(gain.bits)), h("span", { class: "quiet small note" }, span(gain.ci))];
}

function slopes(title, rows) {
  if (!rows.length) return null;
  const told = rows.map((row) => `${row.label} ${fixed(row.estimate)} (${span(row.ci)})`);
  return h("p", { class: "quiet small" }, t("debrief.inLogOddsForA", { title, value: told.join("; ") }));
}

function offers(row) {
  return [
    table({
      caption: t("debrief.howAnsweredOffers", { label: row.label }),
      class: "tight",
      rows: row.acceptances.situations.filter((one) => one.received),
      key: (one) => one.situation,
      columns: [
        { label: capital(row.label), head: true, full: true, cell: (one) => capital(one.label) },
        { label: t("debrief.received"), number: true, cell: (one) => String(one.received) },
        { label: t("debrief.accepted"), number: true, cell: (one) => String(one.accepted) },
        { label: t("debrief.refused"), number: true, cell: (one) => String(one.refused) },
        { label: t("debrief.unanswered"), number: true, cell: (one) => String(one.unanswered) },
      ],
      empty: t("debrief.gotNoOffer", { label: capital(row.label) }),
    }),
    slopes(t("debrief.whatMakesThemAccept"), row.acceptances.slopes),
  ];
}
