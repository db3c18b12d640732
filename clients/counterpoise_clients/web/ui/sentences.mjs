// Incidents in words.

import { COMMITMENTS, aCommitment, dealWords, LEVELS, RELATION, listed, percent, spaced, titled } from "../words.mjs";

const OUTCOMES = {
  SETTLED: "it is settled",
  STALEMATE: "nobody gives way",
  COMPROMISE: "a compromise",
  WAR: "it becomes war",
};
const odds = (detail) =>
  Number.isFinite(detail.win_chance) ? `; the attackers' chance is put at ${percent(detail.win_chance)}` : "";
const said = (detail, name) => {
  const answers = Object.entries(detail.answers ?? {}).map(
    ([actor, answer]) =>
      `${name(actor)} ${ANSWERS[answer] ?? spaced(answer)}${(detail.silent ?? []).includes(actor) ? " (no answer)" : ""}`,
  );
  return answers.length ? `: ${listed(answers)}` : "";
};
const ANSWERS = {
  stand_firm: "stands firm",
  concede: "concedes",
  escalate: "escalates",
  compromise: "offers a compromise",
};
const pact = (detail) => (COMMITMENTS[detail.commitment] ?? titled(detail.commitment ?? "alliance")).toLowerCase();
const aimed = (detail, name) => (detail.against ? ` against ${name(detail.against)}` : "");
const named = (detail) => (detail.name ? ` (${detail.name})` : "");
const days = (count) => `${count} ${count === 1 ? "day" : "days"}`;
const secretly = (detail) => (detail.secret ? " in secret" : "");

const TALK = {
  none: "No messages may be written from now on",
  public: "Only messages to everyone may be written from now on",
  offers: "Only offers without words may be written from now on",
  free: "States may write to each other freely from now on",
};
const wordsOf = (detail, name) =>
  [detail.text ? `“${detail.text}”` : "", dealWords(detail, name)].filter(Boolean).join(" ");

const DEMANDS = {
  leave_alliance: "leave its alliance with",
  drop_claim: "drop its claim on",
  make_peace: "make peace with",
  stay_out: "stay out of war with",
  friendly_words: "speak as a friend of",
  side_with_us: "side with it",
};
/** Say what a donor asks for its aid. */
export const asked = (detail, name) =>
  `${DEMANDS[detail.demand] ?? spaced(detail.demand ?? "")}${detail.about ? ` ${name(detail.about)}` : ""}`;

