// What may stand beside a replay, as the server lists it: its names in the choice, and where its film comes from.

import { keeper } from "../keep.mjs";
import { t } from "../text/text.mjs";
import { longDate } from "../words.mjs";
import { filmSource } from "./source.mjs";

/** @typedef {import("./source.mjs").Companion} Companion */

/**
 * Return the name of something beside a replay.
 *
 * @param {Companion} companion
 */
export const nameOfCompanion = ({ kind, detail }) => t(`replay.beside.${kind}`, { detail: /^\d{4}-/.test(detail) ? longDate(detail) : detail });

/** The token that this browser holds for a session. @param {string} session */
const ownToken = (session) => keeper(session, sessionStorage, localStorage).credentials()?.token ?? "";

/**
 * Return what this browser may show beside a replay.
 *
 * @param {readonly Companion[]} listed by the server
 */
export const shownBeside = (listed) => listed.filter(({ name, needs_token }) => !needs_token || ownToken(name));

/**
 * Return the source of the film of something beside a replay.
 *
 * @param {URL} base the root of the pages
 * @param {string} session
 * @param {() => string} token the newest token that this browser holds for the session
 * @param {Companion} companion
 */
export function sourceBeside(base, session, token, companion) {
  const source = companion.needs_token ? filmSource(base, companion.name, () => ownToken(companion.name)) : filmSource(base, session, token, companion.name);
  return { ...source, name: () => nameOfCompanion(companion) };
}
