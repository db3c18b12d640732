// The addresses of the pages: what an address shows, and the address of what is shown. Pure: `boot.mjs` reads and writes history.

import { isPlace } from "./replay/place.mjs";

/** @typedef {{ view: string, session: string, tab: string }} Address `tab` is a part of the page, or "" */

/** The pages of a session. `j` is the address in join links; the page then moves to the address of what it shows. */
const PAGES = ["j", "play", "brief", "wall", "details", "debrief"];
/** Pages that show the truth: whoever may see the debrief has them. */
export const OF_THE_END = ["debrief", "replay", "what_if", "go_on"];
const PATH = /^\/([a-z]*)(?:\/([A-Za-z0-9-]{1,40}))?\/?$/;
/** The fragments of a debrief that name its page of what-ifs, and the page on which a new session goes on from a moment. */
const [WHAT_IF, GO_ON] = ["what-if", "go-on"];
// A longer fragment is the secret of a link.
const TAB = /^[a-z]{1,12}$/;

/**
 * Return what an address shows, or null if there is no such page.
 *
 * @param {string} path from the root of the pages, such as `/play/s1`
 * @param {string} fragment such as `#talk`
 * @returns {Address | null}
 */
export function addressOf(path, fragment = "") {
  const [, page, session = ""] = PATH.exec(path) ?? [];
  if (!session || !PAGES.includes(page)) return null;
  const part = fragment.slice(1);
  if (page === "debrief" && isPlace(part)) return { view: "replay", session, tab: "" };
  if (page === "debrief" && part === WHAT_IF) return { view: "what_if", session, tab: "" };
  if (page === "debrief" && part === GO_ON) return { view: "go_on", session, tab: "" };
  // Links of earlier versions name the debrief in the fragment.
  const view = part === "debrief" ? "debrief" : page === "j" ? "play" : page;
  return { view, session, tab: view === "play" && TAB.test(part) ? part : "" };
}

/** The fragments of the debrief's pages. @type {Record<string, string>} */
const OF_DEBRIEF = { replay: "t=", what_if: WHAT_IF, go_on: GO_ON };

/**
 * Return the address of a page, relative to the root of the pages.
 *
 * @param {Address} shown
 */
export const pathOf = ({ view, session, tab }) =>
  view in OF_DEBRIEF ? `debrief/${session}#${OF_DEBRIEF[view]}` : `${view}/${session}${tab ? `#${tab}` : ""}`;

/**
 * Return the fragment that names a moment of the debrief, such as `#t=4539&as=JOR`.
 *
 * @param {number} tick
 * @param {string} seat as which it is shown, or `truth`
 */
export const momentFragment = (tick, seat) => `#t=${tick}&as=${seat}`;

/**
 * Return the page that a role sees at a view: who holds no seat has no role sheet, and observers have the wall and its details.
 *
 * @param {string} view
 * @param {string} role
 */
export function viewFor(view, role) {
  if (OF_THE_END.includes(view)) return view;
  if (role === "observer") return view === "details" ? view : "wall";
  const holdsSeat = role === "player" || role === "team";
  return view === "brief" && holdsSeat ? "brief" : "play";
}
