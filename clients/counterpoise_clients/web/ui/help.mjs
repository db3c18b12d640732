// Help: how a turn goes, and what the words mean. A dialog that Escape closes.

import { h } from "../h.mjs";
import { t } from "../text/text.mjs";
import { CLASSES, longDate } from "../words.mjs";
import { dialog } from "./parts.mjs";

const TURN = ["turn1", "turn2", "turn3", "turn4"];
const WORDS = [
  "threat",
  "power",
  "near",
  "offence",
  "intent",
  "balancing",
  "bandwagoning",
  "hiding",
  "window",
  "call",
  "defencePact",
  "pactOfMany",
  "neutrality",
  "shortOfPromise",
  "checkerboard",
  "sphere",
  "baseRate",
];

/** @param {any} rows */
const terms = (rows) =>
  h(
    "dl",
    { class: "terms" },
    rows.map((/** @type {any} */ term) => h("div", { key: term }, h("dt", null, t(`help.${term}`)), h("dd", null, t(`help.${term}Words`)))),
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
    h("h3", null, t("help.proofs")),
    h(
      "p",
      null,
      t("help.proofsKept", { date: longDate(last.date), count: receipts.length }),
      h(
        "a",
        {
          download: `${last.session}.receipts.jsonl`,
          href: `data:application/x-ndjson;charset=utf-8,${encodeURIComponent(lines)}`,
        },
        t("help.proofsDownload"),
      ),
    ),
    h("img", {
      class: "receipt-code",
      alt: t("help.proofsCode"),
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
    t("help.title"),
    h("h3", null, t("help.turn")),
    h(
      "ol",
      { class: "steps" },
      TURN.map((step) => h("li", { key: step }, h("strong", null, t(`help.${step}`)), `. ${t(`help.${step}Words`)}`)),
    ),
    h("h3", null, t("help.letters")),
    h(
      "ul",
      { class: "legend" },
      Object.entries(CLASSES).map(([kind, [letter, words]]) =>
        h("li", { key: kind }, h("span", { class: `lane-key class-${kind}` }, letter), ` ${words}`),
      ),
    ),
    h("h3", null, t("help.words")),
    terms(WORDS),
    kept ? receiptsKept(kept) : null,
    h(
      "p",
      { class: "quiet small" },
      t("help.keys"),
    ),
  );
}
