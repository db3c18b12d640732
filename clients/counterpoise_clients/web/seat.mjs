// What the state of the page says of its seat: whether it is asked, what it has ordered, what it may do. Pure.

import { viewOf } from "./store.mjs";
import { tOr, wording } from "./text/text.mjs";

/**
 * Return the seconds left at this stop, or null without a deadline.
 *
 * @param {import("./store.mjs").State} state
 * @param {number} now the time in milliseconds
 */
export function secondsLeft(state, now) {
  const left = state.status?.seconds_left ?? -1;
  if (left < 0) return null;
  if (state.status?.phase !== "running") return left;
  return Math.max(0, left - (now - state.statusAt) / 1000);
}

/**
 * Return whether the clock waits for this seat to decide.
 *
 * @param {import("./store.mjs").State} state
 */
export function isCalled(state) {
  if (state.status?.phase === "ended" || state.status?.phase === "lobby") return false;
  // If the status is ahead of the view, the clock has moved on and nothing has changed in this seat's view.
  const observe = state.observe;
  return observe !== null && Boolean(observe.called) && (state.status?.tick ?? 0) <= observe.view.tick;
}

/**
 * Return whether this seat is ready at this stop.
 *
 * @param {import("./store.mjs").State} state
 */
export function isReady(state) {
  const tick = viewOf(state)?.tick;
  if (state.ready && state.ready.tick === tick) return true;
  const seat = state.status?.seats?.find((one) => one.seat === state.welcome?.seat);
  return Boolean(seat?.ready && isCalled(state));
}

/**
 * Return whether the server has confirmed that this seat is ready at this stop.
 *
 * @param {import("./store.mjs").State} state
 */
export function isReadySaved(state) {
  return isReady(state) && !(state.ready?.tick === viewOf(state)?.tick && state.ready?.state === "sent");
}

/**
 * Return the calls that no order of this seat answers.
 *
 * @param {import("./store.mjs").State} state
 */
export function openCalls(state) {
  const answered = state.orders.filter((order) => order.call && (order.state === "saved" || order.state === "waiting"));
  return (viewOf(state)?.calls ?? []).filter((call) => !answered.some((order) => order.call === call.id));
}

/**
 * Return whether an order with this very move waits for the server's answer.
 *
 * @param {import("./store.mjs").State} state
 * @param {Wire.Json} move
 */
export function isOnTheWay(state, move) {
  const wanted = JSON.stringify(move);
  return state.orders.some((order) => order.state === "waiting" && JSON.stringify(order.move) === wanted);
}

/**
 * Return the orders of the current window, newest last.
 *
 * @param {import("./store.mjs").State} state
 */
export function ordersNow(state) {
  const window = viewOf(state)?.window;
  return state.orders.filter((order) => order.t === "order" && (order.window === window || order.state === "waiting"));
}

/**
 * Return the catalogue's moves, its injects and the injects that the scenario prepares.
 *
 * Only a moderator's catalogue has injects; any other catalogue holds the moves themselves.
 *
 * @param {import("./store.mjs").State} state
 * @returns {{ moves: Record<string, import("./forms.mjs").CatalogueEntry>, injects: Record<string, import("./forms.mjs").CatalogueEntry>, prepared: any[] }}
 */
export function catalogueOf(state) {
  const catalogue = state.welcome?.catalogue ?? {};
  if (catalogue.moves && !catalogue.moves.schema) {
    return {
      moves: worded(catalogue.moves, "moves"),
      injects: worded(catalogue.injects ?? NO_INJECTS, "injects"),
      prepared: catalogue.prepared ?? [],
    };
  }
  return { moves: worded(catalogue, "moves"), injects: NO_INJECTS, prepared: [] };
}

/** @typedef {Record<string, import("./forms.mjs").CatalogueEntry>} Entries */

/** Nobody but a moderator has events to let happen. @type {Entries} */
const NO_INJECTS = {};

/** The last wording of each catalogue. @type {WeakMap<Entries, { texts: object, entries: Entries }>} */
const wordings = new WeakMap();

/**
 * The words of a move in the reader's language.
 *
 * @param {string} kind
 * @param {import("./forms.mjs").CatalogueEntry} entry
 */
const moveWords = (kind, entry) => ({
  title: tOr(`moves.title.${kind}`, entry.title ?? kind),
  description: tOr(`moves.about.${kind}`, entry.description ?? ""),
  risk: tOr(`moves.risk.${kind}`, entry.risk ?? ""),
  price: tOr(`moves.price.${kind}`, entry.price ?? ""),
});

/**
 * The words of an event that a moderator lets happen, in the reader's language.
 *
 * @param {string} kind
 * @param {import("./forms.mjs").CatalogueEntry} entry
 */
const injectWords = (kind, entry) => ({
  title: tOr(`injects.title.${kind}`, entry.title ?? kind),
  description: tOr(`injects.about.${kind}`, entry.description ?? ""),
});

/**
 * Return a catalogue in the reader's language. A kind that the page does not know keeps the server's words.
 *
 * @param {Entries} entries
 * @param {"moves" | "injects"} area
 * @returns {Entries}
 */
function worded(entries, area) {
  const known = wordings.get(entries);
  if (known?.texts === wording()) return known.entries;
  const words = area === "moves" ? moveWords : injectWords;
  const said = Object.entries(entries).map(([kind, entry]) => [kind, { ...entry, kind, area, ...words(kind, entry) }]);
  wordings.set(entries, { texts: wording(), entries: Object.fromEntries(said) });
  return /** @type {{ entries: Entries }} */ (wordings.get(entries)).entries;
}

/**
 * Return whether what is sent now reaches the server, at once or after a reconnect; not from a page that has lost its place.
 *
 * @param {import("./store.mjs").State} state
 */
export const canSend = (state) => state.connection.state !== "closed";

/** Whether this page leads the game. @param {import("./store.mjs").State} state */
export const isStaff = ({ welcome }) => welcome?.role === "moderator" || welcome?.role === "admin";
