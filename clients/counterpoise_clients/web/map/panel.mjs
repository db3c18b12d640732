// The panel of the map: the picture, its legend, the card of a state, and everything as a table.

import { h } from "../h.mjs";
import { longDate } from "../words.mjs";
import { campsOf } from "./camps.mjs";
import { captionOf, groundOf } from "./ground.mjs";
import { neighbour } from "./layout.mjs";
import { legend } from "./legend.mjs";
import { finding, map, namer, shapeAt } from "./map.mjs";
import { rowsOf, stateWords } from "./table.mjs";
import { drawnPart, worldOfPublic, worldOfView } from "./world.mjs";
import { button, panel, table } from "../ui/parts.mjs";
import { language, t } from "../text/text.mjs";

/** The panel of the last drawing by its id, with what it was made from: most redraws change nothing on the map. */
const drawn = new Map();

/** Draw the map of what the seat may know. */
export function seatMap(state, act) {
  const { view, threats } = state.observe;
  return mapPanel({ id: "map", title: t("map.map"), source: state.observe, world: () => worldOfView(view, threats), state, act });
}

/** Draw the map of what everyone may know. */
export function publicMap(state, act) {
  const seen = state.public;
  return seen && mapPanel({ id: "map", title: t("map.map"), source: seen, world: () => worldOfPublic(seen, state.publicFears), state, act, isWide: true });
}

/**
 * Draw a panel with a map.
 *
 * @param {{ id: string, title: string, source: object, world: () => import("./world.mjs").World, state: any, act: any,
 *   isWide?: boolean, isNarrow?: boolean, note?: any }} what `source` is what `world` is made from; `isWide`: there may be room for
 *   the whole frame; `isNarrow`: there may be no room for more than the narrow one
 */
export function mapPanel({ id, title, source, world, state, act, isWide = false, isNarrow = true, note = null }) {
  const places = state.welcome?.scenario?.actors ?? [];
  const choice = state.ui.map;
  if (state.welcome?.scenario?.map && state.outlines === null) return panel(id, title, { class: "map-panel" }, h("p", { role: "status" }, t("map.loadingTheMap")));
  const known = drawn.get(id);
  const inputs = [source, title, state.outlines, choice, places, language(), isWide, isNarrow];
  if (known && inputs.every((input, at) => input === known.inputs[at])) return known.panel;
  const made = filled({ id, title, world: world(), outlines: state.outlines || null, places, choice, act, isWide, isNarrow, note });
  drawn.set(id, { inputs, panel: made });
  return made;
}

function filled({ id, title, world, outlines, places, choice, act, isWide, isNarrow, note }) {
  const name = namer(world, places);
  const camps = campsOf(world, places.map((place) => place.id));
  const set = (change) => act.uiPart("map", change);
  const alone = choice.show === "own" && Boolean(world.own);
  const shown = drawnPart(world, alone ? world.own : choice.state, alone);
  const picture = (narrow) =>
    map(
      groundOf(outlines, places, narrow),
      world,
      {
        id: narrow ? `${id}-narrow` : `${id}-wide`,
        order: places,
        narrow,
        chosen: choice.state,
        onChoose: (chosen) => set({ state: chosen === choice.state ? "" : chosen }),
        onMove: move,
      },
      shown,
    );
  return panel(
    id,
    title,
    { class: "map-panel", aside: switches(id, choice.show, Boolean(world.own), set) },
    h("p", { class: "lead" }, world.date ? `${longDate(world.date)}. ` : "", finding(world, camps, name)),
    choice.show === "table"
      ? tableTwin(world, camps, name)
      : [
          h("div", { class: "map-pictures", key: "pictures" }, isWide && isNarrow ? [h("div", { class: "on-wide" }, picture(false)), h("div", { class: "on-narrow" }, picture(true))] : picture(isNarrow)),
          card(choice.state, world, camps, name, () => set({ state: "" })),
          legend(shown, camps, name),
          h("p", { class: "quiet small" }, captionOf(outlines), t("map.chooseAStateToRead")),
        ],
    note,
  );
}

function switches(id, show, hasOwn, set) {
  const one = (value, words) => button(words, () => set({ show: value }), { kind: "small", key: value, id: `${id}-show-${value}`, "aria-pressed": show === value ? "true" : "false" });
  return h("div", { class: "map-switches", role: "group", "aria-label": t("map.whatTheMapShows") }, one("all", t("map.everything")), hasOwn ? one("own", t("map.onlyMine")) : null, one("table", t("map.asTable")));
}

// Arrow keys go to the nearest state in their direction, within the picture that has the focus.
function move(event, spots) {
  const to = neighbour(spots, event.currentTarget.getAttribute("data-state"), event.key);
  if (!event.key.startsWith("Arrow")) return;
  event.preventDefault();
  event.currentTarget.closest("svg").querySelector(`[data-state="${to}"]`)?.focus();
}

function card(id, world, camps, name, shut) {
  if (!world.states.some((state) => state.id === id)) return null;
  return h(
    "div",
    { class: "map-card", key: "card", role: "status" },
    h("div", { class: "panel-head" }, h("h3", null, shapeBefore(camps[id]), name(id)), button(t("map.close"), shut, { kind: "small" })),
    h(
      "ul",
      null,
      stateWords(id, world, camps, name).map((words) => h("li", null, words, ".")),
    ),
  );
}

/** The shape of a state's camp, before its name. */
export const shapeBefore = (camp) =>
  h("svg", { class: `camp-sign camp-${camp?.number ?? 0}`, viewBox: "0 0 36 36", "aria-hidden": "true", focusable: "false" }, shapeAt(camp ?? null, 18, 18));

function tableTwin(world, camps, name) {
  const list = (words) => (words.length ? words.map((one) => h("span", { class: "line" }, one)) : h("span", { class: "quiet none" }, "–"));
  return table({
    caption: world.date ? t("map.whatTheMapShowsOn", { date: longDate(world.date) }) : t("map.whatTheMapShows"),
    class: "map-table",
    rows: rowsOf(world, camps, name),
    key: (row) => row.id,
    columns: [
      { label: t("map.state"), head: true, cell: (row) => [shapeBefore(camps[row.id]), " ", row.name] },
      { label: t("map.camp"), cell: (row) => row.camp },
      { label: t("map.pacts"), cell: (row) => list(row.pacts) },
      { label: t("map.fearsMost"), cell: (row) => row.fears || list([]) },
      { label: t("map.crisisOrWar"), cell: (row) => list(row.conflicts) },
      { label: t("map.more"), cell: (row) => list(row.more) },
    ],
  });
}
