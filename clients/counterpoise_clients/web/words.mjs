// Words for the codes of the protocol.

import { tOr } from "./text/text.mjs";

/** @typedef {Record<string, string>} Names the names of states by code */

/** @type {Record<number, [title: string, text: string, again: boolean, act?: "reload" | "here"]>} */
const CLOSINGS = {
  1000: ["The session is over", "The server has ended this connection. What you did is saved.", false, "reload"],
  1001: ["The server is shutting down", "This page keeps trying to reconnect.", true],
  1006: [
    "No connection",
    "The network or the server cannot be reached. This page keeps trying; nothing is lost.",
    true,
  ],
  1007: [
    "The server could not read a message",
    "Reload the page. If it happens again, tell the moderator.",
    false,
    "reload",
  ],
  1008: ["The server refused this page", "Ask the moderator for a new link.", false],
  1009: ["A message was too long", "Reload the page. If it happens again, shorten your text.", false, "reload"],
  1011: ["The server had an internal error", "This page reconnects. Orders with a receipt are safe.", true],
  1012: ["The server is restarting", "This page reconnects by itself in a moment.", true],
  1013: ["The server is busy", "This page tries again in a few seconds.", true],
  4001: [
    "This link is no longer valid",
    "It was used elsewhere, was revoked or has expired. Ask the moderator for a new link.",
    false,
  ],
  4002: [
    "Opened elsewhere",
    "This seat was opened in another window or on another device, which plays it now; nothing is lost. Only one can play at a time. If it was not you, tell the moderator: a new link disconnects the other page.",
    false,
    "here",
  ],
  4003: [
    "The connection was too slow",
    "The server could not deliver its messages in time. This page reconnects and catches up.",
    true,
  ],
  4004: ["Too many messages", "This page sent more than the server allows. It waits a few seconds and continues.", true],
  4005: ["No hello in time", "The first message of this page came too late. This page tries again.", true],
  4006: [
    "This page is out of date",
    "The server speaks a newer version of the protocol. Reload the page.",
    false,
    "reload",
  ],
  4007: [
    "No such session here",
    "The server has no session with the name in this link. Check that you copied the whole link, or ask the moderator for a new one.",
    false,
    "reload",
  ],
  4009: [
    "You have gone on, on another device",
    "That device has the seat now; nothing is lost. To come back here, ask for a code there.",
    false,
    "reload",
  ],
  4008: ["Not under this address", "The server takes no connection from a page that was opened here", false, "reload"],
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
  const [title, text, again, act = null] = CLOSINGS[code] ?? [
    "Connection lost",
    `The connection ended with code ${code}.`,
    true,
  ];
  const moved = code === 4001 && reason.startsWith("the moderator");
  const owner = reason.endsWith("bot") ? "A bot plays this seat now" : "The seat is somebody else's now";
  if (moved) return { title: owner, text: `${capital(reason)}.`, again, act };
  return { title, text: reason && SAID_BY_SERVER.includes(code) ? `${text} (${reason})` : text, again, act };
}

/** @type {Record<string, string>} */
const ERRORS = {
  illegal: "Not possible now",
  late: "Too late: that window has closed",
  not_deciding: "Not yours to decide now",
  no_proposal: "That proposal is gone",
  unknown_member: "Nobody like that is in this seat",
  not_your_seat: "Your seat may not do this",
  unknown_actor: "No such state",
  idempotency_mismatch: "This order was already sent with other content",
  game_over: "The session is over",
  not_running: "The session is not running",
  malformed: "Not understood",
  rate_limited: "Too fast: wait a moment",
  not_allowed: "Your role may not do this",
  wrong_phase: "Not at this point of the session",
  too_many: "Too many orders at once",
  bad_text: "The text contains a character that cannot be sent",
  too_long: "Too long",
  too_large: "Too long",
  invalid: "Not understood",
  internal: "The server had an internal error",
  storage: "The server cannot write to its disk",
  log_regressed: "The server has lost data that it had confirmed to this browser",
};

/**
 * Return a typed error as a sentence, with the names of states. Without `expected`, `got` holds the whole explanation.
 *
 * @param {{ code: string, expected?: string, got?: string }} error
 * @param {Names} [names]
 */
