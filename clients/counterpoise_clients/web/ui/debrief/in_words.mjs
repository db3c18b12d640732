// The answer in words: who was feared, who aligned with whom and why, what the theory expected and where it was wrong.

import { h } from "../../h.mjs";
import { panel } from "../parts.mjs";

const PARTS = [
  ["feared", "Who was feared"],
  ["aligned", "Who aligned with whom, and why"],
  ["expected", "What balance of threat expected, and where it was wrong"],
];

/** Whether the report has sentences; sessions of older rules and those that have not begun have none. */
export function hasWords(report) {
  return PARTS.some(([key]) => report.in_words?.[key].length);
}

/** Draw the panel, the first of the page. */
export function inWords({ report }) {
  if (!hasWords(report)) return null;
  return panel(
    "d-words",
    "In words",
    { class: "in-words" },
    h("p", { class: "quiet" }, report.tested.sentence),
    PARTS.filter(([key]) => report.in_words[key].length).map(([key, title]) => [
      h("h3", null, title),
      h(
        "ul",
        null,
        report.in_words[key].map((sentence) => h("li", null, sentence)),
      ),
    ]),
  );
}
