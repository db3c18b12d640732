// The situation: wars and crises under way, offers and votes that wait. Nothing to press, but good to know.

import { h } from "../h.mjs";
import { voteLabel } from "../form_choices.mjs";
import { t } from "../text/text.mjs";
import { LEVELS, RELATION, aCommitment, codeWords, dateAfter, listed, longDate, percent } from "../words.mjs";

/**
 * Say what the victory of a side would bring this seat, by its own estimate.
 *
 * @param {any} won
 * @param {any} name
 */
export function spoilsWords(won, name) {
  const values = { side: name(won.side), money: Math.round(won.money), states: listed(won.claims.map(name)) };
  return won.claims.length ? t("states.spoils.claims", values) : t("states.spoils", values);
}

/**
 * Say who asks the members of a pact for what, whether this seat has voted, and until when they vote.
 *
 * @param {any} vote
 * @param {any} view
 * @param {Record<string, string>} names
 */
export function voteWords(vote, view, names) {
  const asker = names[vote.asker] ?? vote.asker;
  const asks =
    vote.asker === view.own.id ? t(`states.vote.own.${vote.question}`) : t(`states.vote.other.${vote.question}`, { asker });
  const until = longDate(dateAfter(view.date, vote.deadline - view.tick));
  const values = { asks, about: voteLabel(vote, view, names), until };
  return vote.consented ? t("states.vote.consented", values) : t("states.vote", values);
}

/**
 * @param {any} war
 * @param {any} name
 */
function warWords(war, name) {
  const words = t("states.war", {
    aim: RELATION[war.aim] ?? war.aim,
    attackers: listed(war.attackers.map(name)),
    defenders: listed(war.defenders.map(name)),
    chance: percent(war.win_chance),
  });
  return war.offers.length ? words + t("states.war.offers", { states: listed(war.offers.map(name)) }) : words;
}

/**
 * @param {any} crisis
 * @param {any} name
 */
function crisisWords(crisis, name) {
  const words = t("states.crisis", {
    a: name(crisis.initiator),
    b: name(crisis.target),
    aim: RELATION[crisis.aim] ?? crisis.aim,
    level: LEVELS[crisis.level] ?? crisis.level,
  });
  return crisis.own_response ? words + t("states.crisis.you", { response: codeWords(crisis.own_response) }) : words;
}

/**
 * @param {any} proposal
 * @param {any} view
 * @param {any} name
 */
function offerWords(proposal, view, name) {
  const pact = aCommitment(proposal.commitment);
  if (proposal.proposer === view.own.id) return t("states.offer.own", { pact, state: name(proposal.to) });
  if (proposal.to === view.own.id) return t("states.offer.you", { pact, state: name(proposal.proposer) });
  return t("states.offer.invited", { pact, state: name(proposal.to) });
}

/**
 * Draw the list; what the seat is called to answer stands with its call instead.
 *
 * @param {any} view
 * @param {Record<string, string>} names
 */
export function situation(view, names) {
  const name = (/** @type {string} */ id) => names[id] ?? id;
  const called = new Set(view.calls.map((/** @type {any} */ call) => call.subject));
  const waits = (/** @type {any} */ thing) => !called.has(thing.id);
  const lines = [
    ...view.wars.map((/** @type {any} */ war) => [`w${war.id}`, warWords(war, name), (war.spoils ?? []).map((/** @type {any} */ won) => spoilsWords(won, name))]),
    ...view.crises.filter(waits).map((/** @type {any} */ crisis) => [`c${crisis.id}`, crisisWords(crisis, name), []]),
    ...view.proposals.filter(waits).map((/** @type {any} */ proposal) => [`p${proposal.id}`, offerWords(proposal, view, name), []]),
    ...view.membership_votes.filter(waits).map((/** @type {any} */ vote) => [`v${vote.id}`, voteWords(vote, view, names), []]),
  ];
  return lines.length
    ? h(
        "ul",
        { class: "situation" },
        lines.map(([key, words, prizes]) => h("li", { key }, words, prizes.length ? spoilsList(prizes) : null)),
      )
    : null;
}

/** @param {any} prizes */
const spoilsList = (prizes) =>
  h(
    "ul",
    { class: "spoils", "aria-label": t("states.spoils.label") },
    prizes.map((/** @type {any} */ words) => h("li", { key: words }, words)),
  );
