// The predict step: questions for the debrief, answered before the choice or skipped. The clock waits for none of them.

import { h } from "../../h.mjs";
import { draftOf } from "../../options.mjs";
import { canSend, catalogueOf, ordersNow } from "../../seat.mjs";
import { QUESTION_MOVES, questionsToPredict, settledBy } from "../../steps.mjs";
import { t } from "../../text/text.mjs";
import { errorSentence, percent } from "../../words.mjs";
import { controls, strays } from "../fields.mjs";
import { button, panel } from "../parts.mjs";

/** What a state can do about its greatest threat, the likelier choices first. */
const CHOICES = ["BAL", "HIDE", "NEU", "BW", "OTHER"];
const SURE = [0.5, 0.6, 0.7, 0.8, 0.9];

/** Say in words what is asked. */
export function wording(question, names) {
  return t(`decide.question.${question.ask}`, { state: names[question.about] ?? question.about ?? "" });
}

/** Draw the panel; nothing without open questions. */
export function predictPanel(state, names, act) {
  const questions = questionsToPredict(state);
  if (!questions.length || state.status?.phase === "ended") return null;
  return panel(
    "questions",
    t("decide.predict_first"),
    { class: "questions step-panel" },
    h("p", { class: "quiet small" }, t("decide.predict_note")),
    h(
      "ul",
      { class: "calls" },
      questions.map((question) => item(question, state, names, act)),
    ),
  );
}

function item(question, state, names, act) {
  const order = settledBy(question, ordersNow(state));
  const settled = order && order.state !== "refused";
  return h(
    "li",
    { key: `question-${question.id}`, class: "question", "data-question": String(question.id) },
    h("p", { class: "asked-words" }, wording(question, names), question.words ? ` “${question.words}”` : ""),
    settled ? answered(order) : answer(question, state, names, act),
    order?.state === "refused" && order.error ? h("p", { class: "problem" }, errorSentence(order.error, names)) : null,
  );
}

function answered(order) {
  const { move } = order;
  const words =
    move.kind === "predict"
      ? t("decide.predicted", { choice: t(`decide.choice.${move.choice}`), sure: percent(move.confidence) })
      : t(move.kind === "skip_question" ? "decide.skipped" : "decide.noted");
  return h("p", { class: "answered" }, order.state === "saved" ? "✓ " : t("decide.sending"), words);
}

function answer(question, state, names, act) {
  const kind = QUESTION_MOVES[question.ask];
  const isPrediction = kind === "predict" && kind in catalogueOf(state).moves;
  return [
    isPrediction ? prediction(question, state, act) : form(question, kind, state, names, act),
    h(
      "div",
      { class: "answers" },
      button(t("decide.skip"), () => act.answerQuestion({ kind: "skip_question", question: question.id }), {
        kind: "small",
        disabled: !canSend(state),
        "data-answer": "skip",
        "aria-label": t("decide.skip_this", { question: wording(question, names) }),
      }),
      h("span", { class: "quiet small" }, t("decide.question_open", { days: question.closes - state.observe.view.tick })),
    ),
  ];
}

// Two taps: what it will do, and how sure; the second sends it.
function prediction(question, state, act) {
  const name = `predict/${question.id}`;
  const chosen = state.ui.drafts[name]?.choice ?? "";
  return [
    h(
      "fieldset",
      { class: "cards", key: "choice" },
      h("legend", { class: "hidden" }, t("decide.what_will_it_do")),
      CHOICES.map((choice) => {
        const id = `q${question.id}-${choice}`;
        return h(
          "label",
          { key: choice, for: id, class: `option-card ${chosen === choice ? "chosen" : ""}` },
          h("input", { type: "radio", id, name, value: choice, checked: chosen === choice, onchange: () => act.draft(name, "choice", choice) }),
          h("span", null, h("strong", null, t(`decide.choice.${choice}`)), h("span", { class: "quiet small" }, t(`decide.class.${choice}`))),
        );
      }),
    ),
    h(
      "div",
      { class: "sure", key: "sure", role: "group", "aria-label": t("decide.how_sure") },
      h("p", { class: "sure-words" }, chosen ? t("decide.how_sure") : t("decide.choose_first")),
      SURE.map((confidence) =>
        button(percent(confidence), () => act.answerQuestion({ kind: "predict", of: question.about, choice: chosen, confidence }), {
          key: String(confidence),
          "data-sure": String(confidence),
          disabled: !chosen || !canSend(state),
          "aria-label": t("decide.sure_of", { sure: percent(confidence) }),
        }),
      ),
    ),
  ];
}

function form(question, kind, state, names, act) {
  const entry = catalogueOf(state).moves[kind];
  const made = entry ? draftOf(state, kind) : null;
  if (!made) return null;
  if (state.ui.kind !== kind) return h("p", null, button(entry.title, () => act.openQuestion(kind), { "data-answer": kind }));
  const problems = state.ui.problems[kind] ?? {};
  const submit = (event) => {
    event.preventDefault();
    if (Object.keys(made.problems).length) act.problems(kind, made.problems);
    else if (canSend(state)) act.answerQuestion(made.move);
  };
  return h(
    "form",
    { key: `form-${kind}`, class: "move-form", id: `question-form-${question.id}`, onsubmit: submit, novalidate: true },
    controls({ id: `m-${kind}`, fields: made.fields, draft: made.draft, problems, view: state.observe.view, names, set: (field, value) => act.draft(kind, field, value) }),
    strays(made.fields, problems),
    h("button", { type: "submit", class: "button primary", "data-note": kind, disabled: !canSend(state) }, t("decide.note_it")),
  );
}
