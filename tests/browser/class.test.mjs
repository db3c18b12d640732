// The pure modules of the class's pages: addresses, codes, and the reducer.

import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf, readAddress } from "../../clients/counterpoise_clients/web/class/address.mjs";
import { cleanCode } from "../../clients/counterpoise_clients/web/class/code.mjs";
import { classKeeper } from "../../clients/counterpoise_clients/web/class/keep.mjs";
import { INITIAL, isUnderWay, newest, reduce, secondsLeftOf } from "../../clients/counterpoise_clients/web/class/store.mjs";
import { waits } from "../../clients/counterpoise_clients/web/class/worlds.mjs";

const TOKEN = "abcdefghijklmnopqrstuvwxyz0123456789_-ABCDE";

test("every page of a class has an address that leads back to it", () => {
  for (const page of ["join", "brief", "class", "projector", "console", "watch", "replay"]) {
    const world = { console: "B", watch: "B", replay: "A+B" }[page] ?? "";
    const [path, hash] = `/${addressOf(page, "KTRMBXCH", world)}`.split("#");
    assert.deepEqual(readAddress(path, `#${hash}`), { page, code: "KTRMBXCH", token: "", world, moment: "" });
  }
});

test("a code may stand in the path or after the sign, and a moderator's link has a token in its place", () => {
  assert.equal(readAddress("/join/ktrm-bxch", "").code, "KTRMBXCH");
  assert.equal(readAddress("/join", "#KTRM-BXCH").code, "KTRMBXCH");
  assert.equal(readAddress("/join", "").code, "");
  assert.deepEqual(readAddress("/class", `#${TOKEN}`), { page: "class", code: "", token: TOKEN, world: "", moment: "" });
  assert.equal(readAddress("/class", `#${TOKEN}).`).token, TOKEN, "what was pasted with the link is no part of it");
});

test("a moment stands after the worlds that are replayed", () => {
  const address = readAddress("/class", "#KTRMBXCH/A+C/replay/t=1903-04-01&as=ARD");
  assert.deepEqual([address.page, address.world, address.moment], ["replay", "A+C", "t=1903-04-01&as=ARD"]);
});

test("a typed code loses spaces and hyphens", () => {
  assert.equal(cleanCode(" ktrm-bxch\n"), "KTRMBXCH");
});

test("a browser keeps a way back for each class and role", () => {
  const stored = new Map();
  const keep = classKeeper({ getItem: (key) => stored.get(key) ?? null, setItem: (key, value) => stored.set(key, value), removeItem: (key) => stored.delete(key) });
  keep.put({ code: "A", title: "", token: "1", role: "student" });
  keep.put({ code: "A", title: "", token: "2", role: "staff" });
  keep.put({ code: "B", title: "", token: "3", role: "student" });
  keep.put({ code: "A", title: "Peace", token: "1", role: "student" });
  assert.deepEqual(keep.all("student").map((one) => one.code), ["A", "B"]);
  assert.equal(keep.find("A", "student").title, "Peace");
  keep.forget("A", "student");
  assert.equal(keep.find("A", "student"), null);
  assert.equal(keep.find("A", "staff").token, "2");
});

const person = (id, more = {}) => ({ person: id, name: id, place: "admitted", world: "", seat: "", present: true, entered: true, ...more });
const board = (people, at) => ({ t: "board", at, people, worlds: [] });

test("the page notes when it has seen somebody last", () => {
  let state = reduce(INITIAL, board([person("a"), person("b", { present: false })], 1000));
  assert.deepEqual(state.seenAt, {});
  state = reduce(state, board([person("a", { present: false }), person("b", { present: false })], 2000));
  assert.deepEqual(state.seenAt, { a: 2000 });
  state = reduce(state, board([person("a", { present: false }), person("b")], 3000));
  assert.deepEqual(state.seenAt, { a: 2000 });
  assert.deepEqual(reduce(state, board([person("a")], 4000)).seenAt, {});
});

