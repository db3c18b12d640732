// "What if": change one thing at a moment of the session, let bots play on many times with it and without, and see what came of it.

import { h } from "../h.mjs";
import { fieldsOf } from "../forms.mjs";
import { namesOf } from "../store.mjs";
import { t } from "../text/text.mjs";
import { controls, strays } from "../ui/fields.mjs";
import { button, panel, select } from "../ui/parts.mjs";
import { armPanels } from "../ui/reports/arms.mjs";
import { injectTitle } from "../console/injects.mjs";
import { longDate } from "../words.mjs";
import { FORM, SEEDS_MAX, TRAITS, WINDOWS_MAX, changesOf, entriesOf, heldOf, questionOf, viewFor } from "./question.mjs";

/**
 * Draw the page.
 *
 * @param {import("../store.mjs").State} state
 * @param {any} act
 */
export function whatIf(state, act) {
  const news = state.whatIf;
  const { start = "", end = "" } = state.welcome?.scenario ?? {};
  return h(
    "main",
    { id: "main", key: "what-if", class: "debrief fork what-if", tabindex: "-1" },
    h(
      "div",
      { class: "debrief-head" },
      h("h2", null, t("whatif.title")),
      h("p", { class: "lead" }, t("whatif.help")),
      button(t("whatif.back"), () => act.page("debrief"), { kind: "small", id: "what-if-back" }),
    ),
    panel("what-if-form", t("whatif.change"), null, form(state, act, start, state.status?.date ?? end)),
    progress(news, act),
    news?.report ? armPanels(news.report, { isAsked: true }) : null,
  );
}

function form(state, act, start, last) {
  const held = heldOf(state);
  const names = namesOf(state);
  const runs = Boolean(state.whatIf && !state.whatIf.done);
  const problems = state.ui.problems[FORM] ?? {};
  const set = (field, value) => act.draft(FORM, field, value);
  const states = (state.welcome?.scenario.actors ?? []).map((actor) => ({ value: actor.id, label: actor.name }));
  const ask = (event) => {
    event.preventDefault();
    if (runs) return;
    const { message, problems: found } = questionOf(state, names);
    act.problems(FORM, found);
    if (message) act.say(message);
  };
  const field = (name, type, more) => input(`what-if-${name}`, t(`whatif.${name}`), type, held[name], problems[name] ?? "", (value) => set(name, value), more);
  return h(
    "form",
    { id: "what-if", class: "what-if-form", novalidate: true, onsubmit: ask },
    field("on", "date", { min: start, max: last }),
    select("what-if-what", t("whatif.what"), held.what, changesOf(state).map((what) => ({ value: what, label: t(`whatif.what-${what}`) })), (value) => set("what", value)),
    held.what === "event" ? null : select("what-if-actor", t("whatif.actor"), held.actor, states, (value) => set("actor", value)),
    held.what === "power" ? field("factor", "number", { min: 0.1, max: 10, step: "any" }) : null,
    held.what === "trait" ? select("what-if-trait", t("whatif.trait"), held.trait, Object.keys(TRAITS).map((trait) => ({ value: trait, label: t(`console.what-${trait}`) })), (value) => set("trait", value)) : null,
    held.what === "trait" ? field("value", "number", { min: 0, max: TRAITS[held.trait], step: "any" }) : null,
    ["order", "event"].includes(held.what) ? entry(state, act, held, names, problems) : null,
    field("seeds", "number", { min: 2, max: SEEDS_MAX, step: 1 }),
    field("windows", "number", { min: 1, max: WINDOWS_MAX, step: 1 }),
    h("div", { class: "buttons" }, h("button", { type: "submit", id: "what-if-ask", class: "button primary", "aria-disabled": runs ? "true" : null }, t("whatif.ask"))),
    h("p", { class: "quiet small" }, t("whatif.nothingKept")),
  );
}

/** Draw the choice of an order or an event, and its fields. */
function entry(state, act, held, names, problems) {
  const entries = entriesOf(state, held.what);
  const title = (kind) => (held.what === "event" ? injectTitle(kind, entries) : (entries[kind].title ?? kind));
  const fields = fieldsOf(entries[held.kind]);
  const own = held.what === "order" ? held.actor : "";
  return [
    select("what-if-kind", t(`whatif.kind-${held.what}`), held.kind, Object.keys(entries).map((kind) => ({ value: kind, label: title(kind) })), (value) => act.draft(FORM, "kind", value)),
    ...controls({ id: `what-if-${held.kind}`, fields, draft: state.ui.drafts[`${FORM}/${held.kind}`], problems, view: viewFor(state, own), names, set: (name, value) => act.draft(`${FORM}/${held.kind}`, name, value) }),
    ...strays([...fields, ...["on", "seeds", "windows", "factor", "value"].map((name) => ({ name }))], problems),
  ];
}

function input(id, label, type, value, problem, set, more) {
  return h(
    "div",
    { class: "field", key: id },
    h("label", { for: id }, label),
    h("input", { id, type, value, ...more, "aria-invalid": problem ? "true" : null, "aria-describedby": problem ? `${id}-problem` : null, oninput: (event) => set(event.target.value) }),
    problem ? h("p", { id: `${id}-problem`, class: "problem" }, h("span", { "aria-hidden": "true" }, "⚠ "), problem) : null,
  );
}

/** Say how far the games are, with a button that stops them; then what came of them. */
function progress(news, act) {
  const runs = Boolean(news && !news.done);
  const told = !news ? "" : runs ? t("whatif.runs", { share: Math.round(news.share * 100) }) : news.stopped ? t("whatif.stopped") : news.report ? t("whatif.done", { until: longDate(news.report.forked.until) }) : "";
  return h(
    "section",
    { key: "progress", class: news ? "panel what-if-progress" : "what-if-progress", "aria-label": t("whatif.progress") },
    runs ? h("progress", { key: "bar", id: "what-if-bar", max: 1, value: news.share, "aria-label": t("whatif.progress") }) : null,
    h("p", { key: "told", id: "what-if-told", role: "status" }, told),
    runs ? button(t("whatif.stop"), () => act.say({ t: "stop_what_if" }), { id: "what-if-stop" }) : null,
    news?.problem ? h("p", { class: "problem", role: "alert", id: "what-if-problem" }, t("whatif.failed"), " ", h("span", { lang: "en" }, news.problem)) : null,
  );
}
