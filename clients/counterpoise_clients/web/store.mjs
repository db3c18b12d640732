// The state of the page, and how messages change it. Pure: the same messages give the same state, live or in a test.

import { errorField, errorSentence } from "./words.mjs";

const INCIDENTS_KEPT = 1000;
const ORDERS_KEPT = 200;

export const INITIAL = {
  connection: { state: "connecting", code: 0, words: null },
  place: null,
  welcome: null,
  observe: null,
  looked: null,
  status: null,
  statusAt: 0,
  window: null,
  incidents: [],
  forecasts: [],
  links: [],
  orders: [],
  ready: null,
  debrief: null,
  saved: { vseq: 0, receipt: "" },
  alarm: null,
  notice: null,
  ui: {
    tab: "decide",
    page: "play",
    kind: "",
    drafts: {},
    problems: {},
    inject: "",
    pace: {},
    filter: "all",
    logOf: "",
    networkAsTable: false,
    showForecasts: false,
    lookSeat: "",
    debrief: { only: "disagreements", hypothesis: "", actor: "", cell: null, tables: {} },
  },
};

/**
 * Return the state after an action: a server message (its `t`), or a local one (`local.…`).
 *
 * @param {typeof INITIAL} state
 * @param {any} action
 */
export function reduce(state, action) {
  const handler = HANDLERS[action.t];
  return handler ? handler(state, action) : state;
}

const HANDLERS = {
  welcome: (state, message) => ({
    ...state,
    welcome: message,
    place: `${message.role}/${message.seat}`,
    incidents: message.resume === "delta" ? state.incidents : [],
    forecasts: message.resume === "delta" ? state.forecasts : [],
    alarm: null,
    saved: { vseq: message.vseq, receipt: message.receipt },
  }),
  observe(state, message) {
    const own = message.view?.own?.id ?? "";
    if (state.welcome && state.welcome.seat !== own) return { ...state, looked: message };
    const moved = message.view.tick !== state.observe?.view.tick;
    return {
      ...state,
      observe: message,
      incidents: withIncidents(state.incidents, message.view.incidents),
      ready: moved && state.ready?.tick !== message.view.tick ? null : state.ready,
      saved: further(state.saved, message),
    };
  },
  incident: (state, message) => ({
    ...state,
    incidents: withIncidents(state.incidents, [message.incident]),
    saved: further(state.saved, message),
  }),
  window: (state, message) => ({ ...state, window: message, saved: further(state.saved, message) }),
  forecast: (state, message) => ({
    ...state,
    forecasts: [...state.forecasts.filter((known) => known.vseq !== message.vseq), message].slice(-40),
    saved: further(state.saved, message),
  }),
  status: (state, message) => ({ ...state, status: message, statusAt: message.at ?? 0 }),
  debrief: (state, message) => ({ ...state, debrief: message.report, notice: null }),
  ack(state, message) {
    const order = orderOf(state, message.id);
    return {
      ...state,
      orders: settle(state.orders, message.id, { state: "saved", vseq: message.vseq, receipt: message.receipt }),
      ready: state.ready && !message.id ? { ...state.ready, state: "saved" } : state.ready,
      saved: further(state.saved, message),
      // After a reload the story is told again: an ack known already must not clear what has been typed since.
      ui: order?.state === "waiting" ? withoutForm(state.ui, formOf(order)) : state.ui,
    };
  },
  error(state, message) {
    if (message.code === "log_regressed") return { ...state, alarm: message };
    const order = orderOf(state, message.id);
    if (!order) return { ...state, notice: message, ready: state.ready?.state === "sent" ? null : state.ready };
    const problems = { [errorField(message)]: errorSentence(message, namesOf(state)) };
    return {
      ...state,
      orders: settle(state.orders, message.id, { state: "refused", error: message }),
      ui: order.call ? state.ui : { ...state.ui, problems: { ...state.ui.problems, [formOf(order)]: problems } },
    };
  },
  link: (state, message) => ({
    ...state,
    links: [...state.links.filter((link) => link.seat !== message.seat), message],
  }),
  "local.connection": (state, action) => ({
    ...state,
    // While a retry is on its way the reason for it stays on the page.
    connection: {
      state: action.state,
      code: action.code ?? 0,
      words: action.words ?? (action.state === "connecting" ? state.connection.words : null),
    },
    place: action.place ?? state.place,
  }),
  "local.sent"(state, { order }) {
    if (orderOf(state, order.id)) return state;
    return { ...state, notice: null, orders: [...state.orders, { ...order, state: "waiting" }].slice(-ORDERS_KEPT) };
  },
  "local.ready": (state, { tick }) => ({ ...state, ready: { tick, state: "sent" }, notice: null }),
  "local.ui": (state, { change }) => ({ ...state, ui: { ...state.ui, ...change } }),
  "local.debrief": (state, { change }) => ({
    ...state,
    ui: { ...state.ui, debrief: { ...state.ui.debrief, ...change } },
  }),
  "local.draft": (state, { kind, field, value }) => ({
    ...state,
    ui: {
      ...state.ui,
      drafts: { ...state.ui.drafts, [kind]: { ...state.ui.drafts[kind], [field]: value } },
      problems: { ...state.ui.problems, [kind]: {} },
    },
  }),
  "local.problems": (state, { kind, problems }) => ({
    ...state,
    ui: { ...state.ui, problems: { ...state.ui.problems, [kind]: problems } },
  }),
  "local.dismiss": (state) => ({ ...state, notice: null }),
};

