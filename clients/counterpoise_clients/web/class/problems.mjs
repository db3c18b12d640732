// What is wrong, in words: a form that is not filled in, and what the class refuses. Pure.

import { t, tOr } from "../text/text.mjs";

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
  return null;
}

/**
 * Say why the class, or a world of it, has refused a message. Where the catalogue has no words, the server's own are shown.
 *
 * @param {{ code: string, path: string, expected: string, got: string, reason?: string, terms?: Record<string, string | number> }} refused
 */
export function refusalWords({ code, path, expected, got, reason, terms }) {
  const ofWorld = reason ? tOr(`refusals.${reason}`, "", { got, ...terms }) : "";
  if (ofWorld) return ofWorld;
  const own = expected ? t("class.expected-got", { expected, got }) : got;
  return tOr(`class.refused-${code}`, own, { path, own });
}
