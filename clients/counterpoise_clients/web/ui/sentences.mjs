// News in sentences: what each kind of event of the simulation says.

import { number, t, tOr } from "../text/text.mjs";
import { LEVELS, RELATION, aCommitment, codeWords, dealWords, listed, pactWords, percent, spaced, titled } from "../words.mjs";

/** Say what a donor asks for its aid. */
export const asked = (detail, name) =>
  tOr(`news.f.asked.${detail.demand}`, codeWords(detail.demand ?? ""), { about: detail.about ? name(detail.about) : "" });

const answersOf = (detail, name) =>
  listed(
    Object.entries(detail.answers ?? {}).map(([actor, given]) => {
      const answer = tOr(`news.f.answer.${given}`, `${name(actor)} ${codeWords(given)}`, { name: name(actor) });
      return (detail.silent ?? []).includes(actor) ? t("news.f.silent", { answer }) : answer;
    }),
  );

const wordsOf = (detail, name) =>
  [detail.text ? t("news.f.quoted", { text: detail.text }) : "", dealWords(detail, name)].filter(Boolean).join(" ");

const oddsOf = (detail) => (Number.isFinite(detail.win_chance) ? t("news.f.odds", { chance: percent(detail.win_chance) }) : "");

const namesOf = (codes, name) => listed((codes ?? []).map(name));

/** Return the values that a sentence can have places for. */
function valuesOf(actors, detail, name) {
  const against = detail.against ?? detail.rival;
  return {
    a: actors[0] ?? "",
    b: actors[1] ?? "",
    c: actors[2] ?? "",
    rest: listed(actors.slice(1)),
    all: listed(actors),
    init: listed(actors.slice(0, -1)),
    last: actors.at(-1) ?? "",
    count: actors.length,
    pact: pactWords(detail.commitment),
    aPact: aCommitment(detail.commitment),
    against: against ? t("news.f.against", { state: name(against) }) : "",
    secretly: detail.secret ? t("news.f.secretly") : "",
    named: detail.name ? ` (${detail.name})` : "",
    days: detail.days ?? 0,
    aim: RELATION[detail.aim] ?? detail.aim ?? t("news.f.quarrel"),
    level: LEVELS[detail.level] ?? t("news.f.deed"),
    odds: oddsOf(detail),
    reason: codeWords(detail.reason ?? ""),
    ask: codeWords(detail.ask ?? ""),
    means: codeWords(detail.means ?? ""),
    family: codeWords(detail.family ?? detail.after ?? ""),
    inject: spaced(detail.inject?.kind ?? detail.inject ?? ""),
  };
}

