// The choose step: the moves that are legal now, as cards in five groups, and why the others are not.

import { h } from "../../h.mjs";
import { choicesByGroup, draftOf, isLegal } from "../../options.mjs";
import { catalogueOf, ordersNow } from "../../seat.mjs";
import { number, t } from "../../text/text.mjs";
import { refusalWords } from "../../words.mjs";
import { chipControls, strays } from "../fields.mjs";
import { stoppedHint } from "../gate.mjs";
import { button, panel } from "../parts.mjs";
import { badge, readers } from "./audience.mjs";
import { canBeTakenBack } from "./orders.mjs";

/** Draw the panel. */
export function choosePanel(state, names, act) {
  const stopped = state.status?.phase === "ended";
  const isKnown = state.options !== null;
  return panel(
    "orders",
    t("decide.choose"),
    { class: "orders step-panel" },
    stopped ? h("p", { class: "quiet" }, t("decide.over")) : null,
    state.status?.phase === "lobby" ? h("p", { class: "quiet" }, t("decide.not_started")) : null,
    stopped ? null : isKnown ? cards(state, names, act) : h("p", { role: "status" }, t("decide.loading")),
    stoppedHint(state, act, "orders-stopped"),
  );
}

function cards(state, names, act) {
  const { groups, notes, others } = choicesByGroup(state);
  const all = notes.length ? [...groups, { group: "debrief", kinds: notes }] : groups;
  const open = (all.find(({ group }) => group === state.ui.group) ?? all.find(({ kinds }) => kinds.length))?.group ?? "";
  const shown = all.find(({ group }) => group === open)?.kinds ?? [];
  const count = groups.reduce((sum, { kinds }) => sum + kinds.length, 0);
  return [
    h(
      "div",
      { class: "groups", key: "groups", role: "group", "aria-label": t("decide.groups") },
      all.map(({ group, kinds }) =>
        button([t(`decide.group.${group}`), " ", h("span", { class: "count" }, String(kinds.length))], () => act.ui({ group }), {
          key: group,
          kind: "chip",
          id: `group-${group}`,
          "data-kinds": kinds.join(" "),
          disabled: !kinds.length,
          "aria-pressed": group === open ? "true" : "false",
        }),
      ),
    ),
    h(
      "ul",
      { class: "move-cards", key: "cards" },
      shown.map((kind) => card(state, names, act, kind)),
    ),
    h("p", { class: "quiet small", key: "count" }, t("decide.possible", { count })),
    others.length ? whyNot(state, names, others) : null,
  ];
}

function card(state, names, act, kind) {
  const entry = catalogueOf(state).moves[kind];
  const isChosen = state.ui.kind === kind;
  const option = state.options.options[kind];
  const isNote = entry.group === "debrief";
  return h(
    "li",
    { key: kind, class: `move-card ${isChosen ? "chosen" : ""}` },
    h(
      "button",
      { type: "button", class: "move-pick", id: `pick-${kind}`, "aria-expanded": isChosen ? "true" : "false", onclick: () => act.choose(isChosen ? "" : kind) },
      h("span", { class: "move-title" }, entry.title),
      isNote ? null : badge(option.seen_by),
      isNote ? null : facts(entry, option, isChosen, names),
    ),
    isChosen ? form(state, names, act, kind, entry) : null,
  );
}

function facts(entry, option, isChosen, names) {
  const costs = [option.cost ? t("decide.cost", { cost: Math.round(option.cost * 10) / 10 }) : "", entry.price].filter(Boolean);
  const sees = isChosen || !option.seen_by?.length ? readers(option.seen_by, names) : t("decide.sees.chosen");
  const row = (term, words) => [h("span", { class: "quiet" }, term), h("span", null, words)];
  return h(
    "span",
    { class: "move-facts" },
    row(t("decide.sees"), sees),
    row(t("decide.costs"), costs.length ? costs.join(", ") : t("decide.cost_nothing")),
    entry.risk ? row(t("decide.risk"), entry.risk) : null,
  );
}

function form(state, names, act, kind, entry) {
  const made = draftOf(state, kind);
  if (!made) return null;
  const problems = state.ui.problems[kind] ?? {};
  const replaced = ordersNow(state).find((order) => order.id === state.ui.replacing && canBeTakenBack(order, state))?.move;
  const common = { id: `m-${kind}`, draft: made.draft, problems, view: state.observe.view, names, set: (field, value) => act.draft(kind, field, value) };
  const isOptional = (field) => !field.required && field.type !== "switch" && field.type !== "text";
  const [first, more] = [made.fields.filter((field) => !isOptional(field)), made.fields.filter(isOptional)];
  const isUsed = more.some((field) => state.ui.drafts[kind]?.[field.name] || problems[field.name]);
  return h(
    "form",
    { key: `form-${kind}`, class: "move-form", id: "move-form", "data-kind": kind, onsubmit: (event) => submit(event, state, act, made), novalidate: true },
    h("details", { class: "about-move" }, h("summary", null, t("decide.what_is_this")), h("p", { class: "help" }, entry.description)),
    replaced
      ? h(
          "p",
          { class: "replacing", id: "replacing" },
          t("decide.replaces", { move: catalogueOf(state).moves[replaced.kind].title ?? "" }),
          " ",
          button(t("decide.keep_that"), () => act.ui({ replacing: "" }), { kind: "small", id: "keep-order" }),
        )
      : null,
    chipControls({ ...common, fields: first }),
    more.length
      ? h("details", { class: "more-terms", open: isUsed || null }, h("summary", null, t("decide.more_terms")), chipControls({ ...common, fields: more }))
      : null,
    strays(made.fields, problems),
    made.isHeldBack ? h("p", { class: "quiet", id: "no-words" }, t("decide.no_words")) : null,
    made.isJudged && !made.isLegal ? h("p", { class: "problem" }, reasonWords(made.option, names)) : null,
    button(t("decide.next_why"), () => act.step("why"), { kind: "primary next", id: "next-why" }),
  );
}

// Enter in a field of the form does what the main button does.
function submit(event, state, act, made) {
  event.preventDefault();
  document.getElementById("send")?.click();
}

/** Say why a move is not possible now, with the names of states. */
export function reasonWords(option, names) {
  const words = refusalWords(option, names);
  if (words) return words;
  const named = (text) => text.replace(/\b[A-Z][A-Z0-9]{1,4}\b/g, (code) => names[code] ?? code);
  return option.expected ? t("decide.needs", { expected: named(option.expected) }) : named(option.got);
}

function whyNot(state, names, kinds) {
  const { moves } = catalogueOf(state);
  const { options } = state.options;
  return h(
    "details",
    { class: "why-not", key: "why-not", id: "why-not" },
    h("summary", null, t("decide.why_not", { count: kinds.length })),
    h(
      "ul",
      { class: "plain" },
      kinds
        .filter((kind) => !isLegal(options[kind]))
        .map((kind) => h("li", { key: kind }, h("strong", null, moves[kind].title), ". ", reasonWords(options[kind], names))),
    ),
  );
}
