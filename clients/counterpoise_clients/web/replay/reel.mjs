// The film of one session and one viewer, as far as this page has loaded it.

import { chunkAt, dateOf, dayOf, momentAt, scenesOf } from "./film.mjs";

/** @typedef {import("./film.mjs").Scene} Scene */
/** @typedef {import("./source.mjs").FilmState} FilmState */
/** @typedef {import("./source.mjs").Source} Source */

const ASK_MS = 700;

/**
 * Return the film of a viewer. It asks the server until the film is whole, and loads the chunks that are wanted.
 *
 * @param {Source} source
 * @param {string} viewer
 * @param {{ onState: () => void, onScenes: () => void, onProblem: (status: number) => void }} told
 */
export function reelOf(source, viewer, told) {
  /** @type {FilmState | null} */
  let state = null;
  /** @type {Map<number, Scene[]>} */
  const scenes = new Map();
  /** @type {Set<number>} */
  const asked = new Set();
  let isOpen = true;

  async function ask(anew = false) {
    try {
      state = await source.state(viewer, anew);
    } catch (problem) {
      if (isOpen) told.onProblem(/** @type {any} */ (problem).status ?? 0);
      return;
    }
    if (!isOpen) return;
    told.onState();
    if (!state.verified && !state.problem) setTimeout(ask, ASK_MS);
  }

  const overview = () => state?.overview ?? null;
  const begins = () => (state?.cast ? dayOf(state.cast.begins) : 0);

  /** Load a chunk, unless it is there or on its way. @param {number} number */
  async function want(number) {
    const count = overview()?.chunks.length ?? 0;
    if (number < 0 || number >= count || asked.has(number)) return;
    asked.add(number);
    try {
      const chunk = await source.chunk(viewer, number);
      if (!isOpen) return;
      scenes.set(number, scenesOf(chunk));
      told.onScenes();
    } catch {
      asked.delete(number);
    }
  }

  return {
    viewer,
    source,
    ask,
    close: () => (isOpen = false),
    state: () => state,
    overview,
    /** How many chunks are loaded. */
    loaded: () => scenes.size,
    /** The number of the last moment up to a day. @param {number} day */
    momentOn: (day) => momentAt(overview()?.ticks ?? [0], day - begins()),
    /** The day of a moment. @param {number} moment */
    dayAt: (moment) => begins() + (overview()?.ticks[moment] ?? 0),
    /** The first and the last day that the film has. */
    days: () => [begins(), begins() + (overview()?.ticks.at(-1) ?? 0)],
    /** The date of a moment. @param {number} moment */
    dateAt: (moment) => dateOf(begins() + (overview()?.ticks[moment] ?? 0)),
    /**
     * Return the scene of a moment, or null while it is not loaded.
     *
     * @param {number} moment
     * @returns {Scene | null}
     */
    sceneAt(moment) {
      const known = overview();
      if (!known) return null;
      const number = chunkAt(known, moment);
      return scenes.get(number)?.[moment - known.chunks[number]] ?? null;
    },
    /** Load the scenes round a moment: its own chunk first, then the next and the one before. @param {number} moment */
    async load(moment) {
      const known = overview();
      if (!known) return;
      const number = chunkAt(known, moment);
      await want(number);
      void want(number + 1);
      void want(number - 1);
    },
  };
}
/** @typedef {ReturnType<typeof reelOf>} Reel */
