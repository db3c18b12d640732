// The sentences of a debrief, worded from what the server tells as data: a kind, and the values in it.

import "../../text/inwords.mjs";
import { number, t, tOr } from "../../text/text.mjs";
import { listed, longDate } from "../../words.mjs";

/** @typedef {{ kind: string, values: Record<string, any> }} SentenceData */

/** @param {string} player as the journal names it */
const playerWords = (player) =>
  player === "" ? t("inwords.player.unknown") : player === "people" ? t("inwords.player.people") : player === "the record" ? t("inwords.player.record") : t("inwords.player.bots", { name: player });

/** @param {{ names: string[], others: number }} of */
const namesIn = ({ names, others }) => listed(others ? [...names, t("inwords.others", { count: others })] : names);

/** @param {[number, number]} ends */
const between = ([low, high]) => (low === high ? number(low) : t("inwords.between", { low, high }));

/** @param {number} value */
const signed = (value) => `${value < 0 ? "-" : "+"}${number(Math.abs(value), 2)}`;

const allPlayers = (/** @type {boolean} */ all, key = "allPlayers") => (all ? t(`inwords.${key}`) : "");

/** @param {any} values */
function surprise({ is_right, date, windows, share, chance, ...values }) {
  return { ...values, verdict: t(is_right ? "inwords.right" : "inwords.wrong"), date: longDate(date), since: windows === null ? "" : t("inwords.since", { windows }), odds: t("inwords.odds", { share, chance }) };
}

/** @param {any} values */
function span({ bits, low, high, ties }) {
  return { span: t("inwords.span", { bits: signed(bits), ties, low: signed(low), high: signed(high) }) };
}

/** What each kind makes of its values, where they are not all names and numbers. @type {Record<string, (values: any) => Record<string, string | number>>} */
const VALUES = {
  all_bots: ({ players }) => ({ players: players.map(playerWords).join(", ") }),
  balance: ({ against, towards, player, ...values }) => ({ ...values, against: number(against, 1), towards: number(towards, 1), whose: player === null ? "" : t("inwords.whose", { player: playerWords(player) }) }),
  feared_most: ({ whom, all_players, ...values }) => ({ ...values, whom: namesIn(whom), whose: allPlayers(all_players) }),
  feared_too: ({ whom, all_players, ...values }) => ({ ...values, whom: namesIn(whom), whose: allPlayers(all_players) }),
  meaning_of_fear: ({ shared, floors }) => ({ shared: between(shared), floors: between(floors) }),
  misjudged_most: ({ expected, ...values }) => ({ ...values, expected: number(expected, 1) }),
  partners_better: span,
  partners_not_shown: span,
  partners_worse: span,
  surprise_calm: surprise,
  surprise_since: surprise,
  surprise_start: surprise,
  surprise_threat: surprise,
  tested: ({ player }) => ({ player: playerWords(player) }),
  ties_made: ({ ties, formed, entries, reasons, all_players }) => ({
    ties,
    whose: allPlayers(all_players, "byAllPlayers"),
    kinds: entries ? t("inwords.entriesToo", { formed, entries }) : "",
    reasons: reasons.map((/** @type {[string, number]} */ [reason, count]) => t(`inwords.reason.${reason}`, { count })).join("; "),
  }),
  too_few({ made, states, choice, ...values }) {
    const counted = t(`inwords.choice.${choice}`, { made });
    return { ...values, counted: made ? t("inwords.byStates", { counted, states }) : counted };
  },
  why_partner: ({ states, feared }) => ({ states: namesIn(states), feared }),
};

/** How the kinds are worded that have more than one form. @type {Record<string, (values: any) => string>} */
const FORMS = {
  tested: (values) => {
    const tested = t("inwords.tested", VALUES.tested(values));
    return values.others.length ? t("inwords.testedApart", { tested, left_out: values.left_out, others: values.others.map(playerWords).join(", ") }) : tested;
  },
  tie: ({ date, who, partners, against, commitment, how, why }) =>
    t(`inwords.tie.${how}`, {
      date: longDate(date),
      who,
      partners: namesIn(partners),
      against: against ? t("inwords.against", { name: against }) : "",
      pact: tOr(`inwords.pact.${commitment}`, t("inwords.pact.other", { commitment })),
      why: sentenceOf(why),
    }),
  why_some: ({ states, feared, others }) => t(others ? "inwords.why_someNot" : "inwords.why_some", { states: namesIn(states), feared, others: others ? namesIn(others) : "" }),
  why_yielded: ({ pairs }) => pairs.map((/** @type {[string, string]} */ [state, feared]) => t("inwords.why_yielded", { state, feared })).join("; "),
};

/**
 * Word a sentence in the reader's language.
 *
 * @param {SentenceData} data
 * @returns {string}
 */
export const sentenceOf = ({ kind, values }) => FORMS[kind]?.(values) ?? t(`inwords.${kind}`, VALUES[kind]?.(values) ?? values);
