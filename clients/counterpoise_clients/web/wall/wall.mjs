// The wall: the map, the date, the clock, who is waited for, crises, wars and news, to be read from the back row. It takes no input
// and shows only what everyone may know.

import { h } from "../h.mjs";
import { campsOf } from "../map/camps.mjs";
import { groundOf } from "../map/ground.mjs";
import { legend } from "../map/legend.mjs";
import { map, namer } from "../map/map.mjs";
import { shapeBefore } from "../map/panel.mjs";
import { pips } from "../map/relations.mjs";
import { drawnPart, worldOfPublic, worldOfReport } from "../map/world.mjs";
import { namesOf } from "../store.mjs";
import { language, t } from "../text/text.mjs";
import { sentence } from "../ui/sentences.mjs";
import { pages } from "../ui/header.mjs";
import { loading } from "../ui/gate.mjs";
import { LEVELS, clock, dateAfter, listed, longDate, phaseName, whichWorld } from "../words.mjs";
import { CONFLICTS_MOST, WAITED_MOST, conflictsOf, headlines, isAtWindow, waitingAt, windowSecondsLeft } from "./moment.mjs";

/** The picture of the last drawing with what it was made from: the clock redraws the page each second. @type {any} */
let drawn = null;

/** Draw the page. */
export function wall(state, act, now) {
  const seen = state.public;
  if (!seen || (state.welcome.scenario.map && state.outlines === null)) return loading();
  const picture = pictureOf(state);
  return [
    bar(state, seen, now),
    h(
      "main",
      { id: "main", key: "wall", class: "wall", tabindex: "-1" },
      h(
        "div",
        { class: "wall-map", key: "map", id: "map" },
        h("div", { class: "map-pictures" }, h("div", { class: "on-wide" }, picture.wide), h("div", { class: "on-narrow" }, picture.narrow)),
        picture.legend,
      ),
      h("div", { class: "wall-rail", key: "rail" }, conflicts(state, seen), waiting(state, picture.camps), news(state), pages(state, act)),
    ),
  ];
}

/** Return the map, its legend and the camps; the same ones until something on the map changes. */
function pictureOf(state) {
  const { public: seen, publicFears, outlines, debrief, status } = state;
  const places = state.welcome.scenario.actors;
  // Once the session has ended everybody reads what was feared, in the debrief.
  const report = status?.phase === "ended" ? debrief : null;
  const inputs = [seen, publicFears, outlines, places, report, language()];
  if (drawn && inputs.every((input, at) => input === drawn.inputs[at])) return drawn;
  const known = worldOfPublic(seen, publicFears);
  const world = report?.timeline ? { ...known, isApparent: false, fears: worldOfReport(report, seen.date).fears } : known;
  const shown = drawnPart(world, "", false);
  const camps = campsOf(world, places.map((place) => place.id));
  const draw = (narrow) => map(groundOf(outlines || null, places, narrow), world, { id: narrow ? "wall-narrow" : "wall-wide", order: places, narrow }, shown);
  drawn = { inputs, camps, wide: draw(false), narrow: draw(true), legend: h("div", { class: "wall-legend" }, legend(shown, camps, namer(world, places))) };
  return drawn;
}

function bar(state, seen, now) {
  const { status, welcome } = state;
  const phase = status?.phase ?? "lobby";
  const date = status?.date ?? seen.date;
  const window = state.window?.window;
  const left = phase === "running" ? windowSecondsLeft(state, now) : null;
  return h(
    "header",
    { key: "wall-bar", class: `wall-bar ${phase === "paused" ? "paused" : ""}` },
    h("div", { class: "wall-title" }, h("h1", null, welcome.scenario.title), welcome.world ? h("p", null, whichWorld(welcome)) : null),
    h("p", { class: "wall-date" }, longDate(date)),
    phase === "paused"
      ? h("p", { class: "wall-pause" }, status.reason ? t("wall.pausedBecause", { reason: status.reason }) : t("wall.paused"))
      : [
          h(
            "p",
            { class: "wall-phase" },
            window === undefined ? null : h("span", null, t("wall.windowOf", { window: window + 1, all: welcome.scenario.windows })),
            h("span", null, phase === "running" && !isAtWindow(state) ? t("wall.betweenWindows") : phaseName(phase)),
          ),
          h("div", { class: "wall-clock" }, left === null ? null : [h("p", { class: left <= 15 ? "soon" : "" }, clock(left)), share(left / status.window_seconds)]),
        ],
  );
}

