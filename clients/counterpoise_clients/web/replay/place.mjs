// A moment, a viewer and what stands beside, in the address: `#t=1967-06-08&as=JOR&beside=record`. Pure.

/** @typedef {{ date: string, tick: string, viewer: string, beside: string, of: string[], key: string }} Place a moment is a date, or a tick as in the debrief's links; `of` and `key` are for journal files only */

/** The viewer that sees everything as it truly was. */
export const TRUTH = "truth";
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const VIEWER = /^[A-Za-z]{1,12}$/;
const NAME = /^[A-Za-z0-9-]{1,40}$/;

/** Return whether a fragment names a moment of a replay. @param {string} fragment with or without its `#` */
export const isPlace = (fragment) => /^#?t=/.test(fragment);

/**
 * Return what a fragment names; what it does not name, or names in a wrong form, is empty.
 *
 * @param {string} fragment
 * @returns {Place}
 */
export function placeOf(fragment) {
  const parts = new Map(fragment.replace(/^#/, "").split("&").map((part) => /** @type {[string, string]} */ ([part.split("=")[0], part.slice(part.indexOf("=") + 1)])));
  const part = (/** @type {string} */ name, /** @type {RegExp} */ form) => (form.test(parts.get(name) ?? "") ? /** @type {string} */ (parts.get(name)) : "");
  return {
    date: part("t", DATE),
    tick: part("t", /^\d{1,6}$/),
    viewer: part("as", VIEWER),
    beside: part("beside", NAME),
    of: (parts.get("of") ?? "").split("+").filter((name) => NAME.test(name)),
    key: part("key", /^[A-Za-z0-9_-]{16,200}$/),
  };
}

/**
 * Return the fragment of a moment, a viewer and what stands beside.
 *
 * @param {string} date
 * @param {string} viewer
 * @param {string} [beside]
 */
export const fragmentOf = (date, viewer, beside = "") => `t=${date}${viewer && viewer !== TRUTH ? `&as=${viewer}` : ""}${beside ? `&beside=${beside}` : ""}`;
