// A film as the server sends it: chunks of changes become scenes, and moments are found by their day. Pure.

/** @typedef {Record<string, any> & { key: string }} Thing */
/** @typedef {{ put?: Thing[], gone?: string[] }} Changes */
/** @typedef {[by: string, of: string, threat: number]} Cell */
/** @typedef {{ id: number, date: string, tick: number, kind: string, actors: string[], detail: any }} News */
/**
 * @typedef {{ tick: number, date: string, window: number, opens?: boolean, whole?: boolean, things?: Record<string, Changes>,
 *   perceived?: Cell[], true?: Cell[], news?: News[] }} Moment
 */
/** @typedef {{ viewer: string, number: number, first: number, moments: Moment[] }} Chunk */
/** @typedef {{ kind: string, key: string, states: string[], begins: number, ends?: number, opening?: boolean, detail?: string }} Span */
/** @typedef {{ actor: string, window: number, did: string, forecast: string }} LaneMark */
/**
 * @typedef {{ viewer: string, ticks: number[], openings: number[], chunks: number[], spans: Span[], lanes: LaneMark[],
 *   marks: { moment: number, date: string, note: string }[] }} Overview
 */
/**
 * What a viewer saw at a moment. Parts that have not changed since the moment before are the same objects.
 *
 * @typedef {{ date: string, window: number, things: Record<string, Map<string, Thing>>, perceived: Map<string, number>,
 *   true: Map<string, number>, news: News[] }} Scene
 */

const THINGS = ["states", "pacts", "crises", "wars", "aid", "holds", "rivalries"];
const DAY_MS = 86_400_000;

/**
 * Return the scenes of a chunk, one for each of its moments.
 *
 * @param {Chunk} chunk
 * @returns {Scene[]}
 */
export function scenesOf(chunk) {
  /** @type {Scene[]} */
  const scenes = [];
  /** @type {Scene} */
  let now = { date: "", window: 0, things: Object.fromEntries(THINGS.map((kind) => [kind, new Map()])), perceived: new Map(), true: new Map(), news: [] };
  for (const moment of chunk.moments) {
    const things = { ...now.things };
    for (const [kind, { put = [], gone = [] }] of Object.entries(moment.things ?? {})) {
      things[kind] = new Map(things[kind]);
      for (const key of gone) things[kind].delete(key);
      for (const thing of put) things[kind].set(thing.key, thing);
    }
    now = {
      date: moment.date,
      window: moment.window,
      things,
      perceived: withCells(now.perceived, moment.perceived ?? []),
      true: withCells(now.true, moment.true ?? []),
      news: moment.news ?? [],
    };
    scenes.push(now);
  }
  return scenes;
}

/**
 * @param {Map<string, number>} known
 * @param {Cell[]} cells
 */
function withCells(known, cells) {
  if (!cells.length) return known;
  const next = new Map(known);
  for (const [by, of, threat] of cells) {
    if (threat < 0) next.delete(`${by}/${of}`);
    else next.set(`${by}/${of}`, threat);
  }
  return next;
}

/**
 * Return the number of the last moment up to a tick; the first one if all are later.
 *
 * @param {readonly number[]} ticks of the moments, in order
 * @param {number} tick
 */
export function momentAt(ticks, tick) {
  let [low, high] = [0, ticks.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (ticks[middle] <= tick) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * Return the number of the chunk that has a moment.
 *
 * @param {Overview} overview
 * @param {number} moment
 */
export const chunkAt = (overview, moment) => momentAt(overview.chunks, moment);

/**
 * Return where a step leads.
 *
 * @param {Overview} overview
 * @param {number} moment
 * @param {"event" | "window" | "edge"} by
 * @param {1 | -1} way
 */
export function stepFrom({ ticks, openings }, moment, by, way) {
  const last = ticks.length - 1;
  if (by === "edge") return way > 0 ? last : 0;
  if (by === "event") return Math.max(0, Math.min(last, moment + way));
  const next = way > 0 ? openings.find((one) => one > moment) : openings.filter((one) => one < moment).at(-1);
  return next ?? (way > 0 ? last : 0);
}

/**
 * Return the day of a date, counted from 1970, so that sessions that began on different days share one axis.
 *
 * @param {string} iso
 */
export const dayOf = (iso) => Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY_MS);

/** Return the date of a day. @param {number} day */
export const dateOf = (day) => new Date(day * DAY_MS).toISOString().slice(0, 10);

/**
 * Return the ties and enmities of a scene, as the picture of the network draws them.
 *
 * @param {Scene} scene
 * @param {(pact: any) => [string, string][]} pairsOf
 */
export function tiesOf(scene, pairsOf) {
  /** @type {Map<string, { a: string, b: string, kind: string, lead: string | null, secret: boolean, name: string }>} */
  const ties = new Map();
  const add = (/** @type {string} */ a, /** @type {string} */ b, /** @type {string} */ kind, more = {}) => {
    const key = `${[a, b].sort().join("/")}/${kind}`;
    if (a !== b && !ties.has(key)) ties.set(key, { a, b, kind, lead: null, secret: false, name: "", ...more });
  };
  for (const pact of scene.things.pacts.values())
    for (const [a, b] of pairsOf(pact)) add(a, b, pact.commitment, { lead: pact.lead || null, secret: pact.secret, name: pact.name });
  for (const war of scene.things.wars.values()) for (const a of war.attackers) for (const b of war.defenders) add(a, b, "war");
  for (const crisis of scene.things.crises.values()) add(crisis.initiator, crisis.target, "crisis");
  for (const { a, b } of scene.things.rivalries.values()) add(a, b, "rivalry");
  return [...ties.values()];
}

/**
 * Return what has happened up to a moment, oldest first: at most so many things of the scenes that are loaded without a gap.
 *
 * @param {(moment: number) => Scene | null} sceneAt
 * @param {number} moment
 * @param {number} most
 * @param {(news: News) => boolean} keep
 * @returns {{ found: News[], gap: number }} `gap` is the moment whose scene would be needed for more, or -1 if nothing is missing
 */
export function newsUpTo(sceneAt, moment, most, keep) {
  /** @type {News[][]} */
  const found = [];
  let [count, gap] = [0, -1];
  for (let at = moment; at >= 0 && count < most; at -= 1) {
    const scene = sceneAt(at);
    if (!scene) {
      gap = at;
      break;
    }
    const kept = scene.news.filter(keep);
    count += kept.length;
    if (kept.length) found.push(kept);
  }
  return { found: found.reverse().flat().slice(-most), gap };
}
