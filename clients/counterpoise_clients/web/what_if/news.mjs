// How the answers to what is asked from a moment of the session change the state of the page: what-ifs, and going on. Pure.

/** @typedef {{ whatIf: Wire.WhatIfNews | null, wentOn: (Wire.WentOn & { waits?: boolean, lost?: boolean }) | null }} MomentNews `waits`: no answer is here yet; `lost`: none comes any more */
/** @typedef {{ t: "local.goOn", on: string, id: string }} MomentAction */

/** @type {MomentNews} */
export const NO_MOMENT_NEWS = { whatIf: null, wentOn: null };

/**
 * Return the news that hold after the connection has changed: a what-if stops with the connection that asked for it, and an answer
 * that has not come does not come any more.
 *
 * @param {MomentNews} news
 * @returns {MomentNews}
 */
export const keptNews = ({ whatIf, wentOn }) => ({
  whatIf: whatIf && !whatIf.done ? { ...whatIf, done: true, stopped: true } : whatIf,
  wentOn: wentOn?.waits ? { ...wentOn, waits: false, lost: true } : wentOn,
});

export const MOMENT_HANDLERS = {
  /** @param {import("../store.mjs").State} state @param {Wire.WhatIfNews} message @returns {import("../store.mjs").State} */
  what_if: (state, message) => ({ ...state, whatIf: message, notice: null }),
  /** @param {import("../store.mjs").State} state @param {Wire.WentOn} message @returns {import("../store.mjs").State} */
  went_on: (state, message) => ({ ...state, wentOn: message, notice: null }),
  /** @param {import("../store.mjs").State} state @param {MomentAction} action @returns {import("../store.mjs").State} */
  "local.goOn": (state, { on, id }) => ({
    ...state,
    wentOn: { t: "went_on", on, session: "", moderator: "", observer: "", seats: {}, code: "", join: "", problem: "", id, waits: true },
  }),
};
