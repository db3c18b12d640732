// The worlds of a class beside each other, for the projector: map, date, clock, who is waited for, crises and wars of each. Only what
// everyone may know is on it, whoever looks: at a call it looks as if the clock ran.

import { h } from "../h.mjs";
import { groundOf } from "../map/ground.mjs";
import { map } from "../map/map.mjs";
import { drawnPart, worldOfPublic } from "../map/world.mjs";
import { language, t } from "../text/text.mjs";
import { longDate } from "../words.mjs";
import { happening, isUnread, replays, timeLeft, waits, way } from "./worlds.mjs";

/** From so many worlds on, each has the narrow part of the map. */
const NARROW_FROM = 3;
const HAPPENING_MOST = 3;
/** The last picture of each world, with what it was made from. @type {Map<string, { key: string, picture: any }>} */
const drawn = new Map();

/** Draw the worlds. */
export function sideBySide(state, act, now) {
  const { board } = state;
  return h(
    "main",
    { id: "main", key: "side-by-side", class: `side-by-side of-${Math.min(NARROW_FROM, board.worlds.length)}`, tabindex: "-1" },
    board.worlds.map((world) => card(world, state, act, now)),
    h(
      "p",
      { class: "late-join", key: "join" },
      board.worlds.every((world) => world.phase === "ended") ? t("class.projector-ended") : board.door ? t("class.projector-late", { host: board.join.replace(/^https?:\/\//, "").replace(/#.*$/, ""), code: board.code }) : t("class.door-is-closed"),
      " ",
      replays(board, act),
    ),
  );
}

function card(world, state, act, now) {
  const heading = `beside-${world.world}`;
  const inPlay = world.phase === "running" || world.phase === "paused";
  const isOpen = inPlay && world.at_window;
  const happens = happening(world);
  const rest = happens.length - HAPPENING_MOST;
  return h(
    "article",
    { key: world.world, class: "panel beside-world", "aria-labelledby": heading, "data-world": world.world },
    h(
      "div",
      { class: "beside-head" },
      h("h2", { id: heading }, h("span", { class: "letter-mark" }, world.world), " ", longDate(world.date)),
      h("p", { class: "beside-clock" }, isOpen && world.phase === "running" ? timeLeft(world, state, now) : world.phase === "running" ? null : t(`class.phase-${world.phase}`)),
    ),
    world.reason ? h("p", { class: "beside-reason" }, t("class.paused-because", { reason: world.reason })) : null,
    world.facts ? h("div", { class: "map-pictures" }, pictureOf(world, state)) : null,
    h(
      "ul",
      { class: "plain" },
      isOpen ? h("li", { key: "waits" }, waits(world)) : null,
      happens.slice(0, HAPPENING_MOST).map((words) => h("li", { key: words, class: "grave" }, words)),
      rest > 0 ? h("li", { key: "rest" }, t("wall.moreConflicts", { count: rest })) : null,
      happens.length || !inPlay ? null : h("li", { class: "quiet", key: "none" }, t("class.no-crisis")),
      isUnread(world) ? h("li", { class: "quiet", key: "reading" }, t("class.reading-end")) : null,
    ),
    world.phase === "ended" ? h("p", { class: "buttons" }, way(world, act, "watch", t("class.open-debrief"))) : null,
  );
}

/** Return the map of a world; the same one until something on it changes. */
function pictureOf(world, state) {
  const { board, outlines } = state;
  if (board.map && outlines === null) return h("p", { role: "status" }, t("map.loadingTheMap"));
  const narrow = board.worlds.length >= NARROW_FROM;
  const key = JSON.stringify([world.facts, narrow, Boolean(outlines), language()]);
  const known = drawn.get(world.session);
  if (known?.key === key) return known.picture;
  const seen = drawnPart(worldOfPublic(world.facts), "", false);
  const picture = map(groundOf(outlines || null, board.actors, narrow), seen, { id: `map-${world.world}`, order: board.actors, narrow });
  drawn.set(world.session, { key, picture });
  return picture;
}
