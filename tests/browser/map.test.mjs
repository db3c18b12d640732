import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { findAll, textOf } from "../../clients/counterpoise_clients/web/h.mjs";
import { campsOf } from "../../clients/counterpoise_clients/web/map/camps.mjs";
import { captionOf, groundOf, outlineOf, ownerOf } from "../../clients/counterpoise_clients/web/map/ground.mjs";
import { labelsOf, layoutOf, neighbour, overlap, wrapped } from "../../clients/counterpoise_clients/web/map/layout.mjs";
import { finding, map } from "../../clients/counterpoise_clients/web/map/map.mjs";
import { ringPoints } from "../../clients/counterpoise_clients/web/map/curves.mjs";
import { fearsShown } from "../../clients/counterpoise_clients/web/map/relations.mjs";
import { setLanguage } from "../../clients/counterpoise_clients/web/text/text.mjs";
import { rowsOf } from "../../clients/counterpoise_clients/web/map/table.mjs";
import { drawnPart, pairsOf, worldOfPublic, worldOfReport, worldOfView } from "../../clients/counterpoise_clients/web/map/world.mjs";

const outlinesOf = (scenario) => JSON.parse(readFileSync(new URL(`../../scenarios/maps/${scenario}.json`, import.meta.url), "utf8"));
const GRID = ["ARD", "BEL", "COR", "DUN", "ESK", "FEN"].map((id, at) => ({ id, name: `State ${id}`, role: "regional", latitude: at < 3 ? 47 : 44, longitude: -40 + (at % 3) * 4 }));
const IDS = GRID.map((place) => place.id);
const pact = (key, members, commitment = "defence", more = {}) => ({ key, members, commitment, lead: "", secret: false, name: "", ...more });
const WORLD = {
  date: "1901-05-31",
  own: "ARD",
  states: GRID.map(({ id, name }) => ({ id, name, occupied: 0, occupier: "" })),
  pacts: [],
  crises: [],
  wars: [],
  fears: [],
  aid: [],
  penetrations: [],
};
const drawn = (world, options = {}) => map(groundOf(null, GRID, false), world, { id: "m", order: GRID, ...options });
const withData = (picture, name) => findAll(picture, "g").filter((node) => name in node.attributes);

test("a camp is a leader with its partners, whoever looks; others are loosely bound or stand alone", () => {
  const pacts = [pact("1", ["ARD", "BEL"]), pact("2", ["BEL", "COR"]), pact("3", ["COR", "DUN"], "guarantee"), pact("4", ["ESK", "FEN"], "nonaggression")];
  const camps = campsOf({ ...WORLD, pacts }, IDS);
  assert.deepEqual(
    IDS.map((id) => camps[id] && `${camps[id].leader}${camps[id].isLoose ? " loose" : ""}`),
    ["BEL", "BEL", "BEL", "BEL loose", undefined, undefined],
  );
});

test("a state that is loosely bound to two camps is in neither", () => {
  const pacts = [pact("1", ["ARD", "BEL"]), pact("2", ["DUN", "ESK"]), pact("3", ["COR", "ARD"], "consultation"), pact("4", ["COR", "DUN"], "consultation")];
  assert.equal(campsOf({ ...WORLD, pacts }, IDS).COR, undefined);
  assert.equal(campsOf({ ...WORLD, pacts: pacts.slice(0, 3) }, IDS).COR.isLoose, true);
});

test("camps have different numbers up to the fifth, which shares the grey, and keep them when other camps end", () => {
  const many = Array.from({ length: 10 }, (_, at) => ({ id: `S${at}`, name: `S${at}`, occupied: 0, occupier: "" }));
  const pacts = [0, 2, 4, 6, 8].map((at) => pact(`${at}`, [`S${at}`, `S${at + 1}`]));
  const order = many.map((state) => state.id);
  const numbers = (list) => Object.values(campsOf({ ...WORLD, states: many, pacts: list }, order)).map((camp) => camp.number);
  assert.deepEqual([...new Set(numbers(pacts))].sort(), [1, 2, 3, 4, 5]);
  assert.deepEqual(numbers(pacts.slice(0, 2)), [1, 1, 3, 3]);
  assert.deepEqual(numbers(pacts.slice(1, 2)), [3, 3]);
});

