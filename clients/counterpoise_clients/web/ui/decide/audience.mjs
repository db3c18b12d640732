// Who sees a move: a badge, a row of its card, and the words of the button that sends it.

import { h } from "../../h.mjs";
import { t } from "../../text/text.mjs";
import { listed } from "../../words.mjs";

/**
 * Say which states see a move when it acts; null is everyone.
 *
 * @param {any} seenBy
 * @param {Record<string, string>} names
 */
export function readers(seenBy, names) {
  if (seenBy === null) return t("decide.sees.everyone");
  return seenBy.length ? t("decide.sees.some", { states: listed(seenBy.map((/** @type {string} */ code) => names[code] ?? code)) }) : t("decide.sees.nobody");
}

/**
 * Draw the badge of a move: public or private.
 *
 * @param {any} seenBy
 */
export const badge = (seenBy) =>
  h(
    "span",
    { class: `audience ${seenBy === null ? "public" : "private"}` },
    h("span", { "aria-hidden": "true" }, seenBy === null ? "◎ " : "● "),
    t(seenBy === null ? "decide.public" : "decide.private"),
  );

/**
 * Say what the button does that sends a move, and who sees it.
 *
 * @param {any} option
 * @param {any} fields
 * @param {Record<string, string>} names
 */
export function sendLabel(option, fields, names) {
  if (fields.some((/** @type {any} */ field) => field.words === "everyone")) return t("decide.send.words");
  const seenBy = option?.seen_by ?? null;
  if (seenBy === null) return t("decide.send.everyone");
  return seenBy.length ? t("decide.send.some", { states: listed(seenBy.map((/** @type {string} */ code) => names[code] ?? code)) }) : t("decide.send.nobody");
}
