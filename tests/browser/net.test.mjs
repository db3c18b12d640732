import assert from "node:assert/strict";
import { test } from "node:test";
import { keeper, tokenIn } from "../../clients/counterpoise_clients/web/keep.mjs";
import { Connection, backoff, newId } from "../../clients/counterpoise_clients/web/net.mjs";

class Store {
  items = new Map();
  getItem(key) {
    return this.items.get(key) ?? null;
  }
  setItem(key, value) {
    this.items.set(key, value);
  }
  removeItem(key) {
    this.items.delete(key);
  }
}

// A socket whose far end is the test.
class Socket {
  static all = [];
  sent = [];
  constructor(url, protocols) {
    Object.assign(this, { url, protocols });
    Socket.all.push(this);
  }
  send(text) {
    this.sent.push(JSON.parse(text));
  }
  close() {
    this.end(1006);
  }
  open() {
    this.onopen();
  }
  say(message) {
    this.onmessage({ data: JSON.stringify(message) });
  }
  end(code) {
    this.onclose({ code, reason: "" });
  }
}

function setUp({ shared = new Store(), tab = new Store(), token = "t".repeat(32) } = {}) {
  Socket.all = [];
  const keep = keeper("s", tab, shared);
  if (token) keep.setLinkToken(token);
  const said = [];
  const timers = [];
  const connection = new Connection("ws://x/s/s/ws", keep, (action) => said.push(action), {
    WebSocket: Socket,
    setTimeout: (job, ms) => timers.push({ job, ms }),
    clearTimeout: (id) => {
      if (timers[id - 1]) Object.assign(timers[id - 1], { job: () => {}, stopped: true });
    },
  });
  connection.open();
  return { connection, keep, said, timers, shared, tab, socket: () => Socket.all.at(-1) };
}

const welcome = (more = {}) => ({
  t: "welcome",
  resume: "fresh",
  vseq: 1,
  receipt: "r1",
  next_token: "n".repeat(32),
  role: "player",
  seat: "ARD",
  seed_commitment: "game",
  ...more,
});
const due = (timers, ms) => timers.findLast((timer) => timer.ms === ms && !timer.stopped)?.job();
const kinds = (socket) => socket.sent.map((frame) => frame.t);
const seated = (how) => {
  const desk = setUp(how);
  desk.socket().open();
  desk.socket().say(welcome());
  return desk;
};

test("order ids are 128 bits in hex and differ", () => {
  assert.match(newId(), /^[0-9a-f]{32}$/);
  assert.notEqual(newId(), newId());
});

test("the backoff grows to a maximum and starts short after a restart of the server", () => {
  assert.equal(
    backoff(0, 1006, () => 1),
    250,
  );
  assert.equal(
    backoff(20, 1006, () => 1),
    15_000,
  );
  assert.equal(
    backoff(0, 1012, () => 1),
    2000,
  );
  assert.ok(backoff(0, 4004, () => 0) >= 5000);
});

test("the first frame is hello with the link's token, and the next token replaces it", () => {
  const { socket, keep, tab } = seated();
  assert.equal(socket().protocols[0], "counterpoise.v2.json");
  assert.equal(socket().sent[0].t, "hello");
  assert.equal(socket().sent[0].token, "t".repeat(32));
  assert.equal(keep.credentials().token, "n".repeat(32));
  assert.ok(![...tab.items.values()].some((value) => value.includes("t".repeat(32))));
});

test("an order is stored before it is sent and resent until it is answered", () => {
  const { connection, socket, keep, timers } = seated();
  const id = connection.order({ t: "order", window: 0, move: { kind: "mobilize" } });
  assert.equal(socket().sent.at(-1).id, id);
  socket().end(1006);
  assert.equal(keep.outbox("player/ARD").length, 1);
  timers.at(-1).job();
  socket().open();
  assert.deepEqual([socket().sent[0].last_vseq, socket().sent[0].last_receipt], [1, "r1"]);
  socket().say(welcome({ resume: "delta" }));
  assert.equal(socket().sent.at(-1).id, id);
  socket().say({ t: "ack", id, vseq: 2, receipt: "r2" });
  assert.equal(keep.outbox("player/ARD").length, 0);
});

