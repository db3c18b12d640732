// Orders: a form for every kind of move the catalogue knows, and the list of what was sent.

import { h } from "../h.mjs";
import { collect, fieldsAt, fieldsOf, lacking, summary } from "../forms.mjs";
import { canSend, catalogueOf, isOnTheWay, ordersNow } from "../seat.mjs";
import { viewOf } from "../store.mjs";
import { errorSentence, titled } from "../words.mjs";
import { controls, strays } from "./fields.mjs";
import { stoppedHint } from "./gate.mjs";
import { ONE_PRESS, button, panel } from "./parts.mjs";

/** The headings of the menu of moves, by the group that the catalogue gives each move. */
const GROUPS = {
  diplomacy: "Diplomacy",
  crisis: "Crisis and war",
  aid: "Aid and trade",
  home: "At home",
  influence: "Influence",
  debrief: "For the debrief",
};
/** The move whose form is open until the player chooses one, where the session has it. */
const FIRST = "propose_alliance";

/**
 * Sort kinds into groups for the menu. Messages are not in it: they have a panel of their own.
 *
 * @returns {[string, string[]][]}
 */
export function grouped(moves) {
  const kinds = Object.keys(moves).filter((kind) => kind !== "message");
  return Object.entries(GROUPS)
    .map(/** @returns {[string, string[]]} */ ([group, title]) => [title, kinds.filter((kind) => moves[kind].group === group)])
    .filter(([, those]) => those.length);
}

/** What the send button says: of a move with words for everyone, that everyone will read them. */
export const sendLabel = (entry, fields) =>
  fields.some((field) => field.words === "everyone") ? "Send to everyone" : `Send: ${entry.title}`;

/** Draw the panel of orders. */
export function moves(state, names, act, id = "orders") {
  const { moves: known } = catalogueOf(state);
  const groups = grouped(known);
  const kind = [state.ui.kind, FIRST, groups[0]?.[1][0]].find((one) => one in known) ?? "";
  return panel(
    id,
    "Orders",
    { class: "orders" },
    kind
      ? [
          h(
            "div",
            { class: "field" },
            h("label", { for: "move-kind" }, "Move"),
            h(
              "select",
              { id: "move-kind", value: kind, onchange: (event) => act.ui({ kind: event.target.value }) },
              groups.map(([title, kinds]) =>
                h(
                  "optgroup",
                  { key: title, label: title },
                  kinds.map((one) => h("option", { key: one, value: one }, known[one].title)),
                ),
              ),
            ),
          ),
          form(state, names, act, kind, known[kind]),
        ]
      : h("p", { class: "quiet" }, "No moves in this session."),
    sent(state, names, known, act),
  );
}

function form(state, names, act, kind, entry) {
  const view = viewOf(state);
  const all = fieldsOf(entry);
  const fields = fieldsAt(all, state.status?.talk ?? "free");
  const draft = state.ui.drafts[kind];
  const problems = state.ui.problems?.[kind] ?? {};
  const { move, problems: open } = collect(kind, fields, draft, view, names);
  const missing = lacking(fields, view, names);
  const waiting = isOnTheWay(state, move);
  const stopped = state.status?.phase === "ended" || state.status?.phase === "lobby";
  const closed = Boolean(missing || stopped || !canSend(state));
  const submit = (event) => {
    event.preventDefault();
    if (closed || waiting) return;
    if (Object.keys(open).length) act.problems(kind, open);
    else act.order(move, replaced ? { replaces: replaced.id } : {});
  };
  const replaced = ordersNow(state).find((order) => order.id === state.ui.replacing && canBeTakenBack(order, state));
  return h(
    "form",
    { key: `form-${kind}`, class: "move-form", id: "move-form", "data-kind": kind, onsubmit: submit, novalidate: true },
    h("p", { class: "help" }, entry.description),
    replaced
      ? h(
          "p",
          { class: "replacing", id: "replacing" },
          `This replaces: ${catalogueOf(state).moves[replaced.move.kind].title}. `,
          button("Keep that order", () => act.ui({ replacing: "" }), { kind: "small", id: "keep-order" }),
        )
      : null,
    controls({
      id: `m-${kind}`,
      fields,
      draft,
      problems,
      view,
      names,
      set: (field, value) => act.draft(kind, field, value),
    }),
    strays(fields, problems),
    fields.length < all.length ? h("p", { class: "quiet", id: "no-words" }, "No words of your own are allowed here now.") : null,
    missing ? h("p", { class: "quiet" }, missing) : null,
    stoppedHint(state, act, "orders-stopped"),
    h(
      "button",
      {
        type: "submit",
        class: "button primary",
        id: "send",
        disabled: closed,
        "aria-disabled": waiting ? "true" : null,
        ...ONE_PRESS,
      },
      waiting ? "Sending…" : `${replaced ? "Replace. " : ""}${sendLabel(entry, fields)}`,
    ),
    stopped
      ? h(
          "p",
          { class: "quiet" },
          state.status.phase === "lobby" ? "Orders are taken once the session has started." : "The session is over.",
        )
      : null,
  );
}

const STATES = {
  waiting: ["…", "waiting for the server"],
  saved: ["✓", "saved"],
  refused: ["✗", "refused"],
  withdrawn: ["↩", "withdrawn"],
  replaced: ["↩", "replaced"],
};

/** Tell whether an order still waits for the clock, as far as the page knows; the server decides. */
function canBeTakenBack(order, state) {
  const view = viewOf(state);
  return (
    order.state === "saved" &&
    order.move.kind !== "message" &&
    order.tick === view?.tick &&
    (state.status?.tick ?? 0) <= (view?.tick ?? 0) &&
    state.status?.phase !== "ended"
  );
}

function takeBack(order, title, act) {
  return h(
    "p",
    { class: "take-back" },
    button("Withdraw", () => act.withdraw(order.id), { kind: "small", "data-withdraw": order.id, "aria-label": `Withdraw: ${title}` }),
    " ",
    button("Replace", () => act.replace(order), {
      kind: "small",
      "data-replace": order.id,
      "aria-label": `Replace: ${title}`,
    }),
  );
}

function sent(state, names, known, act) {
  const orders = ordersNow(state);
  return h(
    "div",
    { class: "sent" },
    h("h3", null, "Sent in this window"),
    orders.length
      ? h(
          "ol",
          { class: "plain", id: "sent" },
          orders.toReversed().map((order) => {
            const { title, detail } = summary(order.move, known[order.move.kind], names);
            const [sign, words] = STATES[order.state];
            return h(
              "li",
              {
                key: order.id,
                class: `sent-order is-${order.state}`,
                "data-order": order.id,
                "data-state": order.state,
              },
              h("span", { class: "sign", "aria-hidden": "true" }, sign),
              h(
                "div",
                null,
                h("p", null, h("strong", null, title), detail ? ` – ${detail}` : ""),
                h(
                  "p",
                  { class: "quiet small" },
                  order.state === "saved"
                    ? [
                        `${titled(words)} as #${order.vseq}, receipt `,
                        h("code", null, order.receipt?.slice(0, 8) || "–"),
                      ]
                    : order.state === "refused"
                      ? errorSentence(order.error, names)
                      : order.state === "waiting"
                        ? `${titled(words)}…`
                        : titled(words),
                ),
                canBeTakenBack(order, state) ? takeBack(order, title, act) : null,
              ),
            );
          }),
        )
      : h("p", { class: "quiet" }, "Nothing yet. A window without orders is a choice too."),
  );
}
