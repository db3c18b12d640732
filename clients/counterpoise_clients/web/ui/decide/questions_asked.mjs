// What a call asks, in words.

import { voteLabel } from "../../form_choices.mjs";
import { LEVELS, RELATION, aCommitment, titled } from "../../words.mjs";
import { asked } from "../sentences.mjs";

/** Say in words what is asked: why, by whom, about what. */
export function question(call, view, names) {
  const name = (id) => names[id] ?? id;
  const all = (ids) => ids.map(name).join(", ");
  if (call.reason === "proposal") {
    const offer = view.proposals.find((proposal) => proposal.id === call.subject);
    if (!offer) return `${name(call.asker)} waits for your answer to its offer.`;
    if (offer.alignment || offer.treaty) return ofMany(offer, name, all);
    return `${name(offer.proposer)} offers you ${aCommitment(offer.commitment)}${offer.against ? ` against ${name(offer.against)}` : ""}${offer.secret ? ", in secret" : ""}.`;
  }
  if (call.reason === "membership") {
    const vote = view.membership_votes.find((found) => found.id === call.subject);
    return vote
      ? `${name(vote.asker)} ${vote.question === "admit" ? "asks to join" : `moves to ${vote.question} ${name(vote.state)}`}: ${voteLabel(vote, view, names)}. One objection ends the matter.`
      : `${name(call.asker)} waits for your vote.`;
  }
  if (call.reason === "crisis" || call.reason === "demand") {
    const crisis = view.crises.find((found) => found.id === call.subject);
    if (!crisis) return "A crisis waits for your answer.";
    const other = crisis.initiator === view.own.id ? crisis.target : crisis.initiator;
    const ultimatum = crisis.ultimatum ? " This is an ultimatum: refusal means war." : "";
    return `Crisis with ${name(other)} over ${RELATION[crisis.aim] ?? crisis.aim}, now at ${LEVELS[crisis.level] ?? crisis.level}.${crisis.demand ? ` ${name(crisis.initiator)}: “${crisis.demand}”` : ""}${ultimatum}`;
  }
  if (call.reason === "condition") {
    const condition = view.conditions?.find((found) => found.id === call.subject);
    return condition
      ? `${name(condition.donor)} asks you to ${asked(condition, name)} for its ${condition.aid} aid.`
      : `${name(call.asker)} waits for your answer to its demand.`;
  }
  const war = view.wars.find((found) => found.id === call.subject);
  const sides = war ? `${all(war.attackers)} against ${all(war.defenders)}` : "a war";
  if (call.reason === "ally") return `${name(call.asker)} calls on your promise: ${sides}.`;
  const fights = war && [...war.attackers, ...war.defenders].includes(call.asker);
  if (call.reason === "peace" && war && !fights)
    return `${name(call.asker)} asks whether you would make peace in the war of ${sides}.`;
  if (call.reason === "peace") return `${name(call.asker)} offers peace in the war of ${sides}.`;
  return `${titled(call.reason)}: your answer is asked for.`;
}

/** Say what a treaty of many or an invitation to a pact asks. */
function ofMany(offer, name, all) {
  const aimed = offer.against ? ` against ${name(offer.against)}` : "";
  const terms = `${aCommitment(offer.commitment)}${offer.name ? ` (${offer.name})` : ""}${aimed}${offer.secret ? ", in secret" : ""}`;
  const others = all(offer.parties);
  if (offer.alignment)
    return `${name(offer.proposer)} invites you to join ${terms}, in which ${others ? `${others} are members` : "it is a member"}.`;
  return `${name(offer.proposer)} asks you to sign ${terms}, with ${others}. It comes into force if ${offer.needed} of the invited states sign.`;
}
