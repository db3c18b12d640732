// "Go on from here": a new session begins on a day of one that has ended, and people or bots decide from there on.

import { h } from "../h.mjs";
import { isStaff } from "../seat.mjs";
import { namesOf } from "../store.mjs";
import { t } from "../text/text.mjs";
import { button, panel } from "../ui/parts.mjs";
import { shareLink } from "../ui/share_link.mjs";
import { longDate } from "../words.mjs";

/** The name of the form's drafts. */
export const FORM = "go-on";

/**
 * Draw the page.
 *
 * @param {import("../store.mjs").State} state
 * @param {any} act
 */
export function goingOn(state, act) {
  const made = state.wentOn;
  return h(
    "main",
    { id: "main", key: "go-on", class: "debrief going-on", tabindex: "-1" },
    h(
      "div",
      { class: "debrief-head" },
      h("h2", null, t("goingon.title")),
      h("p", { class: "lead" }, t("goingon.help")),
      button(t("goingon.back"), () => act.page("replay"), { kind: "small", id: "go-on-back" }),
    ),
    mayAsk(state) ? panel("go-on-form", t("goingon.day"), null, form(state, act)) : h("p", { role: "status" }, t("goingon.notNow")),
    h("p", { key: "told", id: "go-on-told", role: "status" }, made?.waits ? t("goingon.waits") : made?.session ? t("goingon.made", { date: longDate(made.on) }) : ""),
    made?.problem ? h("p", { key: "problem", class: "problem", role: "alert", id: "go-on-problem" }, t("goingon.failed"), " ", h("span", { lang: "en" }, made.problem)) : null,
    made?.lost ? h("p", { key: "lost", class: "problem", role: "alert", id: "go-on-lost" }, t("goingon.lost")) : null,
    made?.session ? (made.code ? newClass(made, state, act) : newSession(made, state, act)) : null,
  );
}

/** Whether a session may go on from this one, and this page may ask for it. @param {import("../store.mjs").State} state */
export const mayAsk = (state) => isStaff(state) && state.status?.phase === "ended";

function form(state, act) {
  const { start = "" } = state.welcome?.scenario ?? {};
  const last = state.status?.date ?? "";
  const on = state.ui.drafts[FORM]?.on ?? last;
  const problem = state.ui.problems[FORM]?.on ?? "";
  const ask = (event) => {
    event.preventDefault();
    if (state.wentOn?.waits) return;
    const isDay = /^\d{4}-\d{2}-\d{2}$/.test(on) && on >= start && on <= last;
    act.problems(FORM, isDay ? {} : { on: t("whatif.dayBetween", { start, last }) });
    if (isDay) act.goOn(on);
  };
  return h(
    "form",
    { id: "go-on", class: "what-if-form", novalidate: true, onsubmit: ask },
    h(
      "div",
      { class: "field" },
      h("label", { for: "go-on-on" }, t("whatif.on")),
      h("input", { id: "go-on-on", type: "date", value: on, min: start, max: last, "aria-invalid": problem ? "true" : null, "aria-describedby": problem ? "go-on-on-problem" : null, oninput: (event) => act.draft(FORM, "on", event.target.value) }),
      problem ? h("p", { id: "go-on-on-problem", class: "problem" }, h("span", { "aria-hidden": "true" }, "⚠ "), problem) : null,
    ),
    h("div", { class: "buttons" }, h("button", { type: "submit", id: "go-on-ask", class: "button primary", "aria-disabled": state.wentOn?.waits ? "true" : null }, t("goingon.ask"))),
    h("p", { class: "quiet small" }, t("goingon.nothingChanges")),
  );
}

const wayIn = (id, href, words, kind = "") => h("a", { id, class: `button ${kind}`, href, target: "_blank", rel: "noopener" }, words);

/** Show the links of a new session, to open and to hand on. */
function newSession(made, state, act) {
  const names = namesOf(state);
  const share = (id, url, label) => [h("h3", { key: `${id}-name` }, label), shareLink(`go-on-${id}`, url, label, { copied: state.console.ui.copied, onCopied: (copied) => act.console({ copied }) })];
  return panel(
    "go-on-links",
    t("goingon.links"),
    null,
    h("p", null, t("goingon.next")),
    h("div", { class: "buttons" }, wayIn("go-on-console", made.moderator, t("goingon.console"), "primary"), wayIn("go-on-wall", made.observer, t("goingon.wall"))),
    h(
      "div",
      { class: "go-on-seats" },
      Object.entries(made.seats).map(([seat, url]) => h("div", { key: seat, "data-seat": seat }, share(seat, url, t("console.linkOf", { name: names[seat] ?? seat })))),
      h("div", { key: "observer" }, share("observer", made.observer, t("goingon.observers"))),
    ),
  );
}

/** Show the code of a new class. */
function newClass(made, state, act) {
  return panel(
    "go-on-links",
    t("goingon.class"),
    null,
    h("p", null, t("goingon.nextInClass")),
    h("p", { class: "join-at" }, t("goingon.code"), " ", h("strong", { class: "join-code", id: "go-on-code" }, made.code)),
    h("div", { class: "buttons" }, wayIn("go-on-console", made.moderator, t("goingon.classPage"), "primary"), wayIn("go-on-wall", made.observer, t("goingon.projector"))),
    shareLink("go-on-join", made.join, t("goingon.join"), { copied: state.console.ui.copied, onCopied: (copied) => act.console({ copied }) }),
  );
}
