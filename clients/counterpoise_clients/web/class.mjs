// Starts the pages of a class: reads the address, connects the store and the class's websocket, redraws.

import { focusKeeper, focusOn } from "./focus.mjs";
import { h, pagePart, patch } from "./h.mjs";
import { addressOf, readAddress } from "./class/address.mjs";
import { moderatorActs } from "./class/acts.mjs";
import { board } from "./class/board.mjs";
import { brief } from "./class/brief.mjs";
import { classHeader, classStrip } from "./class/header.mjs";
import { join } from "./class/join.mjs";
import { classKeeper } from "./class/keep.mjs";
import { chooseClass, lobby, waitHere } from "./class/lobby.mjs";
import { ClassConnection } from "./class/net.mjs";
import { projector } from "./class/projector.mjs";
import { INITIAL, reduce } from "./class/store.mjs";
import { firstProblem } from "./class/problems.mjs";
import { later, printRecords } from "./later.mjs";
import { loadOutlines } from "./map/load.mjs";
import { chooseLanguage, t } from "./text/text.mjs";

const CLOSE_BAD_TOKEN = 4001;
const base = new URL(".", import.meta.url);
const root = pagePart("app");
const keep = classKeeper(localStorage);
let state = INITIAL;
let page = readAddress(location.pathname.slice(base.pathname.length - 1), location.hash);
/** Whether the seat's briefing opens as soon as there is a seat; not for somebody who has gone back to the lobby. */
let goesOn = true;
let scheduled = false;
let isLoading = false;
let isLeaving = false;

function dispatch(action) {
  const before = state;
  state = reduce(state, action);
  if (state !== before && !scheduled) {
    scheduled = true;
    requestAnimationFrame(draw);
  }
}

const kind = () => (page.page === "join" || page.page === "brief" ? "student" : "staff");

// The first frame of the socket: the way back if this browser has it, or else what was typed.
function firstFrame() {
  const kept = keep.find(page.code, kind());
  if (kind() === "staff") {
    const token = page.token || kept?.token;
    return token ? { t: "open_class", token } : null;
  }
  if (kept) return { t: "enter", token: kept.token };
  const { code, name, number, device } = state.draft;
  if (state.joinsBy === "device") return { t: "enter", device: device.trim() };
  return state.joinsBy ? { t: "enter", code, name: name.trim(), number: number.trim() } : null;
}

const connection = new ClassConnection(`${base.href.replace(/^http/, "ws")}c/ws`, firstFrame, (action) => {
  dispatch(action);
  AFTER[action.t]?.(action);
});

/** What a message causes beside a redraw. */
const AFTER = {
  // Somebody who is known on another device, or is taken off the class, is shown out. The way back says which it is.
  "local.connection"({ state: how, code }) {
    isLeaving = false;
    if (how === "closed" && code === CLOSE_BAD_TOKEN && keep.find(page.code, kind())) connection.open();
  },
  entered({ code, token }) {
    keep.put({ code: cleaned(code), title: "", token, role: "student" });
    show({ ...page, code: cleaned(code) }, { replaces: page.code === cleaned(code) });
  },
  lobby({ title, place }) {
    const kept = keep.find(page.code, "student");
    if (kept && kept.title !== title) keep.put({ ...kept, title });
    if (place === "seated" && page.page === "join" && goesOn) show({ ...page, page: "brief" });
    if (place !== "seated" && page.page === "brief") show({ ...page, page: "join" }, { replaces: true });
    goesOn = goesOn || place !== "seated";
  },
  opened({ code, role }) {
    const known = keep.find(cleaned(code), "staff");
    keep.put({ code: cleaned(code), title: known?.title ?? "", token: page.token || known?.token || "", role: "staff" });
    if (page.page === "replay") for (const world of page.world.split("+")) connection.ask({ t: "open_world", world, role: "observer" });
    else if (page.world) connection.ask({ t: "open_world", world: page.world, role: page.page === "watch" ? "observer" : "moderator" });
    const to = role === "observer" && !page.world ? "projector" : page.page;
    if (page.token || to !== page.page) show({ ...page, page: to, code: cleaned(code), token: "" }, { replaces: true });
  },
  board({ title, map }) {
    if (page.page === "projector" && isInPlay() && map && !isLoading) {
      isLoading = true;
      loadOutlines(new URL(map, base)).then((outlines) => dispatch({ t: "local.outlines", outlines }));
    }
    const kept = keep.find(page.code, "staff");
    if (kept && kept.title !== title) keep.put({ ...kept, title });
  },
  your_seat({ session, token }) {
    location.assign(new URL(`j/${session}#${token}`, base));
  },
  world_link({ world, session, token, url, qr }) {
    if (page.page === "replay") dispatch({ t: "local.way", world, session, token });
    else if (page.world) location.replace(new URL(`j/${session}#${token}`, base));
    else dispatch({ t: "local.link", world, url, qr });
  },
  refused(message) {
    isLeaving = false;
    if (message.answers === "take_seat" && message.code === "seat_elsewhere") act.resumeSeat();
    if (message.id) return;
    connection.close();
    dispatch({ t: "local.connection", state: "idle" });
    if (message.code === "bad_token") {
      keep.forget(page.code, kind());
      dispatch({ t: "local.code", code: page.code });
      dispatch({ t: "local.problem", problem: message });
    }
    const field = firstProblem(message)?.field;
    if (field) focusOn(`join-${field}`);
  },
};