// By kind: (actors' names, detail, name of a code) -> sentence. A kind that is not here is told from its words.
const SENTENCES = {
  alliance_proposed: ([a, b], d, name) =>
    d.alignment
      ? `${a} invites ${b} to join the ${pact(d)}${named(d)}${aimed(d, name)}${secretly(d)}`
      : `${a} offers ${b} ${aCommitment(d.commitment)}${aimed(d, name)}${secretly(d)}`,
  treaty_proposed: ([a, ...rest], d, name) =>
    `${a} offers ${listed(rest)} ${aCommitment(d.commitment)}${named(d)}${aimed(d, name)}${secretly(d)}; it needs ${d.needed === rest.length ? "all of them" : `${d.needed} of them`}`,
  treaty_signed: ([a, b], d) => `${a} signs the ${pact(d)}${named(d)} that ${b} proposed`,
  treaty_declined: ([a, b], d) => `${a} does not sign the ${pact(d)}${named(d)} that ${b} proposed`,
  treaty_failed: ([a], d) => `The ${pact(d)}${named(d)} that ${a} proposed does not come into force`,
  alliance_joined: ([a, ...rest], d, name) =>
    `${a} joins the ${pact(d)}${named(d)} of ${listed(rest)}${aimed(d, name)}${secretly(d)}`,
  alliance_expelled: ([a, ...rest], d) => `${listed(rest)} expel ${a} from their ${pact(d)}${named(d)}`,
  membership_vote_opened: ([a, b], d) =>
    d.question === "admit"
      ? `${a} asks to join the ${pact(d)}${named(d)}`
      : `${a} moves to ${d.question} ${b}: ${pact(d)}${named(d)}`,
  membership_refused: (names, d) => {
    const state = names[names.length - 1];
    const who = listed(names.slice(0, -1));
    const what = { invite: `inviting ${state}`, admit: `admitting ${state}`, expel: `expelling ${state}` };
    return `${who} ${d.by === "default" ? "gave no consent to" : "objected to"} ${what[d.question] ?? state}`;
  },
  membership_consented: ([a, b], d) => `${a} consents to ${d.question} ${b}: ${pact(d)}${named(d)}`,
  membership_vote_void: ([a], d) => `The vote that ${a} asked for has lost its object: ${spaced(d.reason ?? "")}`,
  alliance_refused: ([a, b], d) => `${a} declines the ${pact(d)} ${b} offered`,
  alliance_lapsed: ([a, b], d) => `The ${pact(d)} ${a} offered ${b} lapses`,
  alliance_formed: (names, d, name) =>
    d.lead
      ? `${name(d.lead)} gives ${listed(names.filter((n) => n !== name(d.lead)))} ${aCommitment(d.commitment)}${aimed(d, name)}`
      : `${listed(names)} make ${aCommitment(d.commitment)}${named(d)}${aimed(d, name)}${secretly(d)}`,
  alliance_renewed: (names, d) => `${listed(names)} renew their ${pact(d)}${named(d)}`,
  alliance_left: ([a, ...rest], d) => `${a} leaves its ${pact(d)}${named(d)} with ${listed(rest)}`,
  alliance_ended: (names, d) => `The ${pact(d)}${named(d)} of ${listed(names)} ends`,
  guarantee_given: ([a, b], d, name) => `${a} guarantees ${b}${aimed(d, name)}`,
  accommodated: ([a, b], d) => `${a} accommodates ${b}${d.dropped ? " and drops an alignment against it" : ""}`,
  crisis_opened: ([a, b], d) =>
    `${a} opens a crisis with ${b} over ${RELATION[d.aim] ?? d.aim ?? "their quarrel"}${d.demand ? `: “${d.demand}”` : ""}`,
  crisis_stage: ([a, b], d, name) =>
    `The crisis between ${a} and ${b} is at ${LEVELS[d.level] ?? `level ${d.level}`}${said(d, name)}`,
  crisis_answered: ([a], d) => `${a} ${ANSWERS[d.response] ?? "answers"} in a crisis`,
  crisis_joined: ([a, b, c]) => `${a} sides with ${b} against ${c}`,
  crisis_ended: ([a, b], d, name) =>
    `The crisis between ${a} and ${b} ends after ${days(d.days)}: ${d.yielder ? `${name(d.yielder)} gives way` : (OUTCOMES[d.outcome] ?? spaced(d.outcome ?? "").toLowerCase())}`,
  war_began: ([a, b], d) => `War: ${a} attacks ${b}${d.aim ? ` over ${RELATION[d.aim] ?? d.aim}` : ""}`,
  war_joined: ([a, b], d) => `${a} enters the war${b ? ` on the side of ${b}` : ""}${odds(d)}`,
  war_left: ([a], d) => `${a} leaves the war${d.reason ? `: ${spaced(d.reason)}` : ""}`,
  war_review: (names, d) => `The war goes on${odds(d)}`,
  war_ended: (_names, d, name) =>
    `The war of ${listed((d.attackers ?? []).map(name))} against ${listed((d.defenders ?? []).map(name))} ends after ${days(d.days)}: ${d.winners?.length ? `${listed(d.winners.map(name))} ${d.winners.length === 1 ? "wins" : "win"}` : spaced(d.outcome ?? "no winner").toLowerCase()}`,
  spoils_shared: (_names, d, name) =>
    `${listed((d.victors ?? []).map(name))} ${d.victors?.length === 1 ? "shares" : "share"} what ${listed((d.losers ?? []).map(name))} must pay${(d.met ?? []).map(([victor, loser]) => `; ${name(victor)} gets what it claimed of ${name(loser)}`).join("")}`,
  ally_called: ([a, b]) => `${b} calls on ${a} to keep its promise`,
  promise_honoured: ([a, b]) => `${a} keeps its promise to ${b}`,
  promise_broken: ([a, b]) => `${a} breaks its promise to ${b}`,
  peace_offered: ([a, ...rest], d) =>
    `${a} offers ${listed(rest)} peace${typeof d.terms === "string" && d.terms ? ` on terms: ${spaced(d.terms)}` : ""}`,
  peace_accepted: ([a, b]) => `${a} accepts the peace ${b} offered`,
  peace_refused: ([a, ...rest]) => `${a} refuses peace${rest.length ? ` with ${listed(rest)}` : ""}`,
  mobilized: ([a]) => `${a} mobilises`,
  statement: ([a, b], d) => `${a} declares ${d.intent} intentions towards ${b}${d.text ? `: “${d.text}”` : ""}`,
  message: ([a, ...rest], d, name) => `${a} to ${rest.length ? listed(rest) : "everyone"}: ${wordsOf(d, name)}`,
  talk_set: (_names, d) => TALK[d.level] ?? "The rules of talk change",
  announcement: (_names, d) => `${d.text ?? "Announcement"}`,
  aid_given: ([a, b], d) =>
    `${a} gives ${b} ${d.aid ?? ""} aid${Number.isFinite(d.amount) ? ` of ${percent(d.amount)} of its budget` : ""}`,
  aid_cut: ([a, b], d) => `${a} cuts its ${d.aid ?? ""} aid to ${b}`,
  aid_condition: ([a, b], d) => `${a} puts a condition on its aid to ${b}: “${d.text ?? ""}”`,
  compliance_demanded: ([a, b], d, name) => `${a} asks ${b} to ${asked(d, name)} for its aid`,
  compliance_promised: ([a, b]) => `${b} gives ${a} its word`,
  compliance_given: ([a, b], d, name) => `${b} does what ${a} asked for its aid: to ${asked(d, name)}`,
  compliance_refused: ([a, b], d, name) => `${b} does not do what ${a} asked for its aid: to ${asked(d, name)}`,
  compliance_void: ([a, b]) => `What ${a} asked of ${b} for its aid falls away`,
  sanctions_imposed: ([a, b], d) => (d.scope === "arms" ? `${a} stops selling ${b} arms` : `${a} stops its trade with ${b}`),
  sanctions_lifted: ([a, b], d) =>
    `${a} lifts its ${d.scope === "arms" ? "arms embargo" : "sanctions"} against ${b} after ${days(d.days)}`,
  penetration_begun: ([a, b], d) => `${a} begins to work on the politics of ${b}: ${spaced(d.means ?? "")}`,
  propaganda_broadcast: ([a, b], d) =>
    `${a} begins to broadcast to the people of ${b}${d.aim === "intrusive" ? ", against its government" : ""}`,
  penetration_ended: ([a, b], d) => `${a} stops working on the politics of ${b}${d.reason ? `: ${spaced(d.reason)}` : ""}`,
  penetration_exposed: ([a, b], d) =>
    `${a} is found working on the politics of ${b}${d.aim === "intrusive" ? ", to decide who governs" : ""}: ${spaced(d.means ?? "")}`,
  alliance_repudiated: ([a, ...rest], d) =>
    `The new regime of ${a} drops the ${pact(d)}${named(d)} with ${listed(rest)}`,
  governed: ([a], d) => `${a} ${{ provide: "provides for its people", repress: "holds its opposition down", reform: "reforms" }[d.course] ?? "governs"}`,
  secret_revealed: (names, d, name) => `The secret ${pact(d)}${named(d)} of ${listed(names)}${aimed(d, name)} comes out`,
  secret_learned: ([a, ...rest], d, name) => `${a} learns of a secret ${pact(d)} of ${listed(rest)}${aimed(d, name)}`,
  bluff_called: ([a, b]) => `${a} does not fight over its ultimatum to ${b} after all`,
  crisis_mediated: ([a, b, c]) => `${a} mediates between ${b} and ${c}`,
  peace_offer_stands: ([a, b]) => `${a} tells ${b} that its offer of peace stands`,
  peace_brokered: ([a, b, c]) => `${a} asks ${b} and ${c} whether they would make peace`,
  land_occupied: ([a, b], d) => `${a} holds ${percent(d.share)} of ${b}`,
  land_evacuated: ([a, b]) => `${a} withdraws from ${b}`,
  leadership_claimed: ([a], d, name) =>
    `${a} claims to lead the ${spaced(d.family ?? "")} movement${d.rival ? ` against ${name(d.rival)}` : ""}${d.leads ? "" : ", in vain"}`,
  words_belied: ([a, b]) => `${a} had spoken as a friend of ${b}`,
  expelled: ([a, b]) => `${a} expels the helpers of ${b}`,
  regime_changed: ([a], d) =>
    `${a} ${d.cause === "coup" ? "is taken over in a coup: its regime changes" : "changes its regime"}${d.family || d.after ? ` to ${spaced(d.family ?? d.after)}` : ""}`,
  posture_set: ([a], d) => `${a} takes a ${d.posture} posture`,
  armed: ([a]) => `${a} arms`,
  assessment: ([a]) => `${a} writes down whom it fears`,
  prediction: ([a], d, name) =>
    `${a} predicts what ${name(d.of)} will do${Number.isFinite(d.confidence) ? `, ${percent(d.confidence)} sure` : ""}`,
  reason: ([a], d) => `${a} notes its reason: ${spaced(d.reason ?? "")}${d.note ? `, “${d.note}”` : ""}`,
  belief: ([a]) => `${a} writes down how it thinks alliances arise`,
  question_asked: (states, d) =>
    `${listed(states)} ${states.length > 1 ? "are" : "is"} asked for the debrief: ${spaced(d.ask ?? "a question")}${d.words ? `, “${d.words}”` : ""}`,
  question_answered: ([a], d) => `${a} has answered a question: ${spaced(d.ask ?? "")}`,
  question_skipped: ([a], d) => `${a} skips a question: ${spaced(d.ask ?? "")}`,
  question_lapsed: ([a], d) => `${a} left a question open: ${spaced(d.ask ?? "")}`,
  call_lapsed: ([a], d) => `${a} gave no answer (${spaced(d.reason ?? "call")})`,
  order_void: ([a], d) =>
    `${a}'s order had become impossible${(d.kind ?? d.move) ? `: ${spaced(d.kind ?? d.move)}` : ""}`,
  rivalry_began: ([a, b]) => `${a} and ${b} become rivals`,
  rivalry_ended: ([a, b]) => `${a} and ${b} are rivals no longer`,
  claim_made: ([a, b]) => `${a} makes a claim on ${b}`,
  border_set: ([a, b]) => `The border of ${a} and ${b} changes`,
  treasury_set: ([a]) => `The treasury of ${a} changes`,
  bookmark: (_names, d) => `Marked for the debrief: “${d.note}”`,
  event_cancelled: (_names, d) => `The moderator cancels what was to come: ${spaced(d.inject ?? "")}`,
  waiting_inject_void: (_names, d) => `What waited for the clock had become impossible: ${spaced(d.inject ?? "")}`,
  claim_settled: ([a, b]) => `${a} and ${b} settle a claim`,
  hostile_incident: ([a, b], d) => `${a} acts against ${b}: ${LEVELS[d.level] ?? "an incident"}`,
  state_entered: ([a]) => `${a} becomes an independent state`,
  inject: (_names, d) => `The moderator makes something happen: ${spaced(d.inject ?? "")}${d.reason ? ` (“${d.reason}”)` : ""}`,
  scenario_inject: (_names, d) => `The scenario: ${spaced(d.inject?.kind ?? "")}`,
  inject_skipped: (_names, d) => `The scenario lets this happen only on a condition: ${spaced(d.inject ?? "")}`,
  inject_void: (_names, d) => `Something meant to happen could not: ${spaced(d.inject ?? "")}`,
  misperceived: ([a, b]) => `${a} misreads ${b}`,
  trait_set: ([a], d) => `${a} changes: ${spaced(d.trait ?? "a trait")}`,
  power_shifted: ([a]) => `The power of ${a} shifts`,
  state_left: ([a]) => `${a} ceases to exist`,
};

/** Tell an incident as a sentence. */
export function sentence(incident, names) {
  const name = (id) => names[id] ?? id;
  const actors = (incident.actors ?? []).map(name);
  const detail = incident.detail ?? {};
  const told = SENTENCES[incident.kind];
  if (told)
    return `${told(actors, detail, name)
      .replace(/\s+/g, " ")
      .replace(/[.!?]?$/, "")}.`.replace(/”\.$/, "”");
  return `${titled(incident.kind)}${actors.length ? `: ${listed(actors)}` : ""}${plainly(detail, name)}.`;
}

function plainly(detail, name) {
  const parts = Object.entries(detail)
    .filter(
      ([key, value]) =>
        ["string", "number"].includes(typeof value) &&
        value !== "" &&
        !["crisis", "war", "id", "alignment", "proposal", "subject"].includes(key),
    )
    .map(
      ([key, value]) =>
        `${spaced(key)} ${typeof value === "number" && !Number.isInteger(value) ? value.toFixed(2) : spaced(name(value))}`,
    );
  return parts.length ? ` (${parts.join(", ")})` : "";
}
