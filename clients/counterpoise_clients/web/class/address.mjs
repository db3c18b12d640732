// The addresses of a class's pages. What stands after `#` stays in the browser: neither a server nor a page preview sees it. Pure.
//
//   /join          a form for the code          /join#CODE     the lobby          /join/CODE    the same, for links that people type
//   /join#device=CODE   the way of a person to another device, by the code that the device before shows
//   /brief#CODE    the briefing of a seat
//   /class         the classes that this browser has moderated                    /class#TOKEN  the moderator's link
//   /class#CODE    the moderator's page         /class#CODE/lobby      the page for the projector
//   /class#CODE/A/console   the way into world A as moderator          /class#CODE/A/watch      as observer
//   /class#CODE/A+B/replay/t=1903-04-01   ended worlds side by side, at a moment

import { cleanCode } from "./code.mjs";

/** Tokens are longer than any code. */
const TOKEN_LENGTH_MIN = 16;
const WAYS = ["console", "watch", "replay"];

/** @typedef {"join" | "brief" | "class" | "projector" | "console" | "watch" | "replay"} PageName */
/** @typedef {{ page: PageName, code: string, token: string, world: string, moment: string, device?: string }} Address `world` is several letters for a replay, such as `A+B` */

/**
 * Read an address.
 *
 * @param {string} path below the root of the pages, such as `/join/KTRMBXCH`
 * @param {string} hash such as `#KTRM-BXCH`
 * @returns {Address}
 */
export function readAddress(path, hash) {
  const [name, inPath = ""] = path.split("/").filter(Boolean);
  const [inHash, part = "", way = "", moment = ""] = hash.replace(/^#/, "").split("/");
  const device = name === "join" ? /^device=([A-Za-z0-9 -]+)$/.exec(inHash)?.[1] : "";
  if (device) return { page: "join", code: "", token: "", world: "", moment: "", device };
  if (name !== "class") return { page: name === "brief" ? "brief" : "join", code: cleanCode(inHash || inPath), token: "", world: "", moment: "" };
  const token = /^[A-Za-z0-9_-]*/.exec(inHash)?.[0] ?? "";
  if (token.length >= TOKEN_LENGTH_MIN) return { page: "class", code: "", token, world: "", moment: "" };
  const code = cleanCode(inHash);
  if (part === "lobby") return { page: "projector", code, token: "", world: "", moment: "" };
  return WAYS.includes(way)
    ? { page: /** @type {PageName} */ (way), code, token: "", world: part, moment }
    : { page: "class", code, token: "", world: "", moment: "" };
}

/**
 * Return the address of a page, below the root of the pages.
 *
 * @param {PageName} page
 * @param {string} [code]
 * @param {string} [world]
 */
export function addressOf(page, code = "", world = "") {
  const hash = code ? `#${code}` : "";
  if (page === "projector") return `class${hash}/lobby`;
  return WAYS.includes(page) ? `class${hash}/${world}/${page}` : `${page}${hash}`;
}