const orderOf = (state, id) => (id ? (state.orders.find((order) => order.id === id) ?? null) : null);

/** Return under which name the form of an order keeps its draft and its problems. */
export function formOf(order) {
  if (order.move) return order.move.kind;
  return order.command?.kind === "inject" ? `inject/${order.command.inject.kind}` : "";
}

function withoutForm(ui, form) {
  return { ...ui, drafts: { ...ui.drafts, [form]: {} }, problems: { ...ui.problems, [form]: {} } };
}

function settle(orders, id, change) {
  return orders.map((order) => (order.id === id ? { ...order, ...change } : order));
}

function further(saved, message) {
  if (typeof message.vseq !== "number" || message.vseq < saved.vseq) return saved;
  return { vseq: message.vseq, receipt: message.receipt || saved.receipt };
}

function withIncidents(known, more) {
  const ids = new Set(known.map((incident) => incident.id));
  const fresh = more.filter((incident) => !ids.has(incident.id));
  if (!fresh.length) return known;
  const all = [...known, ...fresh];
  const inOrder = known.length === 0 || fresh[0].id > known.at(-1).id;
  if (!inOrder) all.sort((a, b) => a.tick - b.tick || a.id - b.id);
  return all.slice(-INCIDENTS_KEPT);
}

/** Return the seat's view, or null. */
export const viewOf = (state) => state.observe?.view ?? null;

/** Return the names of the states by code, as far as anything told them. */
export function namesOf(state) {
  const names = {};
  for (const actor of state.welcome?.scenario?.actors ?? []) names[actor.id] = actor.name;
  return names;
}

/** Return the seconds left at this stop, or null without a deadline. */
export function secondsLeft(state, now) {
  const left = state.status?.seconds_left ?? -1;
  if (left < 0) return null;
  if (state.status.phase !== "running") return left;
  return Math.max(0, left - (now - state.statusAt) / 1000);
}

/** Tell whether the clock stands still for this seat to decide. */
export function isCalled(state) {
  if (state.status?.phase === "ended" || state.status?.phase === "lobby") return false;
  // The status may be ahead of the view: then the clock has gone on without anything this seat may know.
  return Boolean(state.observe?.called) && (state.status?.tick ?? 0) <= state.observe.view.tick;
}

/** Tell whether this seat has said that it is ready at this stop. */
export function isReady(state) {
  const tick = viewOf(state)?.tick;
  if (state.ready && state.ready.tick === tick) return true;
  const seat = state.status?.seats?.find((one) => one.seat === state.welcome?.seat);
  return Boolean(seat?.ready && isCalled(state));
}

/** Return the orders of the present window, newest last. */
export function ordersNow(state) {
  const window = viewOf(state)?.window;
  return state.orders.filter((order) => order.t === "order" && (order.window === window || order.state === "waiting"));
}

/** Return the moves, the injects and those the scenario has prepared, whichever shape of the catalogue the server sends. */
export function catalogueOf(state) {
  const catalogue = state.welcome?.catalogue ?? {};
  if (catalogue.moves && !catalogue.moves.schema) {
    return { moves: catalogue.moves, injects: catalogue.injects ?? {}, prepared: catalogue.prepared ?? [] };
  }
  return { moves: catalogue, injects: {}, prepared: [] };
}

/** Return who hears a message-like move: the sentence for its button. */
export function audienceOf(move, names) {
  const to = move.to ?? move.target ?? move.recipient ?? move.audience;
  if (Array.isArray(to)) return to.length ? `${to.map((id) => names[id] ?? id).join(", ")} only` : "everyone";
  return to ? `${names[to] ?? to} only` : "everyone";
}
