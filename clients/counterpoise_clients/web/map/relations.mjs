// What joins and divides states on a map, as elements: pacts, fears, crises, wars, aid and access. Pure.

import { h } from "../h.mjs";
import { COMMITMENTS, LEVELS, codeWords, listed, pactWords as kindWords, share, titled } from "../words.mjs";
import { arrowPath, barbsPath, bows, curveBetween, curvePath, pointAt, ringPath, ringPoints } from "./curves.mjs";
import { SHAPE } from "./layout.mjs";
import { FEAR_LEAST, enemiesIn, pairsOf } from "./world.mjs";
import { language, t } from "../text/text.mjs";

/** @typedef {import("./world.mjs").World} World */
/** @typedef {import("../h.mjs").Description} Description */
/** @typedef {Record<string, import("./layout.mjs").Spot>} Spots */
/** @typedef {Record<string, import("./camps.mjs").Camp>} Camps */
/**
 * @typedef {{ world: World, spots: Spots, camps: Camps, name: (id: string) => string, bow: (from: string, to: string) => number,
 *   points: import("./ground.mjs").Point[], locks: Description[] }} Scene
 */

/** A pact with more members than this is drawn from its centre, not from each member to each other. */
const WEB_MAX = 3;
const RING = 44;
const RING_FAR = 560;
const BARBS_EVERY = 22;
const GAP = SHAPE + 7;
/** Of each line so many points, less one, are told to the names. */
const POINTS = 12;
/** How commitments are drawn: a class of lines for each; the style sheet has width and dashes. */
const LOOKS = /** @type {Record<string, string>} */ ({
  defence: "strong",
  offence: "strong",
  union: "strong",
  guarantee: "guarantee",
  neutrality: "neutrality",
  nonaggression: "nonaggression",
  consultation: "consultation",
});

/** Return how a commitment is drawn; what is not a treaty is a thin line. @param {string} commitment */
export const lookOf = (commitment) => LOOKS[commitment] ?? "informal";

/**
 * Draw everything between states, in the order in which it covers what lies below.
 *
 * @param {World} world
 * @param {Spots} spots
 * @param {Camps} camps
 * @param {(id: string) => string} name
 * @returns {{ body: Description[], boxes: import("./layout.mjs").Box[], points: import("./ground.mjs").Point[] }} the elements, and
 *   what names should not cover: the levels of crises, and points along the lines
 */
export function relations(world, spots, camps, name) {
  /** @type {Scene} */
  const scene = { world, spots, camps, name, bow: bows(), points: [], locks: [] };
  const layer = (/** @type {string} */ kind, /** @type {Description[]} */ body) => h("g", { class: `map-${kind}`, key: kind }, body);
  // Wars and fears come first, so that theirs are the straightest lines.
  const wars = world.wars.map((war) => warOf(war, scene));
  const fears = fearsShown(world).map((fear) => fearOf(fear, scene));
  const pacts = world.pacts.map((pact) => pactOf(pact, scene));
  const flows = [...world.aid.map((flow) => aidOf(flow, scene)), ...world.penetrations.map((hold) => accessOf(hold, scene))];
  const levels = world.crises.flatMap((crisis) => levelOf(crisis, spots));
  const body = [
    layer("crises", world.crises.map((crisis) => crisisOf(crisis, scene))),
    layer("pacts", pacts),
    layer("flows", flows),
    layer("locks", scene.locks),
    layer("fears", fears),
    layer("wars", wars),
    layer("levels", levels.map(levelMark)),
  ];
  return { body, boxes: levels.map(({ x, y }) => ({ x: x - 52, y: y - 13, width: 104, height: 26 })), points: scene.points };
}

/**
 * Return the fears that have an arrow. Between states at war the line of the war takes its place; words name those fears too.
 *
 * @param {World} world
 */
export function fearsShown({ fears, wars }) {
  const fighting = wars.flatMap(enemiesIn);
  return fears.filter(({ of, by }) => !fighting.some(([one, other]) => (one === of && other === by) || (one === by && other === of)));
}

/**
 * @param {Scene} scene
 * @param {string} from
 * @param {string} to
 */
function line({ spots, bow, points }, from, to) {
  const curve = curveBetween(spots[from], spots[to], bow(from, to), spots[from].badge ? 0 : GAP, spots[to].badge ? 2 : GAP);
  for (let at = 1; at < POINTS; at += 1) points.push(pointAt(curve, at / POINTS).at);
  return curve;
}

