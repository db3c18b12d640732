// The question of a what-if: from what the form holds to the message that asks it. Pure.

import { collect, fieldsOf } from "../forms.mjs";
import { catalogueOf } from "../seat.mjs";
import { t } from "../text/text.mjs";

/** The name of the form's drafts. */
export const FORM = "what-if";
/** The traits that can be set, with the greatest value of each. */
export const TRAITS = { technology: 10, offensive_share: 1, lift: 1, revisionism: 1, legitimacy: 1, openness: 1, constraint: 1 };
export const SEEDS_MAX = 40;
export const WINDOWS_MAX = 20;
const [SEEDS, WINDOWS] = ["10", "8"];
const FACTORS = [0.1, 10];

/** @typedef {import("../store.mjs").State} State */
/** @typedef {{ on: string, what: string, actor: string, factor: string, trait: string, value: string, kind: string, seeds: string, windows: string }} Held */

/**
 * Return the kinds of what can be changed: events are the moderator's, who has their forms.
 *
 * @param {State} state
 */
export const changesOf = (state) => ["power", "trait", "order", ...(Object.keys(catalogueOf(state).injects).length ? ["event"] : [])];

/**
 * Return the moves or events that can be chosen: those about states alone. Others name a pact, a war or a call by its number, and
 * the page does not know what there was on the day.
 *
 * @param {State} state
 * @param {string} what `order` or `event`
 */
export function entriesOf(state, what) {
  const { moves, injects } = catalogueOf(state);
  const entries = Object.entries(what === "event" ? injects : moves);
  const isFree = ([kind, entry]) => kind !== "message" && !entry.answers && fieldsOf(entry).every((field) => !field.choices || field.choices === "actors");
  return Object.fromEntries(entries.filter(isFree));
}

/**
 * Return what the form holds, with what it begins with.
 *
 * @param {State} state
 * @returns {Held}
 */
export function heldOf(state) {
  const held = state.ui.drafts[FORM] ?? {};
  const actors = state.welcome?.scenario.actors ?? [];
  const what = changesOf(state).includes(held.what) ? held.what : "power";
  const kinds = Object.keys(entriesOf(state, what));
  return {
    on: held.on ?? state.welcome?.scenario.start ?? "",
    what,
    actor: actors.some((actor) => actor.id === held.actor) ? held.actor : (state.welcome?.seat || actors[0]?.id) ?? "",
    factor: held.factor ?? "1.5",
    trait: held.trait in TRAITS ? held.trait : "offensive_share",
    value: held.value ?? "0.5",
    kind: kinds.includes(held.kind) ? held.kind : (kinds[0] ?? ""),
    seeds: held.seeds ?? SEEDS,
    windows: held.windows ?? WINDOWS,
  };
}

/**
 * Return what the choices of an order's fields are taken from: all other states, and nothing that has a number.
 *
 * @param {State} state
 * @param {string} own the state that orders it; "" for an event
 */
export function viewFor(state, own) {
  const others = (state.welcome?.scenario.actors ?? []).filter((actor) => actor.id !== own).map((actor) => ({ ...actor, family: "" }));
  return /** @type {any} */ ({ own: { id: own, name: "", family: "" }, others, alignments: [], wars: [], crises: [], proposals: [], calls: [], questions: [], aid: [], membership_votes: [] });
}

/**
 * Return the message that asks, and the problems of the form by field.
 *
 * @param {State} state
 * @param {Record<string, string>} names
 * @returns {{ message: Wire.AskWhatIf | null, problems: Record<string, string> }}
 */
export function questionOf(state, names) {
  const held = heldOf(state);
  /** @type {Record<string, string>} */
  const problems = {};
  const numberOf = (/** @type {keyof Held} */ name, /** @type {number} */ least, /** @type {number} */ most, isWhole = false) => {
    const value = held[name] === "" ? NaN : Number(held[name]);
    if (!(value >= least && value <= most) || (isWhole && !Number.isInteger(value))) problems[name] = t("whatif.between", { least, most });
    return value;
  };
  const { start = "", end = "" } = state.welcome?.scenario ?? {};
  const last = state.status?.date ?? end;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(held.on) || held.on < start || held.on > last) problems.on = t("whatif.dayBetween", { start, last });
  /** @type {Record<string, any>} */
  let change = {};
  if (held.what === "power") change = { kind: "shift_power", actor: held.actor, factor: numberOf("factor", FACTORS[0], FACTORS[1]) };
  else if (held.what === "trait") change = { kind: "set_trait", actor: held.actor, trait: held.trait, value: numberOf("value", 0, TRAITS[held.trait]) };
  else {
    const entries = entriesOf(state, held.what);
    const own = held.what === "order" ? held.actor : "";
    const { move, problems: found } = collect(held.kind, fieldsOf(entries[held.kind]), state.ui.drafts[`${FORM}/${held.kind}`], viewFor(state, own), names);
    Object.assign(problems, found);
    change = own ? { ...move, by: own } : move;
  }
  const seeds = numberOf("seeds", 2, SEEDS_MAX, true);
  const windows = numberOf("windows", 1, WINDOWS_MAX, true);
  if (Object.keys(problems).length) return { message: null, problems };
  return { message: { t: "ask_what_if", on: held.on, change, seeds, windows }, problems };
}
