// Starts the page: reads session and token from the address, connects the store and the websocket, redraws.

import { lobbiesOf } from "./class/keep.mjs";
import { focusForm, focusKeeper, focusOn } from "./focus.mjs";
import { tellHeights } from "./ui/decide/heights.mjs";
import { isNudged, mustPropose } from "./desk.mjs";
import { h, pagePart, patch } from "./h.mjs";
import { keeper, tokenIn } from "./keep.mjs";
import { Connection, newId } from "./net.mjs";
import { seatActs } from "./seat_acts.mjs";
import { decideActs } from "./decide_acts.mjs";
import { unjudged } from "./options.mjs";
import { OF_THE_END, addressOf, momentFragment, pathOf, viewFor } from "./router.mjs";
import { later } from "./later.mjs";
import { loadOutlines } from "./map/load.mjs";
import { paceCommand, paceOf } from "./console/pace.mjs";
import { catalogueOf, isOnTheWay, isStaff, openCalls, secondsLeft } from "./seat.mjs";
import { stepsOf } from "./steps.mjs";
import { INITIAL, namesOf, reduce, viewOf } from "./store.mjs";
import { draftedThreads, firstToRead, hasDraft, threadsOf } from "./threads.mjs";
import { summary } from "./forms.mjs";
import { chooseLanguage, t } from "./text/text.mjs";
import { brief } from "./ui/brief.mjs";
import { askRecord } from "./ui/debrief/ask_record.mjs";
import { banner, gate } from "./ui/gate.mjs";
import { help } from "./ui/help.mjs";
import { header, saveSpoken, timeSpoken } from "./ui/header.mjs";
import { play } from "./ui/play.mjs";
import { seatNotices } from "./ui/team.mjs";
import { titleOf } from "./title.mjs";
import { playTone } from "./tone.mjs";

const TOKEN_LENGTH_MIN = 16;
/** News come in bunches; what may be ordered is asked for once they are there. */
const MOVES_AFTER_MS = 60;
// A proxy may offer the server under a path. This file is at its root.
const base = new URL(".", import.meta.url);
const session = addressNow()?.session ?? "";
const root = pagePart("app");
const spoken = { time: pagePart("spoken-time"), save: pagePart("spoken-save") };
const keep = keeper(session, sessionStorage, localStorage);
let state = INITIAL;
let loaded = null;
let [scheduled, returning] = [false, false];
let receipts = keep.receipts();

function dispatch(action) {
  const before = state;
  state = reduce(state, action);
  if (state === before) return;
  storeChanges(before);
  writeAddress(before);
  if (!scheduled) {
    scheduled = true;
    requestAnimationFrame(draw);
  }
}

/** What the browser's address names now. A proxy may offer the pages under a path. */
function addressNow() {
  return addressOf(location.pathname.slice(base.pathname.length - 1), location.hash);
}

// Put what is shown into the address. A page or a tab that the user opens is an entry of the browser's history; the first
// one takes the place of the link's.
function writeAddress(before) {
  const { page, tab } = state.ui;
  const isSame = page === before.ui.page && tab === before.ui.tab && before.welcome?.role === state.welcome?.role;
  if (!state.welcome || isSame) return;
  const view = viewFor(page, state.welcome.role);
  const isTabbed = document.querySelector(".tabs")?.checkVisibility() === true;
  const named = isTabbed && view === "play" && tab !== INITIAL.ui.tab ? tab : "";
  const wanted = new URL(pathOf({ view, session, tab: named }), base).href;
  if (wanted === location.href || (view === "replay" && addressNow()?.view === view)) return;
  history[before.welcome && !returning ? "pushState" : "replaceState"](null, "", wanted);
}

// Store what a reload must keep: orders and drafts.
function storeChanges(before) {
  if (!state.place) return;
  if (loaded !== state.place) {
    loaded = state.place;
    const drafts = keep.draft(state.place);
    const orders = keep.orders(state.place);
    state = {
      ...state,
      orders: merge(orders, state.orders),
      // The page opens where something is half written: nobody takes it for lost, and nothing else is written there.
      ui: { ...state.ui, drafts: { ...drafts, ...state.ui.drafts }, thread: draftedThreads(drafts ?? {})[0] ?? state.ui.thread },
    };
    return;
  }
  if (state.orders !== before.orders) keep.setOrders(state.place, state.orders.slice(-40));
  if (state.ui.drafts !== before.ui.drafts) keep.setDraft(state.place, state.ui.drafts);
}

