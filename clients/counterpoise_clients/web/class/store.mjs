// The state of the pages of a class, and how messages change it. Pure.

/** @typedef {{ name: string, params: string[] }} Page */
/** @typedef {{ id: string, command: Wire.Json, state: "waiting" | "done" | "refused", notes: ClassWire.ClassNote[], refusals: any[], error: any, answeredAt: number }} Sent */
/**
 * @typedef {{
 *   connection: { state: string, code: number, words: any },
 *   code: string,
 *   draft: { code: string, name: string, number: string, device: string },
 *   problem: any,
 *   joinsBy: "" | "code" | "device",
 *   lobby: any,
 *   board: any,
 *   served: any,
 *   boardAt: number,
 *   seenAt: Record<string, number>,
 *   role: string,
 *   sent: Sent[],
 *   links: Record<string, { url: string, qr: Wire.QrCode }>,
 *   ways: Record<string, { session: string, token: string }>,
 *   rosterRead: any,
 *   outlines: any,
 *   ui: { world: string, reason: string, seats: Record<string, string>, names: Record<string, string>, roster: string, copied: string, hasDevice: boolean },
 *   records: any,
 * }} ClassState
 */

const SENT_MAX = 30;

/** @type {ClassState} */
export const INITIAL = {
  connection: { state: "idle", code: 0, words: null },
  code: "",
  draft: { code: "", name: "", number: "", device: "" },
  problem: null,
  joinsBy: "",
  lobby: null,
  board: null,
  served: null,
  boardAt: 0,
  seenAt: {},
  role: "",
  sent: [],
  links: {},
  ways: {},
  rosterRead: null,
  outlines: null,
  ui: { world: "", reason: "", seats: {}, names: {}, roster: "", copied: "", hasDevice: false },
  records: null,
};

/**
 * Return the state after an action: a server message or a local action. An unknown action changes nothing.
 *
 * @param {ClassState} state
 * @param {any} action
 * @returns {ClassState}
 */
export function reduce(state, action) {
  return Object.hasOwn(HANDLERS, action.t) ? HANDLERS[action.t](state, action) : state;
}

/** @type {Record<string, (state: ClassState, action: any) => ClassState>} */
const HANDLERS = {
  entered: (state, { code }) => ({ ...state, code, problem: null }),
  lobby: (state, message) => ({ ...state, lobby: message, joinsBy: "", problem: null }),
  opened: (state, { code, role }) => ({ ...state, code, role, problem: null }),
  board: (state, message) => ({
    ...state,
    board: message,
    served: message,
    boardAt: message.at,
    seenAt: lastSeen(state, message),
    ui: { ...state.ui, seats: stillOpen(state.ui.seats, message) },
  }),
  world_link: (state, { id }) => withAnswer(state, id, { state: "done" }),
  your_seat: (state, { id }) => withAnswer(state, id, { state: "done" }),
  roster_read: (state, message) => withAnswer({ ...state, rosterRead: message }, message.id, { state: "done" }),
  records: (state, message) => withAnswer({ ...state, records: message }, message.id, { state: "done" }),
  taken: (state, message) => withAnswer(state, message.id, { state: "done", notes: message.notes, refusals: message.refusals, answeredAt: message.at }),
  refused: (state, message) =>
    message.id
      ? withAnswer({ ...state, board: state.served }, message.id, { state: "refused", error: message })
      : { ...state, problem: message, joinsBy: "" },
  "local.connection": (state, action) => ({
    ...state,
    joinsBy: action.state === "closed" ? "" : state.joinsBy,
    connection: {
      state: action.state,
      code: action.code ?? 0,
      words: action.words ?? (action.state === "connecting" ? state.connection.words : null),
    },
  }),
  "local.sent": (state, { id, command }) => ({
    ...state,
    board: state.board && { ...state.board, ...settingsOf(command) },
    sent: [
      ...state.sent.filter((one) => one.id !== id),
      /** @type {Sent} */ ({ id, command, state: "waiting", notes: [], refusals: [], error: null, answeredAt: 0 }),
    ].slice(-SENT_MAX),
  }),
  "local.code": (state, { code }) => ({ ...INITIAL, connection: state.connection, code, draft: { ...state.draft, code } }),
  "local.outlines": (state, { outlines }) => ({ ...state, outlines }),
  "local.link": (state, { world, url, qr }) => ({ ...state, links: { ...state.links, [world]: { url, qr } } }),
  "local.way": (state, { world, session, token }) => ({ ...state, ways: { ...state.ways, [world]: { session, token } } }),
  "local.joining": (state, { by }) => ({ ...state, joinsBy: by, problem: null }),
  "local.problem": (state, { problem }) => ({ ...state, problem, joinsBy: "" }),
  "local.draft": (state, { change }) => ({ ...state, draft: { ...state.draft, ...change }, problem: null }),
  "local.ui": (state, { change }) => ({ ...state, ui: { ...state.ui, ...change } }),
};

