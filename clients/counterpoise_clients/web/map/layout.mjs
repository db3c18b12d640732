// Where the shapes, names and badges of a map stand. Pure.

/** @typedef {import("./ground.mjs").Point} Point */
/** @typedef {{ x: number, y: number, width: number, height: number }} Box */
/**
 * The place of a state: of its shape, or of its badge if it lies beyond the frame. Lines to a badge end at its edge, `x` and `y`.
 *
 * @typedef {{ x: number, y: number, badge: (Box & { side: "left" | "right" }) | null }} Spot
 */
/** @typedef {Box & { lines: string[], leader: boolean, anchor: "start" | "middle" | "end" }} Label */
/** @typedef {{ box: Box, spots: Record<string, Spot> }} Layout */

/** The size of letters and shapes in units: a map 1372 px wide shows names at 30 px. */
export const NAME_SIZE = 30;
export const LINE_HEIGHT = 32;
export const SHAPE = 13;
/** The widths of letters as shares of their height, in the widest of the fonts that a page may find. */
const [LETTER, THIN, BROAD, CAPITAL] = [0.67, 0.42, 1.05, 0.86];
const [THIN_LETTERS, BROAD_LETTERS] = ["fijltI .'-", "mwMW"];
const WORDS_MAX = 16;
const BADGE_HEIGHT = 46;
/** How much higher a badge with a note is, and how wide a word of the note is beside the same word as a name. */
const NOTE_HEIGHT = 28;
const NOTE_SHARE = 0.68;
const BADGE_GAP = 8;
const EDGE = 14;
const PASSES = 3;
/** The room that a shape wants round itself. */
const CLEAR = 24;
/** How far from its shape a name may begin, in units. */
const FAR = 150;

/**
 * Return what the map shows, and where its states stand in it.
 *
 * @param {import("./ground.mjs").Ground} ground
 * @param {{ id: string, name: string, note?: string }[]} states in the scenario's order; the note stands on the badge
 * @param {boolean} narrow whether only the part for a phone is shown
 * @returns {Layout}
 */
export function layoutOf(ground, states, narrow) {
  const [left, top, width, height] = narrow ? ground.narrow : [0, 0, ground.width, ground.height];
  const box = { x: left, y: top, width, height };
  /** @type {Record<string, Spot>} */
  const spots = {};
  const beyond = [];
  for (const state of states) {
    const anchor = ground.anchors[state.id];
    if (anchor && !ground.badges[state.id] && isWithin(anchor, grown(box, -CLEAR))) spots[state.id] = { x: anchor[0], y: anchor[1], badge: null };
    else beyond.push(state);
  }
  const shapes = Object.values(spots).map(({ x, y }) => around(x, y, CLEAR));
  for (const side of /** @type {const} */ (["left", "right"])) {
    const here = beyond.filter((state) => sideOf(ground, state.id, box) === side);
    const badges = badgesAt(side, here, box, shapes);
    Object.assign(spots, badges);
    shapes.push(...Object.values(badges).flatMap(({ badge }) => (badge ? [badge] : [])));
  }
  return { box, spots };
}

/**
 * @param {import("./ground.mjs").Ground} ground
 * @param {string} state
 * @param {Box} box
 */
function sideOf(ground, state, box) {
  const anchor = ground.anchors[state];
  if (anchor) return anchor[0] < box.x + box.width / 2 ? "left" : "right";
  return ground.badges[state] === "right" ? "right" : "left";
}

/**
 * Stack badges at an edge, where they hide the fewest shapes.
 *
 * @param {"left" | "right"} side
 * @param {{ id: string, name: string, note?: string }[]} states
 * @param {Box} box
 * @param {Box[]} shapes
 */
