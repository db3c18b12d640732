// What is wrong, in words: a form that is not filled in, and what the class refuses. Pure.

import { t, tOr } from "../text/text.mjs";
import { longName } from "../ui/parts.mjs";
import { errorSentence } from "../words.mjs";

/** @typedef {{ field: string, text: string }} Problem */

/** The field of the form that a refusal is about. @type {Record<string, string>} */
const FIELDS = { wrong_code: "code", wrong_device_code: "device", door_closed: "code", name_missing: "name" };

/**
 * Return what is wrong with the form of somebody who joins: what the server has refused, or else the first empty field.
 *
 * @param {any} refused
 * @param {{ code: string, name: string }} [draft]
 * @returns {Problem | null}
 */
export function firstProblem(refused, draft) {
  if (refused) return { field: FIELDS[refused.code] ?? "", text: refusalWords(refused) };
  if (!draft) return null;
  if (!draft.code) return { field: "code", text: t("class.code-missing") };
  if (!draft.name.trim()) return { field: "name", text: t("class.name-missing") };
  const long = longName(draft.name);
  return long ? { field: "name", text: long } : null;
}

/**
 * Say why the class, or a world of it, has refused a message. A roster's mistake begins with its place.
 *
 * @param {{ code: string, expected: string, got: string, reason?: string, terms?: Record<string, string | number> }} refused
 */
export function refusalWords({ code, expected, got, reason, terms }) {
  const why = reason ? tOr(`class.why-${reason}`, "", terms) || tOr(`refusals.${reason}`, "", { got, ...terms }) : "";
  if (why) return why;
  return tOr(`class.refused-${code}`, "") || errorSentence({ code, expected, got });
}

/**
 * Say where a roster has a mistake.
 *
 * @param {string} path as the server says it: `line 3` or `line 3, world`
 */
export function placeWords(path) {
  const [, line, column] = /^lines? ([\d, ]*\d)(?:, (\w+))?$/.exec(path) ?? [];
  if (!line) return path;
  return column ? t("class.roster-cell", { line, column }) : t("class.roster-line", { line });
}

/**
 * Return the sentence for something to know about a request that was done.
 *
 * @param {ClassWire.ClassNote} note
 */
export const noteWords = ({ text, reason, terms }) => tOr(`class.note-${reason}`, text, terms);
