// What a moderator of a class does: each act is one request.

import { isUnderWay } from "./store.mjs";

/**
 * Return the acts of the moderator's page.
 *
 * @param {{ ask: (command: Record<string, any>) => string, dispatch: (action: any) => void, state: () => import("./store.mjs").ClassState }} page
 */
export function moderatorActs({ ask, dispatch, state }) {
  const door = (/** @type {Record<string, any>} */ change) => {
    const { door: open, admits, seats } = state().board;
    ask({ t: "door", open, admits, seats, ...change });
  };
  return {
    /** @param {any[]} worlds @param {Record<string, any>} command */
    toWorlds(worlds, command) {
      const asked = worlds.map((world) => world.world).filter((world) => !isUnderWay(state(), command.kind, world));
      if (asked.length) ask({ t: "command", command, worlds: asked });
    },
    /** @param {any[]} people nobody for all who wait */
    admit: (people) => ask({ t: "admit", people: people.map((person) => person.person) }),
    /** @param {any} person */
    refuse: (person) => ask({ t: "refuse", person: person.person }),
    /** @param {any} person @param {string} place such as `A/ARD`; empty for no seat */
    assign(person, place) {
      const [world, seat] = place.split("/");
      if (seat) ask({ t: "assign", person: person.person, world, seat });
    },
    /** @param {any} person */
    unassign: (person) => ask({ t: "unassign", person: person.person }),
    /** @param {any} person */
    renamePerson(person) {
      const { [person.person]: typed, ...others } = state().ui.names;
      const name = (typed ?? "").trim();
      if (name && name !== person.name) ask({ t: "rename_person", person: person.person, name });
      dispatch({ t: "local.ui", change: { names: others } });
    },
    /** @param {string} person @param {string} name what is typed so far */
    typeName: (person, name) => dispatch({ t: "local.ui", change: { names: { ...state().ui.names, [person]: name } } }),
    deal: () => ask({ t: "deal" }),
    /** @param {any} waiting @param {any} known */
    samePerson: (waiting, known) => ask({ t: "same_person", waiting: waiting.person, known: known.person }),
    /** @param {any} person */
    letMove: (person) => ask({ t: "let_move", person: person.person }),
    /** @param {string} seed */
    addWorld: (seed) => ask({ t: "add_world", seed }),
    door,
    /** @param {boolean} on */
    anonymous: (on) => ask({ t: "anonymous", on }),
    /** @param {string} csv @param {{ checks: boolean }} how `checks`: only read it and say what is wrong with it */
    importRoster: (csv, { checks }) => ask({ t: "import_roster", csv, checks }),
    askRecords: () => ask({ t: "ask_records" }),
    /** @param {string} world */
    observersLink: (world) => ask({ t: "open_world", world, role: "observer" }),
    /** @param {string} person @param {string} place */
    chooseSeat: (person, place) =>
      dispatch({ t: "local.ui", change: { seats: { ...state().ui.seats, [person]: place } } }),
  };
}
