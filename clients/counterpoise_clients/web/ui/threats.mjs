// My threats: the seat's own estimate of each state, greatest first, with the four parts it is made of.

import { h } from "../h.mjs";
import { t } from "../text/text.mjs";
import { components, share } from "../words.mjs";
import { bar } from "../viz/marks.mjs";
import { panel, stateName, table } from "./parts.mjs";

/**
 * Return threats as rows, greatest first; ties in the order of the codes.
 *
 * @param {any} threats
 * @param {Record<string, string>} names
 */
export function ranked(threats, names) {
  return Object.entries(threats)
    .map(([id, parts]) => ({ id, name: names[id] ?? id, ...parts }))
    .sort((a, b) => b.threat - a.threat || (a.id < b.id ? -1 : 1));
}

/**
 * Say how grave a threat is.
 *
 * @param {any} threat
 */
export const degreeWords = (threat) => t(`states.degree.${degree(threat)}`);

/**
 * Return how grave a threat is, as a class.
 *
 * @param {any} threat
 */
export function degree(threat) {
  if (threat >= 0.6) return "severe";
  if (threat >= 0.35) return "marked";
  return threat >= 0.15 ? "some" : "slight";
}

/**
 * Whether this game keeps the theory's index from the seat.
 *
 * @param {any} observe
 */
export function isHidden(observe) {
  return observe.view.others.length > 0 && !Object.keys(observe.threats ?? {}).length;
}

/**
 * Draw the panel.
 *
 * @param {any} observe
 * @param {Record<string, string>} names
 */
export function threats(observe, names, id = "threats") {
  if (isHidden(observe))
    return panel(
      id,
      t("states.threats.hiddenTitle"),
      { class: "threats" },
      h("p", { class: "lead" }, t("states.threats.hidden")),
      h("p", { class: "quiet small" }, t("states.threats.known")),
    );
  const rows = ranked(observe.threats ?? {}, names);
  const top = rows[0];
  const lead = top
    ? t("states.threats.lead", { state: top.name, threat: share(top.threat), degree: degreeWords(top.threat) })
    : t("states.threats.none");
  return panel(
    id,
    t("states.threats"),
    { class: "threats" },
    h("p", { class: "lead" }, lead),
    table({
      caption: t("states.threats.caption", { lead }),
      cards: false,
      class: "threat-table",
      key: (row) => row.id,
      rows,
      columns: [
        { label: t("states.threats.state"), head: true, cell: (row) => stateName(row.id, row.name) },
        {
          label: t("states.threats.threat"),
          cell: (row) =>
            h(
              "span",
              { class: `meter degree-${degree(row.threat)}` },
              h("span", { class: "meter-value" }, share(row.threat)),
              bar(row.threat, degree(row.threat)),
            ),
        },
        ...components().map(([part, title, label]) => ({
          label: h("span", { title }, label),
          short: label,
          cell: (/** @type {any} */ row) => h("span", { class: "part" }, h("span", null, share(row[part])), bar(row[part], "part")),
        })),
      ],
    }),
    h(
      "p",
      { class: "quiet small" },
      t("states.threats.note"),
    ),
  );
}
