// The dock: Ready, which is on the screen at all times, and what is still open beside it.

import { decides } from "../../desk.mjs";
import { h } from "../../h.mjs";
import { keptDrafts } from "../../options.mjs";
import { canSend, isCalled, isReady, isReadySaved, openCalls, ordersNow } from "../../seat.mjs";
import { chosenNow, questionsToPredict, unanswered } from "../../steps.mjs";
import { viewOf } from "../../store.mjs";
import { t } from "../../text/text.mjs";
import { defaultWords, listed } from "../../words.mjs";
import { button } from "../parts.mjs";
import { question } from "./questions_asked.mjs";

/** Draw the dock. */
export function dock(state, names, act) {
  const view = viewOf(state);
  const phase = state.status?.phase;
  const ready = isReady(state);
  const readiness = !ready ? "no" : isReadySaved(state) ? "yes" : "sent";
  const asks = confirmation(state, view, names, act);
  return h(
    "section",
    { class: "dock", key: "dock", id: "dock", "aria-label": t("decide.dock") },
    asks,
    ready ? leftOpen(state, view, names) : null,
    !asks && (phase === "running" || phase === "paused")
      ? h(
          "div",
          { class: "ready-row" },
          button(t(`decide.ready.${readiness}`), () => act.ready(), {
            kind: "primary big",
            id: "ready",
            disabled: !isCalled(state) || ready || !canSend(state) || !decides(state),
            "aria-pressed": ready ? "true" : "false",
          }),
          h("p", { class: "quiet small dock-words", role: "status" }, pausedWords(state.status), openWords(state, ready)),
        )
      : null,
    !asks && phase !== "running" && phase !== "paused" ? h("p", { class: "quiet small dock-words" }, t(phase === "ended" ? "decide.over" : "decide.not_started")) : null,
  );
}

// On a phone the dock is all that every tab shows, so the pause stands in it.
function pausedWords(status) {
  if (status?.phase !== "paused") return null;
  return h("strong", { class: "dock-paused" }, status.reason ? t("decide.paused_because", { reason: status.reason }) : t("decide.head.paused"));
}

/** Say what is still open, or what was sent, and who is waited for. */
export function openWords(state, ready) {
  if (!isCalled(state)) return t("decide.not_asked");
  const calls = openCalls(state).length;
  const predictions = unanswered(state, questionsToPredict(state)).length;
  const answered = ordersNow(state).filter((order) => order.call && order.state === "saved").length;
  const sent = chosenNow(state).length + answered;
  const drafts = keptDrafts(state).length;
  const waiting = waitingFor(state);
  if (ready) return [t("decide.you_can_still"), waiting].filter(Boolean).join(" ");
  const open = [calls ? t("decide.open_answers", { count: calls }) : "", predictions ? t("decide.open_predictions", { count: predictions }) : ""].filter(Boolean);
  if (open.length) return t("decide.still_open", { what: open.join(t("decide.and")) });
  if (drafts) return t("decide.sent_and_drafts", { sent, drafts });
  return sent ? t("decide.sent_now", { count: sent }) : waiting || t("decide.nothing_sent");
}

function waitingFor(state) {
  const seats = state.status?.seats ?? [];
  const waiting = seats.filter((seat) => seat.occupant === "human" && seat.active !== false && !seat.ready && seat.seat !== state.welcome?.seat);
  // At a call nobody is told who else was called, so there is nothing to say.
  const known = state.status?.mode === "windows" && viewOf(state)?.occasion === "window";
  if (!waiting.length || !known) return "";
  const names = waiting.slice(0, 4).map((seat) => seat.name);
  return t(waiting.length > 4 ? "decide.waiting_for_more" : "decide.waiting_for", { states: listed(names) });
}

// A call that is left open is answered by default, so the page asks before it says ready.
function confirmation(state, view, names, act) {
  const open = openCalls(state);
  if (state.ui.confirming !== view.tick || !open.length || isReady(state)) return null;
  return h(
    "div",
    { class: "confirm", id: "confirm-ready", role: "alert", tabindex: "-1" },
    h("p", null, h("strong", null, t("decide.not_answered"))),
    defaultsList(open, view, names),
    h(
      "div",
      { class: "ready-row" },
      // The second click of a double click on Ready is no answer to this question.
      button(t("decide.ready_anyway"), (event) => event.detail > 1 || act.ready({ sure: true }), { kind: "primary", id: "ready-anyway", disabled: !canSend(state) }),
      button(t("decide.go_back"), act.notReady, { id: "ready-back" }),
    ),
  );
}

// What the server has noted as left open.
function leftOpen(state, view, names) {
  const numbers = (state.ready?.open ?? []).map((one) => one.call);
  const calls = view.calls.filter((call) => numbers.includes(call.id));
  return calls.length ? h("div", { id: "left-open" }, h("p", { class: "quiet" }, t("decide.left_open")), defaultsList(calls, view, names)) : null;
}

const defaultsList = (calls, view, names) =>
  h(
    "ul",
    { class: "defaults" },
    calls.map((call) => h("li", { key: `default-${call.id}` }, t("decide.if_open", { call: question(call, view, names), then: defaultWords(call.defaults) }))),
  );