/**
 * Return the pairs that a pact's lines join: none between two badges, which stand at one edge.
 *
 * @param {import("./world.mjs").Pact} pact
 * @param {Scene} scene
 */
function drawnPairs(pact, { spots, camps }) {
  const members = pact.members.filter((member) => spots[member]);
  const hub = pact.lead || (members.find((member) => camps[member]?.leader === member) ?? members[0]);
  const pairs = members.length > WEB_MAX ? members.filter((one) => one !== hub).map((one) => /** @type {[string, string]} */ ([hub, one])) : pairsOf({ ...pact, members });
  return pairs.filter(([one, other]) => spots[one] && spots[other] && !(spots[one].badge && spots[other].badge));
}

/**
 * @param {import("./world.mjs").Pact} pact
 * @param {Scene} scene
 */
function pactOf(pact, scene) {
  const { camps, name } = scene;
  const numbers = new Set(pact.members.map((member) => camps[member]?.number ?? 0));
  const curves = drawnPairs(pact, scene).map(([one, other]) => line(scene, one, other));
  const drawn = h(
    "g",
    { class: `pact ${lookOf(pact.commitment)} camp-${numbers.size === 1 ? [...numbers][0] : 0}`, "data-pact": pact.key, key: pact.key },
    h("title", null, pactWords(pact, name)),
    curves.map((curve) => h("path", { class: "casing", d: curvePath(curve) })),
    curves.map((curve) => h("path", { class: "line", d: curvePath(curve) })),
  );
  // Above all pacts, so that no other line hides it.
  if (pact.secret && curves.length) scene.locks.push(lock(pointAt(curves[0], 0.5).at));
  return drawn;
}

/** What was said of each pact, by the language and the names: a map says it for each member, whenever something else changes. @type {WeakMap<object, Map<string, string>>} */
const said = new WeakMap();

/**
 * Say a pact: its kind, its members, its name.
 *
 * @param {import("./world.mjs").Pact} pact
 * @param {(id: string) => string} name
 * @param {string} [of] the member of whom it is said, and who is left out
 */
export function pactWords(pact, name, of = "") {
  const names = pact.members.filter((member) => member !== of).map(name);
  const key = `${language()}/${names.join("/")}`;
  const known = said.get(pact) ?? new Map();
  said.set(pact, known);
  let words = known.get(key);
  if (words === undefined) {
    const kind = pact.secret ? t("map.secretPact", { pact: kindWords(pact.commitment) }) : kindOf(pact.commitment);
    known.set(key, (words = `${kind}: ${listed(names)}${pact.name ? ` (${pact.name})` : ""}`));
  }
  return words;
}

const kindOf = (/** @type {string} */ commitment) => COMMITMENTS[commitment] ?? titled(commitment);

/**
 * Draw the sign of a secret pact.
 *
 * @param {import("./ground.mjs").Point} at
 */
export const lock = ([x, y]) =>
  h(
    "g",
    { class: "lock", transform: `translate(${Math.round(x)} ${Math.round(y)})` },
    h("path", { class: "lock-bow", d: "M-7 -3v-6a7 7 0 0 1 14 0v6" }),
    h("rect", { x: -11, y: -4, width: 22, height: 17, rx: 3 }),
  );

/**
 * @param {import("./world.mjs").Fear} fear
 * @param {Scene} scene
 */
function fearOf({ of, by, threat }, scene) {
  const width = 1.5 + (14 * (threat - FEAR_LEAST)) / (1 - FEAR_LEAST);
  const d = arrowPath(line(scene, of, by), width);
  return h(
    "g",
    { class: "fear", "data-fear": `${of} ${by}`, key: `${of} ${by}` },
    h("title", null, t("map.fears2", { by: scene.name(by), of: scene.name(of), value: share(threat) })),
    h("path", { d }),
  );
}

/**
 * @param {import("./world.mjs").Crisis} crisis
 * @param {Scene} scene
 */
