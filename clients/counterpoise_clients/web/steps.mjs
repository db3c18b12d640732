// The steps of a decision: answer the calls, predict, choose, say why. Pure.

import { openCalls, ordersNow } from "./seat.mjs";
import { viewOf } from "./store.mjs";

/** @typedef {import("./store.mjs").State} State */
/** @typedef {{ name: "call" | "predict" | "choose" | "why", isDone: boolean }} Step */

/** The move that answers each kind of question. @type {Record<string, string>} */
export const QUESTION_MOVES = {
  threats: "assess_threats",
  prediction: "predict",
  reason: "give_reason",
  belief: "state_belief",
};

/**
 * Return the newest order of this window that answers or skips a question, if there is one.
 *
 * @param {Wire.QuestionView} question
 * @param {import("./store.mjs").SentOrder[]} orders
 */
export function settledBy(question, orders) {
  return [...orders].reverse().find(
    ({ move }) =>
      (move?.kind === "skip_question" && move.question === question.id) ||
      (move?.kind === QUESTION_MOVES[question.ask] && (question.ask !== "prediction" || move.of === question.about)),
  );
}

/**
 * Return the questions of the predict step; a question for reasons stands with the reasons.
 *
 * @param {State} state
 */
export const questionsToPredict = (state) => (viewOf(state)?.questions ?? []).filter((question) => question.ask !== "reason");

/**
 * Return the questions that nothing sent in this window answers.
 *
 * @param {State} state
 * @param {Wire.QuestionView[]} questions
 */
export function unanswered(state, questions) {
  const orders = ordersNow(state).filter((order) => order.state === "waiting" || order.state === "saved");
  return questions.filter((question) => !settledBy(question, orders));
}

/**
 * Return the moves of this window that were chosen, newest last: neither answers to calls nor notes for the debrief.
 *
 * @param {State} state
 */
export function chosenNow(state) {
  const notes = [...Object.values(QUESTION_MOVES), "skip_question", "message"];
  return ordersNow(state).filter(
    (order) => (order.state === "waiting" || order.state === "saved") && !order.call && !notes.includes(String(order.move?.kind)),
  );
}

/**
 * Return the steps of this stop: those that nothing is asked for are left out.
 *
 * @param {State} state
 * @returns {Step[]}
 */
export function stepsOf(state) {
  const view = viewOf(state);
  const toPredict = questionsToPredict(state);
  /** @type {Step[]} */
  const steps = [];
  if (view?.calls.length) steps.push({ name: "call", isDone: openCalls(state).length === 0 });
  if (toPredict.length) steps.push({ name: "predict", isDone: unanswered(state, toPredict).length === 0 });
  steps.push({ name: "choose", isDone: chosenNow(state).length > 0 });
  steps.push({ name: "why", isDone: ordersNow(state).some((order) => order.move?.kind === "give_reason" && order.state !== "refused") });
  return steps;
}

/**
 * Return the step that is shown: the one that the player has chosen at this stop, else the first that is not done.
 *
 * @param {State} state
 * @returns {Step["name"]}
 */
export function currentStep(state) {
  const steps = stepsOf(state);
  const { tick, name } = state.ui.step;
  if (tick === viewOf(state)?.tick && steps.some((step) => step.name === name)) return /** @type {Step["name"]} */ (name);
  return steps.find((step) => !step.isDone && step.name !== "why")?.name ?? "choose";
}