test("an order given while there is no connection goes out with the next welcome", () => {
  const { connection, socket, timers } = seated();
  socket().end(1012);
  const id = connection.order({ t: "order", window: 0, move: { kind: "mobilize" } });
  timers.at(-1).job();
  socket().open();
  socket().say(welcome({ resume: "delta" }));
  assert.deepEqual(kinds(socket()), ["hello", "ping", "order"]);
  assert.equal(socket().sent[2].id, id);
});

test("a seat opened elsewhere does not reconnect by itself", () => {
  const { socket, said } = seated();
  const before = Socket.all.length;
  socket().end(4002);
  assert.equal(Socket.all.length, before);
  assert.equal(said.at(-1).state, "closed");
  assert.equal(said.at(-1).words.act, "here");
});

test("a used-up link connects with the stored token first and with its own token second", () => {
  const first = seated();
  const again = setUp({ shared: first.shared, tab: new Store() });
  again.socket().open();
  assert.equal(again.socket().sent[0].token, "n".repeat(32));
  again.socket().end(4001);
  again.socket().open();
  assert.equal(again.socket().sent[0].token, "t".repeat(32));
  again.socket().end(4001);
  assert.equal(again.said.at(-1).state, "closed");
});

test("a tab whose token another tab has replaced goes on with the newer one", () => {
  const one = seated();
  const two = setUp({ shared: one.shared, token: "" });
  two.keep.setPlace("player/ARD");
  two.connection.open();
  two.socket().open();
  assert.equal(two.socket().sent[0].token, "n".repeat(32));
  one.keep.setToken("player/ARD", "m".repeat(32), "game"); // the other tab has come back meanwhile
  two.socket().end(4001);
  two.socket().open();
  assert.equal(two.socket().sent[0].token, "m".repeat(32));
  two.socket().end(4001);
  assert.equal(two.said.at(-1).state, "closed"); // nobody has a newer one
});

test("a tab that reads its welcome late does not put its token over the newer one of another tab", () => {
  const one = seated();
  const asleep = setUp({ shared: one.shared, token: "" });
  asleep.keep.setPlace("player/ARD");
  asleep.connection.open();
  asleep.socket().open();
  one.keep.setToken("player/ARD", "m".repeat(32), "game");
  asleep.socket().say(welcome({ next_token: "late".repeat(8) }));
  assert.equal(asleep.keep.credentials().token, "m".repeat(32));
});

test("a reload asks for all messages and notices when the server has lost some", () => {
  const first = seated();
  first.socket().say({ t: "incident", vseq: 2, receipt: "r2", incident: {} });
  const again = setUp({ shared: first.shared, tab: first.tab, token: "" });
  again.socket().open();
  assert.deepEqual([again.socket().sent[0].last_vseq, again.socket().sent[0].last_receipt], [1, "r1"]);
  again.socket().say(welcome({ resume: "delta", vseq: 1, receipt: "r1" }));
  again.timers.at(-1).job();
  again.socket().open();
  assert.deepEqual([again.socket().sent[0].last_vseq, again.socket().sent[0].last_receipt], [2, "r2"]);
});

test("a new game under an old name starts with an empty outbox", () => {
  const first = seated();
  first.connection.order({ t: "order", window: 0, move: { kind: "mobilize" } });
  const again = setUp({ shared: first.shared, tab: new Store(), token: "u".repeat(32) });
  again.socket().open();
  again.socket().say(welcome({ seed_commitment: "another" }));
  assert.deepEqual(kinds(again.socket()), ["hello", "ping"]);
});

test("the first frame after the welcome shows that the new token is stored", () => {
  const { socket, keep } = seated();
  assert.equal(keep.credentials().token, "n".repeat(32));
  assert.deepEqual(kinds(socket()), ["hello", "ping"]);
});

test("a missing pong ends the connection at once, although the far end never closes it", () => {
  const { socket, timers, said } = seated();
  socket().say({ t: "pong", n: 0 });
  due(timers, 8000);
  assert.equal(socket().sent.at(-1).t, "ping");
  const dead = socket();
  dead.close = () => {}; // a browser waits for the far end's close frame
  due(timers, 7000);
  assert.equal(said.at(-1).state, "waiting");
  timers.at(-1).job();
  assert.notEqual(socket(), dead);
  socket().open();
  socket().say(welcome({ resume: "delta" }));
  dead.onclose({ code: 1006, reason: "" }); // minutes later
  assert.equal(said.at(-1).state, "open");
});

