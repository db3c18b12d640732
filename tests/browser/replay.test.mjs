// The pure parts of the replay: scenes from changes, steps of the cursor, and the moment in the address.

import assert from "node:assert/strict";
import test from "node:test";

import { chunkAt, dateOf, dayOf, momentAt, newsUpTo, scenesOf, stepFrom, tiesOf } from "../../clients/counterpoise_clients/web/replay/film.mjs";
import { fragmentOf, isPlace, placeOf } from "../../clients/counterpoise_clients/web/replay/place.mjs";
import { pairsOf, worldOfScene } from "../../clients/counterpoise_clients/web/map/world.mjs";
import { addressOf, momentFragment, pathOf, viewFor } from "../../clients/counterpoise_clients/web/router.mjs";

const PACT = { key: "7", members: ["ARD", "BEL"], commitment: "defence", against: "", lead: "", secret: true, name: "" };
const STATES = ["ARD", "BEL"].map((key) => ({ key, name: key, occupied: 0, occupier: "" }));
const CHUNK = {
  viewer: "truth",
  number: 0,
  first: 0,
  moments: [
    { tick: 0, date: "1901-01-01", window: 0, opens: true, whole: true, things: { states: { put: STATES } }, perceived: [["ARD", "BEL", 0.8]], true: [["ARD", "BEL", 0.5]] },
    { tick: 9, date: "1901-01-10", window: 0, things: { pacts: { put: [PACT] } }, news: [{ id: 1, kind: "alliance_formed" }] },
    { tick: 20, date: "1901-01-21", window: 0, things: { pacts: { gone: ["7"] } }, perceived: [["ARD", "BEL", -1]], news: [{ id: 2, kind: "message" }, { id: 3, kind: "statement" }] },
  ],
};

test("changes add up to scenes, and what has not changed stays the same object", () => {
  const [first, second, third] = scenesOf(CHUNK);
  assert.equal(second.things.states, first.things.states);
  assert.equal(second.perceived, first.perceived);
  assert.deepEqual([first, second, third].map((scene) => scene.things.pacts.size), [0, 1, 0]);
  assert.equal(third.perceived.size, 0);
  assert.equal(third.true.get("ARD/BEL"), 0.5);
  assert.deepEqual(worldOfScene(second, "").pacts, [PACT]);
  assert.deepEqual(worldOfScene(second, "").fears, [{ of: "BEL", by: "ARD", threat: 0.8 }]);
  assert.deepEqual(worldOfScene(second, "BEL").fears, []);
  assert.deepEqual(tiesOf(second, pairsOf), [{ a: "ARD", b: "BEL", kind: "defence", lead: null, secret: true, name: "" }]);
});

test("a step goes to the next event or window and not beyond the ends", () => {
  const overview = { ticks: [0, 9, 9, 90, 95], openings: [0, 3], chunks: [0, 3] };
  assert.equal(stepFrom(overview, 0, "event", 1), 1);
  assert.equal(stepFrom(overview, 1, "window", 1), 3);
  assert.equal(stepFrom(overview, 3, "window", 1), 4);
  assert.equal(stepFrom(overview, 4, "window", -1), 3);
  assert.equal(stepFrom(overview, 0, "event", -1), 0);
  assert.equal(stepFrom(overview, 2, "edge", 1), 4);
  assert.deepEqual([-1, 0, 9, 50, 99].map((tick) => momentAt(overview.ticks, tick)), [0, 0, 2, 2, 4]);
  assert.deepEqual([0, 2, 3, 4].map((moment) => chunkAt(overview, moment)), [0, 0, 1, 1]);
});

test("the log ends at the moment and begins where nothing is loaded", () => {
  const scenes = scenesOf(CHUNK);
  const at = (moment) => (moment > 0 ? (scenes[moment] ?? null) : null);
  const told = (moment, most, keeps) => {
    const { found, gap } = newsUpTo(at, moment, most, keeps);
    return [found.map((one) => one.id), gap];
  };
  assert.deepEqual(told(2, 9, () => true), [[1, 2, 3], 0], "the scene of moment 0 is missing");
  assert.deepEqual(told(2, 9, (one) => one.kind !== "message"), [[1, 3], 0]);
  assert.deepEqual(told(2, 1, () => true), [[3], -1], "nothing is missing of so short a log");
  assert.deepEqual(told(-1, 9, () => true), [[], -1]);
});

test("the address names the moment and the viewer, and the page beside it", () => {
  assert.equal(dateOf(dayOf("1967-06-08")), "1967-06-08");
  assert.equal(fragmentOf("1967-06-08", "JOR"), "t=1967-06-08&as=JOR");
  assert.equal(fragmentOf("1967-06-08", "truth"), "t=1967-06-08");
  assert.deepEqual(placeOf("#t=1967-06-08&as=JOR"), { date: "1967-06-08", tick: "", viewer: "JOR", beside: "", of: [], key: "" });
  assert.equal(fragmentOf("1967-06-08", "truth", "record"), "t=1967-06-08&beside=record");
  assert.equal(placeOf("#t=1967-06-08&beside=record").beside, "record");
  assert.equal(placeOf("#t=1967-06-08&beside=../j2").beside, "");
  assert.deepEqual(placeOf("#t=soon&as=J%20R&of=j1+j2+a/b"), { date: "", tick: "", viewer: "", beside: "", of: ["j1", "j2"], key: "" });
  assert.equal(placeOf(momentFragment(4539, "JOR")).tick, "4539");
  assert.ok(isPlace("#t=") && !isPlace("#talk"));
  assert.deepEqual(addressOf("/debrief/s1", "#t=1967-06-08&as=JOR"), { view: "replay", session: "s1", tab: "" });
  assert.equal(pathOf({ view: "replay", session: "s1", tab: "" }), "debrief/s1#t=");
  assert.equal(viewFor("replay", "observer"), "replay");
});
