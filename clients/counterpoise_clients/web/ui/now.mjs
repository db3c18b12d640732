// What the seat must do now: where the clock stands, and the calls that wait for its answer.

import { h } from "../h.mjs";
import { answersTo } from "../forms.mjs";
import { canSend, catalogueOf, isCalled, isReady, isReadySaved, secondsLeft } from "../seat.mjs";
import { viewOf } from "../store.mjs";
import { t, tOr } from "../text/text.mjs";
import { clock, defaultWords, errorSentence } from "../words.mjs";
import { readers } from "./decide/audience.mjs";
import { question } from "./decide/questions_asked.mjs";
import { button, panel } from "./parts.mjs";
import { pauseEnd } from "./clock/pause_end.mjs";
import { situation } from "./situation.mjs";

/** Draw why the session is paused, if the moderator has said so. */
export const pauseReason = (state) =>
  state.status?.reason ? h("p", { class: "pause-reason" }, t("decide.pause_reason", { reason: state.status.reason })) : null;

/** Draw the panel. */
export function nowPanel(state, names, act, now) {
  const view = viewOf(state);
  if (!view) return null;
  const called = isCalled(state);
  const ready = isReady(state);
  const readiness = !ready ? "no" : isReadySaved(state) ? "yes" : "sent";
  const phase = state.status?.phase;
  const left = secondsLeft(state, now);
  const count = view.calls.length;
  return panel(
    "now",
    headline(phase, called, readiness, count, view, left),
    { class: `now step-panel ${called && !ready ? "asked" : ""} ${count ? "has-calls" : ""}` },
    h("p", { class: "lead" }, explain(phase, called, readiness, left)),
    pauseReason(state),
    pauseEnd(state),
    count
      ? h(
          "ul",
          { class: "calls" },
          view.calls.map((call) => callItem(call, state, view, names, act)),
        )
      : null,
    situation(view, names),
  );
}

function headline(phase, called, readiness, count, view, left) {
  if (phase === "lobby" || phase === "ended" || phase === "paused") return t(`decide.head.${phase}`);
  if (!called) return t(left === null ? "decide.head.running" : "decide.head.answers");
  if (readiness !== "no") return t(`decide.head.ready_${readiness}`);
  if (count) return t("decide.head.waits", { count });
  return t(view.occasion === "window" ? "decide.head.decision" : "decide.head.answer");
}

function explain(phase, called, readiness, left) {
  if (phase === "lobby" || phase === "ended" || phase === "paused") return t(`decide.explain.${phase}`);
  if (!called) return t(left === null ? "decide.explain.running" : "decide.explain.answers");
  if (readiness !== "no") return t(`decide.explain.ready_${readiness}`);
  return left === null ? t("decide.explain.waits") : t("decide.explain.waits_until", { clock: clock(left) });
}

function callItem(call, state, view, names, act) {
  const order = state.orders.findLast?.((one) => one.call === call.id) ?? null;
  const settled = order && (order.state === "saved" || order.state === "waiting");
  const days = call.deadline - view.tick;
  return h(
    "li",
    { key: `call-${call.id}`, class: `call call-${call.reason}`, "data-call": String(call.id) },
    h("p", null, question(call, view, names), h("span", { class: "quiet" }, days > 0 ? ` ${t("decide.answer_within", { days })}` : "")),
    settled ? answered(order, call, state, act) : answers(call, state, names, act),
    settled || !call.defaults.length ? null : h("p", { class: "quiet small" }, t("decide.by_default", { then: defaultWords(call.defaults) })),
    order?.state === "refused" ? h("p", { class: "problem" }, errorSentence(order.error, names)) : null,
  );
}

function answered(order, call, state, act) {
  const given = answersTo(call, catalogueOf(state).moves).find(({ move }) => Object.entries(move).every(([name, value]) => order.move[name] === value));
  return h(
    "div",
    null,
    h("p", { class: "answered" }, t(order.state === "saved" ? "decide.answered" : "decide.answering", { answer: given?.label ?? "" })),
    order.state === "saved" && order.tick === viewOf(state)?.tick
      ? button(t("decide.withdraw_answer"), () => act.withdraw(order.id), { kind: "small", disabled: !canSend(state), "data-withdraw": order.id })
      : null,
  );
}

/** Say what an answer to a call means, in the reader's language. */
function meaningOf({ move, meaning }) {
  const [, answer] = Object.entries(move).find(([name, value]) => name !== "kind" && typeof value !== "number") ?? [];
  return tOr(`moves.meaning.${move.kind}.${answer}`, meaning);
}

// Each answer says what it means and who sees it. One that is not legal now is not offered, once the server has said which are.
function answers(call, state, names, act) {
  const known = state.options && state.options.tick >= (viewOf(state)?.tick ?? 0) ? state.options.answers : null;
  const optionOf = (move) => known?.find((option) => Object.keys(move).every((name) => option.move[name] === move[name]));
  return h(
    "ul",
    { class: "answer-cards" },
    answersTo(call, catalogueOf(state).moves)
      .filter((answer) => known === null || optionOf(answer.move))
      .map((answer) => {
        const option = optionOf(answer.move);
        const words = option ? [meaningOf(option), t("decide.seen", { who: readers(option.seen_by, names) })].filter(Boolean).join(" ") : "";
        return h(
          "li",
          { key: answer.label },
          h(
            "button",
            {
              type: "button",
              class: "option-card",
              disabled: !canSend(state),
              "data-answer": answer.label,
              onclick: () => act.answerCall(call, answer),
            },
            h("strong", null, answer.label),
            words ? h("span", { class: "quiet small" }, words) : null,
          ),
        );
      }),
  );
}
