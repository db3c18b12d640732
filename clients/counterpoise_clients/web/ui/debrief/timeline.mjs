// The debrief's timeline: the picture, the injects by their numbers, and everything in it as a table.

import { h } from "../../h.mjs";
import { COMMITMENTS, LEVELS, RELATION, aCommitment, listed, longDate, spaced, titled } from "../../words.mjs";
import { finding, memberships, timeline } from "../../viz/timeline.mjs";
import { panel, table, twin } from "../parts.mjs";
import { timelineOf } from "./report.mjs";

const FEW = 12;
const BY = { moderator: "by the moderator", scenario: "by the scenario", fork: "put in by the fork" };
const outcome = (word) => spaced(word ?? "").toLowerCase();

/** Return how each kind of thing on the timeline is said in words. */
export function wordsFor(names) {
  const name = (id) => names[id] ?? id;
  const until = (thing) => (thing.ends ? `to ${longDate(thing.ends)}` : "and goes on");
  return {
    inject: (inject) => `${longDate(inject.date)}: ${inject.title} (${BY[inject.by] ?? inject.by})`,
    war: (war) =>
      `War of ${listed(war.attackers.map(name))} against ${listed(war.defenders.map(name))} over ${RELATION[war.aim] ?? spaced(war.aim)}, ` +
      `${longDate(war.begins)} ${until(war)}${war.ends ? `: ${war.winners.length ? `won by ${listed(war.winners.map(name))}` : outcome(war.outcome)}` : ""}`,
    crisis: (crisis) =>
      `Crisis of ${name(crisis.initiator)} with ${name(crisis.target)}, up to ${LEVELS[crisis.level] ?? `level ${crisis.level}`}, ` +
      `${longDate(crisis.begins)} ${until(crisis)}${crisis.ends ? `: ${outcome(crisis.outcome)}` : ""}`,
    alliance: (alliance, edge) => {
      const who = listed(alliance.members.map(name));
      const what = alliance.name ? ` (${alliance.name})` : "";
      const against = alliance.against ? ` against ${name(alliance.against)}` : "";
      if (edge === "on")
        return `${longDate(alliance.on)}: ${name(alliance.state)} ${alliance.joins ? "joins" : "leaves"} the ${(COMMITMENTS[alliance.commitment] ?? titled(alliance.commitment)).toLowerCase()}${what} of ${who}`;
      return edge === "begins"
        ? `${longDate(alliance.begins)}: ${who} make ${aCommitment(alliance.commitment)}${what}${against}${alliance.secret ? " in secret" : ""}`
        : `${longDate(alliance.ends)}: the ${(COMMITMENTS[alliance.commitment] ?? titled(alliance.commitment)).toLowerCase()}${what} of ${who} ends`;
    },
  };
}

/** Return everything on the timeline as rows of date, kind and words, oldest first. */
export function eventsOf(found, names) {
  const told = wordsFor(names);
  const bare = (text) => text.replace(/^\d+ \w+ \d+: /, "");
  const rows = [
    ...found.injects.map((one) => ({ date: one.date, kind: "Inject", text: bare(told.inject(one)) })),
    ...found.wars.map((one) => ({ date: one.begins, kind: "War", text: told.war(one) })),
    ...found.crises.map((one) => ({ date: one.begins, kind: "Crisis", text: told.crisis(one) })),
    ...found.alliances
      .filter((one) => one.begins)
      .map((one) => ({ date: one.begins, kind: "Pact made", text: bare(told.alliance(one, "begins")) })),
    ...memberships(found.alliances, "joined").map((one) => ({
      date: one.on,
      kind: "Pact joined",
      text: bare(told.alliance(one, "on")),
    })),
    ...memberships(found.alliances, "left").map((one) => ({
      date: one.on,
      kind: "Pact left",
      text: bare(told.alliance(one, "on")),
    })),
    ...found.alliances
      .filter((one) => one.ends)
      .map((one) => ({ date: one.ends, kind: "Pact ended", text: bare(told.alliance(one, "ends")) })),
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
    "What happened when",
    { aside: twin(asTable, flip("timeline"), "d-timeline-twin") },
    h("p", { class: "lead" }, finding(found)),
    asTable
      ? eventTable(eventsOf(found, names))
      : [
          timeline(found, { told: wordsFor(names) }, "d-timeline-figure"),
          h(
            "p",
            { class: "quiet small" },
            "Numbers: injects, listed below. Bars: wars. Ticks: crises, the taller the higher they went. Triangles: pacts made, hollow ones in secret. Crosses: pacts ended.",
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
  return h("details", null, h("summary", null, `The ${injects.length} injects`), list);
}

function eventTable(rows) {
  return table({
    caption: "What happened, oldest first.",
    class: "timeline-table tight",
    rows,
    empty: "Nothing happened that the timeline tells.",
    columns: [
      { label: "Date", head: true, cell: (row) => longDate(row.date) },
      { label: "Kind", cell: (row) => row.kind },
      { label: "What", full: true, cell: (row) => row.text },
    ],
  });
}
