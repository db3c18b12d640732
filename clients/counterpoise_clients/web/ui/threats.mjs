// My threats: the seat's own estimate of each state, greatest first, with the four parts it is made of.

import { h } from "../h.mjs";
import { COMPONENTS, share } from "../words.mjs";
import { bar } from "../viz/marks.mjs";
import { panel, stateName, table } from "./parts.mjs";

/** Return threats as rows, greatest first; ties in the order of the codes. */
export function ranked(threats, names) {
  return Object.entries(threats)
    .map(([id, parts]) => ({ id, name: names[id] ?? id, ...parts }))
    .sort((a, b) => b.threat - a.threat || (a.id < b.id ? -1 : 1));
}

/** Return how a threat reads in words. */
export function degree(threat) {
  if (threat >= 0.6) return "severe";
  if (threat >= 0.35) return "marked";
  return threat >= 0.15 ? "some" : "slight";
}

/** Whether this game keeps the theory's index from the seat. */
export function isHidden(observe) {
  return observe.view.others.length > 0 && !Object.keys(observe.threats ?? {}).length;
}

/** Draw the panel. */
export function threats(observe, names, id = "threats") {
  if (isHidden(observe))
    return panel(
      id,
      "Threats",
      { class: "threats" },
      h("p", { class: "lead" }, "This game shows you no estimate: judge for yourself whom to fear."),
      h("p", { class: "quiet small" }, "What your state knows of the others stands under States."),
    );
  const rows = ranked(observe.threats ?? {}, names);
  const top = rows[0];
  const lead = top
    ? `${top.name} looks most threatening: ${share(top.threat)}, ${degree(top.threat)}.`
    : "No estimate yet.";
  return panel(
    id,
    "Threats as I see them",
    { class: "threats" },
    h("p", { class: "lead" }, lead),
    table({
      caption: `Estimated threat of each state, with its four components, from 0 to 1. ${lead}`,
      cards: false,
      class: "threat-table",
      key: (row) => row.id,
      rows,
      columns: [
        { label: "State", head: true, cell: (row) => stateName(row.id, row.name) },
        {
          label: "Threat",
          cell: (row) =>
            h(
              "span",
              { class: `meter degree-${degree(row.threat)}` },
              h("span", { class: "meter-value" }, share(row.threat)),
              bar(row.threat, degree(row.threat)),
            ),
        },
        ...COMPONENTS.map(([part, title, label]) => ({
          label: h("span", { title }, label),
          short: label,
          cell: (row) => h("span", { class: "part" }, h("span", null, share(row[part])), bar(row[part], "part")),
        })),
      ],
    }),
    h(
      "p",
      { class: "quiet small" },
      "0 is none, 1 the greatest. Power is an estimate; offence is a year old; intent counts what everyone could see.",
    ),
  );
}
