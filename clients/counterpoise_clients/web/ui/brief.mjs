// The role sheet: what a seat may know of itself and the others, on one page to read and print.

import { h } from "../h.mjs";
import { namesOf, viewOf } from "../store.mjs";
import { t } from "../text/text.mjs";
import { COMMITMENTS, listed, longDate, titled, whichWorld } from "../words.mjs";
import { button } from "./parts.mjs";
import { objectiveWords } from "./states.mjs";

/** The contiguity of states with a border on land. */
const NEIGHBOUR = 1;

/** Draw the page. */
export function brief(state, act) {
  const view = viewOf(state);
  const { scenario } = state.welcome;
  if (!view) return h("main", { id: "main", key: "brief", tabindex: "-1", class: "sheet" }, h("p", { role: "status" }, t("gate.looking")));
  const { own } = view;
  const names = namesOf(state);
  const capital = scenario.actors.find((actor) => actor.id === own.id)?.capital ?? "";
  return h(
    "main",
    { id: "main", key: "brief", tabindex: "-1", class: "sheet brief" },
    h("h2", null, own.name),
    state.welcome.world ? h("p", { class: "which-world" }, whichWorld(state.welcome)) : null,
    h("p", { class: "quiet" }, t("brief.about", { title: scenario.title, start: longDate(scenario.start), end: longDate(scenario.end), capital })),
    h("div", { class: "buttons" },
      button(t("brief.toPlay"), () => act.page("play"), { kind: "primary", id: "brief-play" }),
      button(t("brief.print"), act.print, { id: "brief-print" }),
    ),
    h("h3", null, t("brief.stand")),
    own.briefing.split("\n\n").map((words) => h("p", null, words)),
    h("h3", null, t("brief.want")),
    own.goals.length ? h("ul", null, own.goals.map((goal) => h("li", null, goal))) : null,
    own.objectives.length ? [h("p", null, t("brief.scorePays")), h("ul", null, own.objectives.map((one) => h("li", null, objective(one, names))))] : null,
    h("h3", null, t("brief.today", { date: longDate(view.date) })),
    h("dl", { class: "terms" }, facts(view, names).map(([term, words]) => h("div", { key: term }, h("dt", null, term), h("dd", null, words)))),
    h("h3", null, t("brief.before")),
    h("p", null, t("brief.beforeWords")),
  );
}

const objective = (one, names) =>
  [
    `${objectiveWords(one, names)}.`,
    one.public ? t("brief.public") : t("brief.private"),
    one.weight === 1 ? "" : t("brief.weight", { weight: one.weight }),
  ].join(" ");

/** Return the terms and words of how things are. */
function facts(view, names) {
  const { own, others } = view;
  const chosen = (test) => listed(others.filter(test).map((other) => other.name));
  const place = others.filter((other) => other.power > own.power).length + 1;
  const support = Math.min(3, Math.floor(own.legitimacy * 4));
  const wanted = Object.entries(view.public_objectives).flatMap(([state, objectives]) =>
    objectives.map((one) => `${names[state] ?? state}: ${objectiveWords(one, names)}.`),
  );
  const pacts = view.alignments.filter((pact) => pact.members.includes(own.id)).map((pact) => pactWords(pact, own.id, names));
  const list = (items) => h("ul", { class: "plain" }, items.map((item) => h("li", null, item)));
  return [
    [t("brief.strength"), [t("brief.strengthWords", { place, count: others.length + 1 }), own.nuclear ? ` ${t("brief.nuclear")}` : ""]],
    [t("brief.government"), t(`brief.government${support}`, { regime: titled(own.family) })],
    [t("brief.treaties"), pacts.length ? list(pacts) : t("brief.alone")],
    [t("brief.neighbours"), chosen((other) => other.contiguity === NEIGHBOUR) || t("brief.noNeighbours")],
    [t("brief.rivals"), chosen((other) => other.rivalry)],
    [t("brief.claimed"), chosen((other) => other.claimed)],
    [t("brief.claimants"), chosen((other) => other.claim)],
    [t("brief.othersWant"), wanted.length ? list(wanted) : ""],
  ].filter(([, words]) => words !== "");
}

function pactWords(pact, own, names) {
  const others = listed(pact.members.filter((member) => member !== own).map((member) => names[member] ?? member));
  const words = `${pact.name || (COMMITMENTS[pact.commitment] ?? titled(pact.commitment))}: ${others}`;
  return pact.against ? t("brief.against", { pact: words, state: names[pact.against] ?? pact.against }) : words;
}