const cleaned = (code) => code.replace(/[^A-Z0-9]/g, "");

// Show another page. A page that only took the place of another one leaves no step in the history.
function show(to, { replaces = false } = {}) {
  page = to;
  history[replaces ? "replaceState" : "pushState"](null, "", new URL(addressOf(to.page, to.code, to.world), base));
  draw();
  document.getElementById("main")?.focus({ preventScroll: true });
}

const act = {
  ...moderatorActs({ ask: (command) => connection.ask(command), dispatch, state: () => state }),
  draft: (change) => dispatch({ t: "local.draft", change }),
  ui: (change) => dispatch({ t: "local.ui", change }),
  // The sheets are loaded when they are printed: no student's page needs them.
  printRecords: () => printRecords(state.records.records.sheets),
  reconnect: () => connection.open(),
  reload: () => location.reload(),
  join() {
    const problem = firstProblem(null, state.draft);
    if (problem) {
      dispatch({ t: "local.problem", problem });
      focusOn(`join-${problem.field}`);
      return;
    }
    keep.setName(state.draft.name.trim());
    // Whoever is in this class already comes back as the same person.
    if (keep.find(state.draft.code, "student")) {
      act.enter(state.draft.code);
      return;
    }
    dispatch({ t: "local.joining", by: "code" });
    connection.reopen();
  },
  // Go on by the code of another device. The seat opens by itself, so the briefing need not.
  goOnHere() {
    if (!state.draft.device.trim()) {
      dispatch({ t: "local.problem", problem: { field: "device", text: t("class.device-missing") } });
      focusOn("join-device");
      return;
    }
    goesOn = false;
    dispatch({ t: "local.joining", by: "device" });
    connection.reopen();
  },
  enter(code) {
    goesOn = true;
    dispatch({ t: "local.code", code });
    show({ page: kind() === "staff" ? "class" : "join", code, token: "", world: "", moment: "" });
    connection.reopen();
  },
  leave() {
    connection.ask({ t: "leave" });
    connection.close();
    keep.forget(page.code, "student");
    dispatch({ t: "local.code", code: "" });
    show({ page: "join", code: "", token: "", world: "", moment: "" }, { replaces: true });
  },
  brief: () => show({ ...page, page: "brief" }),
  // A second click would ask for a second link, which makes the first one void while the browser follows it.
  takeSeat() {
    if (isLeaving) return;
    isLeaving = true;
    connection.ask({ t: "take_seat" });
  },
  // The seat is played in this browser or on another device: the page of the session says which, and what to do.
  resumeSeat: () => location.assign(new URL(`j/${state.lobby.session}`, base)),
  projector: () => show({ ...page, page: "projector" }),
  replayed: () => ({ worlds: page.world.split("+"), moment: page.moment }),
  momentAddress: (fragment) => `${act.address("replay", page.world)}/${fragment}`,
  address: (name, world) => new URL(addressOf(name, page.code, world), base).href,
  desk: () => show({ ...page, page: "class", world: "", moment: "" }),
  language: (code) => chooseLanguage(code).then(draw),
};

