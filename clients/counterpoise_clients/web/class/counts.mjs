// How big a class is, in words.

import { t } from "../text/text.mjs";

/** Say how many worlds, seats and people a class has. */
export function counts(board) {
  const seats = board.worlds.reduce((sum, world) => sum + world.seats.length, 0);
  const people = board.people.filter((person) => person.entered).length;
  return [
    t("class.count-worlds", { count: board.worlds.length }),
    t("class.count-seats", { count: seats }),
    t("class.count-people", { count: people }),
  ].join(", ");
}
