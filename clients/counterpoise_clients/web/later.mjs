// Pages that a player in play does not need: they are loaded when they are opened.

import { loading } from "./ui/gate.mjs";

const LATER = {
  debrief: () => import("./ui/debrief/debrief.mjs").then((page) => page.debrief),
  details: () => import("./ui/observer.mjs").then((page) => page.observer),
  sideBySide: () => import("./class/side_by_side.mjs").then((page) => page.sideBySide),
  worldsReplay: () => import("./class/worlds_replay.mjs").then((page) => page.worldsReplay),
  replay: () => import("./replay/island.mjs").then((page) => page.replay),
  wall: () => import("./wall/wall.mjs").then((page) => page.wall),
  what_if: () => import("./what_if/page.mjs").then((page) => page.whatIf),
  go_on: () => import("./going_on/page.mjs").then((page) => page.goingOn),
  moderator: () => import("./console/moderator.mjs").then((page) => page.moderator),
};
const opened = {};

/** Return the function that draws a page; until it is there, one that says so. Without a network the next redraw tries again. */
export function later(name, redraw) {
  if (!(name in opened)) {
    opened[name] = null;
    LATER[name]().then(
      (page) => {
        opened[name] = page;
        redraw();
      },
      () => delete opened[name],
    );
  }
  return opened[name] ?? loading;
}

/** Print records, one on each page; the code for that is loaded when it is first needed. */
export function printRecords(sheets) {
  return import("./ui/records/print.mjs").then(({ printSheets }) => printSheets(sheets));
}
