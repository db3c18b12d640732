// Words for the codes of the protocol.

import { format, locale, number, t, tOr } from "./text/text.mjs";

/** @typedef {Record<string, string>} Names the names of states by code */

/**
 * Return words by code that are read from the catalogue each time, in the language of that moment.
 *
 * @param {string} prefix of the keys
 * @param {string[]} codes
 * @param {(text: string) => string} [shown]
 * @returns {Record<string, string>}
 */
function wordsByCode(prefix, codes, shown = (text) => text) {
  const words = codes.map((code) => [code, { enumerable: true, get: () => shown(t(`words.${prefix}.${code}`)) }]);
  return Object.defineProperties({}, Object.fromEntries(words));
}

/** What a page does after a connection ended with a code: whether it reconnects, and what the user can press. @type {Record<number, [again: boolean, act?: "reload" | "here"]>} */
const CLOSINGS = {
  1000: [false, "reload"],
  1001: [true],
  1006: [true],
  1007: [false, "reload"],
  1008: [false],
  1009: [false, "reload"],
  1011: [true],
  1012: [true],
  1013: [true],
  4001: [false],
  4002: [false, "here"],
  4003: [true],
  4004: [true],
  4005: [true],
  4006: [false, "reload"],
  4007: [false, "reload"],
  4008: [false, "reload"],
  4009: [false, "reload"],
};

/** What the server says to somebody who loses a place, and the text that says it. @type {Record<string, string>} */
const LOST_PLACES = {
  "the moderator has given this seat to its bot": "bot",
  "the moderator has given this seat to somebody else": "moved",
  "the moderator has not let you in: speak to the moderator": "kept_out",
  "you do not play this seat any longer": "unseated",
};

/** The codes whose reason says what to do. */
const SAID_BY_SERVER = [1008, 4008];

/**
 * Return what a close code means: a title, a sentence, whether to reconnect, and the action that the user can take.
 *
 * @param {number} code
 * @param {string} [reason]
 * @returns {{ title: string, text: string, again: boolean, act: "reload" | "here" | null }}
 */
export function closing(code, reason = "") {
  const [again, act = null] = CLOSINGS[code] ?? [true];
  const name = code in CLOSINGS ? code : "lost";
  const text = t(`words.closing.${name}.text`, { code });
  const why = code === 4001 ? (LOST_PLACES[reason] ?? "") : "";
  if (why) return { title: t(`words.closing.${why}`), text: t(`words.closing.${why}.text`), again, act };
  const said = tOr(`words.closing.why.${reason.split(":")[0]}`, reason);
  const words = said && SAID_BY_SERVER.includes(code) ? t("words.closing.because", { text, reason: said }) : text;
  return { title: t(`words.closing.${name}`), text: words, again, act };
}

/**
 * Return a typed error as a sentence, with the names of states. Without `expected`, `got` holds the whole explanation.
 *
 * @param {{ code: string, expected?: string, got?: string, reason?: string, terms?: Record<string, string | number> }} error
 * @param {Names} [names]
 */
export function errorSentence(error, names = {}) {
  const words = refusalWords(error, names);
  if (words) return words;
  // The server names the phase and the role in its own terms: the reader needs what to do.
  const phase = error.code === "wrong_phase" ? tOr(`words.phase.${(error.got ?? "").replace("the phase ", "")}`, "") : "";
  if (phase) return phase;
  if (error.code === "not_allowed") return t("words.error.bare", { what: t("words.error.not_allowed") });
  const what = tOr(`words.error.${error.code}`, titled(error.code));
  // The number of a crisis or an alliance tells nobody anything; the form shows which one it is about.
  const given = /^\d{6,}$/.test(error.got ?? "") ? "" : (error.got ?? "").replace(/\.$/, "");
  const got = codeWords(given);
  const expected = error.expected ?? "";
  if (expected) return named(t(got ? "words.error.got" : "words.error.needs", { what, expected, got }), names);
  return named(t(got ? "words.error.says" : "words.error.bare", { what, detail: got }), names);
}

/**
 * Say why the server refuses something, in the reader's language; "" for a reason that the page does not know.
 *
 * @param {{ reason?: string, got?: string, terms?: Record<string, string | number> }} refusal
 * @param {Names} names
 */