/**
 * Return the settings of the class that a request sets: a control shows them at once, or a redraw would turn it back.
 *
 * @param {any} command
 */
function settingsOf(command) {
  if (command.t === "anonymous") return { anonymous: command.on };
  return command.t === "door" ? { door: command.open, admits: command.admits, seats: command.seats } : {};
}

/**
 * @param {ClassState} state
 * @param {string} id
 * @param {Partial<Sent>} change
 */
function withAnswer(state, id, change) {
  return { ...state, sent: state.sent.map((one) => (one.id === id ? { ...one, ...change } : one)) };
}

/**
 * Return when each person was last seen, in milliseconds, for those who are away.
 *
 * @param {ClassState} state
 * @param {any} board
 */
function lastSeen(state, board) {
  /** @type {Record<string, number>} */
  const seen = {};
  for (const { person, present } of board.people) {
    const was = state.board?.people.find((/** @type {any} */ one) => one.person === person);
    if (present) continue;
    if (was?.present) seen[person] = board.at;
    else if (person in state.seenAt) seen[person] = state.seenAt[person];
  }
  return seen;
}

/**
 * Forget the seats that were chosen for people and given to them since.
 *
 * @param {Record<string, string>} seats
 * @param {any} board
 */
function stillOpen(seats, board) {
  return Object.fromEntries(
    Object.entries(seats).filter(([person, place]) =>
      board.people.some((/** @type {any} */ one) => one.person === person && `${one.world}/${one.seat}` !== place),
    ),
  );
}

/**
 * Return the seconds left at a world's stop, or null without a deadline.
 *
 * @param {any} world
 * @param {number} at when the board came, in milliseconds
 * @param {number} now in milliseconds
 */
export function secondsLeftOf(world, at, now) {
  if (world.seconds_left < 0) return null;
  return world.phase === "running" ? Math.max(0, world.seconds_left - (now - at) / 1000) : world.seconds_left;
}

/**
 * Return the newest of the requests of some kinds, or null.
 *
 * @param {ClassState} state
 * @param {...string} kinds
 */
export const newest = (state, ...kinds) => state.sent.filter((one) => kinds.includes(one.command.t)).at(-1) ?? null;

/** Commands after which a world is in another phase, which the next board shows. */
const TURNS = ["start", "pause", "resume", "end"];

/**
 * Return whether a world has been given a command that the page does not show the effect of yet: a second click would be refused.
 * More time may be given twice.
 *
 * @param {ClassState} state
 * @param {string} kind of the command
 * @param {string} world
 */
export const isUnderWay = ({ sent, boardAt }, kind, world) =>
  kind !== "extend" &&
  sent.some(
    ({ command, state, refusals, answeredAt }) =>
      command.t === "command" &&
      command.command.kind === kind &&
      command.worlds.includes(world) &&
      (state === "waiting" || (state === "done" && TURNS.includes(kind) && boardAt <= answeredAt && !refusals.some((one) => one.world === world))),
  );