test("a pact that is led binds the leader to each member, any other all to each other", () => {
  assert.deepEqual(pairsOf({ members: ["A", "B", "C"], lead: null }), [["A", "B"], ["A", "C"], ["B", "C"]]);
  assert.deepEqual(pairsOf({ members: ["A", "B", "C"], lead: "B" }), [["A", "B"], ["B", "C"]]);
});

test("every state has a tile of its own, neighbours share an edge, and the same places give the same tiles", () => {
  for (const narrow of [false, true]) {
    const ground = groundOf(null, GRID, narrow);
    assert.deepEqual(ground.pieces.map((piece) => piece.owners[0].id), IDS);
    const shared = ground.sides.filter((sides) => sides.length === 2).map((sides) => sides.map((piece) => IDS[piece]).sort().join(" "));
    assert.deepEqual([...new Set(shared)].sort(), ["ARD BEL", "ARD DUN", "BEL COR", "BEL ESK", "COR FEN", "DUN ESK", "ESK FEN"]);
    const again = groundOf(null, structuredClone(GRID), narrow);
    assert.notEqual(again, ground);
    assert.deepEqual(again, ground);
    assert.ok(Object.values(ground.anchors).every(([x]) => x > 0 && x < ground.width));
  }
});

test("states at one place, in a row or alone still have tiles", () => {
  const at = (latitude, longitude, id) => ({ id, name: id, role: "regional", latitude, longitude });
  for (const places of [[at(50, 0, "A")], [at(50, 0, "A"), at(50, 0, "B")], [at(50, 0, "A"), at(50, 5, "B"), at(50, 9, "C")]]) {
    const ground = groundOf(null, places, false);
    assert.ok(ground.pieces.every((piece) => outlineOf(ground, piece).length > 20));
    assert.ok(Object.values(ground.anchors).flat().every(Number.isFinite));
  }
});

test("land belongs to the first owner that exists by then", () => {
  const piece = { owners: [{ id: "BUL" }, { id: "TUR", from: "1878-07-13", administered: true }, { id: "TUR" }], rings: [] };
  assert.deepEqual(ownerOf(piece, "1871-06-01", new Set(["TUR"])), { id: "TUR", exists: true, administered: false });
  assert.deepEqual(ownerOf(piece, "1880-01-01", new Set(["TUR"])), { id: "TUR", exists: true, administered: true });
  assert.deepEqual(ownerOf(piece, "1909-01-01", new Set(["TUR", "BUL"])), { id: "BUL", exists: true, administered: false });
  assert.deepEqual(ownerOf({ owners: [{ id: "KUW" }], rings: [] }, "1955-01-01", new Set(["TUR"])), { id: "KUW", exists: false, administered: false });
  assert.equal(ownerOf({ owners: [{ id: "GMY", from: "1935-03-01" }, { id: "" }], rings: [] }, "1934-01-01", new Set(["GMY"])).id, "");
});

