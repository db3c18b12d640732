// Which states stand together: camps, their leaders, and how closely each state is bound. Pure.

import { pairsOf } from "./world.mjs";

/**
 * The camp of a state. `number` is 1 to 4; a fifth camp and later ones have 5. `isLoose`: bound through another member only, or
 * by less than a promise to fight.
 *
 * @typedef {{ leader: string, number: number, isLoose: boolean }} Camp
 */

/** How many camps have a colour and a shape of their own. */
export const CAMPS = 4;
const STRONG = ["defence", "offence", "union", "guarantee"];
// A pact of non-aggression joins rivals more often than friends, and arms are sold to many.
const WEAK = ["neutrality", "consultation", "joint_operation", "basing"];

/**
 * Return the camp of each state that has one.
 *
 * A camp is a state with the states that are bound to it by a promise to fight; its leader is the one with most of them, then
 * the first in the scenario: who is more powerful, each seat judges for itself. States that are left over are loosely bound if they
 * are bound to members of one camp only.
 *
 * A leader's number depends on its place among the states, so that every viewer gives a camp the same number at any time, as long
 * as no two leaders want the same one.
 *
 * @param {Pick<import("./world.mjs").World, "states" | "pacts">} world
 * @param {string[]} order all states of the scenario
 * @returns {Record<string, Camp>}
 */
export function campsOf({ states, pacts }, order) {
  const strong = partnersBy(pacts, STRONG);
  /** @type {Record<string, string>} */
  const leaderOf = {};
  const free = new Set(states.map((state) => state.id));
  const partners = (/** @type {string} */ state) => [...(strong.get(state) ?? [])].filter((other) => free.has(other));
  for (;;) {
    const [leader] = [...free]
      .filter((state) => partners(state).length > 0)
      .sort((a, b) => partners(b).length - partners(a).length || order.indexOf(a) - order.indexOf(b));
    if (!leader) break;
    const members = [leader, ...partners(leader)];
    for (const member of members) {
      leaderOf[member] = leader;
      free.delete(member);
    }
  }
  const numbers = numbered([...new Set(Object.values(leaderOf))], order);
  /** @type {Record<string, Camp>} */
  const camps = {};
  for (const [state, leader] of Object.entries(leaderOf)) camps[state] = { leader, number: numbers[leader], isLoose: false };
  const weak = partnersBy(pacts, WEAK);
  for (const state of free) {
    const through = (/** @type {Map<string, Set<string>>} */ links) => [
      ...new Set([...(links.get(state) ?? [])].map((other) => leaderOf[other]).filter(Boolean)),
    ];
    const near = through(strong).length ? through(strong) : through(weak);
    if (near.length === 1) camps[state] = { leader: near[0], number: numbers[near[0]], isLoose: true };
  }
  return camps;
}

/**
 * @param {import("./world.mjs").Pact[]} pacts
 * @param {string[]} commitments
 */
function partnersBy(pacts, commitments) {
  /** @type {Map<string, Set<string>>} */
  const partners = new Map();
  for (const pact of pacts.filter((one) => commitments.includes(one.commitment))) {
    for (const [one, other] of pairsOf(pact)) {
      partners.set(one, (partners.get(one) ?? new Set()).add(other));
      partners.set(other, (partners.get(other) ?? new Set()).add(one));
    }
  }
  return partners;
}

/**
 * @param {string[]} leaders
 * @param {string[]} order
 */
function numbered(leaders, order) {
  /** @type {Record<string, number>} */
  const numbers = {};
  const free = [1, 2, 3, 4];
  const sorted = [...leaders].sort((a, b) => order.indexOf(a) - order.indexOf(b));
  const wanted = (/** @type {string} */ leader) => (order.indexOf(leader) % CAMPS) + 1;
  for (const leader of sorted.filter((one) => free.includes(wanted(one)))) {
    if (!free.includes(wanted(leader))) continue;
    numbers[leader] = wanted(leader);
    free.splice(free.indexOf(wanted(leader)), 1);
  }
  for (const leader of sorted.filter((one) => !(one in numbers))) numbers[leader] = free.shift() ?? CAMPS + 1;
  return numbers;
}
