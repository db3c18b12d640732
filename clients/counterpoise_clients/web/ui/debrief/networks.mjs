// The network of pacts and wars over time: small pictures of a few days beside each other, each a link to its moment.

import { h } from "../../h.mjs";
import { pairsOf, worldOfReport } from "../../map/world.mjs";
import { listed, longDate } from "../../words.mjs";
import { px } from "../../viz/marks.mjs";
import { panel } from "../parts.mjs";
import { t } from "../../text/text.mjs";
import { hasMap } from "./map.mjs";
import { dayOfTick, momentLink } from "./moments.mjs";

const PICTURES = 6;
const SIZE = 200;
const RING = 82;
const DAY = 86_400_000;
/** The drawings of the report that is shown: they never change. */
const drawn = new WeakMap();

/** Return the ticks of the pictures: evenly spread from the first day to the last. */
export function ticksOf({ begins, ends }) {
  const last = Math.round((Date.parse(ends) - Date.parse(begins)) / DAY);
  const count = Math.min(PICTURES, last + 1);
  return Array.from({ length: count }, (_, at) => (count > 1 ? Math.round((at * last) / (count - 1)) : 0));
}

/** Draw the panel. */
export function networks(view) {
  const { report, names } = view;
  if (!hasMap(report)) return null;
  if (!drawn.has(report)) drawn.set(report, ticksOf(report.timeline).map((tick) => ({ tick, date: dayOfTick(report.timeline.begins, tick) })).map((day) => ({ ...day, ...linesOf(report, day.date) })));
  const days = drawn.get(report);
  return panel(
    "d-networks",
    t("story.networkOverTime"),
    null,
    h("p", { class: "quiet small" }, t("story.networkLegend")),
    h(
      "ol",
      { class: "small-networks" },
      days.map((day) => h("li", { key: day.date }, momentLink(view, { tick: day.tick, seat: "truth" }, longDate(day.date)), small(report, day, names), h("p", { class: "small" }, t("story.pactsAndWars", { pacts: day.pacts.length, wars: day.wars.length })))),
    ),
  );
}

function linesOf(report, date) {
  const world = worldOfReport(report, date);
  const pairs = new Map();
  for (const pact of world.pacts) for (const [a, b] of pairsOf(pact)) pairs.set([a, b].sort().join("/"), [a, b]);
  const wars = world.wars.flatMap((war) => war.attackers.flatMap((a) => war.defenders.map((b) => [a, b])));
  return { states: world.states.map((state) => state.id), pacts: [...pairs.values()], wars };
}

function small(report, { states, pacts, wars, date }, names) {
  const ids = Object.keys(report.actors);
  const place = (id) => {
    const turn = (2 * Math.PI * ids.indexOf(id)) / ids.length - Math.PI / 2;
    return [px(SIZE / 2 + RING * Math.cos(turn)), px(SIZE / 2 + RING * Math.sin(turn))];
  };
  const line = (kind) => ([a, b]) => {
    const [[x1, y1], [x2, y2]] = [place(a), place(b)];
    return h("line", { class: kind, x1, y1, x2, y2 }, h("title", null, `${names[a] ?? a} – ${names[b] ?? b}`));
  };
  const words = t("story.networkOn", { date: longDate(date), pacts: pacts.length, wars: wars.length, fighting: wars.length ? listed([...new Set(wars.flat())].map((id) => names[id] ?? id)) : "–" });
  return h(
    "svg",
    { class: "small-network", viewBox: `0 0 ${SIZE} ${SIZE}`, role: "img" },
    h("title", null, words),
    pacts.map(line("tie-defence")),
    wars.map(line("tie-war")),
    ids.filter((id) => states.includes(id)).map((id) => {
      const [x, y] = place(id);
      return h("g", { key: id }, h("circle", { cx: x, cy: y, r: 4 }), h("text", { x, y: px(y + (y < SIZE / 2 ? -6 : 13)), "text-anchor": "middle" }, id, h("title", null, names[id] ?? id)));
    }),
  );
}
