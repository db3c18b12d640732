// Curves between two places of a map. Pure.

/** @typedef {import("./ground.mjs").Point} Point */
/** @typedef {[Point, Point, Point]} Curve start, control point and end of a quadratic Bezier curve */

const BOWS = [0.14, -0.14, 0.27, -0.27, 0.4, -0.4];
/** A line longer than this many units bows further, round what lies between its ends. */
const LONG = 620;

/**
 * Return a function that gives each further line of a pair another bow, so that none hides another.
 *
 * @returns {(from: string, to: string) => number} the bow as a share of the length, positive to the right of the way from `from`
 */
export function bows() {
  /** @type {Map<string, number>} */
  const used = new Map();
  return (from, to) => {
    const key = from < to ? `${from} ${to}` : `${to} ${from}`;
    const at = used.get(key) ?? 0;
    used.set(key, at + 1);
    return BOWS[at % BOWS.length] * (from < to ? 1 : -1);
  };
}

/**
 * Return a curve between two places, without the parts that their shapes cover.
 *
 * @param {{ x: number, y: number }} from
 * @param {{ x: number, y: number }} to
 * @param {number} bow as a share of the length
 * @param {number} gapFrom the room at the start, in units
 * @param {number} gapTo the room at the end, in units
 * @returns {Curve}
 */
export function curveBetween(from, to, bow, gapFrom, gapTo) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy) || 1;
  const far = length > LONG ? bow * 1.2 : bow;
  /** @type {Curve} */
  const whole = [
    [from.x, from.y],
    [(from.x + to.x) / 2 - dy * far, (from.y + to.y) / 2 + dx * far],
    [to.x, to.y],
  ];
  // Short lines keep at least a third of their length.
  const shrink = Math.min(1, (length * 0.66) / (gapFrom + gapTo || 1));
  return between(whole, (gapFrom * shrink) / length, 1 - (gapTo * shrink) / length);
}

/**
 * Return the part of a curve between two of its parameters.
 *
 * @param {Curve} curve
 * @param {number} start
 * @param {number} end
 * @returns {Curve}
 */
function between([a, b, c], start, end) {
  const blend = (/** @type {number} */ s, /** @type {number} */ t) =>
    /** @type {Point} */ ([0, 1].map((i) => (1 - s) * (1 - t) * a[i] + ((1 - s) * t + s * (1 - t)) * b[i] + s * t * c[i]));
  return [blend(start, start), blend(start, end), blend(end, end)];
}

/**
 * Return the point of a curve at a parameter in [0, 1], and the direction there as a unit vector.
 *
 * @param {Curve} curve
 * @param {number} t
 * @returns {{ at: Point, along: Point }}
 */
export function pointAt([a, b, c], t) {
  const at = /** @type {Point} */ ([0, 1].map((i) => (1 - t) ** 2 * a[i] + 2 * t * (1 - t) * b[i] + t * t * c[i]));
  const [x, y] = [0, 1].map((i) => (1 - t) * (b[i] - a[i]) + t * (c[i] - b[i]));
  const length = Math.hypot(x, y) || 1;
  return { at, along: [x / length, y / length] };
}

/**
 * Return the length of a curve, from eight chords.
 *
 * @param {Curve} curve
 */
export function lengthOf(curve) {
  const points = Array.from({ length: 9 }, (_, at) => pointAt(curve, at / 8).at);
  return points.slice(1).reduce((sum, [x, y], at) => sum + Math.hypot(x - points[at][0], y - points[at][1]), 0);
}

const px = (/** @type {number} */ value) => Math.round(value * 10) / 10;

/**
 * Return a curve as path data.
 *
 * @param {Curve} curve
 */
export const curvePath = ([a, b, c]) => `M${px(a[0])} ${px(a[1])}Q${px(b[0])} ${px(b[1])} ${px(c[0])} ${px(c[1])}`;

/**
 * Return an arrow of one outline along a curve: a shaft of even width and a head at the end.
 *
 * @param {Curve} curve
 * @param {number} width of the shaft
 */
export function arrowPath(curve, width) {
  const head = Math.min(10 + width * 1.5, lengthOf(curve) * 0.6);
  const neck = 1 - head / Math.max(head, lengthOf(curve));
  const steps = Array.from({ length: 9 }, (_, at) => pointAt(curve, (neck * at) / 8));
  const off = (/** @type {{ at: Point, along: Point }} */ { at, along }, /** @type {number} */ by) => `${px(at[0] - along[1] * by)} ${px(at[1] + along[0] * by)}`;
  const last = steps[steps.length - 1];
  const wing = 6 + width * 0.85;
  return `M${[
    ...steps.map((step) => off(step, width / 2)),
    off(last, wing),
    off(pointAt(curve, 1), 0),
    off(last, -wing),
    ...[...steps].reverse().map((step) => off(step, -width / 2)),
  ].join("L")}Z`;
}

