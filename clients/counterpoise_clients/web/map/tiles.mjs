// The ground of a scenario without outlines: one tile round each state's coordinates. Pure; the same places give the same tiles.

/** @typedef {import("./ground.mjs").Point} Point */

const WIDTH = 1372;
const NARROW = 770;
const HEIGHT = 864;
/** Free space round the states, as a share of their extent, and in units round the tiles. */
const ROOM = 0.6;
const MARGIN = 60;
/** An edge is divided until its parts are shorter than this; each division moves a point by this share of the length. */
const PART = 24;
const ROUGH = 0.07;

/**
 * Return tiles round the coordinates of states.
 *
 * @param {import("./ground.mjs").Place[]} places
 * @param {boolean} narrow whether the map is for a phone
 * @returns {Omit<import("./ground.mjs").Ground, "sides">}
 */
export function tilesOf(places, narrow) {
  const width = narrow ? NARROW : WIDTH;
  const anchors = spread(places, width);
  /** @type {Point[]} */
  const corners = [];
  const cells = places.map((place) => {
    const cell = cellOf(anchors[place.id], places.map((other) => anchors[other.id]), width).map((corner) => snapped(corner, corners));
    return cell.filter((corner, at) => corner !== cell[(at + 1) % cell.length]);
  });
  /** @type {Map<string, number>} */
  const known = new Map();
  /** @type {Point[][]} */
  const lines = [];
  const pieces = cells.map((cell, index) => ({
    owners: [{ id: places[index].id }],
    rings: [
      cell.map((start, at) => {
        const end = cell[(at + 1) % cell.length];
        const isForward = keyOf(start) < keyOf(end);
        const [from, to] = isForward ? [start, end] : [end, start];
        const key = `${keyOf(from)} ${keyOf(to)}`;
        let line = known.get(key);
        if (line === undefined) {
          line = lines.length;
          known.set(key, line);
          lines.push(roughened(from, to));
        }
        return isForward ? line : ~line;
      }),
    ],
  }));
  return {
    width,
    height: HEIGHT,
    narrow: [0, 0, width, HEIGHT],
    anchors,
    badges: {},
    pieces,
    lines,
  };
}

/**
 * Return each state's place: its coordinates, fitted into the frame. States at one place are moved apart.
 *
 * @param {import("./ground.mjs").Place[]} places
 * @param {number} width of the frame
 * @returns {Record<string, Point>}
 */
function spread(places, width) {
  const middle = places.reduce((sum, place) => sum + place.latitude, 0) / Math.max(1, places.length);
  const shrink = Math.max(0.2, Math.cos((middle * Math.PI) / 180));
  const xs = places.map((place) => place.longitude * shrink);
  const ys = places.map((place) => -place.latitude);
  const fit = (/** @type {number[]} */ values, /** @type {number} */ length) => {
    const [least, most] = [Math.min(...values), Math.max(...values)];
    const extent = Math.max(1e-6, most - least) * (1 + ROOM);
    return { scale: (length - 2 * MARGIN) / extent, centre: (least + most) / 2 };
  };
  // Each direction has its own scale, within limits: a row of states still fills the frame.
  const [across, down] = [fit(xs, width), fit(ys, HEIGHT)];
  const scales = [Math.min(across.scale, down.scale * 1.6), Math.min(down.scale, across.scale * 1.6)];
  /** @type {Record<string, Point>} */
  const found = {};
  const taken = new Set();
  places.forEach((place, index) => {
    let x = width / 2 + (xs[index] - across.centre) * scales[0];
    const y = HEIGHT / 2 + (ys[index] - down.centre) * scales[1];
    while (taken.has(keyOf([x, y]))) x += 40;
    taken.add(keyOf([x, y]));
    found[place.id] = [round(x), round(y)];
  });
  return found;
}

/**
 * Return the points of the frame that are nearer to a place than to any other: a Voronoi cell.
 *
 * @param {Point} place
 * @param {Point[]} all
 * @param {number} width of the frame
 * @returns {Point[]}
 */
function cellOf(place, all, width) {
  const xs = all.map(([x]) => x);
  const ys = all.map(([, y]) => y);
  const [left, right] = [Math.max(MARGIN, Math.min(...xs) - 190), Math.min(width - MARGIN, Math.max(...xs) + 190)];
  const [top, bottom] = [Math.max(MARGIN, Math.min(...ys) - 190), Math.min(HEIGHT - MARGIN, Math.max(...ys) + 190)];
  /** @type {Point[]} */
  let cell = [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ];
  for (const other of all) if (other !== place) cell = nearer(cell, place, other);
  return cell;
}

/**
 * Return the known corner at a point, or make one: neighbours compute the corners they share with different rounding errors.
 *
 * @param {Point} corner
 * @param {Point[]} known
 * @returns {Point}
 */
function snapped([x, y], known) {
  let corner = known.find((other) => Math.hypot(other[0] - x, other[1] - y) < 2);
  if (!corner) known.push((corner = [round(x), round(y)]));
  return corner;
}

/**
 * Cut a convex polygon down to the part that is nearer to `place` than to `other`.
 *
 * @param {Point[]} cell
 * @param {Point} place
 * @param {Point} other
 * @returns {Point[]}
 */
function nearer(cell, [px, py], [ox, oy]) {
  const side = (/** @type {Point} */ [x, y]) => (x - (px + ox) / 2) * (ox - px) + (y - (py + oy) / 2) * (oy - py);
  /** @type {Point[]} */
  const kept = [];
  cell.forEach((corner, at) => {
    const next = cell[(at + 1) % cell.length];
    const [here, there] = [side(corner), side(next)];
    if (here <= 0) kept.push(corner);
    if (here < 0 !== there < 0 && here !== there && here !== 0 && there !== 0) {
      const part = here / (here - there);
      kept.push([corner[0] + (next[0] - corner[0]) * part, corner[1] + (next[1] - corner[1]) * part]);
    }
  });
  return kept;
}

/**
 * Return an edge as an uneven line. Its form depends on its ends alone, so that both neighbours have the same one.
 *
 * @param {Point} from
 * @param {Point} to
 * @returns {Point[]}
 */
function roughened(from, to) {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  if (Math.hypot(dx, dy) < PART) return [from, to];
  const off = (hash(`${keyOf(from)} ${keyOf(to)}`) - 0.5) * 2 * ROUGH;
  /** @type {Point} */
  const middle = [round((from[0] + to[0]) / 2 - dy * off), round((from[1] + to[1]) / 2 + dx * off)];
  return [...roughened(from, middle), ...roughened(middle, to).slice(1)];
}

/**
 * Return a number in [0, 1) that depends on a text alone (FNV-1a).
 *
 * @param {string} text
 */
function hash(text) {
  let value = 0x811c9dc5;
  for (const letter of text) value = Math.imul(value ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return value / 2 ** 32;
}

const round = (/** @type {number} */ value) => Math.round(value * 2) / 2;
const keyOf = (/** @type {Point} */ [x, y]) => `${round(x)},${round(y)}`;
