// What a call asks, in words.

import { sidesOf, voteLabel } from "../../form_choices.mjs";
import { t } from "../../text/text.mjs";
import { LEVELS, RELATION, aCommitment, codeWords, titled } from "../../words.mjs";
import { asked } from "../sentences.mjs";

/** The text for each question on which members vote. @type {Record<string, string>} */
const VOTES = { admit: "calls.voteAdmit", invite: "calls.voteInvite", expel: "calls.voteExpel" };

/**
 * Say in words what is asked: why, by whom, about what.
 *
 * @param {Wire.CallView} call
 * @param {Wire.View} view
 * @param {Record<string, string>} names
 * @returns {string}
 */
export function question(call, view, names) {
  const name = (/** @type {string | null} */ id) => names[id ?? ""] ?? id ?? "";
  const state = name(call.asker);
  if (call.reason === "proposal") {
    const offer = view.proposals.find((proposal) => proposal.id === call.subject);
    return offer ? offered(offer, name) : t("calls.proposalGone", { state });
  }
  if (call.reason === "membership") {
    const vote = view.membership_votes.find((found) => found.id === call.subject);
    if (!vote) return t("calls.voteGone", { state });
    return t(VOTES[vote.question], { state: name(vote.asker), other: name(vote.state), vote: voteLabel(vote, view, names) });
  }
  if (call.reason === "crisis" || call.reason === "demand") return ofCrisis(call, view, name);
  if (call.reason === "condition") {
    const found = view.conditions?.find((one) => one.id === call.subject);
    if (!found) return t("calls.conditionGone", { state });
    return t("calls.condition", { state: name(found.donor), asked: asked(found, name), aid: codeWords(found.aid) });
  }
  const war = view.wars.find((found) => found.id === call.subject);
  const sides = war ? sidesOf(war, names) : t("calls.someWar");
  if (call.reason === "ally") return t("calls.ally", { state, sides });
  const fights = war && [...war.attackers, ...war.defenders].includes(call.asker ?? "");
  if (call.reason === "peace") return t(war && !fights ? "calls.brokered" : "calls.peace", { state, sides });
  return t("calls.other", { what: titled(call.reason) });
}

/**
 * @param {Wire.CallView} call
 * @param {Wire.View} view
 * @param {(id: string | null) => string} name
 */
function ofCrisis(call, view, name) {
  const crisis = view.crises.find((found) => found.id === call.subject);
  if (!crisis) return t("calls.crisisGone");
  return t("calls.crisis", {
    state: name(crisis.initiator === view.own.id ? crisis.target : crisis.initiator),
    aim: RELATION[crisis.aim] ?? crisis.aim,
    level: LEVELS[crisis.level] ?? crisis.level,
    demand: crisis.demand ? t("calls.crisisDemand", { state: name(crisis.initiator), text: crisis.demand }) : "",
    ultimatum: crisis.ultimatum ? t("calls.ultimatum") : "",
  });
}

/**
 * Say what an alliance, a treaty of many or an invitation to a pact offers.
 *
 * @param {Wire.ProposalView} offer
 * @param {(id: string | null) => string} name
 */
function offered(offer, name) {
  const promise = aCommitment(offer.commitment);
  const others = (offer.parties ?? []).map(name).join(", ");
  const key = offer.alignment ? (others ? "invite" : "inviteAlone") : offer.treaty ? "sign" : "offer";
  return t(`calls.${key}`, {
    state: name(offer.proposer),
    pact: offer.name ? t("calls.called", { pact: promise, name: offer.name }) : promise,
    against: offer.against ? t("calls.against", { state: name(offer.against) }) : "",
    secret: offer.secret ? t("calls.secret") : "",
    others,
    needed: offer.needed ?? 0,
  });
}
