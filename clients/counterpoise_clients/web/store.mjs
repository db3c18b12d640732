// The state of the page, and how messages change it. Pure: the same messages give the same state, live or in a test.

import { CONSOLE_HANDLERS, NO_CONSOLE, problemForm } from "./console/reduce.mjs";
import { formOf, orderOf, withChange, withTakenBack, withoutCard, withoutForm } from "./sent_orders.mjs";
import { DESK_HANDLERS, NO_DESKS } from "./desk.mjs";
import { MOMENT_HANDLERS, NO_MOMENT_NEWS, keptNews } from "./what_if/news.mjs";
import { errorField, errorSentence } from "./words.mjs";

/** @typedef {Record<string, Record<string, any>>} Drafts form values by form name and field */
/** @typedef {Record<string, Record<string, string>>} Problems problem texts by form name and field */
/** @typedef {{ id: number, tick: number, kind: string, [field: string]: any }} Incident */
/** @typedef {{ state: string, code: number, words: ReturnType<typeof import("./words.mjs").closing> | null, silent: boolean }} ConnectionState `silent`: nothing comes from the server */
/**
 * An order, a command, a withdrawal or a read mark that this page has sent.
 *
 * @typedef {{
 *   t: "order" | "command" | "withdraw" | "read" | "propose" | "drop" | "pass_on" | "to_moderator",
 *   id: string,
 *   state: "waiting" | "saved" | "refused" | "withdrawn" | "replaced",
 *   order?: string,
 *   thread?: string,
 *   number?: number,
 *   replaces?: string,
 *   form?: string,
 *   tick?: number,
 *   window?: number,
 *   move?: Wire.Json,
 *   command?: Wire.Json,
 *   call?: any,
 *   vseq?: number,
 *   receipt?: string,
 *   error?: Wire.Error,
 * }} SentOrder
 */
/**
 * What the user has selected on the page.
 *
 * @typedef {{
 *   tab: string,
 *   page: string,
 *   kind: string,
 *   group: string,
 *   step: { tick: number, name: string },
 *   sure: string,
 *   drafts: Drafts,
 *   problems: Problems,
 *   inject: string,
 *   pace: Wire.Json,
 *   pauseReason: string,
 *   filter: string,
 *   logOf: string,
 *   networkAsTable: boolean,
 *   map: { show: "all" | "own" | "table", state: string },
 *   showForecasts: boolean,
 *   lookSeat: string,
 *   thread: string,
 *   replacing: string,
 *   confirming: number,
 *   debrief: { only: string, hypothesis: string, actor: string, cell: any, mapDate: string, threatDay: string, stepsOf: string, tables: Record<string, any> },
 * }} Selection
 */
/**
 * @typedef {{
 *   connection: ConnectionState,
 *   place: string | null,
 *   welcome: Wire.Welcome | null,
 *   observe: Wire.Observe | null,
 *   looked: Wire.Observe | null,
 *   public: Wire.PublicView | null,
 *   publicFears: readonly Wire.PublicFear[],
 *   status: Wire.Status | null,
 *   statusAt: number,
 *   window: Wire.WindowNews | null,
 *   incidents: Incident[],
 *   forecasts: Wire.ForecastNews[],
 *   evidence: Wire.EvidenceNews | null,
 *   links: Wire.Link[],
 *   console: import("./console/reduce.mjs").Console,
 *   orders: SentOrder[],
 *   options: Wire.Moves | null,
 *   opened: { window: number, tick: number } | null,
 *   since: number | null,
 *   ready: { tick: number, state: "sent" | "saved", open?: Wire.OpenCall[] } | null,
 *   read: Record<string, number>,
 *   debrief: Wire.Json | null,
 *   record: any,
 *   outlines: import("./map/ground.mjs").Outlines | false | null,
 *   saved: import("./keep.mjs").Position,
 *   alarm: Wire.Error | null,
 *   notice: Wire.Error | null,
 *   ui: Selection,
 * } & import("./desk.mjs").Desks & import("./what_if/news.mjs").MomentNews} State
 */
/**
 * What happens on the page itself.
 *
 * @typedef {(
 *   | { t: "local.connection", state: string, code?: number, words?: ConnectionState["words"], place?: string }
 *   | { t: "local.silent", silent: boolean }
 *   | { t: "local.sent", order: Omit<SentOrder, "state"> }
 *   | { t: "local.ready", tick: number }
 *   | { t: "local.ui", change: Partial<Selection> }
 *   | { t: "local.part", part: "debrief" | "map" | "pace", change: Record<string, any> }
 *   | { t: "local.draft", kind: string, field: string, value: any }
 *   | { t: "local.problems", kind: string, problems: Record<string, string> }
 *   | { t: "local.record", record: any }
 *   | { t: "local.outlines", outlines: State["outlines"] }
 *   | import("./console/reduce.mjs").ConsoleAction
 *   | import("./what_if/news.mjs").MomentAction
 *   | { t: "local.dismiss" }
 * )} LocalAction
 */
/** @typedef {(Wire.ServerMessage & { at?: number }) | LocalAction} Action `at` is the time of arrival in milliseconds */

