// The moderator's page of a class: clocks, worlds, people, how to join, and what was asked of the class.

import { h } from "../h.mjs";
import { t } from "../text/text.mjs";
import { clockBar } from "./clock_bar.mjs";
import { door } from "./door.mjs";
import { people } from "./people.mjs";
import { records } from "./records.mjs";
import { rehearsal } from "./rehearsal.mjs";
import { fold } from "../ui/parts.mjs";
import { requests } from "./requests.mjs";
import { roster } from "./roster.mjs";
import { worlds } from "./worlds.mjs";

/**
 * Draw the page.
 *
 * @param {import("./store.mjs").ClassState} state
 * @param {any} act
 * @param {number} now
 */
export function board(state, act, now) {
  const practice = rehearsal(state, act);
  const isBefore = state.board.worlds.every((/** @type {any} */ world) => world.phase === "lobby");
  return [
    clockBar(state, act, now),
    h(
      "main",
      { id: "main", key: "board", class: "class-board", tabindex: "-1" },
      h("div", { class: "column class-side", key: "side" }, door(state, act), requests(state), roster(state, act), records(state, act), practice ? (isBefore ? practice : fold(practice)) : null),
      h("div", { class: "column wide", key: "wide" }, worlds(state, act, now), people(state, act, now)),
    ),
  ];
}
