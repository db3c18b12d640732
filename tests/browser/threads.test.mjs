import assert from "node:assert/strict";
import { test } from "node:test";
import { INITIAL, reduce } from "../../clients/counterpoise_clients/web/store.mjs";
import { openCalls } from "../../clients/counterpoise_clients/web/seat.mjs";
import {
  EVERYONE,
  SEVERAL,
  addressees,
  closedAt,
  draftedThreads,
  firstToRead,
  formTo,
  hasDraft,
  isOfStates,
  messageTo,
  threadsOf,
} from "../../clients/counterpoise_clients/web/threads.mjs";

const ACTORS = ["ARD", "BEL", "COR"].map((id) => ({ id, name: `${id}land` }));
const view = (extra = {}) => ({
  tick: 0,
  window: 0,
  own: { id: "ARD" },
  others: [{ id: "BEL" }, { id: "COR" }],
  alignments: [{ id: 7, members: ["ARD", "COR"], name: "The Two" }],
  calls: [],
  incidents: [],
  ...extra,
});
const letter = (id, thread, number, from = "BEL") => ({
  id,
  tick: number,
  kind: "message",
  actors: [from],
  detail: { thread, number, text: `${number}` },
});
const play = (...actions) =>
  [
    { t: "welcome", role: "player", seat: "ARD", resume: "fresh", vseq: 0, receipt: "", scenario: { actors: ACTORS } },
    { t: "observe", vseq: 0, called: true, view: view(), threats: {} },
    ...actions,
  ].reduce(reduce, INITIAL);

test("messages are sorted into threads by their numbers, whatever their ids", () => {
  const state = play(
    { t: "talk", messages: [letter(90, "ARD+BEL", 1), letter(40, "ARD+BEL", 2, "ARD")], read: {} },
    { t: "incident", vseq: 1, receipt: "r", incident: letter(20, "everyone", 9) },
  );
  assert.deepEqual(
    threadsOf(state).map((thread) => [thread.title, thread.messages.map((one) => one.detail.number), thread.unread]),
    [
      ["Everyone", [9], 1],
      ["BELland", [1, 2], 1],
    ],
  );
});

test("a read mark takes messages off the count and never puts them back", () => {
  const state = play(
    { t: "talk", messages: [1, 2, 3].map((n) => letter(n, "ARD+BEL", n)), read: { "ARD+BEL": 1 } },
    { t: "read_mark", thread: "ARD+BEL", number: 3 },
    { t: "read_mark", thread: "ARD+BEL", number: 2 },
  );
  assert.equal(threadsOf(state)[0].unread, 0);
});

test("a thread says whom a message goes to", () => {
  const draft = { text: "hello", to: ["BEL", "COR"], offer: "" };
  assert.deepEqual(messageTo("everyone", draft, "ARD"), { kind: "message", text: "hello" });
  assert.deepEqual(messageTo("ARD+BEL", draft, "ARD"), { kind: "message", to: ["BEL"], text: "hello" });
  assert.deepEqual(messageTo("alliance 7", draft, "ARD"), { kind: "message", alliance: 7, text: "hello" });
  assert.deepEqual(messageTo(SEVERAL, draft, "ARD"), { kind: "message", to: ["BEL", "COR"], text: "hello" });
  assert.deepEqual(
    addressees(play()).map((one) => one.label),
    ["Everyone", "BELland", "CORland", "Alliance: The Two", "Moderator", "Several states…"],
  );
});

test("an order that was taken back or replaced is marked when the server has confirmed it", () => {
  const order = { t: "order", id: "a", window: 0, move: { kind: "arm" } };
  const sent = [
    { t: "local.sent", order },
    { t: "ack", id: "a", vseq: 1, receipt: "r" },
    { t: "local.sent", order: { ...order, id: "b", replaces: "a" } },
    { t: "ack", id: "b", vseq: 2, receipt: "r" },
    { t: "local.sent", order: { t: "withdraw", id: "c", order: "b" } },
  ];
  const states = (state) => state.orders.filter((one) => one.t === "order").map((one) => one.state);
  assert.deepEqual(states(play(...sent)), ["replaced", "saved"]);
  assert.deepEqual(states(play(...sent, { t: "ack", id: "c", vseq: 3, receipt: "r" })), ["replaced", "withdrawn"]);
  const refused = play(...sent, { t: "error", code: "not_waiting", path: "$.order", expected: "", got: "it has acted", id: "c" });
  assert.deepEqual(states(refused), ["replaced", "saved"]);
  assert.equal(refused.notice.code, "not_waiting");
});

