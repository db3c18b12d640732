// Pictures for papers: the figures of the pages with title and legend in one SVG, for `counterpoise draw`. Pure.

import { findAll, h, textOf } from "../h.mjs";
import { campsOf } from "../map/camps.mjs";
import { groundOf } from "../map/ground.mjs";
import { widthOf } from "../map/layout.mjs";
import { legend } from "../map/legend.mjs";
import { map, namer } from "../map/map.mjs";
import { drawnPart, worldOfView, worldOfWhole } from "../map/world.mjs";
import { t } from "../text/text.mjs";
import { heat } from "../viz/heat.mjs";
import { lanes } from "../viz/lanes.mjs";
import { leadSample, network, sample, styles, tiesOf } from "../viz/network.mjs";
import { CLASSES, longDate } from "../words.mjs";
import { svgText } from "./svg.mjs";

/** @typedef {import("../h.mjs").Description} Description */
/** @typedef {{ sample: Description | null, words: string }} Item of a legend */
/**
 * What a picture is made from. `view` and `threats` are those of a seat, or `whole` and `matrix` the world as it was.
 *
 * @typedef {{ what: "map" | "network" | "matrix" | "lanes", title: string, date: string, outlines: any, actors: any[], css: string,
 *   view?: any, threats?: any, whole?: any, matrix?: any, decisions?: any[] }} Source
 */

const MARGIN = 24;
const HEAD = 52;
const ROW = 30;
const SAMPLE = 56;
/** The width of a title beside the same words as a name on the map. */
const TITLE_SHARE = 26 / 30;
/** The width of a word in the legend beside the same word as a name on the map. */
const TEXT_SHARE = 0.48;

/**
 * Return a picture as SVG text.
 *
 * @param {Source} source
 */
export function picture(source) {
  const { body, items } = PICTURES[source.what](source);
  const boxes = body.map((svg) => String(svg.attributes.viewBox).split(" ").map(Number));
  const title = `${source.title}, ${longDate(source.date)}`;
  const width = Math.round(Math.max(widthOf(title) * TITLE_SHARE, ...boxes.map(([, , across]) => across)) + 2 * MARGIN);
  let top = HEAD;
  const placed = body.map((svg, at) => {
    const [, , across, down] = boxes[at];
    const child = h("svg", { ...svg.attributes, x: MARGIN, y: top, width: across, height: down }, svg.children);
    top += down + MARGIN;
    return child;
  });
  const keys = rowsOf(items, width - 2 * MARGIN);
  const height = top + keys.rows * ROW + (keys.rows ? MARGIN / 2 : 0);
  const whole = h(
    "svg",
    { viewBox: `0 0 ${width} ${height}`, width, height, class: "figure" },
    h("title", null, title),
    h("rect", { class: "picture-paper", width, height }),
    h("text", { class: "picture-title", x: MARGIN, y: 34 }, title),
    placed,
    keys.body.map((key) => h("g", { transform: `translate(${MARGIN + key.x} ${top + key.row * ROW})` }, key.drawn)),
  );
  return svgText(whole, source.css);
}

/** @type {Record<Source["what"], (source: Source) => { body: Description[], items: Item[] }>} */
const PICTURES = {
  map(source) {
    const { outlines, actors, view, threats, whole, matrix } = source;
    const world = view ? worldOfView(view, threats) : worldOfWhole(whole, matrix);
    const shown = drawnPart(world, world.own, false);
    const camps = campsOf(world, actors.map((/** @type {any} */ actor) => actor.id));
    const drawn = map(groundOf(outlines, actors, false), world, { id: "map", order: actors }, shown);
    return { body: svgsIn(drawn), items: itemsIn(legend(shown, camps, namer(world, actors))) };
  },
  network({ actors, view, whole }) {
    const seen = view ?? { ...whole, own: { id: "" }, others: [] };
    const ids = view ? [view.own.id, ...view.others.map((/** @type {any} */ other) => other.id)] : whole.states.map((/** @type {any} */ state) => state.id);
    const ties = tiesOf(seen);
    const looks = new Map(ties.flatMap((tie) => (styles()[/** @type {keyof ReturnType<typeof styles>} */ (tie.kind)] ? [[styles()[/** @type {keyof ReturnType<typeof styles>} */ (tie.kind)][1], tie.kind]] : [])));
    const items = [...looks].map(([words, kind]) => ({ sample: /** @type {Description | null} */ (sample(kind)), words: String(words) }));
    if (ties.some((tie) => tie.lead)) items.push({ sample: leadSample(), words: t("states.network.lead") });
    const there = actors.filter((/** @type {any} */ actor) => ids.includes(actor.id));
    return { body: svgsIn(network(there, ties, seen.own.id)), items: [...items, ...codes(there)] };
  },
  matrix({ actors, matrix }) {
    const there = actors.filter((/** @type {any} */ actor) => actor.id in matrix);
    const how = { names: namesOf(there), chosen: null, choose() {} };
    return { body: svgsIn(heat(there.map((/** @type {any} */ actor) => actor.id), matrix, how)), items: codes(there) };
  },
  lanes({ actors, decisions = [] }) {
    const kinds = [...new Set(decisions.map((decision) => decision.class).filter(Boolean))];
    const made = new Set(decisions.map((decision) => decision.actor));
    const key = (/** @type {string} */ kind) => ({ sample: null, words: `${CLASSES[kind]?.[0] ?? "?"}: ${CLASSES[kind]?.[1] ?? kind}` });
    const items = [...kinds.map(key), ...codes(actors.filter((/** @type {any} */ actor) => made.has(actor.id)))];
    return { body: [lanes(decisions, { names: namesOf(actors) })].flat().flatMap((one) => svgsIn(one)), items };
  },
};

const namesOf = (/** @type {any[]} */ actors) => Object.fromEntries(actors.map((actor) => [actor.id, actor.name]));
const codes = (/** @type {any[]} */ actors) => actors.map(({ id, name }) => ({ sample: null, words: `${id} ${name}` }));
const svgsIn = (/** @type {Description} */ drawn) => findAll(drawn, "svg");

/**
 * @param {Description} list a legend of a page
 * @returns {Item[]}
 */
const itemsIn = (list) => findAll(list, "li").map((item) => ({ sample: findAll(item, "svg")[0] ?? null, words: textOf(item).trim() }));

/**
 * Place the items of a legend in rows.
 *
 * @param {Item[]} items
 * @param {number} width
 */
function rowsOf(items, width) {
  let [x, row] = [0, 0];
  const body = items.map((item) => {
    const room = (item.sample ? SAMPLE : 0) + widthOf(item.words) * TEXT_SHARE + 22;
    if (x > 0 && x + room > width) [x, row] = [0, row + 1];
    const at = { x, row };
    x += room;
    const look = item.sample && h("svg", { ...item.sample.attributes, x: 0, y: -2, width: 48, height: 22 }, item.sample.children);
    return { ...at, drawn: [look, h("text", { class: "picture-key", x: item.sample ? SAMPLE : 0, y: 15 }, item.words)] };
  });
  return { body, rows: items.length ? row + 1 : 0 };
}