export function refusalWords(refusal, names) {
  /** @type {Record<string, string | number>} */
  const values = { got: refusal.got ?? "", ...refusal.terms };
  if (typeof values.date === "string") values.date = longDate(values.date);
  return refusal.reason ? named(tOr(`refusals.${refusal.reason}`, "", values), names) : "";
}

/**
 * Return a text with the codes of states replaced by names.
 *
 * @param {string} text
 * @param {Names} names
 */
const named = (text, names) =>
  text.replace(/["']?\b([A-Z][A-Z0-9]{1,4})\b["']?/g, (found, code) => (Object.hasOwn(names, code) ? names[code] : found));

/**
 * Return the name of the field that an error is about, or "" for the whole order.
 *
 * @param {{ path?: string }} error
 */
export function errorField(error) {
  const match = /^\$(?:\.(?:move|command|inject|fields))*\.?([a-z_]+)?/.exec(error.path ?? "");
  return match?.[1] ?? "";
}

const PACTS = [
  "defence",
  "offence",
  "neutrality",
  "nonaggression",
  "consultation",
  "guarantee",
  "basing",
  "arms",
  "joint_operation",
  "union",
];
/** The commitments as titles: `Defence pact`. */
export const COMMITMENTS = wordsByCode("pact", PACTS, capital);

/**
 * Return a commitment in the middle of a sentence: `defence pact`.
 *
 * @param {string} [commitment]
 */
export const pactWords = (commitment = "alliance") => tOr(`words.pact.${commitment}`, spaced(commitment));

/**
 * Return a commitment as a phrase with its article: `an offence pact`, `arms supply`.
 *
 * @param {string} [commitment]
 */
export const aCommitment = (commitment = "alliance") => tOr(`words.aPact.${commitment}`, spaced(commitment));

const CLASS_WORDS = wordsByCode("class", ["BAL", "BW", "HIDE", "NEU", "OTHER"]);
/** @type {Record<string, [letter: string, words: string]>} */
export const CLASSES = withWords({ BAL: "B", BW: "W", HIDE: "H", NEU: "N", OTHER: "O" }, CLASS_WORDS);

const VERDICT_SIGNS = { SUPPORT: "✓", CONTRADICT: "✗", NO_EFFECT: "≈", NOT_ENOUGH_DATA: "…", FRAGILE: "!" };
/** @type {Record<string, [sign: string, words: string]>} */
export const VERDICTS = withWords(VERDICT_SIGNS, wordsByCode("verdict", Object.keys(VERDICT_SIGNS)));

/**
 * Pair signs with words that are read each time.
 *
 * @param {Record<string, string>} signs by code
 * @param {Record<string, string>} words by code
 * @returns {Record<string, [string, string]>}
 */
function withWords(signs, words) {
  const pairs = Object.keys(signs).map((code) => [code, { enumerable: true, get: () => [signs[code], words[code]] }]);
  return Object.defineProperties({}, Object.fromEntries(pairs));
}

/**
 * The components of a threat with their title and a short one.
 *
 * @returns {[component: string, title: string, short: string][]}
 */
export const components = () =>
  ["power", "proximity", "offense", "intentions"].map((part) => [part, t(`words.part.${part}`), t(`words.part.${part}.short`)]);

/** The highest level of a crisis, which is war. */
export const LEVEL_MAX = 5;
/** The levels of a crisis, from 1 to 5. */
export const LEVELS = wordsByCode("level", ["1", "2", "3", "4", "5"]);
/** What a crisis or a war is about. */
export const RELATION = wordsByCode("aim", ["territory", "policy", "regime"]);
/**
 * Say how the session stands: `Running`.
 *
 * @param {string} [phase]
 */
export const phaseName = (phase) => (phase ? tOr(`header.${phase}`, phase) : "–");

/**
 * Say which world of which class a session is: `Alliances, Monday · World A`. Nothing outside a class.
 *
 * @param {Wire.Welcome | null} welcome
 */
export const whichWorld = (welcome) =>
  welcome?.world ? t("header.world", { title: welcome.class_title ?? "", world: welcome.world }) : "";

/**
 * Name a role without a seat: `Moderator`.
 *
 * @param {string} role
 */
export const roleName = (role) => tOr(`header.${role === "admin" ? "administrator" : role}`, role);

/**
 * Return a name of the protocol as words: `stand_firm` becomes `stand firm`.
 *
 * @param {unknown} name
 */
export const spaced = (name) => String(name).replaceAll("_", " ");
/** @param {string} text */
export function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
/** @param {unknown} name */
export const titled = (name) => capital(codeWords(String(name)));

/**
 * Return a code of the server in the middle of a sentence: `stand firm`. A code that the catalogue does not know becomes words.
 *
 * @param {string} code
 */
export const codeWords = (code) => tOr(`words.code.${code.replaceAll(" ", "_")}`, spaced(code));

/**
 * Return a share in [0, 1] with two decimals.
 *
 * @param {number} value
 */
export const share = (value) => (Number.isFinite(value) ? number(value, 2) : "–");

/**
 * Return a share in [0, 1] for a small cell: `.89`. The zero stays before a comma: `0,89`.
 *
 * @param {number} value
 */
export const shortShare = (value) => share(value).replace(/^0\./, ".");

/**
 * Return a share as per cent; a share below 10 % has one decimal.
 *
 * @param {number} value
 */
export const percent = (value) => (Number.isFinite(value) ? `${number(value * 100, value < 0.0995 ? 1 : 0)} %` : "–");

/**
 * Return `1967-06-05` as `5 June 1967`, and any other text unchanged.
 *
 * @param {string} [iso]
 */
export function longDate(iso) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso ?? "")) return iso ?? "";
  const how = /** @type {const} */ ({ day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  return format("long-date", () => new Intl.DateTimeFormat(locale(), how)).format(new Date(`${iso}T00:00Z`));
}

/**
 * Return a sentence of the server with its dates written as the page writes them.
 *
 * @param {string} sentence
 */
export const withLongDates = (sentence) => sentence.replace(/\b\d{4}-\d{2}-\d{2}\b/g, longDate);

/**
 * Return the date some days after another, or before it if they are negative.
 *
 * @param {string} iso
 * @param {number} days
 */
export function dateAfter(iso, days) {
  const day = new Date(`${iso}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}

/**
 * Return seconds as a clock: `4:05`, `1:02:03`, `2 d 3 h`.
 *
 * @param {number} seconds
 */
export function clock(seconds) {
  const left = Math.max(0, Math.ceil(seconds));
  if (left >= 86_400) return t("words.days", { days: Math.floor(left / 86_400), hours: Math.floor((left % 86_400) / 3600) });
  const pad = (/** @type {number} */ value) => String(value).padStart(2, "0");
  const hours = Math.floor(left / 3600);
  const tail = `${hours ? pad(Math.floor((left % 3600) / 60)) : Math.floor(left / 60)}:${pad(left % 60)}`;
  return hours ? `${hours}:${tail}` : tail;
}

/**
 * Join words for a sentence: `Egypt, Iraq and Syria`.
 *
 * @param {string[]} words
 */
export const listed = (words) => format("list", () => new Intl.ListFormat(locale(), { type: "conjunction" })).format(words);

/**
 * Say what a message offers and asks for; nothing without an offer and a request.
 *
 * @param {Record<string, any>} detail
 * @param {(code: string) => string} name
 */
export function dealWords(detail, name) {
  const { offer, ask, about } = detail;
  if (!offer && !ask) return "";
  const key = offer && ask ? "words.deal.both" : offer ? "words.deal.offer" : "words.deal.ask";
  const deal = t(key, { offer: codeWords(offer ?? ""), ask: codeWords(ask ?? "") });
  return about ? t("words.deal", { deal, about: name(about) }) : deal;
}

/**
 * Say what is answered for a seat that leaves a call open.
 *
 * @param {string[]} defaults
 */
export function defaultWords(defaults) {
  if (defaults.length === 1) return t("words.default.one", { answer: codeWords(defaults[0]) });
  return t("words.default.many", { answers: defaults.map(codeWords).join(", ") });
}