export function errorSentence(error, names = {}) {
  const what = ERRORS[error.code] ?? capital(spaced(error.code));
  const got = error.got ? `, got ${error.got}` : "";
  const detail = error.expected ? `expected ${error.expected}${got}` : (error.got ?? "").replace(/\.$/, "");
  return named(detail ? `${what}: ${detail}.` : `${what}.`, names);
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

/** @type {Record<string, string>} */
export const COMMITMENTS = {
  defence: "Defence pact",
  offence: "Offence pact",
  neutrality: "Neutrality pact",
  nonaggression: "Non-aggression pact",
  consultation: "Consultation pact",
  guarantee: "Guarantee",
  basing: "Basing rights",
  arms: "Arms supply",
  joint_operation: "Joint operation",
  union: "Union of states",
};

/**
 * Return a commitment as a phrase with its article: `an offence pact`, `arms supply`.
 *
 * @param {string} commitment
 */
export function aCommitment(commitment) {
  const words = (COMMITMENTS[commitment] ?? titled(commitment ?? "alliance")).toLowerCase();
  if (commitment === "arms" || commitment === "basing") return words;
  return `${/^[aeiou]/.test(words) ? "an" : "a"} ${words}`;
}

/** @type {Record<string, [letter: string, words: string]>} */
export const CLASSES = {
  BAL: ["B", "balances"],
  BW: ["W", "bandwagons"],
  HIDE: ["H", "hides"],
  NEU: ["N", "stays neutral"],
  OTHER: ["O", "other alignment"],
};

/** @type {Record<string, [sign: string, words: string]>} */
export const VERDICTS = {
  SUPPORT: ["✓", "supported"],
  CONTRADICT: ["✗", "contradicted"],
  NO_EFFECT: ["≈", "no effect"],
  NOT_ENOUGH_DATA: ["…", "not enough data"],
  FRAGILE: ["!", "fragile"],
};

/** @type {[component: string, title: string, short: string][]} */
export const COMPONENTS = [
  ["power", "Aggregate power", "Power"],
  ["proximity", "Proximity", "Near"],
  ["offense", "Offensive power", "Offence"],
  ["intentions", "Aggressive intentions", "Intent"],
];

export const LEVELS = ["", "claim", "threat of force", "display of force", "use of force", "war"];
/** @type {Record<string, string>} */
export const RELATION = { territory: "territory", policy: "policy", regime: "the regime" };

/**
 * Say how the session stands: `Running`.
 *
 * @param {string} [phase]
 */
export const phaseName = (phase) => (phase ? tOr(`header.${phase}`, phase) : "–");

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
export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
/** @param {unknown} name */
export const titled = (name) => capital(spaced(name));

/**
 * Return a share in [0, 1] with two decimals.
 *
 * @param {number} value
 */
export const share = (value) => (Number.isFinite(value) ? value.toFixed(2) : "–");
/**
 * Return a share as per cent; a share below 10 % has one decimal.
 *
 * @param {number} value
 */
export const percent = (value) => (Number.isFinite(value) ? `${(value * 100).toFixed(value < 0.0995 ? 1 : 0)} %` : "–");

const MONTHS = "January February March April May June July August September October November December".split(" ");

/**
 * Return `1967-06-05` as `5 June 1967`, and any other text unchanged.
 *
 * @param {string} [iso]
 */
export function longDate(iso) {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso ?? "");
  return match ? `${Number(match[3])} ${MONTHS[Number(match[2]) - 1]} ${Number(match[1])}` : (iso ?? "");
}

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
  if (left >= 86_400) return `${Math.floor(left / 86_400)} d ${Math.floor((left % 86_400) / 3600)} h`;
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
export function listed(words) {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/**
 * Say what a message offers and asks for; nothing without an offer and a request.
 *
 * @param {Record<string, any>} detail
 * @param {(code: string) => string} name
 */
export function dealWords(detail, name) {
  const parts = [
    detail.offer ? `offers ${spaced(detail.offer)}` : "",
    detail.ask ? `asks for ${spaced(detail.ask)}` : "",
  ].filter(Boolean);
  const about = detail.about ? ` (${name(detail.about)})` : "";
  return parts.length ? `${titled(parts.join(" and "))}${about}` : "";
}

/**
 * Say what is answered for a seat that leaves a call open.
 *
 * @param {string[]} defaults
 */
export function defaultWords(defaults) {
  if (defaults.length === 1) return `it counts as “${spaced(defaults[0])}”`;
  return `chance decides: ${defaults.map(spaced).join(", ")}`;
}

/**
 * Return a number of things in words: "1 state", "3 states".
 *
 * @param {number} number
 * @param {string} thing
 */
export const counted = (number, thing) => `${number} ${thing}${number === 1 ? "" : "s"}`;
