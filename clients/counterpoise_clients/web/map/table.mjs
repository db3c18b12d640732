// The map as a table, and one state's relations in words. Pure.

import { LEVELS, codeWords, listed, share } from "../words.mjs";
import { fearsShown, pactWords } from "./relations.mjs";
import { t } from "../text/text.mjs";

/** @typedef {import("./world.mjs").World} World */
/** @typedef {Record<string, import("./camps.mjs").Camp>} Camps */
/** @typedef {(id: string) => string} Name */
/**
 * What the map shows of a state, in words. Empty texts for what it does not have.
 *
 * @typedef {{ id: string, name: string, camp: string, pacts: string[], fears: string, conflicts: string[], more: string[] }} Row
 */

/**
 * Return a row for each state that exists.
 *
 * @param {World} world
 * @param {Camps} camps
 * @param {Name} name
 * @returns {Row[]}
 */
export const rowsOf = (world, camps, name) => world.states.map((state) => rowOf(state.id, world, camps, name));

/**
 * @param {string} id
 * @param {World} world
 * @param {Camps} camps
 * @param {Name} name
 * @returns {Row}
 */
function rowOf(id, world, camps, name) {
  const state = world.states.find((one) => one.id === id);
  const has = (/** @type {string[]} */ members) => members.includes(id);
  const foes = world.wars.filter((war) => has(war.attackers) || has(war.defenders));
  const fears = fearsShown(world).filter((fear) => fear.by === id);
  return {
    id,
    name: name(id),
    camp: campWords(id, camps, name),
    pacts: world.pacts.filter((pact) => has(pact.members)).map((pact) => pactWords(pact, name, id)),
    fears: fears.length ? listed(fears.map((fear) => `${name(fear.of)} ${share(fear.threat)}`)) : "",
    conflicts: [
      ...foes.map((war) => t("map.warWith", { listed: listed((has(war.attackers) ? war.defenders : war.attackers).map(name)) })),
      ...world.crises
        .filter((crisis) => crisis.initiator === id || crisis.target === id)
        .map((crisis) => t("map.crisisWith", { name: name(crisis.initiator === id ? crisis.target : crisis.initiator), value: LEVELS[crisis.level] })),
    ],
    more: [
      ...(state?.occupier ? [t("map.heldBy", { round: Math.round(state.occupied * 100), occupier: name(state.occupier) })] : []),
      ...world.aid.filter((flow) => flow.donor === id).map((flow) => t("map.givesAid", { recipient: name(flow.recipient), kind: codeWords(flow.kind) })),
      ...world.aid.filter((flow) => flow.recipient === id).map((flow) => t("map.getsAidFrom", { kind: codeWords(flow.kind), donor: name(flow.donor) })),
      ...world.penetrations.filter((hold) => hold.by === id).map((hold) => t("map.hasAccessToThePolitics", { of: name(hold.of) })),
      ...world.penetrations.filter((hold) => hold.of === id).map((hold) => t("map.hasAccessToItsPolitics", { by: name(hold.by) })),
    ],
  };
}

/**
 * Say which camp a state belongs to.
 *
 * @param {string} id
 * @param {Camps} camps
 * @param {Name} name
 */
export function campWords(id, camps, name) {
  const camp = camps[id];
  if (!camp) return t("map.noCamp");
  if (camp.leader === id) return t("map.leadsACamp");
  return t("map.campOf2", { leader: name(camp.leader), value: camp.isLoose ? t("map.looselyBound") : "" });
}

/**
 * Say everything that the map shows of a state, a phrase each.
 *
 * @param {string} id
 * @param {World} world
 * @param {Camps} camps
 * @param {Name} name
 * @returns {string[]}
 */
export function stateWords(id, world, camps, name) {
  const row = rowOf(id, world, camps, name);
  const fears = row.fears ? [t("map.fears", { fears: row.fears })] : [];
  return [row.camp, ...row.conflicts, ...row.pacts, ...fears, ...row.more].map((words) => words.charAt(0).toUpperCase() + words.slice(1));
}