function body(now) {
  if (kind() === "staff") {
    const isKnown = Boolean(page.token || state.problem || keep.find(page.code, "staff"));
    if (state.board && page.page === "replay") return later("worldsReplay", draw)(state, act);
    if (!state.board || page.world) return isKnown ? waitHere(state, act) : chooseClass(keep.all("staff"), act);
    if (page.page !== "projector") return board(state, act, now);
    return isInPlay() ? later("sideBySide", draw)(state, act, now) : projector(state, act);
  }
  if (state.lobby) return page.page === "brief" ? brief(state, act) : lobby(state, act);
  return keep.find(page.code, "student") ? waitHere(state, act) : join(state, act, keep.all("student"));
}

/** Whether a world has started: the projector then shows the worlds in place of the lobby. */
const isInPlay = () => state.board.worlds.some((world) => world.phase !== "lobby");

function draw() {
  scheduled = false;
  const now = Date.now();
  const keepFocus = focusKeeper(root);
  patch(
    root,
    h("a", { class: "skip", href: "#main", key: "skip", onclick: skip }, t("class.skip")),
    classHeader(state, act, page),
    classStrip(state, act),
    body(now),
  );
  keepFocus();
  document.title = titleOf();
  document.body.className = `at-${page.page}`;
}

function titleOf() {
  const title = state.board?.title ?? state.lobby?.title ?? "";
  if (page.page === "brief" && state.lobby) return `${state.lobby.seat_name} · ${title}`;
  const name = { join: state.lobby ? "class.title-lobby" : "class.title-join", brief: "class.title-lobby" }[page.page];
  return [t(name ?? `class.title-${page.page}`), title].filter(Boolean).join(" · ");
}

function skip(event) {
  event.preventDefault();
  document.getElementById("main")?.focus();
}

// The code of another device in the address is spent at once, and leaves the address.
function goOnByAddress() {
  const { device } = page;
  if (!device) return;
  page = { page: "join", code: "", token: "", world: "", moment: "" };
  history.replaceState(null, "", new URL("join", base));
  dispatch({ t: "local.draft", change: { device } });
  dispatch({ t: "local.ui", change: { hasDevice: true } });
  goesOn = false;
  dispatch({ t: "local.joining", by: "device" });
}

// Take the address as it is now: at the start, and when the reader goes back or forward.
function follow() {
  const before = page;
  page = readAddress(location.pathname.slice(base.pathname.length - 1), location.hash);
  if (page.code !== before.code || page.token || page.device || kind() !== (before.page === "join" || before.page === "brief" ? "student" : "staff")) {
    connection.close();
    dispatch({ t: "local.code", code: page.code });
    goOnByAddress();
    connection.open();
  }
  goesOn = false;
  draw();
}

function start() {
  const staff = keep.all("staff");
  if (kind() === "staff" && !page.code && !page.token && staff.length === 1) page = { ...page, code: staff[0].code };
  dispatch({ t: "local.draft", change: { code: page.code, name: keep.name() } });
  goOnByAddress();
  draw();
  connection.open();
  if (page.page === "join" && !keep.find(page.code, "student")) focusOn(page.code ? "join-name" : "join-code");
  setInterval(() => state.board && draw(), 1000);
  for (const change of ["online", "offline"]) addEventListener(change, () => connection.wake());
  addEventListener("submit", () => scheduled && draw(), true); // what was typed last counts, also before it is drawn
  addEventListener("visibilitychange", () => document.visibilityState === "visible" && connection.wake());
  // The browser may show this page again as it was, when somebody goes back to it.
  addEventListener("pageshow", () => (isLeaving = false));
  addEventListener("popstate", follow);
}

start();
