// What a seat may choose now, as the server has said it: the legal moves, the draft of each, and why not the rest. Pure.

import { collect, fieldsAt, fieldsOf } from "./forms.mjs";
import { catalogueOf, isOnTheWay } from "./seat.mjs";
import { QUESTION_MOVES, questionsToPredict, unanswered } from "./steps.mjs";
import { namesOf, viewOf } from "./store.mjs";

/** @typedef {import("./store.mjs").State} State */
/** @typedef {import("./forms.mjs").Field} Field */
/** @typedef {{ kind: string, fields: Field[], draft: import("./forms.mjs").Draft, move: Record<string, any>, problems: Record<string, string>,
 *   option: Wire.MoveOption | null, isJudged: boolean, isLegal: boolean, isHeldBack: boolean }} Draft
 *   `isJudged`: the server has judged this very draft; `isHeldBack`: the level of talk leaves out a field for words */

/** The groups of moves, in the order in which they are shown. */
export const GROUPS = ["diplomacy", "crisis", "aid", "home", "influence"];
/** The notes for the debrief that are no cards: skipping stands at each question, reasons are a step of their own. */
const ELSEWHERE = ["skip_question", "give_reason"];
/** The form under whose name the drafts that are kept for later are stored, by kind of move. */
export const KEPT = "kept";

/**
 * Return whether an option is legal.
 *
 * @param {Wire.MoveOption | null | undefined} option
 */
export const isLegal = (option) => Boolean(option) && !option?.expected && !option?.got;

/**
 * Return the kinds that a player chooses among, by group: the legal ones, and the others.
 *
 * @param {State} state
 */
export function choicesByGroup(state) {
  const { moves } = catalogueOf(state);
  const options = state.options?.options ?? {};
  const kinds = Object.keys(moves).filter((kind) => !moves[kind].answers && kind !== "message");
  // What is asked for has a form at its question.
  const asked = unanswered(state, questionsToPredict(state)).map((question) => QUESTION_MOVES[question.ask]);
  const legal = (/** @type {string} */ kind) => isLegal(options[kind]);
  return {
    groups: GROUPS.map((group) => ({ group, kinds: kinds.filter((kind) => moves[kind].group === group && legal(kind)) })),
    notes: kinds.filter((kind) => moves[kind].group === "debrief" && !ELSEWHERE.includes(kind) && !asked.includes(kind)),
    others: kinds.filter((kind) => GROUPS.includes(String(moves[kind].group)) && kind in options && !legal(kind)),
  };
}

/**
 * Return the kind whose card is open; none if a new window has made it impossible, so that its card is gone.
 *
 * @param {State} state
 */
export function openKind(state) {
  const { kind } = state.ui;
  const { groups, notes } = choicesByGroup(state);
  return notes.includes(kind) || groups.some(({ kinds }) => kinds.includes(kind)) ? kind : "";
}

/**
 * Return the draft of a kind of move: the player's values, completed from the server's legal example.
 *
 * @param {State} state
 * @param {string} kind
 * @returns {Draft | null}
 */
export function draftOf(state, kind) {
  const entry = catalogueOf(state).moves[kind];
  if (!entry) return null;
  const view = viewOf(state);
  const option = state.options?.options[kind] ?? null;
  const all = fieldsOf(entry);
  const fields = fieldsAt(all, state.status?.talk ?? "free").map((field) => ({ ...field, legal: option?.choices?.[field.name] }));
  const draft = { ...exampleFor(fields, option), ...state.ui.drafts[kind] };
  const { move, problems } = collect(kind, fields, draft, view, namesOf(state));
  // Whether words are allowed is known already; what they say no rule asks.
  const isWords = (/** @type {string} */ name) => fields.some((field) => field.name === name && field.type === "text");
  const isJudged = option !== null && Object.keys(move).every((name) => isWords(name) || isSame(move[name], option.move[name]));
  // A form for the debrief is always possible; the server has no example for one.
  const isLegalNow = entry.group === "debrief" || (isJudged && isLegal(option));
  return { kind, fields, draft, move, problems, option, isJudged, isLegal: isLegalNow, isHeldBack: fields.length < all.length };
}

/**
 * @param {Field[]} fields
 * @param {Wire.MoveOption | null} option
 */
function exampleFor(fields, option) {
  /** @type {import("./forms.mjs").Draft} */
  const values = {};
  for (const field of fields) {
    const value = option?.move?.[field.name];
    if (value === undefined || !["choice", "enum", "number"].includes(field.type)) continue;
    values[field.name] = value === null ? "" : String(value);
  }
  return values;
}

/** @param {unknown} one @param {unknown} other */
const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/**
 * Return the draft that the server has not judged yet, if the player is making one that could be sent.
 *
 * @param {State} state
 * @returns {Record<string, any> | null}
 */
export function unjudged(state) {
  if (!state.options || !state.ui.kind) return null;
  const draft = draftOf(state, state.ui.kind);
  if (!draft || draft.isJudged || Object.keys(draft.problems).length) return null;
  const words = draft.fields.filter((field) => field.type === "text").map((field) => field.name);
  return Object.fromEntries(Object.entries(draft.move).filter(([name]) => !words.includes(name)));
}

/**
 * Return the reason that the player has tapped for this window's move, and the words beside it.
 *
 * @param {State} state
 * @returns {Record<string, any> | null}
 */
export function reasonMove(state) {
  const { reason = "", note = "" } = state.ui.drafts.give_reason ?? {};
  const move = { kind: "give_reason", reason, note: String(note).trim() };
  return reason && !isOnTheWay(state, move) ? move : null;
}

/**
 * Return the drafts that are kept for later.
 *
 * @param {State} state
 * @returns {[kind: string, move: Record<string, any>][]}
 */
export const keptDrafts = (state) => Object.entries(state.ui.drafts[KEPT] ?? {}).filter(([, move]) => move);
