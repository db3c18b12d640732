// Help: how a turn goes, and what the words mean. A dialog that Escape closes.

import { h } from "../h.mjs";
import { CLASSES } from "../words.mjs";
import { dialog } from "./parts.mjs";

/** @type {[string, string][]} */
const TURN = [
  [
    "Look",
    "See at a glance whom you have most to fear, who stands with you, and what happened since you last decided.",
  ],
  ["Answer", "An offer, a crisis or a call for help waits at the top of the page. Silence is an answer too."],
  ["Order", "Choose a move, fill in its form, send it. A tick and a receipt say that the server has kept it."],
  ["Ready", "The clock goes on when everyone is ready or the time is up. Orders are taken until then."],
];

/** @type {[string, string][]} */
const WORDS = [
  [
    "Threat",
    "How dangerous another state looks to you, from 0 to 1: its power, nearness, offence and intent together.",
  ],
  ["Power", "Its share of people, industry and arms, against the greatest."],
  ["Near", "1 across a border, less over land and water."],
  ["Offence", "How much of its strength can attack."],
  ["Intent", "How aggressive its deeds, words and claims have looked so far."],
  ["Balancing", "To side with others against the state that threatens you."],
  ["Bandwagoning", "To side with the state that threatens you."],
  ["Hiding", "To put up no resistance and make no choice: to leave or avoid every commitment."],
  ["Window", "A time to decide. Between windows the clock runs, and stops only when somebody must answer."],
  ["Call", "A question that only you can answer, with a deadline in simulated days."],
  ["Defence pact", "To fight beside a partner that is attacked. A guarantee promises the same from one side only."],
  ["Pact of many", "A promise of three or more states. Others join it if every member consents; any member can leave it."],
  ["Neutrality and non-aggression pacts", "To stay out of a partner's war; not to attack it."],
  ["Basing, arms, joint operation", "Help short of a promise: bases, weapons, acting together once."],
  ["Checkerboard", "Neighbours are enemies and neighbours' neighbours friends: what balancing makes of a map."],
  ["Sphere of influence", "Small states side with the great power next to them: what bandwagoning makes of it."],
  ["Base rate", "The forecast that knows only how often each kind of choice is made. A hypothesis must beat it."],
];

const terms = (rows) =>
  h(
    "dl",
    { class: "terms" },
    rows.map(([term, words]) => h("div", { key: term }, h("dt", null, term), h("dd", null, words))),
  );

/**
 * Draw what this browser has kept of the journal: a link to download the receipts, and the last of them to photograph.
 *
 * @param {{ receipts: Wire.Checkpoint[], base: string }} kept
 */
function receiptsKept({ receipts, base }) {
  const last = receipts.at(-1);
  if (!last) return null;
  const lines = receipts.map((receipt) => `${JSON.stringify(receipt)}\n`).join("");
  return [
    h("h3", null, "Receipts"),
    h(
      "p",
      null,
      `The server has signed how its journal stands; the last time on ${last.date}. This browser keeps the ${receipts.length} `,
      "receipts. They show later whether a journal is the one that was played. ",
      h(
        "a",
        {
          download: `${last.session}.receipts.jsonl`,
          href: `data:application/x-ndjson;charset=utf-8,${encodeURIComponent(lines)}`,
        },
        "Download the receipts",
      ),
    ),
    h("img", {
      class: "receipt-code",
      alt: "The last receipt as a QR code",
      loading: "lazy",
      src: `${base}s/${last.session}/checkpoint.svg?tick=${last.tick}&phase=${last.phase}`,
    }),
  ];
}

/**
 * Draw the dialog; it stays shut until somebody opens it.
 *
 * @param {{ receipts: Wire.Checkpoint[], base: string }} [kept] of the session; a page without one has none
 */
export function help(kept) {
  return dialog(
    "help",
    "Help",
    h("h3", null, "A turn"),
    h(
      "ol",
      { class: "steps" },
      TURN.map(([title, words]) => h("li", { key: title }, h("strong", null, title), `. ${words}`)),
    ),
    h("h3", null, "Letters in the debrief"),
    h(
      "ul",
      { class: "legend" },
      Object.entries(CLASSES).map(([kind, [letter, words]]) =>
        h("li", { key: kind }, h("span", { class: `lane-key class-${kind}` }, letter), ` ${words}`),
      ),
    ),
    h("h3", null, "Words"),
    terms(WORDS),
    kept ? receiptsKept(kept) : null,
    h(
      "p",
      { class: "quiet small" },
      "Keys: Tab goes on, Shift and Tab back, Enter or Space presses, arrow keys move in the threat matrix, Escape closes this.",
    ),
  );
}