test("a chosen seat is forgotten once it is given", () => {
  let state = reduce(INITIAL, { t: "local.ui", change: { seats: { a: "A/ARD", b: "B/BEL" } } });
  state = reduce(state, board([person("a", { place: "seated", world: "A", seat: "ARD" }), person("b")], 1000));
  assert.deepEqual(state.ui.seats, { b: "B/BEL" });
});

test("an answer belongs to its request, and a refusal of nothing in particular to the form", () => {
  let state = reduce(INITIAL, { t: "local.sent", id: "1", command: { t: "deal" } });
  state = reduce(state, { t: "local.sent", id: "2", command: { t: "admit", people: [] } });
  state = reduce(state, { t: "taken", id: "1", refusals: [], notes: [{ text: "Three are a team.", reason: "team", terms: {} }] });
  state = reduce(state, { t: "refused", id: "2", code: "full", path: "$", expected: "", got: "" });
  assert.equal(newest(state, "deal").notes[0].text, "Three are a team.");
  assert.equal(newest(state, "admit").state, "refused");
  assert.equal(state.problem, null);
  state = reduce({ ...state, joinsBy: "code" }, { t: "refused", id: "", code: "wrong_code", path: "$.code", expected: "", got: "X" });
  assert.equal(state.problem.code, "wrong_code");
  assert.equal(state.joinsBy, "");
});

test("a clock runs down only while its world runs", () => {
  const world = { phase: "running", seconds_left: 30 };
  assert.equal(secondsLeftOf(world, 1000, 11_000), 20);
  assert.equal(secondsLeftOf(world, 1000, 91_000), 0);
  assert.equal(secondsLeftOf({ ...world, phase: "paused" }, 1000, 91_000), 30);
  assert.equal(secondsLeftOf({ ...world, seconds_left: -1 }, 1000, 1000), null);
});

test("a command is under way until the page shows what it did, and more time may be given twice", () => {
  const asked = (kind, id) => ({ t: "local.sent", id, command: { t: "command", command: { kind }, worlds: ["A", "B"] } });
  let state = [board([], 1000), asked("pause", "1"), asked("extend", "2"), asked("close_window", "3")].reduce(reduce, INITIAL);
  assert.deepEqual(["pause", "resume", "extend", "close_window"].filter((kind) => isUnderWay(state, kind, "A")), ["pause", "close_window"]);
  assert.equal(isUnderWay(state, "pause", "C"), false, "another world was not asked");
  state = reduce(state, { t: "taken", id: "1", at: 2000, notes: [], refusals: [{ world: "B" }] });
  state = reduce(state, { t: "taken", id: "3", at: 2000, notes: [], refusals: [] });
  assert.deepEqual([isUnderWay(state, "pause", "A"), isUnderWay(state, "pause", "B")], [true, false], "the board is of before; B has refused");
  assert.equal(isUnderWay(state, "close_window", "A"), false, "the next window may be closed");
  assert.equal(isUnderWay(reduce(state, board([], 3000)), "pause", "A"), false);
});

test("a world waits for people to take their seats where the server says so, and for the seats that the clock waits for", () => {
  const world = (more, ...seats) => ({ at_window: true, seconds_left: 90, seats: seats.map((seat) => ({ waited_for: false, occupant: "bot", ...seat })), ...more });
  const said = (more, ...seats) => [waits(world(more, ...seats))].map((one) => one.children ?? one).flat().join("");
  assert.equal(said({ waits_for_people: true }, {}), "Waits for people to take their seats");
  assert.equal(said({ waits_for_people: false }, {}), "Waits for nobody", "a bot plays for somebody who has left");
  assert.equal(said({ waits_for_people: false }, {}, { occupant: "human" }), "Waits for nobody");
  assert.equal(said({ waits_for_people: false }, {}, { occupant: "human", waited_for: true }), "Waits for 1");
});