// By kind: which variant of the text, and values beside the usual ones. A kind that is not here has one text.
const VARIANTS = {
  alliance_proposed: (d) => [d.alignment ? "join" : ""],
  treaty_proposed: (d, { count }) => [d.needed === count - 1 ? "all" : "", { needed: d.needed ?? 0 }],
  membership_vote_opened: (d) => [d.question === "admit" ? "admit" : "", { question: codeWords(d.question ?? "") }],
  membership_refused: (d) => [`${d.by === "default" ? "default" : "vote"}.${d.question}`],
  membership_consented: (d) => ["", { question: codeWords(d.question ?? "") }],
  alliance_formed: (d, _values, name, actors) => [
    d.lead ? "lead" : "",
    d.lead ? { lead: name(d.lead), others: listed(actors.filter((actor) => actor !== name(d.lead))) } : {},
  ],
  accommodated: (d) => [d.dropped ? "dropped" : ""],
  crisis_opened: (d) => [d.demand ? "demand" : "", { demand: d.demand ?? "" }],
  crisis_stage: (d, _values, name) => [Object.keys(d.answers ?? {}).length ? "said" : "", { answers: answersOf(d, name) }],
  crisis_answered: (d) => [d.response],
  crisis_ended: (d, _values, name) => [
    d.yielder ? "yield" : "",
    {
      yielder: d.yielder ? name(d.yielder) : "",
      outcome: tOr(`news.f.outcome.${d.outcome}`, codeWords((d.outcome ?? "").toLowerCase())),
    },
  ],
  war_began: (d) => [d.aim ? "aim" : ""],
  war_joined: (_d, { b }) => [b ? "side" : ""],
  war_left: (d) => [d.reason ? "reason" : ""],
  war_ended: (d, _values, name) => [
    d.winners?.length ? "won" : "",
    {
      attackers: namesOf(d.attackers, name),
      defenders: namesOf(d.defenders, name),
      winners: d.winners?.length ?? 0,
      who: namesOf(d.winners, name),
      outcome: d.outcome ? codeWords(d.outcome.toLowerCase()) : t("news.f.noWinner"),
    },
  ],
  spoils_shared: (d, _values, name) => [
    "",
    {
      victors: d.victors?.length ?? 0,
      who: namesOf(d.victors, name),
      losers: namesOf(d.losers, name),
      claims: (d.met ?? []).map(([victor, loser]) => t("news.spoils_claim", { victor: name(victor), loser: name(loser) })).join(""),
    },
  ],
  peace_offered: (d) => {
    const hasTerms = typeof d.terms === "string" && d.terms;
    return [hasTerms ? "terms" : "", { terms: hasTerms ? codeWords(d.terms) : "" }];
  },
  peace_refused: (_d, { rest }) => [rest ? "with" : ""],
  statement: (d) => [d.text ? "text" : "", { intent: codeWords(d.intent ?? ""), text: d.text ?? "" }],
  message: (d, { rest }, name) => [rest ? "" : "all", { words: wordsOf(d, name) }],
  talk_set: (d) => [d.level],
  announcement: (d) => [d.text ? "" : "none", { text: d.text ?? "" }],
  aid_given: (d) => [Number.isFinite(d.amount) ? "amount" : "", { aid: codeWords(d.aid ?? ""), amount: percent(d.amount) }],
  aid_cut: (d) => ["", { aid: codeWords(d.aid ?? "") }],
  aid_condition: (d) => ["", { text: d.text ?? "" }],
  compliance_demanded: (d, _values, name) => ["", { asked: asked(d, name) }],
  compliance_given: (d, _values, name) => ["", { asked: asked(d, name) }],
  compliance_refused: (d, _values, name) => ["", { asked: asked(d, name) }],
  sanctions_imposed: (d) => [d.scope === "arms" ? "arms" : "trade"],
  sanctions_lifted: (d) => [d.scope === "arms" ? "arms" : "trade"],
  propaganda_broadcast: (d) => [d.aim === "intrusive" ? "intrusive" : "limited"],
  penetration_ended: (d) => [d.reason ? "reason" : ""],
  penetration_exposed: (d) => [d.aim === "intrusive" ? "intrusive" : "limited"],
  governed: (d) => [d.course],
  land_occupied: (d) => ["", { share: percent(d.share) }],
  leadership_claimed: (d) => [d.leads ? "" : "vain"],
  regime_changed: (d) => [[d.cause === "coup" ? "coup" : "", d.family || d.after ? "to" : ""].filter(Boolean).join(".")],
  posture_set: (d) => ["", { posture: codeWords(d.posture ?? "") }],
  prediction: (d, _values, name) => [
    Number.isFinite(d.confidence) ? "sure" : "",
    { of: name(d.of), sure: percent(d.confidence) },
  ],
  reason: (d) => [d.note ? "note" : "", { note: d.note ?? "" }],
  question_asked: (d) => [d.words ? "words" : "", { words: d.words ?? "" }],
  order_void: (d) => {
    const kind = d.kind ?? d.move ?? "";
    return [kind ? "move" : "", { move: spaced(kind) }];
  },
  bookmark: (d) => ["", { note: d.note ?? "" }],
  inject: (d) => [d.reason ? "reason" : "", { reason: d.reason ?? "" }],
  trait_set: (d) => ["", { trait: codeWords(d.trait ?? "") }],
};

/** Tell an event as a sentence. */
export function sentence(incident, names) {
  const name = (id) => names[id] ?? id;
  const actors = (incident.actors ?? []).map(name);
  const detail = incident.detail ?? {};
  const usual = valuesOf(actors, detail, name);
  const [variant = "", more = {}] = VARIANTS[incident.kind]?.(detail, usual, name, actors) ?? [];
  const values = { ...usual, ...more };
  const plain = tOr(`news.${incident.kind}`, "", values);
  const told = variant ? tOr(`news.${incident.kind}.${variant}`, plain, values) : plain;
  if (told) return `${told.replace(/\s+/g, " ").replace(/[.!?]?$/, "")}.`.replace(/([”“])\.$/, "$1");
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
        `${spaced(key)} ${typeof value === "number" && !Number.isInteger(value) ? number(value, 2) : spaced(name(value))}`,
    );
  return parts.length ? ` (${parts.join(", ")})` : "";
}
