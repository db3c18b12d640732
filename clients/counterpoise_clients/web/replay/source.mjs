// Where a film comes from: a server, by parts, with the token of a link, or the page itself.

import { loadOutlines } from "../map/load.mjs";

/** @typedef {import("./film.mjs").Chunk} Chunk */
/** @typedef {import("./film.mjs").Overview} Overview */
/**
 * @typedef {{ entries: number, head: string, to: string, problems: string[], erased_texts: number,
 *   provenance: { checkpoints: number, signed: string, signed_entries: number, keys: string[], extent: string } }} Verified
 */
/**
 * @typedef {{ cast: { session: string, title: string, scenario: string, begins: string, ends: string, has_ended: boolean,
 *   window_months: number, actors: { id: string, name: string, role: string, latitude: number, longitude: number }[] } | null,
 *   map: string, go_on?: string, beside: Companion[], viewers: string[], seat: string, entries: number, of: number, date: string,
 *   verified: Verified | null, problem: string, overview: Overview | null }} FilmState
 */

/** @typedef {{ name: string, kind: "record" | "what_if" | "baseline" | "went_on" | "world", detail: string, needs_token: boolean }} Companion */

/** The server refuses, or cannot be reached: `status` is 0 then. */
export class NoFilm extends Error {
  /** @param {number} status */
  constructor(status) {
    super(`no film: ${status}`);
    this.status = status;
  }
}

/**
 * Return the source of a session's films.
 *
 * @param {URL} base the root of the pages
 * @param {string} session
 * @param {() => string} token the newest token that this browser holds
 * @param {string} [beside] the name of what stands beside the session, if that is filmed
 */
export function filmSource(base, session, token, beside = "") {
  const root = beside ? `s/${session}/beside/${beside}` : `s/${session}`;
  let loaded = 0;
  const get = async (/** @type {string} */ path) => {
    const address = new URL(`${root}/replay/${path}`, base);
    const answer = await fetch(address, { credentials: "omit", headers: { Authorization: `Bearer ${token()}` } }).catch(() => null);
    if (!answer?.ok) throw new NoFilm(answer?.status ?? 0);
    const text = await answer.text();
    loaded += text.length;
    return JSON.parse(text);
  };
  return {
    session,
    /** How many characters have been loaded. */
    loaded: () => loaded,
    /** How far a film is made. @param {string} viewer @param {boolean} anew whether to film what has been played since @returns {Promise<FilmState>} */
    state: (viewer, anew) => get(`${viewer}${anew ? "?new" : ""}`),
    /** @param {string} viewer @param {number} number @returns {Promise<Chunk>} */
    chunk: (viewer, number) => get(`${viewer}/${number}`),
    /** The outlines of the map. @param {string} map its address, as the state of the film tells it */
    outlines: (map) => loadOutlines(new URL(map, base)),
  };
}
/** @typedef {ReturnType<typeof filmSource>} Source */

/**
 * @typedef {{ cast: NonNullable<FilmState["cast"]>, verified: Verified, outlines: import("../map/ground.mjs").Outlines | null,
 *   overviews: Record<string, Overview>, chunks: Record<string, Chunk[]> }} WholeFilm a film of all viewers
 */

/**
 * Return the source of a film that stands in the page.
 *
 * @param {WholeFilm} film
 * @returns {Source}
 */
export function wholeFilm({ cast, verified, outlines, overviews, chunks }) {
  const { entries, to } = verified;
  return {
    session: cast.session,
    loaded: () => 0,
    async state(viewer) {
      if (!overviews[viewer]) throw new NoFilm(404);
      return { cast, map: outlines ? "#" : "", beside: [], viewers: Object.keys(overviews), seat: "", entries, of: entries, date: to, verified, problem: "", overview: overviews[viewer] };
    },
    chunk: async (viewer, number) => chunks[viewer][number],
    outlines: async () => outlines ?? false,
  };
}
