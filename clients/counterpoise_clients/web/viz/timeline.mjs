// The timeline: what came from outside, wars, crises and alliances, each in a lane of its own over the same dates.

import { h } from "../h.mjs";
import { LEVEL_MAX, longDate } from "../words.mjs";
import { figure, px } from "./marks.mjs";
import { t } from "../text/text.mjs";

const LABEL = 96;
const ROW = 24;
const TOP = 30;
const LEAST = 880;
const YEAR = 42;
const CHARACTER = 8.2;
const DAY = 86_400_000;
const LABEL_ROOM = 40;

const dayOf = (iso) => Date.parse(`${iso}T00:00:00Z`) / DAY;

/** Return a scale from dates to places: as wide as the years need. */
export function scaleOf({ begins, ends }, least = LEAST) {
  const [first, last] = [dayOf(begins), dayOf(ends)];
  const span = Math.max(1, last - first);
  const width = Math.max(least, (span / 365.25) * YEAR);
  return { width, place: (iso) => LABEL + ((Math.min(last, Math.max(first, dayOf(iso))) - first) / span) * width };
}

/** Put things with a place and a width into as few rows as keep them apart; returns each thing's row, and how many there are. */
export function packed(things) {
  const ends = [];
  const rows = things.map(({ x, width }) => {
    const free = ends.findIndex((end) => end <= x);
    const row = free < 0 ? ends.length : free;
    ends[row] = x + width;
    return row;
  });
  return { rows, count: Math.max(1, ends.length) };
}

/** Say the figure's finding: how many of each. */
export function finding(timeline) {
  const count = (edge) => timeline.alliances.filter((alliance) => alliance[edge]).length;
  return t("figures.happened", {
    injects: t("figures.nInjects", { count: timeline.injects.length }),
    wars: t("figures.nWars", { count: timeline.wars.length }),
    crises: t("figures.nCrises", { count: timeline.crises.length }),
    made: t("figures.nMade", { count: count("begins") }),
    count: count("ends"),
  });
}

/** Write the sides of a war by their codes. */
export const sides = (war) => `${war.attackers.join(" ")} – ${war.defenders.join(" ")}`;

/** Return the states that joined or left pacts, each as its pact with the state and the day. */
export const memberships = (alliances, change) =>
  alliances.flatMap((alliance) =>
    (alliance[change] ?? []).map((one) => ({ ...alliance, ...one, joins: change === "joined" })),
  );

/** Part a timeline into parts of so many years at most, each with what happened in it or reached into it. */
export function partsOf(found, years) {
  const [first, last] = [dayOf(found.begins), dayOf(found.ends)];
  const count = Math.max(1, Math.ceil((last - first) / (years * 365.25)));
  const edge = (at) => new Date((first + ((last - first) * at) / count) * DAY).toISOString().slice(0, 10);
  return Array.from({ length: count }, (_, at) => {
    const [begins, ends] = [at ? edge(at) : found.begins, at + 1 < count ? edge(at + 1) : found.ends];
    const isIn = (date) => date >= begins && (at + 1 < count ? date < ends : date <= ends);
    return {
      begins,
      ends,
      injects: found.injects.map((inject, index) => ({ ...inject, number: index + 1 })).filter((inject) => isIn(inject.date)),
      wars: found.wars.filter((war) => war.begins <= ends && (war.ends ?? found.ends) >= begins),
      crises: found.crises.filter((crisis) => isIn(crisis.begins)),
      alliances: found.alliances.map((one) => ({
        ...one,
        begins: one.begins && isIn(one.begins) ? one.begins : null,
        ends: one.ends && isIn(one.ends) ? one.ends : null,
        joined: one.joined.filter((change) => isIn(change.on)),
        left: one.left.filter((change) => isIn(change.on)),
      })),
    };
  });
}

/**
 * Draw the timeline. `told` says each kind of thing in words; `least` is its least width; lanes without marks are left out
 * of a `dense` one.
 *
 * @param {any} found
 * @param {{ told: any, least?: number, dense?: boolean }} how
 */
