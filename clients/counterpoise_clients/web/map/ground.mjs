// The ground of a map: what lies where, whatever happens on it. Pure.

import { t, tOr } from "../text/text.mjs";
import { tilesOf } from "./tiles.mjs";

/** @typedef {[number, number]} Point x and y in units of the map */
/** @typedef {{ id: string, name: string, role: string, latitude: number, longitude: number }} Place a state of the scenario */
/** @typedef {{ id: string, from?: string, administered?: boolean }} Owner */
/** @typedef {{ owners: Owner[], held?: string, rings: number[][] }} Piece a piece of land; a ring is a list of lines, `~n` backwards */
/**
 * A map file as the server delivers it; `scenarios/maps/README.md` describes it.
 *
 * @typedef {{ scenario: string, caption: string, size: number[], narrow: number[], grid: number, anchors: Record<string, number[]>,
 *   badges: Record<string, string>, pieces: Piece[], arcs: number[][] }} Outlines
 */
/**
 * What a map is drawn on. `lines` are the lines between pieces, `sides` the numbers of the one or two pieces at each line.
 *
 * @typedef {{ width: number, height: number, narrow: number[], anchors: Record<string, Point>,
 *   badges: Record<string, string>, pieces: Piece[], lines: Point[][], sides: number[][] }} Ground
 */

/** The grounds that were made, in full width and narrow. @type {WeakMap<object, Ground>[]} */
const made = [new WeakMap(), new WeakMap()];

/**
 * Return the ground of a scenario: its outlines if there are any, or else tiles round its states' coordinates.
 *
 * @param {Outlines | null} outlines
 * @param {Place[]} places
 * @param {boolean} narrow whether tiles are for a phone; outlines know their part for a phone
 * @returns {Ground}
 */
export function groundOf(outlines, places, narrow) {
  const source = outlines ?? places;
  const known = made[outlines || !narrow ? 0 : 1];
  let ground = known.get(source);
  if (!ground) {
    const flat = outlines ? unpacked(outlines) : tilesOf(places, narrow);
    ground = { ...flat, sides: sidesOf(flat.pieces, flat.lines.length) };
    known.set(source, ground);
  }
  return ground;
}

/**
 * Say what readers should know of the shapes: where the map is enlarged, or that it has tiles. A scenario of somebody's own has its
 * own words, in its own language.
 *
 * @param {Outlines | null} outlines
 */
export const captionOf = (outlines) => (outlines ? tOr(`map.caption.${outlines.scenario}`, outlines.caption) : t("map.tilesStandForTheStates"));

/**
 * @param {Outlines} outlines
 * @returns {Omit<Ground, "sides">}
 */
function unpacked({ size, narrow, grid, anchors, badges, pieces, arcs }) {
  const lines = arcs.map((steps) => {
    /** @type {Point[]} */
    const points = [];
    let [x, y] = [0, 0];
    for (let i = 0; i < steps.length; i += 2) points.push([(x += steps[i]) * grid, (y += steps[i + 1]) * grid]);
    return points;
  });
  return {
    width: size[0],
    height: size[1],
    narrow,
    anchors: /** @type {Record<string, Point>} */ (anchors),
    badges,
    pieces,
    lines,
  };
}

/**
 * Return the pieces at each line.
 *
 * @param {Piece[]} pieces
 * @param {number} count of lines
 */
function sidesOf(pieces, count) {
  /** @type {number[][]} */
  const sides = Array.from({ length: count }, () => []);
  pieces.forEach(({ rings }, piece) => {
    for (const ring of rings) for (const line of ring) sides[line < 0 ? ~line : line].push(piece);
  });
  return sides;
}

/**
 * Return a line as path data.
 *
 * @param {Point[]} points
 */
export const pathOf = (points) => `M${points.map(([x, y]) => `${x} ${y}`).join("L")}`;

/**
 * Return the outline of a piece as path data.
 *
 * @param {Ground} ground
 * @param {Piece} piece
 */
export function outlineOf(ground, piece) {
  const along = (/** @type {number} */ line) => (line < 0 ? [...ground.lines[~line]].reverse() : ground.lines[line]);
  return piece.rings.map((ring) => `${pathOf(ring.flatMap(along))}Z`).join("");
}

/**
 * Return whose land a piece is: the first owner that exists by then; or, if none does, the first, which does not exist yet.
 *
 * @param {Piece} piece
 * @param {string} date as YYYY-MM-DD
 * @param {Set<string>} existing the states that exist
 * @returns {{ id: string, exists: boolean, administered: boolean }} an empty id for land that is not in play
 */
export function ownerOf({ owners }, date, existing) {
  const due = owners.filter((owner) => !owner.from || owner.from <= date);
  const owner = due.find((one) => one.id === "" || existing.has(one.id));
  if (owner) return { id: owner.id, exists: owner.id !== "", administered: Boolean(owner.administered) };
  return { id: due[0]?.id ?? "", exists: false, administered: false };
}