const [INCIDENTS_MAX, ORDERS_MAX, FORECASTS_MAX] = [1000, 200, 40];

/** @type {State} */
export const INITIAL = {
  connection: { state: "connecting", code: 0, words: null, silent: false },
  place: null,
  welcome: null,
  observe: null,
  looked: null,
  public: null,
  publicFears: [],
  status: null,
  statusAt: 0,
  window: null,
  incidents: [],
  forecasts: [],
  evidence: null,
  links: [],
  console: NO_CONSOLE,
  orders: [],
  options: null,
  opened: null,
  since: null,
  ready: null,
  read: {},
  debrief: null,
  outlines: null,
  record: null,
  saved: { vseq: 0, receipt: "" },
  alarm: null,
  notice: null,
  ...NO_DESKS,
  ...NO_MOMENT_NEWS,
  ui: {
    tab: "decide",
    page: "play",
    kind: "",
    group: "",
    step: { tick: -1, name: "" },
    sure: "",
    drafts: {},
    problems: {},
    inject: "",
    pace: {},
    pauseReason: "",
    filter: "all",
    logOf: "",
    networkAsTable: false,
    map: { show: "all", state: "" },
    showForecasts: false,
    lookSeat: "",
    thread: "everyone",
    replacing: "",
    confirming: -1,
    debrief: { only: "disagreements", hypothesis: "", actor: "", cell: null, mapDate: "", threatDay: "", stepsOf: "", tables: {} },
  },
};

/**
 * Return the state after an action: a server message or a local action. An unknown action changes nothing.
 *
 * @param {State} state
 * @param {Action} action
 * @returns {State}
 */
export function reduce(state, action) {
  const handler = /** @type {((state: State, action: Action) => State) | undefined} */ (HANDLERS[action.t]);
  return handler ? handler(state, action) : state;
}