function badgesAt(side, states, box, shapes) {
  let depth = 0;
  const sizes = states.map(({ name, note = "" }) => {
    const size = { from: depth, width: Math.max(widthOf(name), widthOf(note) * NOTE_SHARE) + 2 * SHAPE + 36, height: BADGE_HEIGHT + (note ? NOTE_HEIGHT : 0) };
    depth += size.height + BADGE_GAP;
    return size;
  });
  const stackAt = (/** @type {number} */ y) =>
    sizes.map(({ from, width, height }) => ({ x: side === "left" ? box.x + EDGE : box.x + box.width - EDGE - width, y: y + from, width, height, side }));
  const last = box.y + box.height - EDGE - depth;
  let [best, least] = [stackAt(box.y + EDGE), Infinity];
  for (let y = box.y + EDGE; y <= Math.max(last, box.y + EDGE); y += 4) {
    const stack = stackAt(y);
    const hidden = shapes.filter((shape) => stack.some((badge) => overlap(badge, grown(shape, 16)) > 0)).length;
    if (hidden < least) [best, least] = [stack, hidden];
  }
  /** @type {Record<string, Spot>} */
  const spots = {};
  states.forEach((state, at) => {
    const badge = best[at];
    spots[state.id] = { x: side === "left" ? badge.x + badge.width : badge.x, y: badge.y + badge.height / 2, badge };
  });
  return spots;
}

/**
 * Place the names beside their shapes, the most crowded first, so that they cover neither each other nor shapes nor badges. Further
 * passes place each name again with all others in place.
 *
 * @param {{ id: string, name: string }[]} states
 * @param {Layout} layout
 * @param {{ boxes: Box[], points: Point[] }} busy what else the names do not cover: boxes, and if possible points of lines
 * @returns {Record<string, Label>}
 */
export function labelsOf(states, { box, spots }, { boxes, points }) {
  /** @type {Record<string, Label>} */
  const labels = {};
  const badges = Object.values(spots).flatMap(({ badge }) => (badge ? [badge] : []));
  const crowd = (/** @type {{ id: string }} */ { id }) =>
    Object.values(spots).filter((spot) => Math.hypot(spot.x - spots[id].x, spot.y - spots[id].y) < 150).length;
  const here = states.filter((state) => !spots[state.id].badge).sort((a, b) => crowd(b) - crowd(a));
  for (let pass = 0, hasMoved = true; pass < PASSES && hasMoved; pass += 1) {
    hasMoved = false;
    for (const state of here) {
      const others = here.filter((other) => other !== state);
      const taken = [
        ...badges,
        ...boxes,
        ...others.map((other) => around(spots[other.id].x, spots[other.id].y, CLEAR)),
        ...others.flatMap((other) => labels[other.id] ?? []),
      ];
      const [before, label] = [labels[state.id], bestLabel(state.name, spots[state.id], box, taken, points)];
      hasMoved ||= before?.x !== label.x || before.y !== label.y;
      labels[state.id] = label;
    }
  }
  return labels;
}

/**
 * Return the best place for a name: the least of what it covers and of how far it stands from its shape.
 *
 * @param {string} name
 * @param {Spot} spot
 * @param {Box} box of the map
 * @param {Box[]} taken
 * @param {Point[]} points of lines
 * @returns {Label}
 */
function bestLabel(name, spot, box, taken, points) {
  const lines = wrapped(name);
  const [width, height] = [Math.max(...lines.map(widthOf)), lines.length * LINE_HEIGHT];
  const found = candidates(spot, width, height);
  const reach = { x: spot.x - FAR - width, y: spot.y - FAR - height, width: 2 * (FAR + width), height: 2 * (FAR + height) };
  const [covered, near] = [taken.filter((other) => overlap(reach, other) > 0), points.filter((point) => isWithin(point, reach))];
  let [best, least] = [found[0].label, Infinity];
  for (const { label, cost } of found) {
    if (cost >= least) continue; // whatever it covers, it is no better
    const hidden = covered.reduce((sum, other) => sum + overlap(label, other), 0);
    const crossed = near.filter((point) => isWithin(point, label)).length;
    const outside = label.width * label.height - overlap(label, grown(box, -6));
    const total = cost + hidden * 8 + outside * 6 + crossed * 60;
    if (total < least) [best, least] = [label, total];
  }
  return { ...best, lines };
}

