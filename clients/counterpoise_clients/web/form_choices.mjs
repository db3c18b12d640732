// The values that a field of a form can have now, as far as the view shows them. Pure data, no page.

import { t } from "./text/text.mjs";
import { CLASSES, COMMITMENTS, LEVELS, titled } from "./words.mjs";

/** @typedef {import("./forms.mjs").Field} Field */
/** @typedef {import("./words.mjs").Names} Names */
/** @typedef {{ value: any, label: string, mine?: boolean }} Choice `mine` marks what concerns the seat's own state */

/**
 * @param {Names} names
 * @param {string} a
 * @param {string} b
 */
const opposed = (names, a, b) => t("forms.against", { one: names[a] ?? a, other: names[b] ?? b });
/**
 * @param {Names} names
 * @param {string[]} ids
 */
const all = (names, ids) => ids.map((id) => names[id] ?? id).join(", ");

/**
 * Say who fights in a war.
 *
 * @param {Pick<Wire.WarView, "attackers" | "defenders">} war
 * @param {Names} names
 */
export const sidesOf = (war, names) => t("forms.against", { one: all(names, war.attackers), other: all(names, war.defenders) });

/** The choices by the schema's `x-choices`. @type {Record<string, (field: Field, view: Wire.View, names: Names) => Choice[]>} */
export const CHOICES = {
  actors: (_field, view) => view.others.map((other) => ({ value: other.id, label: other.name })),
  crises: (_field, view, names) =>
    view.crises.map((crisis) => ({
      value: crisis.id,
      label: `${opposed(names, crisis.initiator, crisis.target)}, ${LEVELS[crisis.level] ?? crisis.level}`,
      mine: [crisis.initiator, crisis.target].includes(view.own.id),
    })),
  wars: (_field, view, names) =>
    view.wars.map((war) => ({
      value: war.id,
      label: sidesOf(war, names),
      mine: [...war.attackers, ...war.defenders].includes(view.own.id),
    })),
  proposals: (_field, view, names) =>
    view.proposals
      .filter((proposal) => proposal.to === view.own.id)
      .map((proposal) => ({
        value: proposal.id,
        label: offerLabel(proposal, names),
      })),
  pacts: (_field, view, names) =>
    view.alignments
      .filter((alignment) => alignment.members.includes(view.own.id) && isMutual(alignment))
      .map((alignment) => ({ value: alignment.id, label: alignmentLabel(alignment, names, view.own.id) })),
  others_pacts: (_field, view, names) =>
    view.alignments
      .filter((alignment) => !alignment.members.includes(view.own.id) && isMutual(alignment))
      .map((alignment) => ({ value: alignment.id, label: alignmentLabel(alignment, names) })),
  membership_votes: (_field, view, names) =>
    view.membership_votes
      .filter((vote) => view.calls.some((call) => call.reason === "membership" && call.subject === vote.id))
      .map((vote) => ({ value: vote.id, label: voteLabel(vote, view, names) })),
  alignments: (_field, view, names) =>
    view.alignments
      .filter((alignment) => !view.own.id || alignment.members.includes(view.own.id))
      .map((alignment) => ({ value: alignment.id, label: alignmentLabel(alignment, names, view.own.id) })),
  calls: (field, view, names) =>
    view.calls
      .filter((call) => !field.reason || call.reason === field.reason)
      .map((call) => ({ value: call.subject, label: callLabel(call, view, names) })),
  questions: (_field, view, names) =>
    view.questions.map((question) => ({
      value: question.id,
      label: `${titled(question.ask)}${question.about ? `: ${names[question.about] ?? question.about}` : ""}`,
    })),
  aid: (_field, view, names) =>
    view.aid
      .filter((aid) => aid.donor === view.own.id)
      .map((aid) => ({
        value: aid.recipient,
        label: t("forms.aidTo", { kind: titled(aid.kind), state: names[aid.recipient] ?? aid.recipient }),
      })),
};

/** The promises of one state, which no pact of many makes. */
const ONE_SIDED = ["guarantee", "basing", "arms"];
/** @param {Wire.AlignmentView} alignment */
const isMutual = (alignment) => !alignment.lead && !ONE_SIDED.includes(alignment.commitment);

