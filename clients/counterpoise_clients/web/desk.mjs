// What several people in one seat share: who decides, proposals, orders that wait; and codes for another device. Pure.

/**
 * @typedef {{
 *   desk: Wire.Desk | null,
 *   desks: Record<string, Wire.Desk>,
 *   device: (Wire.Device & { at?: number }) | null,
 *   nudge: (Wire.Nudge & { at?: number }) | null,
 *   requests: Wire.SeatRequest[],
 * }} Desks
 */
/** @typedef {import("./store.mjs").State} State */

/** @type {Desks} */
export const NO_DESKS = { desk: null, desks: {}, device: null, nudge: null, requests: [] };

/** How the messages about seats change the state of the page. */
export const DESK_HANDLERS = {
  /** @param {State} state @param {Wire.Desk} message @returns {State} */
  desk: (state, message) =>
    message.seat === state.welcome?.seat
      ? { ...state, desk: message }
      : { ...state, desks: { ...state.desks, [message.seat]: message } },
  /** @param {State} state @param {Wire.Device & { at?: number }} message @returns {State} */
  device: (state, message) => ({ ...state, device: message }),
  /** @param {State} state @param {Wire.Nudge & { at?: number }} message @returns {State} */
  nudge: (state, message) => ({ ...state, nudge: message }),
  /** @param {State} state @param {Wire.SeatRequests} message @returns {State} */
  requests: (state, message) => ({ ...state, requests: message.waiting }),
};

/**
 * Return the desk of a seat that several people share, or null where one person holds the seat.
 *
 * @param {State} state
 */
export const teamOf = (state) => (state.desk && state.desk.members.length > 1 ? state.desk : null);

/**
 * Return whether this person decides for the seat.
 *
 * @param {State} state
 */
export function decides(state) {
  const team = teamOf(state);
  return !team || team.decider === state.welcome?.member;
}

/**
 * Return whether a move is to be proposed, because another member decides and the move is not each member's own.
 *
 * @param {State} state
 * @param {string} kind
 */
export function mustPropose(state, kind) {
  const team = teamOf(state);
  if (!team || decides(state)) return false;
  if (kind === "message") return team.writing === "decider";
  // A seat's catalogue holds the moves themselves.
  return state.welcome?.catalogue[kind]?.group !== "debrief";
}

/**
 * Return the name of a member, or a name by number for one who gave none.
 *
 * @param {Wire.Desk} team
 * @param {string} id
 * @param {(number: number) => string} nameless
 */
export function memberName(team, id, nameless) {
  const place = team.members.findIndex((member) => member.id === id);
  return team.members[place]?.name || nameless(place + 1);
}

/**
 * Return the whole seconds for which a code is still valid.
 *
 * @param {State} state
 * @param {number} now milliseconds
 */
export function codeSeconds(state, now) {
  const { device } = state;
  return device ? Math.max(0, Math.round(device.seconds - (now - (device.at ?? now)) / 1000)) : 0;
}

/**
 * Return whether the moderator has reminded this seat at this stop and it is not ready yet.
 *
 * @param {State} state
 */
export function isNudged(state) {
  const { nudge, status, welcome } = state;
  if (!nudge || !status || nudge.tick !== status.tick || status.phase !== "running") return false;
  return state.ready?.tick !== nudge.tick && !status.seats.find((seat) => seat.seat === welcome?.seat)?.ready;
}

/**
 * Return the token of a device code as somebody has typed it.
 *
 * @param {string} typed
 */
export function tokenOfCode(typed) {
  const letters = typed.toUpperCase().replace(/[^2-9A-Z]/g, "");
  return letters.length === 8 ? `device-${letters.slice(0, 4)}-${letters.slice(4)}` : "";
}