test("the picture has one element for each state, pact, fear, crisis and war, and each says what it is", () => {
  const world = {
    ...WORLD,
    pacts: [pact("1", ["ARD", "BEL", "COR", "DUN", "ESK"]), pact("2", ["ARD", "FEN"], "guarantee", { secret: true, lead: "FEN" })],
    crises: [{ key: "3", initiator: "COR", target: "FEN", level: 3 }],
    wars: [{ key: "4", attackers: ["ESK"], defenders: ["FEN", "DUN"] }],
    fears: [{ of: "COR", by: "ARD", threat: 0.8 }],
  };
  const picture = drawn(world);
  assert.equal(withData(picture, "data-state").length, 6);
  assert.equal(withData(picture, "data-pact").length, 2);
  assert.equal(withData(picture, "data-fear").length, 1);
  assert.equal(withData(picture, "data-crisis").length, 1);
  const [war] = withData(picture, "data-war");
  assert.equal(findAll(war, "path").filter((path) => path.attributes.class === "barbs").length, 2);
  assert.deepEqual(
    [...withData(picture, "data-pact"), ...withData(picture, "data-crisis"), war].map((node) => textOf(findAll(node, "title")[0])),
    [
      "Defence pact: State ARD, State BEL, State COR, State DUN and State ESK",
      "Secret guarantee: State ARD and State FEN",
      "Crisis between State COR and State FEN: display of force",
      "War of State ESK against State FEN and State DUN",
    ],
  );
  assert.equal(findAll(picture, "g").filter((node) => node.attributes.class === "lock").length, 1);
  const level = findAll(picture, "g").find((node) => node.attributes.class === "level");
  assert.equal(findAll(level, "circle").filter((pip) => pip.attributes.class === "pip full").length, 3);
});

test("the line of a war takes the place of the fear between its sides", () => {
  const fears = [{ of: "COR", by: "ARD", threat: 0.8 }, { of: "BEL", by: "ARD", threat: 0.6 }];
  const wars = [{ key: "1", attackers: ["ARD"], defenders: ["COR"] }];
  assert.deepEqual(fearsShown({ ...WORLD, fears, wars }).map((fear) => fear.of), ["BEL"]);
});

test("the sentence and the table name the greatest fear, also where it is of an enemy in war", () => {
  const fears = [{ of: "COR", by: "ARD", threat: 0.9 }, { of: "BEL", by: "ARD", threat: 0.8 }];
  const world = { ...WORLD, fears, wars: [{ key: "1", attackers: ["ARD"], defenders: ["COR"] }] };
  const name = (id) => `State ${id}`;
  assert.match(finding(world, {}, name), /State ARD fears State COR most\.$/);
  assert.match(finding({ ...world, own: "" }, {}, name), /Greatest fear: State ARD fears State COR\.$/);
  assert.equal(rowsOf(world, {}, name)[0].fears, "State COR 0.90 and State BEL 0.80");
  assert.equal(withData(drawn(world), "data-fear").length, 1);
});

test("what is said of the shapes is in the language of the page", async () => {
  const scenarios = ["cold-war-1947", "europe-1870", "europe-1933", "middle-east-1955"];
  for (const scenario of scenarios) assert.equal(captionOf(outlinesOf(scenario)), outlinesOf(scenario).caption);
  groundOf(null, GRID, false);
  await setLanguage("de");
  const told = [captionOf(null), ...scenarios.map((scenario) => captionOf(outlinesOf(scenario)))];
  const own = captionOf({ ...outlinesOf("europe-1870"), scenario: "mine", caption: "Enlarged here." });
  await setLanguage("en");
  assert.match(told[0], /^Kacheln/);
  assert.ok(told.slice(1).every((words) => words.endsWith(" vergrößert.")));
  assert.equal(own, "Enlarged here.");
});

