// What the wall says of the present moment, from what everyone may know. Pure.

import { secondsLeft } from "../seat.mjs";

/**
 * @typedef {{ key: string, sides: [string[], string[]], since: number, level: number, demand: string }} Conflict `level` is 0 for a
 *   war; `since` is its first tick, or -1 if it is not known
 */
/** @typedef {{ waited: any[], all: number }} Waiting seats of the status: those that are waited for, of all that people play */

/** So many wars and crises have a card; the rest are counted. */
export const CONFLICTS_MOST = 3;
/** So many states that are waited for are named. */
export const WAITED_MOST = 8;
const HEADLINES_MOST = 8;
const HEADLINE =
  /^(accommodated|aid_(cut|given)|alliance_(ended|expelled|formed|joined|left|renewed|repudiated)|announcement|claim_(made|settled)|crisis_(ended|joined|mediated|opened)|guarantee_given|hostile_incident|land_(evacuated|occupied)|leadership_claimed|message|mobilized|peace_(accepted|brokered|refused)|penetration_exposed|promise_(broken|honoured)|propaganda_broadcast|regime_changed|rivalry_(began|ended)|sanctions_(imposed|lifted)|secret_revealed|state_(entered|left)|statement|war_(began|ended|joined|left))$/;

/**
 * Return whether the clock stands at a window. At a call the wall looks as if the clock ran: the call may be a secret.
 *
 * @param {{ status: any, window: any }} state
 */
export const isAtWindow = ({ status, window }) => window?.occasion === "window" && window.tick === status?.tick;

/**
 * Return the seconds until the window closes; null where no window is open or nothing ends it.
 *
 * @param {import("../store.mjs").State} state
 * @param {number} now in milliseconds
 */
export const windowSecondsLeft = (state, now) => (isAtWindow(state) ? secondsLeft(state, now) : null);

/**
 * Return who is waited for at a window, or null where no window is open.
 *
 * @param {{ status: any, window: any }} state
 * @returns {Waiting | null}
 */
export function waitingAt(state) {
  if (!isAtWindow(state)) return null;
  const played = state.status.seats.filter((/** @type {any} */ seat) => seat.active && seat.occupant === "human");
  return { waited: played.filter((/** @type {any} */ seat) => !seat.ready), all: played.length };
}

/**
 * Return the wars, then the crises by their level, the gravest first.
 *
 * @param {Wire.PublicView} seen
 * @param {readonly any[]} incidents public ones, oldest first: a demand stands in the newest one that opened the crisis
 * @returns {Conflict[]}
 */
export function conflictsOf(seen, incidents) {
  const demandOf = (/** @type {string} */ initiator, /** @type {string} */ target) =>
    incidents.filter(({ kind, actors }) => kind === "crisis_opened" && actors[0] === initiator && actors[1] === target).at(-1)?.detail.demand ?? "";
  return [
    ...seen.wars.map((war) => ({
      key: `war-${war.id}`,
      sides: /** @type {[string[], string[]]} */ ([[...war.attackers], [...war.defenders]]),
      since: war.since,
      level: 0,
      demand: "",
    })),
    ...[...seen.crises]
      .sort((a, b) => b.level - a.level || a.id - b.id)
      .map(({ id, initiator, target, level }) => ({
        key: `crisis-${id}`,
        sides: /** @type {[string[], string[]]} */ ([[initiator], [target]]),
        since: -1,
        level,
        demand: demandOf(initiator, target),
      })),
  ];
}

/**
 * Return the newest events that make headlines, newest first.
 *
 * @param {readonly any[]} incidents public ones, oldest first
 */
export const headlines = (incidents) => incidents.filter(({ kind }) => HEADLINE.test(kind)).slice(-HEADLINES_MOST).reverse();
