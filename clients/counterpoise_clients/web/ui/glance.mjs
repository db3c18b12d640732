// At a glance: the greatest threat, who stands with me, what burns, and how much happened lately.

import { h } from "../h.mjs";
import { t } from "../text/text.mjs";
import { listed, share } from "../words.mjs";
import { panel } from "./parts.mjs";
import { degreeWords, isHidden, ranked } from "./threats.mjs";

const LATELY_DAYS = 92;
const NAMED = 3;
/** What is no event of the world: messages have a line of their own, and the rest is for the debrief. */
const NO_EVENT = /^(message$|talk_set$|note$|question_|assessment$|prediction$|reason$|belief$)/;

/** Return the first few names, and how many more there are. */
export function few(names) {
  if (names.length <= NAMED) return listed(names);
  return t("states.glance.more", { names: names.slice(0, NAMED).join(", "), count: names.length - NAMED });
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
    (incident) => incident.tick >= view.tick - LATELY_DAYS && !NO_EVENT.test(incident.kind),
  );
  const aboutMe = recent.filter((incident) => incident.actors?.includes(own)).length;
  return [
    {
      id: "threats",
      tab: "map",
      title: t("states.glance.threat"),
      words: top ? greatest(top, second) : isHidden(observe) ? t("states.glance.judge") : t("states.glance.noEstimate"),
      tone: top && top.threat >= 0.6 ? "bad" : "",
    },
    {
      id: "network",
      tab: "map",
      title: t("states.glance.with"),
      words: partners.length ? few(partners.map(name)) : t("states.glance.alone"),
      tone: "",
    },
    {
      id: "now",
      tab: "decide",
      title: t("states.glance.conflict"),
      words: t("states.glance.both", { crises: tallied(crises, "crises"), wars: tallied(wars, "wars") }),
      tone: wars.some((war) => war.mine) ? "bad" : crises.some((crisis) => crisis.mine) ? "warn" : "",
    },
    {
      id: "log",
      tab: "me",
      title: t("states.glance.lately"),
      words: recent.length ? t("states.glance.events", { count: recent.length, mine: aboutMe }) : t("states.glance.quiet"),
      tone: "",
    },
  ];
}

// Only unread messages are worth a line.
const letters = (unread) =>
  unread ? [{ id: "talk", tab: "talk", title: t("states.glance.messages"), words: t("states.glance.unread", { count: unread }), tone: "warn" }] : [];

function tallied(rows, things) {
  const words = t(`states.glance.${things}`, { count: rows.length });
  const mine = rows.filter((row) => row.mine).length;
  return mine ? t("states.glance.yours", { things: words, count: mine }) : words;
}

function greatest(top, second) {
  const words = t("states.glance.top", { state: top.name, threat: share(top.threat), degree: degreeWords(top.threat) });
  return second ? t("states.glance.second", { top: words, state: second.name, threat: share(second.threat) }) : words;
}

/** Draw the panel; each line leads to its part of the page. */
export function glance(state, names, act, unread = 0) {
  return panel(
    "glance",
    t("states.glance"),
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
