// What each kind of player chose, question by question: whether a tie is made, which way it goes, with whom, and who accepts.

import { h } from "../../h.mjs";
import { capital } from "../../words.mjs";
import { panel, table, tag } from "../parts.mjs";

const fixed = (value, digits = 2) => (value === null ? "–" : value.toFixed(digits).replace(/^-(0\.?0*)$/, "$1"));
const span = (ci) => (ci ? `${fixed(ci[0])} to ${fixed(ci[1])}` : "–");
const sum = (rows, key) => rows.reduce((total, row) => total + row[key], 0);

const QUESTIONS = [
  ["whether", "Whether"],
  ["direction", "Which way"],
  ["partner", "With whom"],
];
const COLUMNS = [
  ["whether", "rate", "Whether: usual rate"],
  ["direction", "menu", "Which way: menu"],
  ["partner", "uniform", "With whom: by lot"],
  ["partner", "nearest", "With whom: nearest"],
];

/** Whether the report has choices; sessions of older rules have none. */
export function hasChoices(report) {
  return Boolean(report.choices?.length);
}

const isTelling = (row) => QUESTIONS.some(([key]) => row[key].scores.telling);

/** Draw the panel. */
export function choices({ report }) {
  const rows = report.choices ?? [];
  if (!rows.length) return null;
  const few = rows.filter((row) => !isTelling(row));
  const limited = few.filter((row) => row.limited).map((row) => `${row.label} (${row.states})`);
  return panel(
    "d-choices",
    "Whether, which way, and with whom?",
    null,
    counts(rows),
    h(
      "p",
      { class: "quiet small" },
      "In brackets: what the usual rate of ties and the menus alone give. Partner fears the threat, is the threat, neither: ties that these players proposed under threat. The classes count decisions instead: a tie counts there for each member that chose it, and a pact that names the gravest threat is against it whoever the partner is. Who accepts an offer answers a question of its own. A quiet state that has an ally against its gravest threat already need not balance again.",
    ),
    rows.filter(isTelling).map((row) => scored(row)),
    few.length
      ? h(
          "p",
          { class: "quiet" },
          `Too few choices to tell which hypothesis forecasts better: ${few.map((row) => row.label).join(", ")}. ${report.enough.needed}`,
        )
      : null,
    limited.length
      ? h(
          "p",
          { class: "quiet" },
          `However many choices they make, these play too few states for that: ${limited.join(", ")}. Only several sessions pooled can have enough.`,
        )
      : null,
    h(
      "details",
      null,
      h("summary", null, "Offer by offer: who accepts?"),
      rows.map((row) => offers(row)),
    ),
  );
}

function counts(rows) {
  const beside = (made, expected) => `${made} (${fixed(expected, 1)})`;
  return table({
    caption: "Ties, their direction, and answers to offers, by kind of player.",
    class: "tight choices-table",
    rows,
    key: (row) => row.player,
    columns: [
      { label: "Players", head: true, cell: (row) => [capital(row.label), " ", row.recovery_test ? tag("recovery test") : null] },
      { label: "Windows", number: true, cell: (row) => String(row.whether.scores.n) },
      { label: "With a new tie", number: true, cell: (row) => beside(row.whether.made, row.whether.expected) },
      { label: "Partner fears the threat", number: true, cell: (row) => beside(row.direction.chosen.BAL, row.direction.expected.BAL) },
      { label: "Is the threat", number: true, cell: (row) => beside(row.direction.chosen.BW, row.direction.expected.BW) },
      { label: "Neither", number: true, cell: (row) => beside(row.direction.chosen.OTHER, row.direction.expected.OTHER) },
      { label: "Offers accepted", number: true, cell: (row) => `${row.acceptances.accepted} of ${row.acceptances.received}` },
      {
        label: "Quiet, with an ally against it",
        number: true,
        cell: (row) => `${sum(row.standing.filter((part) => part.aligned_against), "quiet")} of ${sum(row.standing, "quiet")}`,
      },
    ],
  });
}

// The findings of one kind of player, and its scores where there are choices enough.
function scored(row) {
  const told = QUESTIONS.filter(([key]) => row[key].scores.telling);
  const few = QUESTIONS.filter(([key]) => !row[key].scores.telling);
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
    h("details", null, h("summary", null, "Every hypothesis, in bits above the null"), gainTable(row, names)),
    slopes("Who is chosen by proposers", row.partner.slopes),
  );
}

function gainTable(row, names) {
  const found = (key, name) => row[key].scores.telling && row[key].scores.hypotheses.find((one) => one.name === name);
  const titleOf = (name) => QUESTIONS.map(([key]) => found(key, name)).find(Boolean)?.title ?? name;
  return table({
    caption: `Bits above the null for each choice of ${row.label}, with 95 % intervals.`,
    class: "tight",
    rows: names,
    key: (name) => name,
    columns: [
      { label: "Bits above the null", head: true, cell: titleOf },
      ...COLUMNS.map(([key, gain, label]) => ({
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
  return h("p", { class: "quiet small" }, `${title}, in log-odds for a standard deviation: ${told.join("; ")}.`);
}

function offers(row) {
  return [
    table({
      caption: `How ${row.label} answered offers.`,
      class: "tight",
      rows: row.acceptances.situations.filter((one) => one.received),
      key: (one) => one.situation,
      columns: [
        { label: capital(row.label), head: true, full: true, cell: (one) => capital(one.label) },
        { label: "Received", number: true, cell: (one) => String(one.received) },
        { label: "Accepted", number: true, cell: (one) => String(one.accepted) },
        { label: "Refused", number: true, cell: (one) => String(one.refused) },
        { label: "Unanswered", number: true, cell: (one) => String(one.unanswered) },
      ],
      empty: `${capital(row.label)} got no offer.`,
    }),
    slopes("What makes them accept", row.acceptances.slopes),
  ];
}
