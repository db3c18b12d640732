// At a glance: the greatest threat, who stands with me, what burns, and how much happened lately.

import { h } from "../h.mjs";
import { listed, share } from "../words.mjs";
import { panel } from "./parts.mjs";
import { degree, isHidden, ranked } from "./threats.mjs";

const LATELY_DAYS = 92;
const NAMED = 3;
const FOR_THE_DEBRIEF = /^(note$|question_|assessment$|prediction$|reason$|belief$)/;

/** Return the first few names, and how many more there are. */
export function few(names) {
  if (names.length <= NAMED) return listed(names);
  return `${names.slice(0, NAMED).join(", ")} and ${names.length - NAMED} more`;
}

/** Return the lines: where each leads, on which tab, its title, its words, and how grave it is. */
export function lines(observe, incidents, names) {
  const { view } = observe;
  const name = (id) => names[id] ?? id;
  const own = view.own.id;
  const [top, second] = ranked(observe.threats ?? {}, names);
  const partners = [
    ...new Set(
      view.alignments
        .filter((alignment) => alignment.members.includes(own))
        .flatMap((alignment) => alignment.members.filter((member) => member !== own)),
    ),
  ];
  const mine = (war) => war.attackers.includes(own) || war.defenders.includes(own);
  const wars = view.wars.map((war) => ({ mine: mine(war) }));
  const crises = view.crises.map((crisis) => ({ mine: [crisis.initiator, crisis.target].includes(own) }));
  const recent = incidents.filter(
    (incident) => incident.tick >= view.tick - LATELY_DAYS && !FOR_THE_DEBRIEF.test(incident.kind),
  );
  const aboutMe = recent.filter((incident) => incident.actors?.includes(own)).length;
  return [
    {
      id: "threats",
      tab: "map",
      title: "Greatest threat",
      words: top
        ? `${top.name}, ${share(top.threat)}, ${degree(top.threat)}${second ? `; then ${second.name}, ${share(second.threat)}` : ""}`
        : isHidden(observe)
          ? "yours to judge"
          : "no estimate yet",
      tone: top && top.threat >= 0.6 ? "bad" : "",
    },
    {
      id: "network",
      tab: "map",
      title: "With you",
      words: partners.length ? few(partners.map(name)) : "nobody: you stand alone",
      tone: "",
    },
    {
      id: "now",
      tab: "decide",
      title: "Crises and wars",
      words: `${counted(crises, "crisis", "crises")}, ${counted(wars, "war", "wars")}`,
      tone: wars.some((war) => war.mine) ? "bad" : crises.some((crisis) => crisis.mine) ? "warn" : "",
    },
    {
      id: "log",
      tab: "me",
      title: "Last three months",
      words: recent.length
        ? `${recent.length} ${recent.length === 1 ? "incident" : "incidents"}, ${aboutMe || "none"} with you in ${recent.length === 1 ? "it" : "them"}`
        : "nothing happened",
      tone: "",
    },
  ];
}

// Only unread messages are worth a line.
const letters = (unread) =>
  unread ? [{ id: "talk", tab: "talk", title: "Messages", words: `${unread} not read`, tone: "warn" }] : [];

function counted(rows, one, many) {
  if (!rows.length) return `no ${one}`;
  const mine = rows.filter((row) => row.mine).length;
  return `${rows.length} ${rows.length === 1 ? one : many}${mine ? ` (${mine} yours)` : ""}`;
}

/** Draw the panel; each line leads to its part of the page. */
export function glance(state, names, act, unread = 0) {
  return panel(
    "glance",
    "At a glance",
    { class: "glance" },
    h(
      "ul",
      { class: "plain-list" },
      [...lines(state.observe, state.incidents, names), ...letters(unread)].map((line) =>
        h(
          "li",
          { key: line.title },
          h(
            "button",
            { type: "button", class: `glance-line ${line.tone}`, onclick: () => act.jump(line.id, line.tab) },
            h("span", { class: "glance-title" }, line.title),
            " ",
            h("span", { class: "glance-words" }, line.words),
          ),
        ),
      ),
    ),
  );
}