/**
 * Return pairs of barbs along a curve.
 *
 * @param {Curve} curve
 * @param {number} every distance between them, in units
 */
export function barbsPath(curve, every) {
  const count = Math.max(1, Math.floor(lengthOf(curve) / every));
  return Array.from({ length: count }, (_, at) => {
    const { at: [x, y], along: [ax, ay] } = pointAt(curve, (at + 0.5) / count);
    const [sx, sy] = [ax * 4 - ay * 10, ay * 4 + ax * 10];
    const [tx, ty] = [-ax * 4 - ay * 10, -ay * 4 + ax * 10];
    return `M${px(x - sx)} ${px(y - sy)}L${px(x + sx)} ${px(y + sy)}M${px(x - tx)} ${px(y - ty)}L${px(x + tx)} ${px(y + ty)}`;
  }).join("");
}

/**
 * Return a ring round two places: a capsule; or, where they are far apart or one is a badge, one ring each, joined by a line.
 *
 * @param {import("./layout.mjs").Spot} one
 * @param {import("./layout.mjs").Spot} other
 * @param {number} radius
 * @param {number} far the distance in units from which on there are two rings
 */
export function ringPath(one, other, radius, far) {
  const [dx, dy] = [other.x - one.x, other.y - one.y];
  const length = Math.hypot(dx, dy) || 1;
  const [ux, uy] = [(dx / length) * radius, (dy / length) * radius];
  if (length <= far && !one.badge && !other.badge) {
    const arc = `A${radius} ${radius} 0 0 1`;
    return (
      `M${px(one.x + uy)} ${px(one.y - ux)}L${px(other.x + uy)} ${px(other.y - ux)}${arc} ${px(other.x - uy)} ${px(other.y + ux)}` +
      `L${px(one.x - uy)} ${px(one.y + ux)}${arc} ${px(one.x + uy)} ${px(one.y - ux)}Z`
    );
  }
  const start = one.badge ? [one.x, one.y] : [one.x + ux, one.y + uy];
  const end = other.badge ? [other.x, other.y] : [other.x - ux, other.y - uy];
  return `${ringRound(one, radius)}${ringRound(other, radius)}M${px(start[0])} ${px(start[1])}L${px(end[0])} ${px(end[1])}`;
}

/**
 * Return points on the ring round two places, which names should not cover.
 *
 * @param {import("./layout.mjs").Spot} one
 * @param {import("./layout.mjs").Spot} other
 * @param {number} radius
 * @param {number} far the distance in units from which on there are two rings
 * @returns {import("./ground.mjs").Point[]}
 */
export function ringPoints(one, other, radius, far) {
  const length = Math.hypot(other.x - one.x, other.y - one.y);
  const joined = length <= far && !one.badge && !other.badge;
  const isInside = (/** @type {number} */ x, /** @type {number} */ y) => {
    const along = Math.max(0, Math.min(1, ((x - one.x) * (other.x - one.x) + (y - one.y) * (other.y - one.y)) / (length * length || 1)));
    return joined && Math.hypot(x - one.x - along * (other.x - one.x), y - one.y - along * (other.y - one.y)) < radius - 1;
  };
  return [one, other]
    .filter((spot) => !spot.badge)
    .flatMap(({ x, y }) => Array.from({ length: 16 }, (_, at) => /** @type {import("./ground.mjs").Point} */ ([x + radius * Math.cos((at * Math.PI) / 8), y + radius * Math.sin((at * Math.PI) / 8)])))
    .filter(([x, y]) => !isInside(x, y));
}

/**
 * @param {import("./layout.mjs").Spot} spot
 * @param {number} radius
 */
function ringRound({ x, y, badge }, radius) {
  if (!badge) return `M${px(x - radius)} ${px(y)}a${radius} ${radius} 0 1 1 ${2 * radius} 0a${radius} ${radius} 0 1 1 ${-2 * radius} 0`;
  return `M${px(badge.x)} ${px(badge.y)}h${px(badge.width)}v${px(badge.height)}h${px(-badge.width)}Z`;
}