test("a wider arrow is a greater fear", () => {
  const area = (threat) => {
    const d = findAll(withData(drawn({ ...WORLD, fears: [{ of: "COR", by: "ARD", threat }] }), "data-fear")[0], "path")[0].attributes.d;
    const points = [...d.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
    return Math.abs(points.reduce((sum, [x, y], at) => sum + x * points[(at + 1) % points.length][1] - points[(at + 1) % points.length][0] * y, 0) / 2);
  };
  assert.ok(area(0.9) > 1.5 * area(0.6) && area(0.6) > 1.5 * area(0.35));
});

test("a seat's map shows its three greatest fears and none where the game hides the index", () => {
  const view = { date: "1901-01-01", own: { id: "ARD", name: "A", active: true, occupied: 0, occupier: null }, others: [], alignments: [], crises: [], wars: [], aid: [] };
  const threats = Object.fromEntries(["B", "C", "D", "E", "F"].map((id, at) => [id, { threat: 0.2 + at * 0.15 }]));
  assert.deepEqual(worldOfView(view, threats).fears.map((fear) => fear.of), ["F", "E", "D"]);
  assert.deepEqual(worldOfView(view, {}).fears, []);
  assert.deepEqual(worldOfView(view, {}).states.map((state) => state.id), ["ARD"]);
  assert.deepEqual(worldOfView({ ...view, own: { ...view.own, active: false } }, {}).states, []);
});

test("arms, bases, aid and access are drawn for one state only; alone it hides what does not concern it", () => {
  const world = {
    ...WORLD,
    pacts: [pact("1", ["ARD", "BEL"], "arms"), pact("2", ["COR", "DUN"], "basing"), pact("3", ["COR", "DUN"])],
    aid: [{ donor: "ARD", recipient: "BEL", kind: "economic" }, { donor: "COR", recipient: "FEN", kind: "economic" }],
    penetrations: [{ by: "ARD", of: "COR" }],
  };
  const keys = (part) => [part.pacts.map((one) => one.key).join(""), part.aid.length, part.penetrations.length];
  assert.deepEqual(keys(drawnPart(world, "", false)), ["3", 0, 0]);
  assert.deepEqual(keys(drawnPart(world, "ARD", false)), ["13", 1, 1]);
  assert.deepEqual(keys(drawnPart(world, "ARD", true)), ["1", 1, 1]);
});

test("the badge of an outside power says whom it arms, and grows with the words; a phone's does not", () => {
  const outlines = outlinesOf("middle-east-1955");
  const order = ["USR", "EGY", "SYR", "IRQ", "USA"].map((id) => ({ id, name: `Land of ${id}` }));
  const states = order.map(({ id, name }) => ({ id, name, occupied: 0, occupier: "" }));
  const pacts = ["EGY", "SYR", "IRQ"].map((id) => pact(id, ["USR", id], "arms", { lead: "USR" }));
  const world = { ...WORLD, own: "", states, pacts };
  const on = (narrow) => map(groundOf(outlines, [], narrow), world, { id: `m${narrow}`, order, narrow }, drawnPart(world, "", false));
  const notes = (picture) => findAll(picture, "text").filter((text) => text.attributes.class === "map-note").map(textOf);
  assert.deepEqual(notes(on(false)), ["arms Land of EGY, Land of SYR +1"]);
  assert.deepEqual(notes(on(true)), []);
  const heights = findAll(on(false), "rect").filter((rect) => rect.attributes.class === "map-badge").map((rect) => rect.attributes.height);
  assert.deepEqual(heights, [74, 46]);
});

test("names cover neither each other nor shapes nor badges, on every map and in both sizes", () => {
  for (const scenario of ["middle-east-1955", "europe-1933", "europe-1870", "cold-war-1947"]) {
    const outlines = outlinesOf(scenario);
    const states = [...Object.keys(outlines.anchors), ...Object.keys(outlines.badges)].map((id) => ({ id, name: `Land of ${id}` }));
    for (const narrow of [false, true]) {
      const layout = layoutOf(groundOf(outlines, [], narrow), states, narrow);
      const labels = Object.values(labelsOf(states, layout, { boxes: [], points: [] }));
      const badges = Object.values(layout.spots).flatMap(({ badge }) => (badge ? [badge] : []));
      const boxes = [...labels, ...badges];
      boxes.forEach((one, at) => boxes.slice(at + 1).forEach((other) => assert.ok(overlap(one, other) < 0.05 * one.width * one.height, `${scenario} ${narrow} ${JSON.stringify([one, other])}`)));
      assert.equal(labels.length + badges.length, states.length);
    }
  }
});

test("on a phone the names of two rows of tiles cover no other name and stay on the map", () => {
  const places = ["Arden", "Belmar", "Corvane", "Dunmark", "Eskland", "Fenholm", "Galland", "Harth"].map((name, at) => ({
    id: name.slice(0, 3).toUpperCase(), name, role: "regional", latitude: at < 4 ? 47 : 44, longitude: -40 + (at % 4) * 4,
  }));
  const layout = layoutOf(groundOf(null, places, true), places, true);
  const arrows = ["ESK", "FEN", "GAL"].map((id) => /** @type {[number, number]} */ ([layout.spots[id].x, layout.spots[id].y - 40]));
  const labels = Object.values(labelsOf(places, layout, { boxes: [], points: arrows }));
  labels.forEach((one, at) => labels.slice(at + 1).forEach((other) => assert.equal(overlap(one, other), 0, JSON.stringify([one, other]))));
  for (const { x, width } of labels) assert.ok(x >= layout.box.x && x + width <= layout.box.x + layout.box.width);
});

test("land that another state holds is hatched: the part that is known to be held, or else the whole country", () => {
  const outlines = outlinesOf("middle-east-1955");
  const order = [...Object.keys(outlines.anchors), ...Object.keys(outlines.badges)].map((id) => ({ id, name: id }));
  const heldIn = (occupier) => {
    const states = order.map(({ id, name }) => ({ id, name, occupied: id === "EGY" ? 0.3 : 0, occupier: id === "EGY" ? occupier : "" }));
    const picture = map(groundOf(outlines, [], false), { ...WORLD, own: "", date: "1967-07-01", states }, { id: "m", order });
    return findAll(picture, "path").filter((path) => path.attributes["data-held"] === "EGY").length;
  };
  assert.equal(heldIn("ISR"), 2); // Sinai and Gaza
  assert.equal(heldIn("UKG"), 3); // these and the rest
  assert.equal(heldIn(""), 0);
});

test("arrow keys go to the nearest state in their direction and stay where there is none", () => {
  const { anchors } = groundOf(null, GRID, false);
  const spots = Object.fromEntries(Object.entries(anchors).map(([id, [x, y]]) => [id, { x, y }]));
  assert.equal(neighbour(spots, "ARD", "ArrowRight"), "BEL");
  assert.equal(neighbour(spots, "ARD", "ArrowDown"), "DUN");
  assert.equal(neighbour(spots, "ARD", "ArrowLeft"), "");
  assert.equal(neighbour(spots, "ESK", "ArrowUp"), "BEL");
  assert.equal(neighbour(spots, "ESK", "Enter"), "");
});

test("one state is in the tab order: the chosen one, or else the viewer's", () => {
  const order = (options) => withData(drawn(WORLD, { onChoose() {}, ...options }), "data-state").filter((node) => node.attributes.tabindex === "0");
  assert.deepEqual(order({}).map((node) => node.attributes["data-state"]), ["ARD"]);
  const others = { ...WORLD, own: "NEW" };
  const stops = withData(drawn(others, { onChoose() {} }), "data-state").filter((node) => node.attributes.tabindex === "0");
  assert.deepEqual(stops.map((node) => node.attributes["data-state"]), ["ARD"]);
  assert.deepEqual(order({ chosen: "FEN" }).map((node) => node.attributes["data-state"]), ["FEN"]);
  assert.equal(order({}).every((node) => node.attributes.role === "button" && node.attributes["aria-label"].startsWith("State ARD. No camp")), true);
});

test("the table has a row for each state with the same pacts, fears and conflicts", () => {
  const world = {
    ...WORLD,
    states: WORLD.states.map((state) => (state.id === "BEL" ? { ...state, occupied: 0.31, occupier: "COR" } : state)),
    pacts: [pact("1", ["ARD", "BEL"])],
    crises: [{ key: "3", initiator: "COR", target: "ARD", level: 5 }],
    fears: [{ of: "COR", by: "ARD", threat: 0.8 }],
  };
  const rows = rowsOf(world, campsOf(world, IDS), (id) => id);
  assert.equal(rows.length, 6);
  assert.deepEqual(rows[0], { id: "ARD", name: "ARD", camp: "leads a camp", pacts: ["Defence pact: BEL"], fears: "COR 0.80", conflicts: ["crisis with COR, war"], more: [] });
  assert.deepEqual(rows[1].more, ["31 % held by COR"]);
});

test("a long name has two lines of even length", () => {
  assert.deepEqual(wrapped("Egypt"), ["Egypt"]);
  assert.deepEqual(wrapped("Federal Republic of Germany"), ["Federal Republic", "of Germany"]);
});

test("the world of a debrief has what stood on a day: pacts with those who had joined, crises, wars and states", () => {
  const alliance = (members, begins, ends, more = {}) => ({ members, commitment: "defence", name: "", against: null, secret: false, begins, ends, joined: [], left: [], ...more });
  const report = {
    actors: { A: "Aland", B: "Bland", C: "Cland", D: "Dland", E: "Eland" },
    timeline: {
      begins: "1901-01-01",
      ends: "1905-01-01",
      unchanged: [alliance(["A", "B"], null, null)],
      alliances: [
        alliance(["A", "C"], "1902-01-01", "1903-01-01", { secret: true }),
        alliance(["B", "C"], null, null, { joined: [{ state: "D", on: "1902-06-01" }], left: [{ state: "B", on: "1904-01-01" }] }),
      ],
      crises: [{ initiator: "A", target: "B", level: 3, begins: "1902-03-01", ends: "1902-05-01" }],
      wars: [{ attackers: ["A"], defenders: ["B"], begins: "1904-01-01", ends: null }],
      states: [{ state: "D", enters: "1902-01-01", leaves: null }, { state: "E", enters: null, leaves: null }],
    },
    matrix: { date: "1904-10-01", threat: { A: { B: { threat: 0.9 }, C: { threat: 0.8 } }, B: { A: { threat: 0.6 } } } },
  };
  const on = (date) => worldOfReport(report, date);
  assert.deepEqual(on("1901-01-01").states.map((state) => state.id), ["A", "B", "C"]);
  assert.deepEqual(on("1902-04-01").states.map((state) => state.id), ["A", "B", "C", "D"]);
  assert.deepEqual(on("1901-01-01").pacts.map((one) => one.members.join("")), ["AB", "BC"]);
  assert.deepEqual(on("1902-07-01").pacts.map((one) => `${one.members.join("")}${one.secret ? " secret" : ""}`), ["AB", "AC secret", "BCD"]);
  assert.deepEqual(on("1905-01-01").pacts.map((one) => one.members.join("")), ["AB", "CD"]);
  assert.deepEqual(["1902-02-01", "1902-03-01", "1902-05-01"].map((date) => on(date).crises.length), [0, 1, 0]);
  assert.deepEqual(["1903-12-31", "1904-01-01", "1905-01-01"].map((date) => on(date).wars.length), [0, 1, 1]);
  assert.deepEqual(on("1904-09-30").fears, []);
  assert.deepEqual(on("1905-01-01").fears, [{ of: "B", by: "A", threat: 0.9 }]);
});

test("the world that everyone may know has no own state, no access, and only the fears that everyone can tell", () => {
  const seen = { tick: 0, date: "1901-01-01", states: [{ id: "A", name: "Aland", occupied: 0, occupier: null }], alignments: [], crises: [], wars: [], aid: [] };
  const world = worldOfPublic(seen);
  assert.deepEqual([world.own, world.fears, world.penetrations], ["", [], []]);
  assert.deepEqual(worldOfPublic(seen, [{ of: "A", by: "B", threat: 0.8 }]).fears, [{ of: "A", by: "B", threat: 0.8 }]);
});

test("the points of a crisis's ring lie on it, so that names can keep off", () => {
  const [one, other] = [{ x: 100, y: 100, badge: null }, { x: 200, y: 100, badge: null }];
  const along = (x) => Math.max(100, Math.min(200, x));
  const points = ringPoints(one, other, 44, 560);
  assert.ok(points.length > 12);
  for (const [x, y] of points) assert.ok(Math.abs(Math.hypot(x - along(x), y - 100) - 44) < 1);
  assert.equal(ringPoints(one, { x: 900, y: 100, badge: null }, 44, 560).length, 32, "states far apart have a ring each");
});