const share = (left) =>
  h(
    "svg",
    { class: "wall-time", viewBox: "0 0 100 4", preserveAspectRatio: "none", "aria-hidden": "true", focusable: "false" },
    h("rect", { class: "wall-time-all", width: 100, height: 4 }),
    h("rect", { class: "wall-time-left", width: Math.round(100 * Math.min(1, Math.max(0, left))), height: 4 }),
  );

function conflicts(state, seen) {
  const all = conflictsOf(seen, state.incidents);
  const name = namer(worldOfPublic(seen), state.welcome.scenario.actors);
  const rest = all.length - CONFLICTS_MOST;
  return h(
    "section",
    { class: "wall-conflicts", key: "conflicts", "aria-label": t("wall.whatHappens") },
    all.slice(0, CONFLICTS_MOST).map((one) => conflictCard(one, state, seen, name)),
    rest > 0 ? h("p", { class: "wall-card", key: "rest" }, t("wall.moreConflicts", { count: rest })) : null,
    all.length ? null : h("p", { class: "wall-card calm", key: "calm" }, t("wall.calm")),
  );
}

function conflictCard({ key, sides, since, level, demand }, state, seen, name) {
  const [one, other] = sides.map((side) => listed(side.map(name)));
  const isWar = level === 0;
  return h(
    "article",
    { class: "wall-card grave", key },
    h("h2", null, isWar ? t("wall.war", { attackers: one, defenders: other }) : t("wall.crisis", { initiator: one, target: other })),
    isWar ? h("p", null, t("wall.sinceDate", { date: longDate(dateAfter(seen.date, since - seen.tick)) })) : null,
    demand ? h("p", { class: "wall-quote" }, t("news.f.quoted", { text: demand })) : null,
    isWar
      ? null
      : h(
          "p",
          { class: "wall-level" },
          h("svg", { class: "wall-pips", viewBox: "-50 -10 100 20", "aria-hidden": "true", focusable: "false" }, pips(level)),
          " ",
          h("strong", null, LEVELS[level]),
        ),
  );
}

function waiting(state, camps) {
  const { phase, seats } = state.status ?? { phase: "lobby", seats: [] };
  /** @param {string} title @param {import("../h.mjs").Description | null} [body] */
  const card = (title, body = null) => h("section", { class: "wall-card", key: "waiting", id: "waiting" }, h("h2", null, title), body);
  if (phase === "lobby") {
    const people = seats.filter((seat) => seat.occupant === "human").length;
    return card(t("wall.taken", { count: people, all: seats.length }));
  }
  const found = waitingAt(state);
  if (!found || phase === "ended" || found.all === 0) return null;
  if (found.waited.length === 0) return card(t("wall.allDecided"));
  const rest = found.waited.length - WAITED_MOST;
  return card(
    t("wall.waitingFor", { count: found.waited.length, all: found.all }),
    h(
      "ul",
      { class: "wall-waited" },
      found.waited.slice(0, WAITED_MOST).map((seat) => h("li", { key: seat.seat }, shapeBefore(camps[seat.seat]), " ", seat.name)),
      rest > 0 ? h("li", { key: "rest" }, t("wall.more", { count: rest })) : null,
    ),
  );
}

function news(state) {
  const names = namesOf(state);
  const shown = headlines(state.incidents);
  return h(
    "section",
    { class: "wall-card wall-news", key: "news", id: "news" },
    h("h2", null, t("wall.news")),
    shown.length
      ? h(
          "ol",
          { class: "plain-list", "aria-live": "polite", "aria-relevant": "additions" },
          shown.map((incident) =>
            h("li", { key: `i${incident.id}` }, h("time", { datetime: incident.date }, longDate(incident.date)), h("span", null, sentence(incident, names))),
          ),
        )
      : h("p", null, t("wall.noNews")),
  );
}
