// The lobby of a class, as somebody sees it who waits for a seat; and the page while the class is looked for.

import { h } from "../h.mjs";
import { t } from "../text/text.mjs";
import { button, fact } from "../ui/parts.mjs";
import { refusalWords } from "./problems.mjs";

/**
 * Draw the lobby.
 *
 * @param {import("./store.mjs").ClassState} state
 * @param {any} act
 */
export function lobby(state, act) {
  const { lobby: seen } = state;
  const isSeated = seen.place === "seated";
  return h(
    "main",
    { id: "main", key: "lobby", class: "sheet lobby", tabindex: "-1" },
    h("h2", null, t("class.you-are-in", { name: seen.name })),
    h(
      "p",
      { class: "lead", role: "status", id: "place" },
      isSeated ? t("class.place-seated", { state: seen.seat_name }) : waitingWords(seen),
    ),
    isSeated
      ? h("div", { class: "buttons" }, button(t("class.read-briefing"), act.brief, { kind: "primary big", id: "to-brief" }))
      : null,
    h(
      "dl",
      { class: "fact-grid one" },
      fact(t("class.class"), seen.title),
      fact(t("class.scenario"), seen.scenario),
      fact(t("class.people-in"), othersIn(seen)),
    ),
    h("h3", null, t("class.situation")),
    h("p", null, seen.summary),
    seen.anonymous ? h("p", { class: "quiet" }, t("class.anonymous-hint")) : null,
    h("p", { class: "quiet small" }, t("class.keep-open")),
    h("div", { class: "buttons" }, button(t("class.leave"), act.leave, { kind: "small", id: "leave" })),
  );
}

// Somebody who comes late must not take the page for stuck: the game runs, and the seat still comes.
/** @param {any} seen */
function waitingWords(seen) {
  if (seen.phase === "ended") return t("class.is-over");
  const place = t(`class.place-${seen.place}`, { ahead: seen.ahead });
  return seen.phase === "running" || seen.phase === "paused" ? `${t("class.under-way")} ${place}` : place;
}

/** @param {any} seen */
function othersIn(seen) {
  const others = seen.waiting ?? [];
  const count = t("class.count-people", { count: seen.people });
  if (!others.length) return count;
  return h(
    "details",
    null,
    h("summary", null, `${count}. ${t("class.others-waiting", { count: others.length })}`),
    h(
      "ul",
      { class: "names" },
      others.map((/** @type {any} */ name, /** @type {any} */ place) => h("li", { key: String(place) }, name)),
    ),
  );
}

/**
 * Draw the page while the class is looked for, and when it was not found.
 *
 * @param {import("./store.mjs").ClassState} state
 * @param {any} act
 */
export function waitHere(state, act) {
  const { problem, connection } = state;
  return h(
    "main",
    { id: "main", key: "wait", class: "sheet", tabindex: "-1" },
    h("h2", null, t(problem ? "class.not-open" : "class.opening")),
    problem
      ? h("p", { role: "alert", class: "problem" }, refusalWords(problem))
      : h("p", { role: "status" }, connection.words ? connection.words.text : t("class.opening-hint")),
    problem ? button(t("class.reload"), act.reload, { kind: "primary" }) : null,
  );
}

/**
 * Draw the choice between the classes that this browser has moderated.
 *
 * @param {any} classes
 * @param {any} act
 */
export function chooseClass(classes, act) {
  return h(
    "main",
    { id: "main", key: "choose", class: "sheet", tabindex: "-1" },
    h("h2", null, t(classes.length ? "class.which-class" : "class.need-link")),
    classes.length
      ? h(
          "ul",
          { class: "choices" },
          classes.map((/** @type {any} */ one) =>
            h("li", { key: one.code }, button(one.title || one.code, () => act.enter(one.code), { kind: "primary" })),
          ),
        )
      : h("p", null, t("class.need-link-hint")),
  );
}
