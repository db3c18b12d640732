// Links from the debrief to a moment: the address names it, and the figures with a date of their own show that day.

import { h } from "../../h.mjs";
import { momentFragment } from "../../router.mjs";
import { t } from "../../text/text.mjs";

const DAY = 86_400_000;

/**
 * Return the day of a tick, a day each, of a session that began on a day.
 *
 * @param {string} begins as YYYY-MM-DD
 * @param {number} tick
 */
export const dayOfTick = (begins, tick) => new Date(Date.parse(`${begins}T00:00:00Z`) + tick * DAY).toISOString().slice(0, 10);

/**
 * Draw a link to a moment.
 *
 * @param {any} view what the debrief is drawn from
 * @param {{ tick: number, seat: string }} moment
 * @param {any} words
 * @param {Record<string, any>} [more] attributes
 */
export function momentLink({ act, report }, moment, words, { class: kind = "", ...more } = {}) {
  const show = (/** @type {Event} */ event) => {
    event.preventDefault();
    act.toMoment(moment, dayOfTick(report.timeline.begins, moment.tick));
  };
  return h("a", { href: momentFragment(moment.tick, moment.seat), class: ["moment", kind].join(" "), onclick: show, ...more }, words);
}

/**
 * Draw a link to the part of the page that has the evidence.
 *
 * @param {string} part
 * @param {any} words
 */
export function partLink(part, words) {
  const jump = (/** @type {Event} */ event) => {
    event.preventDefault();
    toPart(part);
  };
  return h("a", { href: `#${part}-heading`, onclick: jump }, words);
}

/**
 * Show a part of the page, and let the keyboard go on from there.
 *
 * @param {string} part
 */
export function toPart(part) {
  const heading = document.getElementById(`${part}-heading`);
  const folded = heading?.closest("details");
  if (folded) folded.open = true;
  heading?.setAttribute("tabindex", "-1");
  heading?.focus();
  (folded ?? heading)?.scrollIntoView();
}

/**
 * Say to which moment a link leads, for those who hear it alone.
 *
 * @param {string} date
 */
export const momentWords = (date) => t("story.goThere", { date });
