// The orders of this window: what was sent, what is kept for later, and what can be taken back.

import { h } from "../../h.mjs";
import { keptDrafts } from "../../options.mjs";
import { canSend, catalogueOf, ordersNow } from "../../seat.mjs";
import { summary } from "../../forms.mjs";
import { viewOf } from "../../store.mjs";
import { t } from "../../text/text.mjs";
import { errorSentence } from "../../words.mjs";
import { button, panel } from "../parts.mjs";

const SIGNS = { waiting: "…", saved: "✓", refused: "✗", withdrawn: "↩", replaced: "↩" };

/** Tell whether an order still waits for the clock, as far as the page knows; the server decides. */
export function canBeTakenBack(order, state) {
  const view = viewOf(state);
  return (
    order.state === "saved" &&
    order.move.kind !== "message" &&
    order.tick === view?.tick &&
    (state.status?.tick ?? 0) <= (view?.tick ?? 0) &&
    state.status?.phase !== "ended"
  );
}

/** Draw the panel. */
export function ordersPanel(state, names, act) {
  const known = catalogueOf(state).moves;
  const orders = ordersNow(state);
  const kept = keptDrafts(state);
  return panel(
    "your-orders",
    t("decide.your_orders"),
    { class: "your-orders" },
    orders.length
      ? h(
          "ol",
          { class: "plain", id: "sent" },
          [...orders].reverse().map((order) => sentOrder(order, state, names, known, act)),
        )
      : null,
    kept.length
      ? h(
          "ul",
          { class: "plain", id: "kept" },
          kept.map(([kind, move]) => keptDraft(kind, move, state, names, known, act)),
        )
      : null,
    orders.length || kept.length ? null : h("p", { class: "quiet" }, t("decide.no_orders")),
  );
}

function sentOrder(order, state, names, known, act) {
  const { title, detail } = summary(order.move, known[order.move.kind], names);
  return h(
    "li",
    { key: order.id, class: `sent-order is-${order.state}`, "data-order": order.id, "data-state": order.state },
    h("span", { class: "sign", "aria-hidden": "true" }, SIGNS[order.state]),
    h(
      "div",
      null,
      h("p", null, h("strong", null, title), detail ? ` – ${detail}` : ""),
      h("p", { class: "quiet small" }, stateWords(order, names)),
      canBeTakenBack(order, state) ? takeBack(order, title, state, act) : null,
    ),
  );
}

function stateWords(order, names) {
  if (order.state === "refused") return errorSentence(order.error, names);
  if (order.state !== "saved") return t(`decide.order.${order.state}`);
  return [t("decide.order.saved", { number: order.vseq }), h("code", null, order.receipt?.slice(0, 8) || "–")];
}

function takeBack(order, title, state, act) {
  const disabled = !canSend(state);
  return h(
    "p",
    { class: "take-back" },
    button(t("decide.withdraw"), () => act.withdraw(order.id), { kind: "small", disabled, "data-withdraw": order.id, "aria-label": t("decide.withdraw_this", { move: title }) }),
    " ",
    order.call ? null : button(t("decide.replace"), () => act.replace(order), { kind: "small", disabled, "data-replace": order.id, "aria-label": t("decide.replace_this", { move: title }) }),
  );
}

// A draft is kept on this device and is never sent by Ready.
function keptDraft(kind, move, state, names, known, act) {
  const { title, detail } = summary(move, known[kind], names);
  return h(
    "li",
    { key: `kept-${kind}`, class: "sent-order is-kept", "data-kept": kind },
    h("span", { class: "sign", "aria-hidden": "true" }, "✎"),
    h(
      "div",
      null,
      h("p", null, h("strong", null, title), detail ? ` – ${detail}` : ""),
      h("p", { class: "quiet small" }, t("decide.kept_here")),
      h(
        "p",
        { class: "take-back" },
        button(t("decide.take_up"), () => act.takeUp(kind, move), { kind: "small", "data-take-up": kind, disabled: !canSend(state), "aria-label": t("decide.take_up_this", { move: title }) }),
        " ",
        button(t("decide.discard"), () => act.dropDraft(kind), { kind: "small", "data-discard": kind, "aria-label": t("decide.discard_this", { move: title }) }),
      ),
    ),
  );
}
