// The situation: wars and crises under way, offers and votes that wait. Nothing to press, but good to know.

import { h } from "../h.mjs";
import { voteLabel } from "../form_choices.mjs";
import { LEVELS, RELATION, aCommitment, dateAfter, listed, longDate, titled } from "../words.mjs";

/** Say what the victory of a side would bring this seat, by its own estimate. */
export function spoilsWords(won, name) {
  const claims = won.claims.length ? `, and what you claim of ${listed(won.claims.map(name))}` : "";
  return `If ${name(won.side)} wins with you: about ${Math.round(won.money)} % of a year's budget${claims}.`;
}

/** Say who asks the members of a pact for what, whether this seat has voted, and until when they vote. */
export function voteWords(vote, view, names) {
  const name = (id) => (id === view.own.id ? "You" : (names[id] ?? id));
  const verb = (one, other) => (vote.asker === view.own.id ? one : other);
  const asks =
    vote.question === "admit" ? verb("ask to join", "asks to join") : `${verb("move", "moves")} to ${vote.question}`;
  const own = vote.consented ? " You have consented." : "";
  const until = longDate(dateAfter(view.date, vote.deadline - view.tick));
  return `A vote: ${name(vote.asker)} ${asks}. ${voteLabel(vote, view, names)}.${own} All other members must consent by ${until}.`;
}

function warWords(war, name) {
  const offers = war.offers.length ? ` Peace offered by ${listed(war.offers.map(name))}.` : "";
  return `War over ${RELATION[war.aim] ?? war.aim}: ${listed(war.attackers.map(name))} against ${listed(war.defenders.map(name))}. The attackers' chance is put at ${Math.round(war.win_chance * 100)} %.${offers}`;
}

function crisisWords(crisis, name) {
  const own = crisis.own_response ? ` You: ${titled(crisis.own_response).toLowerCase()}.` : "";
  return `Crisis: ${name(crisis.initiator)} against ${name(crisis.target)} over ${RELATION[crisis.aim] ?? crisis.aim}, ${LEVELS[crisis.level] ?? crisis.level}.${own}`;
}

function offerWords(proposal, view, name) {
  if (proposal.proposer === view.own.id)
    return `Your offer of ${aCommitment(proposal.commitment)} to ${name(proposal.to)} waits for an answer.`;
  if (proposal.to === view.own.id) return `${name(proposal.proposer)} offers you ${aCommitment(proposal.commitment)}.`;
  return `${name(proposal.to)} is invited to a pact of yours: ${aCommitment(proposal.commitment)}.`;
}

/** Draw the list; what the seat is called to answer stands with its call instead. */
export function situation(view, names) {
  const name = (id) => names[id] ?? id;
  const called = new Set(view.calls.map((call) => call.subject));
  const waits = (thing) => !called.has(thing.id);
  const lines = [
    ...view.wars.map((war) => [`w${war.id}`, warWords(war, name), (war.spoils ?? []).map((won) => spoilsWords(won, name))]),
    ...view.crises.filter(waits).map((crisis) => [`c${crisis.id}`, crisisWords(crisis, name), []]),
    ...view.proposals.filter(waits).map((proposal) => [`p${proposal.id}`, offerWords(proposal, view, name), []]),
    ...view.membership_votes.filter(waits).map((vote) => [`v${vote.id}`, voteWords(vote, view, names), []]),
  ];
  return lines.length
    ? h(
        "ul",
        { class: "situation" },
        lines.map(([key, words, prizes]) => h("li", { key }, words, prizes.length ? spoilsList(prizes) : null)),
      )
    : null;
}

const spoilsList = (prizes) =>
  h(
    "ul",
    { class: "spoils", "aria-label": "What the war may bring you, by your own estimate" },
    prizes.map((words) => h("li", { key: words }, words)),
  );