export function timeline(found, { told, least = LEAST, dense = false }, id = "timeline") {
  const { width, place } = scaleOf(found, least);
  const lanes = [
    injectLane(found.injects, place, told),
    warLane(found.wars, place, told, found.ends, LABEL + width),
    crisisLane(found.crises, place, told),
    allianceLane("pacts-made", found.alliances, "begins", place, told),
    ...["joined", "left"].flatMap((change) => {
      const changes = memberships(found.alliances, change);
      return changes.length ? [allianceLane(`pacts-${change}`, changes, "on", place, told)] : [];
    }),
    allianceLane("pacts-ended", found.alliances, "ends", place, told),
  ].filter((lane) => !dense || lane.marks.length);
  let y = TOP;
  const body = lanes.map((lane) => {
    const top = y;
    y += lane.count * ROW + 8;
    return h(
      "g",
      { class: `time-lane time-${lane.kind}`, transform: `translate(0 ${top})` },
      h("text", { class: "axis", x: LABEL - 12, y: 17, "text-anchor": "end" }, t(`figures.lane.${lane.kind}`)),
      h("line", { class: "grid", x1: LABEL, x2: LABEL + width, y1: lane.count * ROW + 4, y2: lane.count * ROW + 4 }),
      lane.marks,
    );
  });
  const title = t("figures.timelineTo", { begins: longDate(found.begins), ends: longDate(found.ends), found: finding(found) });
  return figure(id, Math.ceil(LABEL + width + 24), y + 4, title, [years(found, place, y), body], { natural: true });
}

function years({ begins, ends }, place, height) {
  const lines = [];
  const [first, last] = [Number(begins.slice(0, 4)), Number(ends.slice(0, 4))];
  for (let year = first; year <= last; year += 1) {
    const x = px(place(year === first ? begins : `${year}-01-01`));
    lines.push(h("line", { class: "grid", x1: x, x2: x, y1: 6, y2: height }));
    // A label that would run into the next year's is left out.
    const next = place(`${year + 1}-01-01`) - x;
    if ((year === last && ends > `${year}-03`) || (year < last && next > LABEL_ROOM)) lines.push(h("text", { class: "axis", x: x + 3, y: 18 }, String(year)));
  }
  return lines;
}

function injectLane(injects, place, told) {
  const spots = injects.map((inject) => ({ x: place(inject.date) - 11, width: 24 }));
  const { rows, count } = packed(spots);
  const marks = injects.map((inject, index) => {
    const [x, y] = [px(spots[index].x + 11), rows[index] * ROW + 12];
    return h(
      "g",
      { class: `time-mark inject-${inject.by}` },
      h("title", null, told.inject(inject)),
      h("circle", { cx: x, cy: y, r: 10 }),
      h("text", { x, y: y + 4.5, "text-anchor": "middle" }, String(inject.number ?? index + 1)),
    );
  });
  return { kind: "injects", count, marks };
}

function warLane(wars, place, told, last, right) {
  const spots = wars.map((war) => {
    const x = place(war.begins);
    const bar = Math.max(4, place(war.ends ?? last) - x);
    const text = sides(war).length * CHARACTER;
    // Words that would run over the edge end at it.
    const words = Math.max(LABEL, Math.min(x, right - text));
    return { x: Math.min(x, words), start: x, words, bar, width: Math.max(bar, text + 10) + 4 + Math.max(0, x - words) };
  });
  const { rows, count } = packed(spots);
  const marks = wars.map((war, index) => {
    const [{ start, words, bar }, y] = [spots[index], rows[index] * ROW];
    return h(
      "g",
      { class: `time-mark ${war.ends ? "" : "goes-on"}` },
      h("title", null, told.war(war)),
      h("rect", { x: px(start), y: y + 16, width: px(bar), height: 6 }),
      h("text", { x: px(words), y: y + 13 }, sides(war)),
    );
  });
  return { kind: "wars", count, marks };
}

// The higher a crisis went, the taller its tick.
function crisisLane(crises, place, told) {
  const marks = crises.map((crisis) => {
    const x = px(place(crisis.begins));
    return h(
      "g",
      { class: `time-mark level-${crisis.level}` },
      h("title", null, told.crisis(crisis)),
      h("line", { x1: x, x2: x, y1: 22 - 4 * Math.min(crisis.level, LEVEL_MAX), y2: 24 }),
    );
  });
  return { kind: "crises", count: 1, marks };
}

function allianceLane(kind, alliances, edge, place, told) {
  const shown = alliances.filter((alliance) => alliance[edge]).sort((a, b) => (a[edge] < b[edge] ? -1 : 1));
  const spots = shown.map((alliance) => ({ x: place(alliance[edge]) - 7, width: 15 }));
  const { rows, count } = packed(spots);
  const marks = shown.map((alliance, index) => {
    const [x, y] = [px(spots[index].x + 7), rows[index] * ROW + 12];
    const shape =
      edge === "begins" || alliance.joins ? `M${x} ${y - 7}L${x + 7} ${y + 6}H${x - 7}Z` : `M${x - 5} ${y - 5}l10 10m0 -10l-10 10`;
    return h(
      "g",
      { class: `time-mark ${alliance.secret ? "secret" : ""}` },
      h("title", null, told.alliance(alliance, edge)),
      h("path", { d: shape }),
    );
  });
  return { kind, count, marks };
}
