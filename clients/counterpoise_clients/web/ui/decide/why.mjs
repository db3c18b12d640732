// The last step: why, by one tap and words if one likes, and the button that sends the move.

import { h } from "../../h.mjs";
import { draftOf, openKind, reasonMove } from "../../options.mjs";
import { canSend, catalogueOf, isOnTheWay, ordersNow } from "../../seat.mjs";
import { viewOf } from "../../store.mjs";
import { t } from "../../text/text.mjs";
import { room } from "../fields.mjs";
import { ONE_PRESS, button, panel } from "../parts.mjs";
import { mainAction } from "./main_button.mjs";
import { canBeTakenBack } from "./orders.mjs";

const NOTE_MAX = 500;

/** Draw the panel; nothing after the end. */
export function whyPanel(state, names, act) {
  const { moves } = catalogueOf(state);
  if (state.status?.phase === "ended") return null;
  const asked = (viewOf(state)?.questions ?? []).find((question) => question.ask === "reason");
  const kind = openKind(state);
  const title = kind ? t("decide.why_move", { move: moves[kind].title ?? "" }) : t("decide.why");
  return panel(
    "why",
    title,
    { class: "why step-panel" },
    "give_reason" in moves
      ? [
          asked?.words ? h("p", null, `“${asked.words}”`) : null,
          h("p", { class: "quiet small" }, t("decide.why_note")),
          reasons(state, act, moves.give_reason),
          note(state, act),
        ]
      : null,
    buttons(kind, state, names, act),
  );
}

function reasons(state, act, entry) {
  const chosen = state.ui.drafts.give_reason?.reason ?? "";
  return h(
    "fieldset",
    { class: "chips", key: "reasons" },
    h("legend", { class: "hidden" }, t("decide.reasons")),
    // The schema lists the reasons by the alphabet; the theory's own comes first.
    [...entry.schema.properties.reason.enum].sort((a, b) => rank(a) - rank(b)).map((reason) =>
      h(
        "label",
        { key: reason, class: `chip ${chosen === reason ? "chosen" : ""}`, for: `why-${reason}` },
        h("input", {
          type: "radio",
          id: `why-${reason}`,
          name: "why",
          value: reason,
          checked: chosen === reason,
          onchange: () => act.draft("give_reason", "reason", reason),
        }),
        t(`decide.reason.${reason}`),
      ),
    ),
  );
}

const FIRST = ["threat", "power", "aid", "ideology", "profit", "pressure", "habit", "other"];
const rank = (reason) => (FIRST.includes(reason) ? FIRST.indexOf(reason) : FIRST.length);

function note(state, act) {
  const text = state.ui.drafts.give_reason?.note ?? "";
  return h(
    "div",
    { class: "field", key: "note" },
    h("label", { for: "why-words" }, t("decide.own_words")),
    h("textarea", { id: "why-words", rows: 2, maxlength: NOTE_MAX, value: text, oninput: (event) => act.draft("give_reason", "note", event.target.value) }),
    room(text, NOTE_MAX),
  );
}

function buttons(kind, state, names, act) {
  const made = kind ? draftOf(state, kind) : null;
  const isOpen = canSend(state) && state.status?.phase !== "lobby";
  if (!made) {
    const reason = reasonMove(state);
    return h(
      "div",
      { class: "buttons", key: "buttons" },
      button(t("decide.note_reason"), () => reason && act.order(reason), { id: "send", kind: "primary", disabled: !reason || !isOpen }),
      h("span", { class: "quiet small" }, t("decide.choose_one")),
    );
  }
  const entry = catalogueOf(state).moves[made.kind];
  const replaced = ordersNow(state).find((order) => order.id === state.ui.replacing && canBeTakenBack(order, state)) ?? null;
  const { label, press } = mainAction(state, act, made, names, replaced);
  const waiting = isOnTheWay(state, made.move);
  // Without a connection nobody can judge a draft: the server does, when it is back.
  const isReady = isOpen && (made.isLegal || Boolean(Object.keys(made.problems).length) || state.connection.state !== "open");
  const send = () => {
    if (!isReady || waiting) return;
    if (Object.keys(made.problems).length) act.problemsAt(made.kind, made.problems);
    else if (entry.final && state.ui.sure !== made.kind) act.ask(made.kind);
    else press();
  };
  return [
    state.ui.sure === made.kind && entry.final ? confirmation(act, entry, press) : null,
    h(
      "div",
      { class: "buttons", key: "buttons" },
      h(
        "button",
        { type: "button", class: "button primary", id: "send", disabled: !isReady, "aria-disabled": waiting ? "true" : null, ...ONE_PRESS, onclick: (event) => event.detail < 2 && send() },
        waiting ? t("decide.sending") : label,
      ),
      button(t("decide.keep"), () => act.keepDraft(made.kind, made.move), { id: "keep-draft", disabled: Object.keys(made.problems).length > 0 }),
    ),
  ];
}

// What nothing undoes is asked twice.
function confirmation(act, entry, press) {
  return h(
    "div",
    { class: "confirm", id: "confirm-move", role: "alert", tabindex: "-1", key: "confirm" },
    h("p", null, h("strong", null, t("decide.final", { move: entry.title }))),
    h(
      "div",
      { class: "buttons" },
      button(t("decide.final_yes"), (event) => event.detail < 2 && press(), { kind: "danger", id: "send-final" }),
      button(t("decide.go_back"), act.unask, { id: "send-back" }),
    ),
  );
}
