// What the wall says of the present moment.

import assert from "node:assert/strict";
import { test } from "node:test";
import { conflictsOf, headlines, isAtWindow, waitingAt, windowSecondsLeft } from "../../clients/counterpoise_clients/web/wall/moment.mjs";

const seat = (id, ready, more = {}) => ({ seat: id, name: id, occupant: "human", active: true, ready, ...more });
const SEATS = [seat("A", false), seat("B", true), seat("C", false, { occupant: "bot" }), seat("D", false, { active: false })];
const at = (tick, occasion, more = {}) => ({
  status: { phase: "running", tick, seconds_left: 90, seats: SEATS, ...more },
  statusAt: 0,
  window: { window: 3, tick: 270, occasion },
});

test("at a window the wall says who is waited for and how long", () => {
  const state = at(270, "window");
  assert.equal(isAtWindow(state), true);
  assert.deepEqual(waitingAt(state), { waited: [SEATS[0]], all: 2 });
  assert.equal(windowSecondsLeft(state, 30_000), 60);
});

test("where the clock stands for a call, the wall looks as if the clock ran", () => {
  const [called, runs] = [at(284, "window"), at(284, "window", { seconds_left: -1 })];
  for (const state of [called, runs, at(270, "call")]) {
    assert.equal(waitingAt(state), null);
    assert.equal(windowSecondsLeft(state, 0), null);
  }
});

test("wars come before crises, and the gravest crisis first, with the words that opened it last", () => {
  const seen = {
    tick: 10,
    date: "1901-01-11",
    states: [],
    alignments: [],
    aid: [],
    crises: [
      { id: 1, initiator: "A", target: "B", aim: "policy", level: 2 },
      { id: 2, initiator: "C", target: "D", aim: "policy", level: 4 },
    ],
    wars: [{ id: 3, attackers: ["E"], defenders: ["F", "G"], aim: "regime", since: 4 }],
  };
  const opened = (demand) => ({ kind: "crisis_opened", actors: ["A", "B"], detail: { demand } });
  const found = conflictsOf(seen, [opened("Earlier."), opened("Leave."), { kind: "crisis_opened", actors: ["B", "A"], detail: { demand: "No." } }]);
  assert.deepEqual(found.map(({ key }) => key), ["war-3", "crisis-2", "crisis-1"]);
  assert.deepEqual(found.map(({ demand }) => demand), ["", "", "Leave."]);
  assert.deepEqual(found[0].sides, [["E"], ["F", "G"]]);
  assert.equal(found[0].since, 4);
});

test("headlines are what happened between states, the newest first; questions and repairs of the game are none", () => {
  const incidents = ["alliance_formed", "question_asked", "order_void", "war_began", "inject_void", "crisis_answered", "statement"].map((kind, id) => ({ id, kind }));
  assert.deepEqual(headlines(incidents).map(({ kind }) => kind), ["statement", "war_began", "alliance_formed"]);
  assert.equal(headlines(Array.from({ length: 30 }, () => ({ kind: "war_began" }))).length, 8);
});