test("a call is open until an order answers it, and again when the answer is taken back", () => {
  const called = { t: "observe", vseq: 0, called: true, view: view({ calls: [{ id: 5 }] }), threats: {} };
  const answer = { t: "order", id: "a", window: 0, move: { kind: "answer_call" }, call: 5 };
  const sent = [called, { t: "local.sent", order: answer }, { t: "ack", id: "a", vseq: 1, receipt: "r" }];
  assert.equal(openCalls(play(called)).length, 1);
  assert.equal(openCalls(play(...sent)).length, 0);
  const back = [{ t: "local.sent", order: { t: "withdraw", id: "b", order: "a" } }, { t: "ack", id: "b", vseq: 2, receipt: "r" }];
  assert.equal(openCalls(play(...sent, ...back)).length, 1);
});

test("a draft belongs to its thread alone, and the ack of another thread's message keeps it", () => {
  const id = "1".repeat(32);
  const state = play(
    { t: "local.draft", kind: formTo("ARD+BEL"), field: "text", value: "for you alone" },
    { t: "local.draft", kind: formTo(EVERYONE), field: "text", value: "hello all" },
    { t: "local.sent", order: { t: "order", id, move: { kind: "message", text: "hello all" }, form: formTo(EVERYONE) } },
    { t: "ack", id, vseq: 3, receipt: "r" },
  );
  assert.equal(hasDraft(state.ui.drafts, EVERYONE), false);
  assert.equal(state.ui.drafts[formTo("ARD+BEL")].text, "for you alone");
  assert.deepEqual(draftedThreads(state.ui.drafts), ["ARD+BEL"]);
  assert.deepEqual(draftedThreads({}), []);
});

test("the newest thread with unread messages is the first to read, unless the open one has some", () => {
  const state = play({
    t: "talk",
    messages: [letter(1, EVERYONE, 1, "ARD"), letter(2, "ARD+BEL", 2), letter(3, "ARD+COR", 3, "COR")],
    read: {},
  });
  assert.equal(firstToRead(state), "ARD+COR");
  assert.equal(firstToRead(reduce(state, { t: "local.ui", change: { thread: "ARD+BEL" } })), "");
  const read = reduce(state, { t: "talk", messages: [], read: { "ARD+BEL": 2, "ARD+COR": 3 } });
  assert.equal(firstToRead(read), "");
});

test("a level of talk closes threads and says why, and takes no words along where it forbids them", () => {
  assert.equal(closedAt(EVERYONE, "public", play()), "");
  assert.match(closedAt("ARD+BEL", "public", play()), /only messages to everyone/i);
  assert.match(closedAt(SEVERAL, "public", play()), /only messages to everyone/i);
  assert.match(closedAt(EVERYONE, "none", play()), /no talk/i);
  assert.deepEqual(["offers", "free"].map((level) => closedAt("ARD+BEL", level, play())), ["", ""]);
  const draft = { text: "old words", offer: "aid" };
  assert.deepEqual(messageTo("everyone", draft, "ARD", "offers"), { kind: "message", offer: "aid" });
});

test("what is written to an alliance that has ended stays in its thread, which says why it cannot be sent", () => {
  const draft = { t: "local.draft", kind: formTo("alliance 7"), field: "text", value: "Friends!" };
  const open = play(draft);
  assert.equal(closedAt("alliance 7", "free", open), "");
  const ended = reduce(open, { t: "observe", vseq: 1, called: true, view: view({ alignments: [] }), threats: {} });
  assert.match(closedAt("alliance 7", "free", ended), /no longer in this alliance/);
  const labels = (state) => addressees(state).map(({ label }) => label);
  assert.ok(labels(ended).includes("A former alliance"));
  const emptied = reduce(ended, { ...draft, value: "" });
  assert.ok(!labels(emptied).includes("A former alliance"));
  const chosen = reduce(emptied, { t: "local.ui", change: { thread: "alliance 7" } });
  assert.ok(labels(chosen).includes("A former alliance"), "the thread that is open has a name");
});

test("a list that folds states away keeps alliances, the moderator and several states outside", () => {
  const folded = addressees(play()).map(({ value }) => value).filter(isOfStates);
  assert.deepEqual(folded, ["ARD+BEL", "ARD+COR"]);
  assert.equal(isOfStates("moderator ARD"), true, "a moderator's note to a seat goes to a state");
});
