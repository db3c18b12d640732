// The answer in words: who was feared, who aligned with whom and why, what the theory expected, and where it was right and wrong.

import { h } from "../../h.mjs";
import { panel } from "../parts.mjs";
import { sentenceOf } from "./sentences_of_data.mjs";
import { t } from "../../text/text.mjs";

const TIES_SHOWN = 6;
const parts = () => [
  ["feared", t("debrief.whoWasFeared")],
  ["aligned", t("debrief.whoAlignedWithWhomAnd")],
  ["expected", t("debrief.whatBalanceOfThreatExpected")],
];

/** Whether the report has sentences; sessions of older rules and those that have not begun have none. */
export function hasWords(report) {
  return parts().some(([key]) => report.in_words?.as_data[key].length);
}

/** Draw the panel, the first of the page. */
export function inWords({ report }) {
  if (!hasWords(report)) return null;
  return panel(
    "d-words",
    t("debrief.inWords"),
    { class: "in-words" },
    h("p", { class: "quiet" }, sentenceOf(report.tested.as_data)),
    report.tested.kind === "people"
      ? h("p", { class: "quiet small" }, t("debrief.whoeverJoinedByALink"))
      : null,
    parts().filter(([key]) => report.in_words.as_data[key].length).map(([key, title]) => [
      h("h3", null, title),
      list(report.in_words.as_data[key]),
      key === "aligned" ? ties(report.in_words.as_data.ties) : null,
    ]),
  );
}

const list = (sentences) =>
  h(
    "ul",
    null,
    sentences.map((sentence) => h("li", null, sentenceOf(sentence))),
  );

// The first ties; the others of many are folded away.
function ties(sentences) {
  if (!sentences.length) return null;
  const rest = sentences.length - TIES_SHOWN;
  return [
    list(sentences.slice(0, TIES_SHOWN)),
    rest > 0 ? h("details", null, h("summary", null, t("debrief.more", { rest, value: rest === 1 ? t("debrief.tie") : t("debrief.ties") })), list(sentences.slice(TIES_SHOWN))) : null,
  ];
}
