// The map: land, camps, pacts, fears, crises and wars as one SVG. Pure: the same world gives the same picture.

import { h, keptWhile } from "../h.mjs";
import { listed, longDate, share } from "../words.mjs";
import { figure } from "../viz/marks.mjs";
import { campsOf } from "./camps.mjs";
import { land } from "./land.mjs";
import { LINE_HEIGHT, SHAPE, labelsOf, layoutOf } from "./layout.mjs";
import { relations } from "./relations.mjs";
import { stateWords } from "./table.mjs";
import { t } from "../text/text.mjs";

/** @typedef {import("../h.mjs").Description} Description */
/** @typedef {import("./ground.mjs").Ground} Ground */
/** @typedef {import("./world.mjs").World} World */
/** @typedef {import("./camps.mjs").Camp} Camp */
/**
 * How a map is drawn. `order` are all states of the scenario, in its order; `narrow` draws the part for a phone; `chosen` is the
 * state whose card is open. With `onChoose` the states are buttons, and `onMove` gets the arrow keys.
 *
 * @typedef {{ id: string, order: { id: string, name: string }[], narrow?: boolean, chosen?: string,
 *   onChoose?: (state: string) => void, onMove?: (event: any, spots: Record<string, { x: number, y: number }>) => void }} Options
 */

/** Where the name stands on a badge with a note below it. */
const NOTED_MIDDLE = 24;
/** So many states are named that an outside power arms. */
const ARMED_MOST = 2;
/** So many equally great fears are named. */
const ALIKE_MOST = 3;

/**
 * Draw the map.
 *
 * @param {Ground} ground
 * @param {World} world
 * @param {Options} options
 * @param {World} [shown] the part of the world whose relations are drawn; land and camps are those of the whole world
 * @returns {Description}
 */
export function map(ground, world, options, shown = world) {
  const { id, order, narrow = false } = options;
  const name = namer(world, order);
  const camps = campsOf(world, order.map((state) => state.id));
  const existing = new Set(world.states.map((state) => state.id));
  // A state that does not exist yet has a place on the map only where its land is.
  const placed = order
    .filter((state) => existing.has(state.id) || (ground.anchors[state.id] && !ground.badges[state.id]))
    .map((state) => ({ id: state.id, name: name(state.id), note: narrow || ground.anchors[state.id] && !ground.badges[state.id] ? "" : armsWords(state.id, world, name) }));
  // Most changes of the world leave most of the picture as it is: what is made from the same is the same description.
  const places = JSON.stringify(placed);
  const layout = keptWhile(`${id}/layout`, [ground, narrow, places], () => layoutOf(ground, placed, narrow));
  const { box, spots } = layout;
  const between = relations(shown, spots, camps, name);
  const { boxes, points } = between;
  const labels = keptWhile(`${id}/labels`, [layout, ...boxes.flatMap(({ x, y }) => [x, y]), "", ...points.flat()], () => labelsOf(placed, layout, { boxes, points }));
  const scene = { world, camps, spots, labels, options, existing, name };
  const states = placed.map((state) => stateMark(state, scene));
  const owned = world.states.map((state) => [state.id, state.occupied, state.occupier]);
  const body = h(
    "g",
    { transform: `translate(${-box.x} ${-box.y})` },
    h("rect", { class: "sea", x: box.x, y: box.y, width: box.width, height: box.height }),
    keptWhile(`${id}/land`, [ground, JSON.stringify([world.date, world.own, owned, camps])], () => land(ground, world, camps, id)),
    between.body,
    h("g", { class: "map-states" }, states),
  );
  const title = `${[t("map.map"), longDate(world.date)].filter(Boolean).join(", ")}. ${finding(world, camps, name)}`;
  return figure(id, box.width, box.height, title, body, { group: Boolean(options.onChoose) });
}

/**
 * Return a function from codes to names: as the world has them, or else as the scenario does.
 *
 * @param {World} world
 * @param {{ id: string, name: string }[]} order
 * @returns {(id: string) => string}
 */
export function namer(world, order) {
  const names = new Map([...order, ...world.states].map((state) => [state.id, state.name]));
  return (id) => names.get(id) ?? id;
}

/**
 * Say the picture's finding: the camps, and who is in crisis or at war.
 *
 * @param {World} world
 * @param {Record<string, Camp>} camps
 * @param {(id: string) => string} name
 */
export function finding(world, camps, name) {
  const leaders = [...new Set(Object.values(camps).map((camp) => camp.leader))];
  const sizes = leaders.map((leader) => t("map.states", { leader: name(leader), count: Object.values(camps).filter((camp) => camp.leader === leader).length }));
  const stand = leaders.length ? t("map.camps", { count: leaders.length, leaders: listed(sizes) }) : t("map.noCamps");
  const wars = world.wars.map((war) => t("map.against", { listed: listed(war.attackers.map(name)), listed2: listed(war.defenders.map(name)) }));
  const crises = world.crises.map((crisis) => t("map.and", { initiator: name(crisis.initiator), target: name(crisis.target) }));
  return [
    stand,
    wars.length ? t("map.atWar", { value: wars.join("; ") }) : t("map.noWar"),
    crises.length ? t("map.inCrisis", { value: crises.join("; ") }) : "",
    fearWords(world, name),
  ]
    .filter(Boolean)
    .join(" ");
}

/**
 * Say whom a state arms; the map leaves out the lines. Nothing if it arms nobody.
 *
 * @param {string} id
 * @param {World} world
 * @param {(id: string) => string} name
 */