const merge = (old, now) => [...old.filter((order) => !now.some((other) => other.id === order.id)), ...now];

const connection = new Connection(`${base.href.replace(/^http/, "ws")}s/${session}/ws`, keep, (action) => {
  dispatch(action);
  afterAction(action);
});

// Do what an action causes beside a redraw.
function afterAction(action) {
  if (action.t === "checkpoint") {
    const { at: _, ...receipt } = action;
    receipts = keep.addReceipt(receipt);
    draw();
  }
  if (action.t === "welcome" && action.scenario.map && !state.outlines)
    loadOutlines(new URL(action.scenario.map, base)).then((outlines) => dispatch({ t: "local.outlines", outlines }));
  if (action.t === "local.connection" && action.state === "open") {
    if (viewOf(state) === null && state.welcome?.seat) connection.say({ t: "look" });
    if (state.ui.lookSeat) connection.say({ t: "look", seat: state.ui.lookSeat });
    if (state.ui.page === "debrief" || (act.asked && !state.debrief)) askDebrief();
    if (state.wentOn?.lost) act.goOn(state.wentOn.on);
    act.repeatsReady = state.ready !== null;
  }
  // A ready can get lost with the connection, and a server that restarts forgets it: it is sent again if the clock still stands.
  if (action.t === "observe" && act.repeatsReady && action.view.own.id === state.welcome?.seat) {
    act.repeatsReady = false;
    if (state.ready?.tick === action.view.tick) act.sayReady(action.view.tick);
  }
  if (action.t === "status" && action.phase === "ended" && !state.debrief && !act.asked) {
    act.asked = true;
    askDebrief();
  }
  if (action.t === "nudge" && keep.hasTone()) playTone();
  if (action.t === "talk" || action.t === "incident") markRead();
  if (["welcome", "observe", "view_change", "status"].includes(action.t)) askMovesSoon();
  if (action.t === "debrief" && state.status?.phase === "ended" && state.welcome?.seat && !state.record) askRecord(base, session, keep, dispatch);
  if (action.t === "debrief" && state.status?.phase === "ended" && !act.shown && !OF_THE_END.includes(state.ui.page)) {
    act.shown = true;
    act.page("debrief");
  }
}

// What may be ordered changes with the view: one question for all the news that come together.
function askMovesSoon() {
  clearTimeout(act.asksMoves);
  act.asksMoves = setTimeout(() => {
    const { phase } = state.status ?? {};
    if (state.welcome?.seat && viewOf(state) && phase && phase !== "ended") connection.say({ t: "ask_moves", id: newId(), move: {} });
  }, MOVES_AFTER_MS);
}

// A draft that the server has not judged is sent to it once; it answers with what is legal beside it.
function askDraft() {
  const move = unjudged(state);
  const asked = JSON.stringify([move, state.options?.tick]);
  if (!move || asked === act.askedDraft) return;
  if (connection.say({ t: "ask_moves", id: newId(), move })) act.askedDraft = asked;
}

// What is on the screen counts as read.
function markRead() {
  const thread = threadsOf(state).find((one) => one.name === state.ui.thread);
  if (!thread?.unread || !isTalkShown() || state.status?.phase === "ended" || state.status?.phase === "lobby") return;
  const number = thread.count;
  if (state.orders.some((order) => order.t === "read" && order.thread === thread.name && (order.number ?? 0) >= number)) return;
  connection.order({ t: "read", thread: thread.name, number });
}

function isTalkShown() {
  return document.visibilityState === "visible" && document.getElementById("talk")?.checkVisibility() === true;
}

// A player's debrief opens at the end; until then the server would refuse it, and the page says so by itself.
function askDebrief() {
  if (isStaff(state) || state.status?.phase === "ended") connection.say({ t: "ask_debrief" });
}

