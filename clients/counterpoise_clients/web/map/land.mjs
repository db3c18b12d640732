// The land of a map: whose it is, how closely its owner is bound, who holds it, and the borders. Pure.

import { h } from "../h.mjs";
import { outlineOf, ownerOf, pathOf } from "./ground.mjs";

/** @typedef {import("../h.mjs").Description} Description */
/** @typedef {import("./ground.mjs").Ground} Ground */
/** @typedef {import("./ground.mjs").Piece} Piece */
/** @typedef {import("./world.mjs").World} World */
/** @typedef {Record<string, import("./camps.mjs").Camp>} Camps */

/** The least share of a country that another holds for it to be drawn. */
const HELD_LEAST = 0.01;

/** @type {WeakMap<Piece, string>} */
const outlines = new WeakMap();

/**
 * Draw the land.
 *
 * @param {Ground} ground
 * @param {World} world
 * @param {Camps} camps
 * @param {string} id of the map; names its patterns
 * @returns {Description[]}
 */
export function land(ground, world, camps, id) {
  const states = new Map(world.states.map((state) => [state.id, state]));
  const existing = new Set(states.keys());
  const owners = ground.pieces.map((piece) => ownerOf(piece, world.date, existing));
  const used = new Set(/** @type {string[]} */ ([]));
  const fill = (/** @type {string} */ pattern) => {
    used.add(pattern);
    return `url(#${id}-${pattern})`;
  };
  const holder = (/** @type {string} */ state) => {
    const { occupied = 0, occupier = "" } = states.get(state) ?? {};
    return occupied >= HELD_LEAST ? occupier : "";
  };
  // A part of a country may be known to be what its occupier holds; if none is, the whole country is hatched.
  const parts = new Set(ground.pieces.flatMap((piece, at) => (piece.held && holder(owners[at].id) === piece.held ? [owners[at].id] : [])));
  const pieces = ground.pieces.map((piece, at) => {
    const { id: owner, exists, administered } = owners[at];
    const camp = camps[owner];
    const d = outlineCached(ground, piece);
    const looks = owner === "" ? "rest" : exists ? `land camp-${camp?.number ?? 0}` : "rest";
    const holding = exists ? holder(owner) : "";
    const isHeld = holding !== "" && (parts.has(owner) ? piece.held === holding : true);
    return [
      h("path", { class: `${looks}${camp?.isLoose ? " loose" : ""}`, d, "fill-rule": "evenodd", "data-land": owner || null }),
      camp?.isLoose && exists ? overlay(d, fill(`stripe-${camp.number}`)) : null,
      owner !== "" && !exists ? overlay(d, fill("absent")) : null,
      administered ? overlay(d, fill("absent")) : null,
      isHeld ? h("path", { class: "held", d, "fill-rule": "evenodd", fill: fill(`held-${camps[holding]?.number ?? 0}`), "data-held": owner }) : null,
    ];
  });
  const { coasts, borders, own } = linesBy(ground, owners.map((owner) => owner.id), world.own);
  return [
    h("defs", null, [...used].map((pattern) => patternOf(pattern, `${id}-${pattern}`))),
    h("g", { class: "map-land" }, pieces),
    h("path", { class: "coast", d: coasts }),
    h("path", { class: "border", d: borders }),
    h("path", { class: "own-border", d: own }),
  ];
}

const overlay = (/** @type {string} */ d, /** @type {string} */ fill) => h("path", { class: "overlay", d, "fill-rule": "evenodd", fill });

/**
 * @param {Ground} ground
 * @param {Piece} piece
 */
function outlineCached(ground, piece) {
  const known = outlines.get(piece);
  if (known !== undefined) return known;
  const d = outlineOf(ground, piece);
  outlines.set(piece, d);
  return d;
}

/** @type {WeakMap<Ground, Map<string, { coasts: string, borders: string, own: string }>>} */
const borders = new WeakMap();

/**
 * Return the lines by kind: round land that is not in play, round states, round the viewer's state; none inside a state.
 *
 * @param {Ground} ground
 * @param {string[]} owners of the pieces
 * @param {string} own
 */
function linesBy(ground, owners, own) {
  const known = borders.get(ground) ?? new Map();
  borders.set(ground, known);
  const key = `${own} ${owners.join(",")}`;
  const found = known.get(key);
  if (found) return found;
  /** @type {Record<"coasts" | "borders" | "own", string[]>} */
  const kinds = { coasts: [], borders: [], own: [] };
  ground.lines.forEach((line, at) => {
    const sides = ground.sides[at].map((piece) => owners[piece]);
    const isInside = sides.length === 2 && sides[0] === sides[1] && sides[0] !== "";
    if (isInside) return;
    const path = pathOf(line);
    (sides.some(Boolean) ? kinds.borders : kinds.coasts).push(path);
    if (own && sides.includes(own)) kinds.own.push(path);
  });
  const joined = { coasts: kinds.coasts.join(""), borders: kinds.borders.join(""), own: kinds.own.join("") };
  // Ownership changes a few times in a game: what is kept stays small.
  known.set(key, joined);
  return joined;
}

/**
 * Return a pattern: stripes of a camp, hatching of an occupier, thin hatching of what is not a state yet.
 *
 * @param {string} pattern
 * @param {string} id
 */
function patternOf(pattern, id) {
  const [kind, number] = pattern.split("-");
  const size = kind === "stripe" ? 20 : 13;
  const turn = kind === "stripe" ? 45 : -45;
  return h(
    "pattern",
    { id, key: id, width: size, height: size, patternUnits: "userSpaceOnUse", patternTransform: `rotate(${turn})` },
    h("rect", { class: `${kind}-pattern camp-${number ?? 0}`, width: kind === "absent" ? 2 : kind === "held" ? 5 : size / 2, height: size }),
  );
}
