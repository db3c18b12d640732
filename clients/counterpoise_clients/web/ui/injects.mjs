// What a moderator can make happen: what the scenario has prepared, and any inject by its form.

import { h } from "../h.mjs";
import { collect, fieldsOf } from "../forms.mjs";
import { catalogueOf } from "../seat.mjs";
import { errorSentence } from "../words.mjs";
import { controls, strays } from "./fields.mjs";
import { button, dialog, open, panel, select } from "./parts.mjs";

/** Draw the panel; nothing once the session has ended. */
export function injectPanel(state, names, act) {
  const { injects, prepared } = catalogueOf(state);
  const kinds = Object.keys(injects);
  if (!kinds.length || state.status?.phase === "ended") return null;
  const kind = kinds.includes(state.ui.inject) ? state.ui.inject : kinds[0];
  const fields = fieldsOf(injects[kind]);
  const draft = state.ui.drafts[`inject/${kind}`];
  const view = wideView(state);
  const { move, problems: unfilled } = collect(kind, fields, draft, view, names);
  const problems = state.ui.problems?.[`inject/${kind}`] ?? {};
  return panel(
    "injects",
    "Make something happen",
    { class: "injects" },
    preparedList(prepared, state, names, act),
    select(
      "inject-kind",
      "Inject",
      kind,
      kinds.map((one) => ({ value: one, label: injects[one].title })),
      (value) => act.ui({ inject: value }),
    ),
    h(
      "form",
      {
        key: `inject-${kind}`,
        id: "inject-form",
        class: "move-form",
        novalidate: true,
        onsubmit: (event) => {
          event.preventDefault();
          if (Object.keys(unfilled).length) act.problems(`inject/${kind}`, unfilled);
          else act.command({ kind: "inject", inject: move });
        },
      },
      h("p", { class: "help" }, injects[kind].description),
      controls({
        id: `i-${kind}`,
        fields,
        draft,
        problems,
        view,
        names,
        set: (field, value) => act.draft(`inject/${kind}`, field, value),
      }),
      strays(fields, problems),
      h("button", { type: "submit", class: "button primary", id: "do-inject" }, `Inject: ${injects[kind].title}`),
    ),
  );
}

/** What the scenario's author has in store for the moderator to let happen, a button each, which asks before it does. */
function preparedList(prepared, state, names, act) {
  if (!prepared.length) return null;
  return h(
    "div",
    { class: "prepared", role: "group", "aria-label": "Prepared by the scenario" },
    h("p", { class: "help" }, "Prepared by the scenario, to happen if you want it:"),
    prepared.map((one, place) =>
      h(
        "div",
        { key: one.title, class: "prepared-one" },
        button(one.title, () => open(`prepared-${place}`), { id: `ask-prepared-${place}`, "aria-haspopup": "dialog" }),
        became(one, state, names),
        letting(one, place, act),
      ),
    ),
  );
}

// In a dialog: a slip of the finger must not let happen what cannot be taken back.
function letting(one, place, act) {
  const make = (event) => {
    event.currentTarget.closest("dialog").close();
    act.command({ kind: "inject", inject: one.inject });
  };
  return dialog(
    `prepared-${place}`,
    "Let this happen?",
    h("p", null, h("strong", null, one.title), "."),
    h("p", null, "It happens at once, and cannot be taken back."),
    h("div", { class: "buttons" }, button("Yes, let it happen", make, { kind: "primary", id: `do-prepared-${place}` })),
  );
}

/** What became of a prepared inject when it was last wanted; nothing before that. */
function became(one, state, names) {
  const wanted = JSON.stringify(one.inject);
  const last = state.orders.findLast((order) => order.t === "command" && JSON.stringify(order.command.inject) === wanted);
  if (last?.error) return h("span", { class: "problem" }, `✗ ${errorSentence(last.error, names)}`);
  return last?.state === "saved" ? h("span", { class: "help" }, "✓ done") : null;
}

/** The view behind inject forms: every state of the scenario, and what the seat looked at last knows. */
function wideView(state) {
  const actors = state.welcome?.scenario?.actors ?? [];
  const seen = state.looked?.view;
  return {
    own: { id: "", name: "", family: "" },
    others: actors.map((actor) => ({
      id: actor.id,
      name: actor.name,
      family: (seen ? [seen.own, ...seen.others] : []).find((other) => other.id === actor.id)?.family ?? "",
    })),
    alignments: seen?.alignments ?? [],
    wars: seen?.wars ?? [],
    crises: seen?.crises ?? [],
    proposals: [],
    calls: [],
    aid: [],
    conditions: [],
    campaigns: [],
  };
}
