// How the news of a what-if change the state of the page. Pure.

/**
 * Return the news that hold after the connection has changed: a what-if stops with the connection that asked for it.
 *
 * @param {Wire.WhatIfNews | null} news
 * @returns {Wire.WhatIfNews | null}
 */
export const keptNews = (news) => (news && !news.done ? { ...news, done: true, stopped: true } : news);

export const WHAT_IF_HANDLERS = {
  /** @param {import("../store.mjs").State} state @param {Wire.WhatIfNews} message @returns {import("../store.mjs").State} */
  what_if: (state, message) => ({ ...state, whatIf: message, notice: null }),
};
