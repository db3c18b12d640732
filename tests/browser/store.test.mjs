import assert from "node:assert/strict";
import { test } from "node:test";
import { isCalled, isReady, ordersNow, secondsLeft } from "../../clients/counterpoise_clients/web/seat.mjs";
import { INITIAL, reduce } from "../../clients/counterpoise_clients/web/store.mjs";

const view = (tick, extra = {}) => ({ tick, window: 0, own: { id: "ARD" }, others: [], incidents: [], ...extra });
const incident = (id, tick) => ({ id, tick, date: "1901-01-01", kind: "mobilized", actors: ["ARD"], detail: {} });
const play = (...actions) => actions.reduce(reduce, INITIAL);
const WELCOME = {
  t: "welcome",
  role: "player",
  seat: "ARD",
  resume: "fresh",
  vseq: 1,
  receipt: "aa",
  scenario: { actors: [] },
};
const ORDER = { t: "order", id: "1".repeat(32), window: 0, move: { kind: "message", to: "BEL", text: "x" } };

test("an order waits until its ack and then shows its number and receipt", () => {
  const sent = play(
    WELCOME,
    { t: "observe", vseq: 1, called: true, view: view(0), threats: {} },
    { t: "local.sent", order: ORDER },
  );
  assert.equal(ordersNow(sent)[0].state, "waiting");
  const acked = reduce(sent, { t: "ack", id: ORDER.id, vseq: 7, receipt: "bb" });
  assert.deepEqual([ordersNow(acked)[0].state, acked.saved], ["saved", { vseq: 7, receipt: "bb" }]);
});

test("an order reported twice, as after a reconnect, is listed once", () => {
  const state = play(WELCOME, { t: "local.sent", order: ORDER }, { t: "local.sent", order: ORDER });
  assert.equal(state.orders.length, 1);
});

test("a refused order keeps its draft and puts the problem beside its field", () => {
  const state = play(
    WELCOME,
    { t: "local.draft", kind: "message", field: "text", value: "x" },
    { t: "local.sent", order: ORDER },
    { t: "error", id: ORDER.id, code: "illegal", path: "$.move.to", expected: "another state", got: "your own" },
  );
  assert.equal(state.orders[0].state, "refused");
  assert.match(state.ui.problems.message.to, /another state/);
  assert.equal(state.ui.drafts.message.text, "x");
  const edited = reduce(state, { t: "local.draft", kind: "message", field: "to", value: "COR" });
  assert.deepEqual(edited.ui.problems.message, {});
});

test("a repeated ack after a reload keeps what the user has typed since", () => {
  const ack = { t: "ack", id: ORDER.id, vseq: 7, receipt: "bb" };
  const typed = play(
    WELCOME,
    { t: "local.sent", order: ORDER },
    ack,
    { t: "local.draft", kind: "message", field: "text", value: "y" },
    ack,
  );
  assert.equal(typed.ui.drafts.message.text, "y");
});

test("an error without a known order is shown as a notice", () => {
  const state = play(WELCOME, { t: "error", id: "", code: "late", path: "$.tick", expected: "5", got: "4" });
  assert.equal(state.notice.code, "late");
});

test("incidents from views and messages appear once and in order", () => {
  const state = play(
    WELCOME,
    {
      t: "observe",
      vseq: 1,
      called: true,
      view: view(0, { incidents: [incident(1, 0), incident(2, 5)] }),
      threats: {},
    },
    { t: "incident", vseq: 2, receipt: "b", incident: incident(3, 9) },
    { t: "incident", vseq: 2, receipt: "b", incident: incident(3, 9) },
    {
      t: "observe",
      vseq: 2,
      called: true,
      view: view(9, { incidents: [incident(2, 5), incident(3, 9)] }),
      threats: {},
    },
  );
  assert.deepEqual(
    state.incidents.map((one) => one.id),
    [1, 2, 3],
  );
});

test("another seat's view does not replace the own view", () => {
  const state = play(
    { ...WELCOME, role: "moderator", seat: "" },
    { t: "observe", vseq: 1, called: false, view: view(0), threats: {} },
  );
  assert.equal(state.observe, null);
  assert.equal(state.looked.view.own.id, "ARD");
});

