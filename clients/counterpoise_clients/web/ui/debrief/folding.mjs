// On a phone the parts of the debrief are folded, each with its first sentence as its head; what to talk about stays open.

import { foldToLead } from "../parts.mjs";

/** Below this width a debrief with all its parts open would be fifty screens long. */
const NARROW_PX = 608;
const OPEN = ["d-story"];
const narrow = () => matchMedia(`(max-width: ${NARROW_PX}px)`);

/** @typedef {import("../../h.mjs").Description} Description */

/** @param {string | Description} part */
const isFolded = (part) => typeof part !== "string" && part.tag === "section" && /^d-/.test(part.attributes.id ?? "") && !OPEN.includes(part.attributes.id);

/**
 * Return the description of a debrief as this screen shows it.
 *
 * @param {Description} page
 * @returns {Description}
 */
export const asShown = (page) => (narrow().matches ? { ...page, children: page.children.map((part) => (isFolded(part) ? foldToLead(/** @type {Description} */ (part)) : part)) } : page);

let isWatched = false;

/**
 * Draw the page again when the screen has become narrow or wide.
 *
 * @param {() => void} redraw
 */
export function watchWidth(redraw) {
  if (isWatched) return;
  isWatched = true;
  narrow().addEventListener("change", redraw);
}
