// Who has how much to fear from whom, beside what each state believes. Only moderators are told.

import { h } from "../h.mjs";
import { number, t } from "../text/text.mjs";
import { heat } from "../viz/heat.mjs";
import { longDate } from "../words.mjs";
import { button, panel } from "../ui/parts.mjs";

const ERRORS_SHOWN = 6;
const ERROR_LEAST = 0.05;

/** Draw the panel. */
export function fears(state, act, names) {
  const { fears: told, ui } = state.console;
  const isOld = told && told.date !== state.status?.date;
  return panel(
    "fears",
    t("console.fears"),
    {
      class: "fears",
      aside: button(t(told ? "console.fearsAgain" : "console.fearsShow"), () => act.command({ kind: "fears" }), { kind: "small", id: "do-fears" }),
    },
    h("p", { class: "quiet" }, told ? t("console.fearsOf", { date: longDate(told.date) }) : t("console.fearsHelp"), isOld ? ` ${t("console.fearsOld")}` : null),
    told ? matrices(told, ui.cell, names, act) : null,
  );
}

function matrices(told, cell, names, act) {
  const ids = Object.keys(told.actual);
  const asMatrix = (values) =>
    Object.fromEntries(Object.entries(values).map(([by, row]) => [by, Object.fromEntries(Object.entries(row).map(([of, threat]) => [of, { threat }]))]));
  const how = { names, chosen: cell, choose: (by, of) => act.console({ cell: [by, of] }) };
  const found = errors(told);
  return [
    cell && told.actual[cell[0]]?.[cell[1]] !== undefined ? h("p", { role: "status", id: "fear-cell", key: "cell" }, pairWords(told, cell, names)) : null,
    h(
      "div",
      { class: "fear-pair", key: "pair" },
      h("div", { id: "fears-actual" }, h("h3", null, t("console.fearsActual")), heat(ids, asMatrix(told.actual), how, "heat-actual")),
      h("div", { id: "fears-believed" }, h("h3", null, t("console.fearsBelieved")), heat(ids, asMatrix(told.believed), how, "heat-believed")),
    ),
    h("h3", { key: "errors-title" }, t("console.fearsErrors")),
    found.length
      ? h("ul", { class: "plain", id: "fear-errors", key: "errors" }, found.map((pair) => h("li", { key: pair.join("/") }, pairWords(told, pair, names))))
      : h("p", { key: "errors" }, t("console.fearsNoErrors")),
  ];
}

const pairWords = (told, [by, of], names) =>
  t("console.fearPair", { by: names[by] ?? by, of: names[of] ?? of, actual: number(told.actual[by][of], 2), believed: number(told.believed[by][of], 2) });

/**
 * Return the pairs whose belief is furthest from the truth.
 *
 * @param {Wire.FearNews} told
 * @returns {[string, string][]}
 */
export function errors(told) {
  const size = (/** @type {[string, string]} */ [by, of]) => Math.abs(told.believed[by][of] - told.actual[by][of]);
  return Object.keys(told.actual)
    .flatMap((by) => Object.keys(told.actual[by]).map((of) => /** @type {[string, string]} */ ([by, of])))
    .filter((pair) => size(pair) >= ERROR_LEAST)
    .sort((a, b) => size(b) - size(a))
    .slice(0, ERRORS_SHOWN);
}
