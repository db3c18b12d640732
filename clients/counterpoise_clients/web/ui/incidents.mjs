// The log of what happened.

import { h } from "../h.mjs";
import { t } from "../text/text.mjs";
import { longDate } from "../words.mjs";
import { panel, select } from "./parts.mjs";
import { sentence } from "./sentences.mjs";

/** @type {[string, (kind: string) => boolean][]} */
const GROUPS = [
  ["all", () => true],
  [
    "alliances",
    (kind) => /^(alliance|treaty|membership)/.test(kind) || kind === "guarantee_given" || kind === "accommodated",
  ],
  [
    "conflict",
    (kind) => /^(crisis|war|mobilized|hostile|peace|ally_called|promise|rivalry|claim)/.test(kind),
  ],
  ["words", (kind) => /^(message|statement|announcement)/.test(kind)],
  ["mine", () => true],
];

/** Return the incidents a filter lets through, newest last. */
export function filtered(incidents, group, own, about = "") {
  const keep = GROUPS.find(([id]) => id === group)?.[1] ?? (() => true);
  return incidents.filter(
    (incident) =>
      incident.kind !== "note" &&
      keep(incident.kind) &&
      (group !== "mine" || incident.actors.includes(own)) &&
      (!about || incident.actors.includes(about)),
  );
}

/**
 * Make one line of a question that several seats are asked on a day: each has an incident of its own, and a moderator reads all.
 *
 * @param {any[]} incidents
 * @param {string[]} states the codes of all states, in the order in which the line names them
 */
export function withOneLineAQuestion(incidents, states) {
  const lines = [];
  for (const incident of incidents) {
    const place = incident.kind === "question_asked" ? lines.map((line) => isSameQuestion(line, incident)).lastIndexOf(true) : -1;
    if (place < 0) lines.push(incident);
    else {
      const asked = [...lines[place].actors, ...incident.actors];
      lines[place] = { ...lines[place], actors: states.filter((code) => asked.includes(code)) };
    }
  }
  return lines;
}

const isSameQuestion = (one, other) =>
  one.kind === other.kind &&
  one.tick === other.tick &&
  ["ask", "about", "words"].every((name) => one.detail[name] === other.detail[name]);

const toneOf = (kind) =>
  /^(war_began|war_joined|hostile|promise_broken)/.test(kind)
    ? "bad"
    : /^(crisis|mobilized|peace_refused|war_)/.test(kind)
      ? "warn"
      : /formed|given|peace|accommodated|honoured/.test(kind)
        ? "good"
        : "";
const SHOWN = 150;
const FEW = 9;

/** Draw the log. New entries are read out by screen readers, politely. */
export function log(state, names, act, id = "log") {
  const own = state.welcome?.seat ?? "";
  const found = filtered(state.incidents, state.ui.filter, own, state.ui.logOf);
  const shown = withOneLineAQuestion(found, Object.keys(names)).slice(-SHOWN);
  const groups = GROUPS.filter(([group]) => group !== "mine" || own).map(([value]) => ({ value, label: t(`news.log.${value}`) }));
  const actors = [
    { value: "", label: t("news.log.any") },
    ...Object.entries(names).map(([value, label]) => ({ value, label })),
  ];
  return panel(
    id,
    t("news.log"),
    { class: `log ${shown.length < FEW ? "few" : ""}` },
    h(
      "div",
      { class: "filters" },
      select(`${id}-filter`, t("news.log.show"), state.ui.filter, groups, (value) => act.ui({ filter: value })),
      select(`${id}-of`, t("news.log.about"), state.ui.logOf, actors, (value) => act.ui({ logOf: value })),
    ),
    h(
      "div",
      {
        class: "entries",
        role: "log",
        "aria-live": "polite",
        "aria-relevant": "additions",
        "aria-label": t("news.log.label"),
        tabindex: "0",
      },
      shown.length ? null : h("p", { class: "quiet" }, t("news.log.empty")),
      h(
        "ol",
        { class: "plain-list" },
        shown.map((incident) =>
          h(
            "li",
            {
              key: `i${incident.id}`,
              class: `entry ${toneOf(incident.kind)} ${incident.actors?.includes(own) ? "about-me" : ""}`,
            },
            h("time", { datetime: incident.date }, longDate(incident.date)),
            " ",
            h("span", null, sentence(incident, names)),
          ),
        ),
      ),
    ),
  );
}