/**
 * Say what a proposal offers: an alliance, a treaty to sign, or an invitation to a pact.
 *
 * @param {Wire.ProposalView} proposal
 * @param {Names} names
 */
export function offerLabel(proposal, names) {
  const what = COMMITMENTS[proposal.commitment] ?? titled(proposal.commitment);
  const called = proposal.name ? t("forms.called", { name: proposal.name, what }) : what;
  const state = names[proposal.proposer] ?? proposal.proposer;
  const offer = t(proposal.alignment ? "forms.joinedOn" : "forms.offeredBy", { what: called, state });
  const parties = proposal.parties ?? [];
  return parties.length ? t("forms.withStates", { what: offer, states: all(names, parties) }) : offer;
}

/**
 * Say what a vote on a pact's members is about.
 *
 * @param {Wire.MembershipVoteView} vote
 * @param {Wire.View} view
 * @param {Names} names
 */
export function voteLabel(vote, view, names) {
  const pact = view.alignments.find((alignment) => alignment.id === vote.alignment);
  const named = pact ? `: ${alignmentLabel(pact, names, view.own.id)}` : "";
  return `${titled(vote.question)} ${names[vote.state] ?? vote.state}${named}`;
}

/**
 * Return an alignment's name: its kind and its partners.
 *
 * @param {Pick<Wire.AlignmentView, "members" | "name" | "commitment">} alignment
 * @param {Names} names
 * @param {string} [own] the code of the seat's state, which is left out
 */
export function alignmentLabel(alignment, names, own = "") {
  const partners = alignment.members.filter((member) => member !== own);
  const shown =
    partners.length > 4
      ? t("forms.andMore", { states: all(names, partners.slice(0, 4)), count: partners.length - 4 })
      : all(names, partners);
  const what = alignment.name || (COMMITMENTS[alignment.commitment] ?? titled(alignment.commitment));
  // A name such as "Arden's arms for Eskland" says who the partner is.
  const isSaid = Boolean(alignment.name) && partners.every((partner) => alignment.name.includes(names[partner] ?? partner));
  return isSaid ? what : t("forms.withStates", { what, states: shown });
}

/**
 * @param {Wire.CallView} call
 * @param {Wire.View} view
 * @param {Names} names
 */
function callLabel(call, view, names) {
  const asker = call.asker ? (names[call.asker] ?? call.asker) : "";
  const war = view.wars.find((found) => found.id === call.subject);
  const against = war ? `: ${sidesOf(war, names)}` : "";
  return `${asker || titled(call.reason)}${against}`;
}

/**
 * Return the values that a field can have now, in the view's order: of those that the view shows, the ones that are legal.
 *
 * @param {Field} field
 * @param {Wire.View | null} view
 * @param {Names} names
 * @returns {Choice[]}
 */
export function choicesFor(field, view, names) {
  const all = allChoices(field, view, names);
  const { legal } = field;
  return legal ? all.filter((choice) => legal.includes(choice.value)) : all;
}

/**
 * @param {Field} field
 * @param {Wire.View | null} view
 * @param {Names} names
 * @returns {Choice[]}
 */
function allChoices(field, view, names) {
  if (field.type === "enum" || (field.type === "list" && field.options.length)) {
    return field.options.map((value) => ({
      value,
      label: COMMITMENTS[value] ?? (CLASSES[value] ? titled(CLASSES[value][1]) : titled(value)),
    }));
  }
  if (!field.choices) return [];
  if (!view) {
    const actors = Object.entries(names).map(([id, name]) => ({ value: id, label: name }));
    return field.choices === "actors" ? actors : [];
  }
  return CHOICES[field.choices]?.(field, view, names) ?? [];
}

/**
 * Return suggestions for a text field: the regime families of the view, for a field that asks for one.
 *
 * @param {Field} field
 * @param {Wire.View | null} view
 */
export function suggestionsFor(field, view) {
  if (field.choices !== "families" || !view) return [];
  return [...new Set([view.own, ...view.others].map((actor) => actor.family).filter(Boolean))];
}