/**
 * Return where a name can stand, with how much worse than the first each place is.
 *
 * @param {{ x: number, y: number }} spot
 * @param {number} width
 * @param {number} height
 * @returns {{ label: Omit<Label, "lines">, cost: number }[]}
 */
function candidates({ x, y }, width, height) {
  const near = SHAPE + 9;
  /** @type {{ label: Omit<Label, "lines">, cost: number }[]} */
  const found = [];
  const add = (/** @type {number} */ at, /** @type {number} */ top, /** @type {"start" | "middle" | "end"} */ anchor, cost = 0, leader = false) =>
    found.push({ label: { x: at, y: top, width, height, anchor, leader }, cost });
  add(x + near, y - height / 2, "start");
  add(x - width / 2, y + near - 4, "middle", 10);
  add(x - near - width, y - height / 2, "end", 40);
  add(x - width / 2, y - near - height + 4, "middle", 30);
  for (const [far, cost] of [
    [60, 600],
    [100, 900],
    [FAR, 1400],
  ]) {
    for (const [dx, dy] of [[-1, -0.7], [1, -0.7], [-1, 0.7], [1, 0.7], [-1, 0], [1, 0], [0, -1], [0, 1]]) {
      const [px, py] = [x + dx * far, y + dy * far];
      if (dx < 0) add(px - width, py - height / 2, "end", cost, true);
      else if (dx > 0) add(px, py - height / 2, "start", cost, true);
      else add(px - width / 2, dy < 0 ? py - height : py, "middle", cost, true);
    }
  }
  return found;
}

/**
 * Return a name in one line, or in two if it is long.
 *
 * @param {string} name
 */
export function wrapped(name) {
  if (name.length <= WORDS_MAX) return [name];
  const words = name.split(" ");
  let best = [name];
  for (let at = 1; at < words.length; at += 1) {
    const lines = [words.slice(0, at).join(" "), words.slice(at).join(" ")];
    const longest = (/** @type {string[]} */ all) => Math.max(...all.map((line) => line.length));
    if (longest(lines) < longest(best)) best = lines;
  }
  return best;
}

/**
 * Return the state to go to from one with an arrow key, or an empty text: the nearest within 60 degrees of the direction.
 *
 * @param {Record<string, { x: number, y: number }>} spots
 * @param {string} from
 * @param {string} key the name of an arrow key
 */
export function neighbour(spots, from, key) {
  const [dx, dy] = /** @type {Record<string, Point>} */ ({ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] })[key] ?? [0, 0];
  let [best, least] = ["", Infinity];
  for (const [id, { x, y }] of Object.entries(spots)) {
    const [ax, ay] = [x - spots[from].x, y - spots[from].y];
    const along = ax * dx + ay * dy;
    const distance = Math.hypot(ax, ay);
    if (id === from || along < distance / 2) continue;
    if (distance < least) [best, least] = [id, distance];
  }
  return best;
}


/** @param {string} letter */
function widthOfLetter(letter) {
  if (THIN_LETTERS.includes(letter)) return THIN;
  if (BROAD_LETTERS.includes(letter)) return BROAD;
  return letter === letter.toLowerCase() ? LETTER : CAPITAL;
}
/**
 * Return the width of a name on the map, in units.
 *
 * @param {string} text
 */
export const widthOf = (text) => [...text].reduce((sum, letter) => sum + widthOfLetter(letter), 0) * NAME_SIZE;
const around = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ r) => ({ x: x - r, y: y - r, width: 2 * r, height: 2 * r });
const grown = (/** @type {Box} */ box, /** @type {number} */ by) => ({ x: box.x - by, y: box.y - by, width: box.width + 2 * by, height: box.height + 2 * by });
const isWithin = (/** @type {number[]} */ [x, y], /** @type {Box} */ box) => x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;

/**
 * Return the area that two boxes share.
 *
 * @param {Box} a
 * @param {Box} b
 */
export function overlap(a, b) {
  const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return across > 0 && down > 0 ? across * down : 0;
}
