// The sanctions in force, which everyone knows of.

import { h } from "../h.mjs";
import { t } from "../text/text.mjs";
import { codeWords, dateAfter, longDate } from "../words.mjs";

/**
 * Say what a sanction stops.
 *
 * @param {any} sanction
 * @param {any} name
 */
export function sanctionWords(sanction, name) {
  const [sender, target] = [name(sanction.sender), name(sanction.target)];
  return sanction.scope === "arms" ? t("states.sanctions.arms", { sender, target }) : t("states.sanctions.trade", { sender, target });
}

/**
 * Return the tags that say which sanctions are in force between this seat and another state.
 *
 * @param {any} other
 * @param {any} view
 */
export function sanctionTags(other, view) {
  const between = (/** @type {any} */ sender, /** @type {any} */ target) =>
    (view.sanctions ?? []).filter((/** @type {any} */ one) => one.sender === sender && one.target === target).map((/** @type {any} */ one) => one.scope);
  return [
    ...between(other.id, view.own.id).map((/** @type {any} */ scope) => [t("states.sanctions.onYou", { what: codeWords(scope) }), "warn"]),
    ...between(view.own.id, other.id).map((/** @type {any} */ scope) => [t("states.sanctions.yours", { what: codeWords(scope) }), ""]),
  ];
}

/**
 * Draw the list, those of this seat's state first; nothing where no sanction is in force.
 *
 * @param {any} view
 * @param {Record<string, string>} names
 */
export function sanctionList(view, names) {
  const name = (/** @type {string} */ id) => names[id] ?? id;
  const mine = (/** @type {any} */ one) => [one.sender, one.target].includes(view.own.id);
  const all = view.sanctions ?? [];
  const rows = [...all.filter(mine), ...all.filter((/** @type {any} */ one) => !mine(one))];
  if (!rows.length) return null;
  return [
    h("h3", { key: "sanctions-heading" }, t("states.sanctions.heading")),
    h(
      "ul",
      { key: "sanctions", class: "plain sanctions" },
      rows.map((one) =>
        h(
          "li",
          { key: `${one.sender}${one.target}${one.scope}`, class: mine(one) ? "about-me" : null },
          sanctionWords(one, name),
          h("span", { class: "quiet" }, t("states.sanctions.since", { date: longDate(dateAfter(view.date, one.since - view.tick)) })),
        ),
      ),
    ),
  ];
}