/** @type {{ [T in Action["t"]]?: (state: State, action: Extract<Action, { t: T }>) => State }} */
const HANDLERS = {
  ...CONSOLE_HANDLERS,
  ...DESK_HANDLERS,
  ...MOMENT_HANDLERS,
  welcome: (state, message) => ({
    ...state,
    welcome: message,
    place: `${message.role}/${message.seat}`,
    incidents: message.resume === "delta" ? state.incidents : [],
    forecasts: message.resume === "delta" ? state.forecasts : [],
    evidence: null,
    alarm: null,
    saved: { vseq: message.vseq, receipt: message.receipt },
  }),
  observe(state, message) {
    const own = message.view.own.id;
    if (state.welcome && state.welcome.seat !== own) return { ...state, looked: message };
    const moved = message.view.tick !== state.observe?.view.tick;
    // A new window: what has happened since the one before opened is news.
    const isNewWindow = message.view.window !== state.opened?.window;
    return {
      ...state,
      observe: message,
      opened: isNewWindow ? { window: message.view.window, tick: message.view.tick } : state.opened,
      since: isNewWindow && state.opened ? state.opened.tick : state.since,
      incidents: withIncidents(state.incidents, /** @type {Incident[]} */ (message.view.incidents)),
      ready: moved && state.ready?.tick !== message.view.tick ? null : state.ready,
      saved: newerPosition(state.saved, message),
    };
  },
  view_change: (state, message) =>
    state.observe?.view.own.id === message.seat ? reduce(state, withChanges(state.observe, message)) : state,
  incident: (state, message) => ({
    ...state,
    incidents: withIncidents(state.incidents, [/** @type {Incident} */ (message.incident)]),
    saved: newerPosition(state.saved, message),
  }),
  talk: (state, message) => ({
    ...state,
    incidents: withIncidents(state.incidents, /** @type {Incident[]} */ (message.messages)),
    read: message.read,
  }),
  read_mark: (state, { thread, number }) => ({
    ...state,
    read: { ...state.read, [thread]: Math.max(number, state.read[thread] ?? 0) },
  }),
  // An answer about one draft replaces what was known of its kind.
  moves: (state, message) => ({
    ...state,
    options:
      state.options && Object.keys(message.options).length === 1
        ? { ...state.options, options: { ...state.options.options, ...message.options } }
        : message,
  }),
  consent_mark: (state, { given }) => ({
    ...state,
    welcome: state.welcome && { ...state.welcome, consent: given ? "given" : "refused" },
  }),
  noted: (state, message) => ({
    ...state,
    ready: state.ready?.tick === message.tick ? { tick: message.tick, state: "saved", open: message.open } : state.ready,
  }),
  window: (state, message) => ({ ...state, window: message, saved: newerPosition(state.saved, message) }),
  forecast: (state, message) => ({
    ...state,
    forecasts: [...state.forecasts.filter((known) => known.vseq !== message.vseq), message].slice(-FORECASTS_MAX),
    saved: newerPosition(state.saved, message),
  }),
  evidence: (state, message) => ({ ...state, evidence: message }),
  public: (state, { facts, fears }) => ({ ...state, public: facts, publicFears: fears }),
  status: (state, message) => ({ ...state, status: message, statusAt: message.at ?? 0 }),
  debrief: (state, message) => ({ ...state, debrief: message.report, notice: null }),
  ack(state, message) {
    const order = orderOf(state, message.id);
    return {
      ...state,
      orders: withTakenBack(
        withChange(state.orders, message.id, { state: "saved", vseq: message.vseq, receipt: message.receipt }),
        order,
      ),
      saved: newerPosition(state.saved, message),
      // After a reload the server repeats its messages: a repeated ack must not clear what the user has typed since.
      ui: order?.state === "waiting" ? withoutCard(withoutForm(state.ui, formOf(order)), order) : state.ui,
    };
  },
  error(state, message) {
    if (message.code === "log_regressed") return { ...state, alarm: message };
    if (message.answers === "ask_moves") return state;
    const order = orderOf(state, message.id);
    if (!order) return { ...state, notice: message, ready: state.ready?.state === "sent" ? null : state.ready };
    if (order.t !== "order" && order.t !== "command" && order.t !== "propose")
      return { ...state, orders: withChange(state.orders, message.id, { state: "refused" }), notice: message };
    const problems = { [errorField(message)]: errorSentence(message, namesOf(state)) };
    return {
      ...state,
      orders: withChange(state.orders, message.id, { state: "refused", error: message }),
      ui: order.call ? state.ui : { ...state.ui, problems: { ...state.ui.problems, [problemForm(order.command) || formOf(order)]: problems } },
    };
  },
  link: (state, message) => ({
    ...state,
    links: [...state.links.filter((link) => link.seat !== message.seat), message],
  }),
  "local.connection": (state, action) => ({
    ...state,
    // During a retry its reason stays on the page.
    connection: {
      ...INITIAL.connection,
      state: action.state,
      code: action.code ?? 0,
      words: action.words ?? (action.state === "connecting" ? state.connection.words : null),
    },
    place: action.place ?? state.place,
    ...keptNews(state),
  }),
  "local.silent": (state, { silent }) =>
    state.connection.silent === silent ? state : { ...state, connection: { ...state.connection, silent } },
  "local.sent"(state, { order }) {
    if (orderOf(state, order.id)) return state;
    /** @type {SentOrder} */
    const sent = { ...order, state: "waiting" };
    return { ...state, notice: null, orders: [...state.orders, sent].slice(-ORDERS_MAX) };
  },
  "local.ready": (state, { tick }) => ({ ...state, ready: { tick, state: "sent" }, notice: null }),
  "local.ui": (state, { change }) => ({ ...state, ui: { ...state.ui, ...change } }),
  "local.part": (state, { part, change }) => ({
    ...state,
    ui: { ...state.ui, [part]: { ...state.ui[part], ...change } },
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
  "local.record": (state, { record }) => ({ ...state, record }),
  "local.outlines": (state, { outlines }) => ({ ...state, outlines }),
  "local.dismiss": (state) => ({ ...state, notice: null }),
};

/**
 * Return the view after a change; `observe` is the newest view of the same seat.
 *
 * @param {Wire.Observe} observe
 * @param {Wire.ViewChange} change
 * @returns {Wire.Observe}
 */
export function withChanges(observe, change) {
  const { view } = observe;
  const news = new Map(change.others.map((state) => [state.id, state]));
  return {
    ...observe,
    vseq: change.vseq,
    called: change.called,
    threats: { ...observe.threats, ...change.threats },
    view: {
      ...view,
      ...change.fields,
      others: view.others.map((state) => news.get(state.id) ?? state),
      incidents: [...view.incidents.slice(change.dropped), ...change.incidents],
    },
    id: "",
  };
}

/**
 * Return the newer of the saved position and the message's.
 *
 * @param {import("./keep.mjs").Position} saved
 * @param {{ vseq: number, receipt?: string }} message
 */
function newerPosition(saved, message) {
  if (typeof message.vseq !== "number" || message.vseq < saved.vseq) return saved;
  return { vseq: message.vseq, receipt: message.receipt || saved.receipt };
}

/**
 * @param {Incident[]} known
 * @param {Incident[]} more
 */
function withIncidents(known, more) {
  const ids = new Set(known.map((incident) => incident.id));
  const fresh = more.filter((incident) => !ids.has(incident.id));
  if (!fresh.length) return known;
  const all = [...known, ...fresh];
  const inOrder = known.length === 0 || fresh[0].id > known[known.length - 1].id;
  if (!inOrder) all.sort((a, b) => a.tick - b.tick || a.id - b.id);
  return all.slice(-INCIDENTS_MAX);
}

/**
 * Return the seat's view, or null.
 *
 * @param {State} state
 * @returns {Wire.View | null}
 */
export const viewOf = (state) => state.observe?.view ?? null;

/**
 * Return the names of the states by code.
 *
 * @param {State} state
 */
export function namesOf(state) {
  /** @type {Record<string, string>} */
  const names = {};
  for (const actor of state.welcome?.scenario?.actors ?? []) names[actor.id] = actor.name;
  return names;
}