const act = {
  asked: false,
  /** The proposal of a team that the form changes. @type {{ id: string, move: Wire.Json } | null} */
  changing: null,
  shown: false,
  repeatsReady: false,
  asksMoves: 0,
  askedDraft: "",
  ui: (change) => dispatch({ t: "local.ui", change }),
  console: (change) => dispatch({ t: "local.console", change }),
  // One field of a form at a time: two that change before the next redraw are both kept.
  uiPart: (part, change) => dispatch({ t: "local.part", part, change }),
  debriefUi: (change) => act.uiPart("debrief", change),
  // Show a moment of the debrief in the replay, which its address opens; the debrief's own figures show its day too.
  toMoment(moment, day) {
    act.debriefUi({ mapDate: day, threatDay: day });
    history.pushState(null, "", momentFragment(moment.tick, moment.seat));
    showAddress();
  },
  draft: (kind, field, value) => dispatch({ t: "local.draft", kind, field, value }),
  problems: (kind, problems) => dispatch({ t: "local.problems", kind, problems }),
  dismiss: () => dispatch({ t: "local.dismiss" }),
  /** @param {Wire.Json} move @param {{ replaces?: string, form?: string, call?: any }} [about] */
  order(move, { replaces = "", ...meta } = {}) {
    if (isOnTheWay(state, move)) return;
    const view = viewOf(state);
    const window = view?.window ?? 0;
    if (mustPropose(state, move.kind)) {
      connection.order({ t: "propose", window, move }, { form: meta.form, tick: view?.tick });
      return;
    }
    const { changing } = act;
    const proposal = changing && changing.move.kind === move.kind ? changing.id : "";
    /** @type {import("./net.mjs").OrderMessage} */
    const frame = { t: "order", window, move, ...(replaces ? { replaces } : {}), ...(proposal ? { proposal } : {}) };
    connection.order(frame, { ...meta, tick: view?.tick });
    act.changing = null;
    if (replaces) act.ui({ replacing: "" });
  },
  consent: (given) => connection.say({ t: "consent", given }),
  withdraw: (order) => connection.order({ t: "withdraw", order }),
  tab(name) {
    if (name === "talk") act.toUnread();
    act.ui({ tab: name });
    requestAnimationFrame(() => requestAnimationFrame(markRead));
  },
  // Show a thread, and tell the server that its messages are read. It is drawn at once: what is typed or sent before the next
  // redraw would belong to the thread shown before.
  thread(name) {
    act.ui({ thread: name });
    draw();
    markRead();
  },
  // Show a thread with messages to read, unless the present one has some, or has something half written.
  toUnread() {
    const thread = firstToRead(state);
    if (thread && !hasDraft(state.ui.drafts, state.ui.thread)) act.ui({ thread });
  },
  command(command) {
    connection.order({ t: "command", command });
    if (command.kind === "pace") act.ui({ pace: {} });
  },
  // From the newest state: the form on the screen may still wait for its redraw.
  setPace: () => act.command(paceCommand(paceOf(state))),
  // Say ready; where a call is left open, ask first whether its default may be given.
  ready({ sure = false } = {}) {
    const tick = viewOf(state)?.tick ?? 0;
    const asks = !sure && openCalls(state).length > 0;
    act.ui({ confirming: asks ? tick : -1 });
    if (asks) focusOn("confirm-ready");
    if (asks) return;
    act.sayReady(tick);
  },
  // Without a connection it is sent when there is one again.
  sayReady(tick) {
    connection.say({ t: "ready", tick });
    dispatch({ t: "local.ready", tick });
  },
  notReady() {
    act.ui({ confirming: -1 });
    focusOn("ready");
  },
  look(seat) {
    act.ui({ lookSeat: seat });
    if (seat) connection.say({ t: "look", seat });
  },
  page(page) {
    act.ui({ page });
    if (page === "debrief") askDebrief();
  },
  // Go to a part of the page: show its tab on a phone and focus its heading.
  jump(id, tab) {
    if (tab === "talk") act.toUnread();
    act.ui({ tab, ...(id === "now" ? { step: { tick: viewOf(state)?.tick ?? 0, name: stepsOf(state)[0].name } } : {}) });
    requestAnimationFrame(() => {
      const heading = document.getElementById(`${id}-heading`);
      const folded = heading?.closest("details");
      if (folded) folded.open = true;
      heading?.setAttribute("tabindex", "-1");
      heading?.focus();
      markRead();
    });
  },
  rename(name) {
    keep.setName(name);
    connection.reconnect();
  },
  name: () => keep.name(),
  refreshDebrief: askDebrief,
  reconnect: () => connection.open(),
  startOver: () => connection.startOver(),
  reload: () => location.reload(),
  print: () => window.print(),
  language: (code) => chooseLanguage(code).then(draw),
  sit(place) {
    keep.setPlace(place);
    connection.open();
  },
};