test("ready holds for one stop only", () => {
  const status = { t: "status", phase: "running", tick: 0, seconds_left: -1, seats: [], mode: "windows" };
  const said = play(WELCOME, { t: "observe", vseq: 1, called: true, view: view(0), threats: {} }, status, {
    t: "local.ready",
    tick: 0,
  });
  assert.equal(isReady(said), true);
  const next = [
    { t: "observe", vseq: 2, called: true, view: view(90), threats: {} },
    { ...status, tick: 90 },
  ].reduce(reduce, said);
  assert.equal(isReady(next), false);
  assert.equal(isCalled(next), true);
});

test("a seat is not called after the status shows that the clock has moved on", () => {
  const status = { t: "status", phase: "running", tick: 3, seconds_left: -1, seats: [], mode: "windows" };
  const state = play(WELCOME, { t: "observe", vseq: 1, called: true, view: view(0), threats: {} }, status);
  assert.equal(isCalled(state), false);
});

test("the time left falls while the session runs and not in a pause", () => {
  const status = { t: "status", phase: "running", tick: 0, seconds_left: 60, seats: [], mode: "windows", at: 1000 };
  assert.equal(secondsLeft(play(status), 31_000), 30);
  assert.equal(secondsLeft(play({ ...status, phase: "paused" }), 31_000), 60);
  assert.equal(secondsLeft(play({ ...status, seconds_left: -1 }), 31_000), null);
});

test("the newest evidence replaces the last, and a new welcome drops it: it may have been hidden since", () => {
  const told = (window) => ({ t: "evidence", window, shown: true, hypotheses: [], evidence: { groups: [] } });
  const state = play(WELCOME, told(0), told(1));
  assert.equal(state.evidence.window, 1);
  assert.equal(reduce(state, { ...WELCOME, resume: "delta" }).evidence, null);
});

test("a change is put into the view that the page keeps, and nothing else in it changes", () => {
  const others = [
    { id: "BEL", hostility: 0.5 },
    { id: "COR", hostility: 0 },
  ];
  const seen = view(3, { others, incidents: [incident(1, 0), incident(2, 1)], wars: ["a war"] });
  const change = {
    t: "view_change",
    vseq: 9,
    seat: "ARD",
    called: false,
    fields: { tick: 5, date: "1901-01-06" },
    others: [{ id: "BEL", hostility: 0.4 }],
    incidents: [incident(3, 5)],
    dropped: 1,
    threats: { BEL: { threat: 0.2 } },
  };
  const before = play(WELCOME, {
    t: "observe",
    vseq: 8,
    called: true,
    view: seen,
    threats: { BEL: { threat: 0.3 }, COR: { threat: 0.1 } },
  });
  const { observe, incidents, saved } = reduce(before, change);
  assert.deepEqual(observe.view, {
    ...seen,
    tick: 5,
    date: "1901-01-06",
    others: [{ id: "BEL", hostility: 0.4 }, others[1]],
    incidents: [incident(2, 1), incident(3, 5)],
  });
  assert.deepEqual(observe.threats, { BEL: { threat: 0.2 }, COR: { threat: 0.1 } });
  assert.deepEqual([observe.vseq, observe.called, saved.vseq], [9, false, 9]);
  assert.deepEqual(
    incidents.map((one) => one.id),
    [1, 2, 3],
  );
});

test("a change of a view that the page does not have changes nothing", () => {
  const state = play(WELCOME);
  const change = { t: "view_change", vseq: 9, seat: "ARD", called: false, fields: {}, others: [], incidents: [] };
  assert.equal(reduce(state, { ...change, dropped: 0, threats: {} }), state);
});

test("two fields of a form that change before the next redraw are both kept", () => {
  const state = play(
    { t: "local.part", part: "pace", change: { closes: "17:30" } },
    { t: "local.part", part: "pace", change: { time_zone: "America/New_York" } },
  );
  assert.deepEqual(state.ui.pace, { closes: "17:30", time_zone: "America/New_York" });
});