function crisisOf(crisis, { spots, name, points }) {
  const [one, other] = [spots[crisis.initiator], spots[crisis.target]];
  const title = t("map.crisisBetweenAnd", { initiator: name(crisis.initiator), target: name(crisis.target), value: LEVELS[crisis.level] });
  const d = one && other ? ringPath(one, other, RING, RING_FAR) : null;
  if (d) points.push(...ringPoints(one, other, RING, RING_FAR));
  return h(
    "g",
    { class: "crisis", "data-crisis": crisis.key, key: crisis.key },
    h("title", null, title),
    d ? [h("path", { class: "casing", d }), h("path", { class: "line", d })] : null,
  );
}

/**
 * Return where the level of a crisis stands: on its ring, at the middle of the lower side.
 *
 * @param {import("./world.mjs").Crisis} crisis
 * @param {Spots} spots
 * @returns {{ key: string, level: number, x: number, y: number }[]} none if the map does not show both states
 */
function levelOf({ key, initiator, target, level }, spots) {
  const [one, other] = [spots[initiator], spots[target]];
  if (!one || !other) return [];
  const length = Math.hypot(other.x - one.x, other.y - one.y) || 1;
  const [ux, uy] = [(other.x - one.x) / length, (other.y - one.y) / length];
  const side = length > RING_FAR || one.badge || other.badge ? 0 : ux >= 0 ? RING : -RING;
  return [{ key, level, x: Math.round((one.x + other.x) / 2 - uy * side), y: Math.round((one.y + other.y) / 2 + ux * side) }];
}

/** @param {{ key: string, level: number, x: number, y: number }} level */
const levelMark = ({ key, level, x, y }) =>
  h(
    "g",
    { class: "level", key, transform: `translate(${x} ${y})` },
    h("rect", { class: "level-ground", x: -52, y: -13, width: 104, height: 26, rx: 13 }),
    pips(level),
  );

/**
 * Draw a level of hostility as five pips.
 *
 * @param {number} level
 */
export const pips = (level) =>
  [1, 2, 3, 4, 5].map((at) => h("circle", { class: at <= level ? "pip full" : "pip", cx: (at - 3) * 19, cy: 0, r: 7 }));

/**
 * @param {import("./world.mjs").War} war
 * @param {Scene} scene
 */
function warOf(war, scene) {
  const pairs = enemiesIn(war).filter(([one, other]) => scene.spots[one] && scene.spots[other]);
  const curves = pairs.map(([one, other]) => line(scene, one, other));
  const name = scene.name;
  return h(
    "g",
    { class: "war", "data-war": war.key, key: war.key },
    h("title", null, t("map.warOfAgainst", { listed: listed(war.attackers.map(name)), listed2: listed(war.defenders.map(name)) })),
    curves.map((curve) => h("path", { class: "casing", d: curvePath(curve) })),
    curves.map((curve) => h("path", { class: "line", d: curvePath(curve) })),
    curves.map((curve) => h("path", { class: "barbs", d: barbsPath(curve, BARBS_EVERY) })),
  );
}

/**
 * @param {import("./world.mjs").Aid} flow
 * @param {Scene} scene
 */
function aidOf({ donor, recipient, kind }, scene) {
  const key = `${donor} ${recipient} ${kind}`;
  return flowOf("aid", key, t("map.givesAid2", { donor: scene.name(donor), recipient: scene.name(recipient), kind: codeWords(kind) }), donor, recipient, scene);
}

/**
 * @param {import("./world.mjs").Penetration} hold
 * @param {Scene} scene
 */
function accessOf({ by, of }, scene) {
  return flowOf("access", `${by} ${of}`, t("map.hasAccessToThePolitics2", { by: scene.name(by), of: scene.name(of) }), by, of, scene);
}

/**
 * @param {"aid" | "access"} kind
 * @param {string} key
 * @param {string} words
 * @param {string} from
 * @param {string} to
 * @param {Scene} scene
 */
function flowOf(kind, key, words, from, to, scene) {
  const { spots } = scene;
  const isDrawn = spots[from] && spots[to] && !(spots[from].badge && spots[to].badge);
  const curve = isDrawn ? line(scene, from, to) : null;
  const end = curve ? pointAt(curve, 1).at : [0, 0];
  return h(
    "g",
    { class: kind, [`data-${kind}`]: key, key: `${kind} ${key}` },
    h("title", null, words),
    curve ? h("path", { class: "line", d: curvePath(curve) }) : null,
    curve ? h("circle", { class: "end", cx: Math.round(end[0]), cy: Math.round(end[1]), r: 6 }) : null,
  );
}
