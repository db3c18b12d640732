// How big a class is, in words.

import { t } from "../text/text.mjs";

/**
 * Say how many worlds, seats and people a class has.
 *
 * @param {any} board
 */
export function counts(board) {
  const seats = board.worlds.reduce((/** @type {any} */ sum, /** @type {any} */ world) => sum + world.seats.length, 0);
  const people = board.people.filter((/** @type {any} */ person) => person.entered).length;
  return [
    t("class.count-worlds", { count: board.worlds.length }),
    t("class.count-seats", { count: seats }),
    t("class.count-people", { count: people }),
  ].join(", ");
}
