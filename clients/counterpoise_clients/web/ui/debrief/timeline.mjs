// The debrief's timeline: the picture, the injects by their numbers, and everything in it as a table.

import { h } from "../../h.mjs";
import { LEVELS, RELATION, aCommitment, listed, longDate, pactWords, spaced } from "../../words.mjs";
import { finding, memberships, partsOf, timeline } from "../../viz/timeline.mjs";
import { panel, table, twin } from "../parts.mjs";
import { timelineOf } from "./report.mjs";
import { t } from "../../text/text.mjs";

const FEW = 12;
/** What a phone shows beside each other: so many years on so many px. */
const PHONE_YEARS = 3;
const PHONE_WIDTH = 220;
const authors = () => ({ moderator: t("figures.byTheModerator"), scenario: t("figures.byTheScenario"), fork: t("figures.putInByTheFork") });
const outcome = (word) => spaced(word ?? "").toLowerCase();

/** Return how each kind of thing on the timeline is said in words. */
export function wordsFor(names) {
  const name = (id) => names[id] ?? id;
  const until = (thing) => (thing.ends ? t("figures.to3", { ends: longDate(thing.ends) }) : t("figures.andGoesOn"));
  return {
    inject: (inject) => `${longDate(inject.date)}: ${inject.title} (${authors()[inject.by] ?? inject.by})`,
    war: (war) =>
      t("figures.warOfAgainstOver", { listed: listed(war.attackers.map(name)), listed2: listed(war.defenders.map(name)), value: RELATION[war.aim] ?? spaced(war.aim) }) +
      `${longDate(war.begins)} ${until(war)}${war.ends ? `: ${war.winners.length ? t("figures.wonBy", { listed: listed(war.winners.map(name)) }) : outcome(war.outcome)}` : ""}`,
    crisis: (crisis) =>
      t("figures.crisisOfWithUpTo", { initiator: name(crisis.initiator), target: name(crisis.target), value: LEVELS[crisis.level] ?? t("figures.level", { level: crisis.level }) }) +
      `${longDate(crisis.begins)} ${until(crisis)}${crisis.ends ? `: ${outcome(crisis.outcome)}` : ""}`,
    alliance: (alliance, edge) => {
      const who = listed(alliance.members.map(name));
      const what = alliance.name ? ` (${alliance.name})` : "";
      const against = alliance.against ? t("figures.against", { against: name(alliance.against) }) : "";
      if (edge === "on")
        return t("figures.theOf", { on: longDate(alliance.on), state: name(alliance.state), value: alliance.joins ? t("figures.joins") : t("figures.leaves"), pact: pactWords(alliance.commitment), what, who });
      return edge === "begins"
        ? t("figures.make", { begins: longDate(alliance.begins), who, commitment: aCommitment(alliance.commitment), what, against, value: alliance.secret ? t("figures.inSecret") : "" })
        : t("figures.theOfEnds", { ends: longDate(alliance.ends), pact: pactWords(alliance.commitment), what, who });
    },
  };
}

/** Return everything on the timeline as rows of date, kind and words, oldest first. */
export function eventsOf(found, names) {
  const told = wordsFor(names);
  const bare = (text) => text.replace(/^[^:]+: /, "");
  const rows = [
    ...found.injects.map((one) => ({ date: one.date, kind: t("figures.rowInject"), text: bare(told.inject(one)) })),
    ...found.wars.map((one) => ({ date: one.begins, kind: t("figures.rowWar"), text: told.war(one) })),
    ...found.crises.map((one) => ({ date: one.begins, kind: t("figures.rowCrisis"), text: told.crisis(one) })),
    ...found.alliances
      .filter((one) => one.begins)
      .map((one) => ({ date: one.begins, kind: t("figures.rowMade"), text: bare(told.alliance(one, "begins")) })),
    ...memberships(found.alliances, "joined").map((one) => ({
      date: one.on,
      kind: t("figures.rowJoined"),
      text: bare(told.alliance(one, "on")),
    })),
    ...memberships(found.alliances, "left").map((one) => ({
      date: one.on,
      kind: t("figures.rowLeft"),
      text: bare(told.alliance(one, "on")),
    })),
    ...found.alliances
      .filter((one) => one.ends)
      .map((one) => ({ date: one.ends, kind: t("figures.rowEnded"), text: bare(told.alliance(one, "ends")) })),
  ];
  return rows.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}

/** Draw the panel; nothing for a report without a timeline, as one of several sessions is. */
export function timelinePanel({ report, names, ui, flip }) {
  const found = timelineOf(report);
  if (!found) return null;
  const asTable = Boolean(ui.tables.timeline);
  return panel(
    "d-timeline",
    t("figures.whatHappenedWhen"),
    { aside: twin(asTable, flip("timeline"), "d-timeline-twin") },
    h("p", { class: "lead" }, finding(found)),
    asTable
      ? eventTable(eventsOf(found, names))
      : [
          h("div", { class: "on-wide" }, timeline(found, { told: wordsFor(names) }, "d-timeline-figure")),
          h(
            "div",
            { class: "on-narrow" },
            partsOf(found, PHONE_YEARS).map((part, at) =>
              timeline(part, { told: wordsFor(names), least: PHONE_WIDTH, dense: true }, `d-timeline-part-${at}`),
            ),
          ),
          h(
            "p",
            { class: "quiet small" },
            t("figures.numbersInjectsListedBelowBars"),
          ),
          injectList(found.injects, names),
        ],
  );
}

function injectList(injects, names) {
  if (!injects.length) return null;
  const told = wordsFor(names);
  const list = h(
    "ol",
    { class: "inject-list" },
    injects.map((inject, index) => h("li", { key: String(index) }, told.inject(inject))),
  );
  if (injects.length <= FEW) return list;
  return h("details", null, h("summary", null, t("figures.theInjects", { count: injects.length })), list);
}

function eventTable(rows) {
  return table({
    caption: t("figures.whatHappenedOldestFirst"),
    class: "timeline-table tight",
    rows,
    empty: t("figures.nothingHappenedThatTheTimeline"),
    columns: [
      { label: t("figures.date"), head: true, cell: (row) => longDate(row.date) },
      { label: t("figures.kind"), cell: (row) => row.kind },
      { label: t("figures.what"), full: true, cell: (row) => row.text },
    ],
  });
}