Object.assign(
  act,
  decideActs(act, () => state),
  { ...seatActs(act, () => state, connection, keep, dispatch, session.startsWith("class-") ? new URL("join", base) : null), lobbies: () => lobbiesOf(session, base, localStorage) },
);

function body(now) {
  if (!state.welcome) return gate(state, act, keep.places());
  const { role } = state.welcome;
  const view = viewFor(state.ui.page, role);
  if (OF_THE_END.includes(view)) return later(view, draw)(state, act);
  if (view === "brief") return brief(state, act);
  if (isStaff(state)) return later("moderator", draw)(state, act, now);
  return ["wall", "details"].includes(view) ? later(view, draw)(state, act, now) : play(state, act, now);
}

/** Whether the wall is shown: it has a bar of its own. */
const isWall = () => state.welcome !== null && viewFor(state.ui.page, state.welcome.role) === "wall";

function draw() {
  scheduled = false;
  const now = Date.now();
  const following = [...root.querySelectorAll(".entries")].map(
    (entries) => entries.scrollHeight - entries.scrollTop - entries.clientHeight < 40,
  );
  const keepFocus = focusKeeper(root);
  patch(
    root,
    h("a", { class: "skip", href: "#main", key: "skip", onclick: skip }, t("header.skip")),
    isWall() ? null : header(state, act, now),
    state.welcome ? banner(state, act) : null,
    state.ui.page === "play" ? seatNotices(state) : null,
    body(now),
    help({ receipts, base: base.pathname }),
  );
  keepFocus();
  askDraft();
  tellHeights(root);
  // Keep a log at its end if it was there; leave a log that the user has scrolled back.
  root.querySelectorAll(".entries").forEach((entries, index) => {
    if (following[index] ?? true) entries.scrollTop = entries.scrollHeight;
  });
  setText(spoken.time, timeSpoken(state.status?.phase === "running" ? secondsLeft(state, now) : null));
  const moves = catalogueOf(state).moves;
  setText(
    spoken.save,
    saveSpoken(state, (order) =>
      order.move ? summary(order.move, moves[order.move.kind], namesOf(state)).title : t("header.command"),
    ),
  );
  // Words, not colours, blink in the title of a tab that the clock waits for.
  const calls = isNudged(state) && Math.floor(now / 1000) % 2 === 0;
  document.title = calls ? t("team.title") : titleOf(state);
}

function skip(event) {
  event.preventDefault();
  document.getElementById("main")?.focus();
}

function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function readAddress() {
  const hash = location.hash.slice(1);
  const token = tokenIn(hash);
  if (token.length >= TOKEN_LENGTH_MIN) {
    keep.setLinkToken(token);
    history.replaceState(null, "", location.pathname);
  }
  showAddress();
  // A tab without a link takes the place that this browser has held, if there is only one.
  if (!keep.credentials() && keep.places().length === 1) keep.setPlace(keep.places()[0]);
}

// Show what the address names: after the browser's back or forward, and at first.
function showAddress() {
  const shown = addressNow();
  if (!shown) return;
  returning = true;
  act.ui({ page: shown.view === "wall" ? "play" : shown.view, tab: shown.tab || INITIAL.ui.tab });
  returning = false;
  if (shown.view === "debrief" && state.welcome) askDebrief();
}

readAddress();
draw();
if (session) connection.open();
else dispatch({ t: "local.connection", state: "nowhere" });
setInterval(() => {
  const { phase = "", seconds_left: left = -1, pause_left: pause = -1 } = state.status ?? {};
  const runs = (left >= 0 && phase === "running") || (pause >= 0 && phase === "paused");
  if (runs || isNudged(state) || (state.device && state.ui.page === "play")) draw();
}, 1000);
for (const change of ["online", "offline"]) addEventListener(change, () => connection.wake());
addEventListener("submit", () => scheduled && draw(), true); // what was typed last counts, also before it is drawn
addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "visible") return;
  connection.wake();
  markRead();
});
addEventListener("popstate", () => {
  if (tokenIn(location.hash.slice(1)).length >= TOKEN_LENGTH_MIN) location.reload();
  else showAddress();
});