test("a connection on which nothing comes back is called silent, until something comes", () => {
  const { socket, timers, said } = seated();
  socket().say({ t: "pong", n: 0 });
  due(timers, 8000);
  due(timers, 2500);
  assert.deepEqual(said.at(-1), { t: "local.silent", silent: true });
  socket().say({ t: "pong", n: 0 });
  assert.ok(said.some((one) => one.t === "local.silent" && !one.silent));
});

test("any message counts as a sign of life", () => {
  const { socket, timers, said } = seated();
  socket().say({ t: "status" });
  due(timers, 7000);
  assert.notEqual(said.at(-1).state, "waiting");
});

test("a dead connection is noticed soon after something was sent that needs an answer", () => {
  for (const send of [(one) => one.order({ t: "withdraw", order: "" }), (one) => one.say({ t: "ready", tick: 0 })]) {
    const { connection, socket, timers, said } = seated();
    socket().say({ t: "pong", n: 0 });
    send(connection);
    due(timers, 2000);
    assert.equal(socket().sent.at(-1).t, "ping");
    due(timers, 7000);
    assert.equal(said.at(-1).state, "waiting");
  }
});

test("a page that wakes up probes its connection and does not wait long", () => {
  const { connection, socket, timers, said } = seated();
  socket().say({ t: "pong", n: 0 });
  connection.wake();
  assert.deepEqual(kinds(socket()), ["hello", "ping", "ping"]);
  due(timers, 5000);
  assert.equal(said.at(-1).state, "waiting");
  const before = Socket.all.length;
  connection.wake();
  assert.equal(Socket.all.length, before + 1);
});

test("a server that accepts the connection and never answers the hello is given up", () => {
  const { socket, timers, said } = setUp();
  socket().open();
  due(timers, 30_000);
  assert.equal(said.at(-1).state, "waiting");
});

test("a missing session keeps the stored place and is not retried", () => {
  const { said, socket, keep, timers } = setUp();
  socket().open();
  socket().end(4007);
  assert.equal(said.at(-1).state, "closed");
  assert.match(said.at(-1).words.title, /No such session/);
  assert.equal(keep.credentials().token, "t".repeat(32));
  assert.equal(timers.filter((timer) => !timer.stopped).length, 0);
});

test("a page whose connection ends normally after the game comes back once, and then keeps quiet", () => {
  const { said, socket, timers } = seated();
  socket().say({ t: "result", tick: 1, date: "1914-01-02", scores: { ARD: 50 } });
  socket().end(1000);
  assert.equal(Socket.all.length, 2);
  assert.ok(said.every((action) => action.state !== "closed" && action.state !== "waiting"));
  socket().open();
  socket().say(welcome({ resume: "delta" }));
  assert.equal(said.at(-1).state ?? said.at(-2).state, "open");
  socket().end(1000);
  assert.equal(Socket.all.length, 2);
  assert.equal(said.at(-1).state, "closed");
  assert.ok(!timers.some((timer) => !timer.stopped && timer.ms > 15000 && timer.job.name === "retry"));
});

test("a normal close before the end is told at once", () => {
  const { said, socket } = seated();
  socket().end(1000);
  assert.equal(Socket.all.length, 1);
  assert.equal(said.at(-1).state, "closed");
});

test("a token is read from a link with whatever was pasted after it", () => {
  const token = "kq3vXh1n0pZr8sWd_-A";
  for (const rest of ["", "%", "%2", "%zz", "%20", ".", ")", "\u201d", "%E2%80%9D", ">", " and more"])
    assert.equal(tokenIn(token + rest), token);
  assert.equal(tokenIn("%6bq3vXh1n0pZr8sWd_-A"), token);
  for (const none of ["", "%", "%%%%%%%%%%%%%%%%%%%%", "!"]) assert.equal(tokenIn(none), "");
});
