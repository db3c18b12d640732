// Questions for the debrief: answered with a form or skipped, in the player's own time. The clock waits for none of them.

import { h } from "../h.mjs";
import { canSend, catalogueOf, ordersNow } from "../seat.mjs";
import { viewOf } from "../store.mjs";
import { errorSentence } from "../words.mjs";
import { button, panel } from "./parts.mjs";

/** The move that answers each kind of question. @type {Record<string, string>} */
const ANSWERS = {
  threats: "assess_threats",
  prediction: "predict",
  reason: "give_reason",
  belief: "state_belief",
};

/** Say in words what is asked. */
export function wording(question, names) {
  const about = names[question.about] ?? question.about;
  if (question.ask === "threats") return "Whom do you fear, and how much?";
  if (question.ask === "prediction") return `What will ${about} do about its greatest threat, and how sure are you?`;
  if (question.ask === "reason") return "Why do you act as you do?";
  if (question.ask === "belief") return "How do alliances arise, as you see it?";
  return "A question for the debrief";
}

/** Return the newest order of this window that answers or skips a question, if there is one. */
export function settledBy(question, orders) {
  return orders.findLast(
    ({ move }) =>
      (move.kind === "skip_question" && move.question === question.id) ||
      (move.kind === ANSWERS[question.ask] && (question.ask !== "prediction" || move.of === question.about)),
  );
}

/** Draw the panel; nothing without open questions. */
export function questions(state, names, act) {
  const view = viewOf(state);
  if (!view.questions?.length || state.status?.phase === "ended") return null;
  const { moves } = catalogueOf(state);
  return panel(
    "questions",
    "Questions for the debrief",
    { class: "questions" },
    h("p", { class: "quiet small" }, "In your own time: the clock does not wait, nobody else sees this, and you may skip it."),
    h(
      "ul",
      { class: "calls" },
      view.questions.map((question) => item(question, state, view, names, moves, act)),
    ),
  );
}

function item(question, state, view, names, moves, act) {
  const order = settledBy(question, ordersNow(state));
  const settled = order && order.state !== "refused";
  const kind = ANSWERS[question.ask];
  const days = question.closes - view.tick;
  const answer = () => {
    if (question.about) act.draft(kind, "of", question.about);
    act.ui({ kind });
    act.jump("orders", "decide");
  };
  return h(
    "li",
    { key: `question-${question.id}`, class: "call question", "data-question": String(question.id) },
    h(
      "p",
      null,
      wording(question, names),
      question.words ? ` “${question.words}”` : "",
      h("span", { class: "quiet" }, ` Open for ${days} ${days === 1 ? "day" : "days"} of simulated time.`),
    ),
    settled
      ? h("p", { class: "answered" }, `${order.state === "saved" ? "✓" : "… Sending:"} ${said(order)}`)
      : h(
          "div",
          { class: "answers" },
          kind in moves ? button(moves[kind].title, answer, { "data-answer": kind }) : null,
          button("Skip", () => act.order({ kind: "skip_question", question: question.id }), {
            kind: "small",
            disabled: !canSend(state),
            "data-answer": "skip",
            "aria-label": `Skip: ${wording(question, names)}`,
          }),
        ),
    order?.state === "refused" ? h("p", { class: "problem" }, errorSentence(order.error, names)) : null,
  );
}

const said = (order) => (order.move.kind === "skip_question" ? "Skipped" : "Noted for the debrief");
