// What the console knows beside the session's own state, and how messages change it. Pure, as the store.

/**
 * @typedef {{
 *   news: Wire.ConsoleNews | null,
 *   at: number,
 *   whole: Wire.WholeView | null,
 *   preview: Wire.Preview | null,
 *   fears: Wire.FearNews | null,
 *   rehearsal: Wire.RehearsalNews | null,
 *   ui: ConsoleSelection,
 * }} Console `at` is when the news came, in milliseconds
 */
/**
 * What the moderator has chosen and typed.
 *
 * @typedef {{ drawer: boolean, reason: string, when: "now" | "clock", insteadOf: number, viewer: string, note: string, minutes: string,
 *   skipTo: string, map: string, copied: string, cell: [string, string] | null, absent: string }} ConsoleSelection
 */

/** @type {Console} */
export const NO_CONSOLE = {
  news: null,
  at: 0,
  whole: null,
  preview: null,
  fears: null,
  rehearsal: null,
  ui: { drawer: true, reason: "", when: "now", insteadOf: -1, viewer: "", note: "", minutes: "", skipTo: "event", map: "whole", copied: "", cell: null, absent: "" },
};

/** @typedef {{ t: "local.console", change: Partial<ConsoleSelection> }} ConsoleAction */

/**
 * The handlers of the store for messages and acts of the console.
 *
 * @type {Record<string, (state: any, message: any) => any>}
 */
export const CONSOLE_HANDLERS = {
  console: (state, message) => withConsole(state, { news: message, at: message.at ?? 0, ui: settled(state.console, message) }),
  whole: (state, message) => withConsole(state, { whole: message.facts }),
  preview: (state, message) => withConsole(state, { preview: message }),
  fears: (state, message) => withConsole(state, { fears: message }),
  rehearsal: (state, message) => withConsole(state, { rehearsal: message }),
  "local.console": (state, { change }) => withConsole(state, { ui: { ...state.console.ui, ...change } }),
};

/**
 * @param {any} state
 * @param {Partial<Console>} change
 */
const withConsole = (state, change) => ({ ...state, console: { ...state.console, ...change } });

/**
 * Return what is selected in the console once a number of missed windows that was typed is the server's.
 *
 * @param {Console} before
 * @param {Wire.ConsoleNews} news
 */
const settled = ({ ui, news: known }, news) =>
  known?.absent_windows === news.absent_windows ? ui : { ...ui, absent: "" };

/**
 * Return the form that shows why a preview was refused, which is the inject's; empty for another command.
 *
 * @param {any} command
 */
export const problemForm = (command) => (command?.kind === "preview" ? `inject/${command.inject.kind}` : "");