function armsWords(id, { pacts }, name) {
  const armed = pacts.filter((pact) => pact.commitment === "arms" && pact.lead === id).flatMap((pact) => pact.members.filter((one) => one !== id));
  if (!armed.length) return "";
  const more = armed.length > ARMED_MOST ? ` +${armed.length - ARMED_MOST}` : "";
  return t("map.arms", { states: `${armed.slice(0, ARMED_MOST).map(name).join(", ")}${more}` });
}

/**
 * Say the greatest fear, and all that are shown as equally great.
 *
 * @param {World} world
 * @param {(id: string) => string} name
 */
function fearWords({ own, fears }, name) {
  if (!fears.length) return "";
  const alike = fears.filter((fear) => share(fear.threat) === share(fears[0].threat));
  const [{ by, of }] = alike;
  if (own) return t("map.fearsMostOwn", { by: name(by), of: listed(alike.map((fear) => name(fear.of))) });
  if (alike.length === 1) return t("map.greatestFear", { by: name(by), of: name(of) });
  const pairs = alike.slice(0, ALIKE_MOST).map((fear) => t("map.fearsPair", { by: name(fear.by), of: name(fear.of) }));
  return t("map.greatestFears", { pairs: `${pairs.join("; ")}${alike.length > ALIKE_MOST ? t("figures.andOthers") : ""}` });
}

/**
 * @param {{ id: string, name: string, note: string }} state
 * @param {{ world: World, camps: Record<string, Camp>, spots: Record<string, import("./layout.mjs").Spot>,
 *   labels: Record<string, import("./layout.mjs").Label>, options: Options, existing: Set<string>, name: (id: string) => string }} scene
 * @returns {Description}
 */
function stateMark(state, { world, camps, spots, labels, options, existing, name: nameOf }) {
  const { id, name, note } = state;
  const [spot, label, exists] = [spots[id], labels[id], existing.has(id)];
  const camp = camps[id] ?? null;
  const looks = [
    "map-state",
    `camp-${camp?.number ?? 0}`,
    id === world.own ? "own" : "",
    exists ? "" : "absent",
    id === options.chosen ? "chosen" : "",
  ];
  const attributes = { class: looks.filter(Boolean).join(" "), [exists ? "data-state" : "data-absent"]: id, key: id };
  if (options.onChoose && exists) {
    const [choose, move] = [options.onChoose, options.onMove];
    // One stop for the tab key: the arrow keys go from state to state.
    const first = [options.chosen, world.own].find((one) => one && existing.has(one)) ?? world.states[0].id;
    Object.assign(attributes, {
      role: "button",
      tabindex: id === first ? "0" : "-1",
      "aria-pressed": id === options.chosen ? "true" : "false",
      "aria-label": `${name}. ${stateWords(id, world, camps, nameOf).join(". ")}`,
      onclick: () => choose(id),
      onkeydown: (/** @type {any} */ event) => {
        if (event.key === "Enter" || event.key === " ") {
          event.preventDefault();
          choose(id);
        } else move?.(event, spots);
      },
    });
  }
  const title = exists ? "" : t("map.notInPlayYet", { name });
  const place = spot.badge ? [] : [label.x, label.y, label.anchor, label.leader];
  const drawing = keptWhile(`${options.id}/${id}`, [spot, camp?.number, name, note, title, ...place], () => [
    title ? h("title", null, title) : null,
    spot.badge ? badgeOf(name, note, spot.badge, camp) : atPlace(spot, label, camp),
  ]);
  return h("g", attributes, drawing);
}

/**
 * @param {import("./layout.mjs").Spot} spot
 * @param {import("./layout.mjs").Label} label
 * @param {Camp | null} camp
 */
function atPlace({ x, y }, label, camp) {
  const at = { start: label.x, middle: label.x + label.width / 2, end: label.x + label.width }[label.anchor];
  return [
    h("circle", { class: "reach", cx: x, cy: y, r: 36 }),
    label.leader ? h("line", { class: "leader", x1: x, y1: y, x2: at, y2: label.y + label.height / 2 }) : null,
    shapeAt(camp, x, y),
    h(
      "text",
      { class: "map-name", "text-anchor": label.anchor },
      label.lines.map((line, row) => h("tspan", { x: at, y: label.y + row * LINE_HEIGHT + 25 }, line)),
    ),
  ];
}

/**
 * @param {string} name
 * @param {string} note
 * @param {import("./layout.mjs").Box} badge
 * @param {Camp | null} camp
 */
function badgeOf(name, note, { x, y, width, height }, camp) {
  const middle = y + (note ? NOTED_MIDDLE : height / 2);
  return [
    h("rect", { class: "map-badge", x, y, width, height, rx: 6 }),
    shapeAt(camp, x + 26, middle),
    h("text", { class: "map-name", x: x + 48, y: middle + 10 }, name),
    note ? h("text", { class: "map-note", x: x + 48, y: y + height - 13 }, note) : null,
  ];
}

/**
 * Return the shape of a camp at a point: circle, square, triangle, diamond; hollow without a camp and from the fifth on.
 *
 * @param {Camp | null} camp
 * @param {number} x
 * @param {number} y
 */
export function shapeAt(camp, x, y) {
  const r = SHAPE;
  const number = camp?.number ?? 0;
  if (number === 2) return h("rect", { class: "shape", x: x - r + 1, y: y - r + 1, width: 2 * r - 2, height: 2 * r - 2 });
  if (number === 3) return h("path", { class: "shape", d: `M${x} ${y - r - 2}L${x + r + 2} ${y + r - 1}H${x - r - 2}Z` });
  if (number === 4) return h("path", { class: "shape", d: `M${x} ${y - r - 3}L${x + r + 3} ${y}L${x} ${y + r + 3}L${x - r - 3} ${y}Z` });
  return h("circle", { class: number === 1 ? "shape" : "shape hollow", cx: x, cy: y, r: number === 1 ? r : r - 3 });
}
