// The leaderboard of a tournament: who is stronger and how sure that is, pairs, seats, and what went wrong with bots.

import { h } from "../../h.mjs";
import { finding, strengths } from "../../viz/strengths.mjs";
import { panel, table } from "../parts.mjs";
import { minus, number, t } from "../../text/text.mjs";
import "../../text/reports.mjs";

/**
 * Draw the page of a tournament.
 *
 * @param {any} result the document `counterpoise tournament --json` prints, and the titles of hypotheses by name
 */
export function leaderboard(result) {
  return h(
    "main",
    { id: "main", key: "leaderboard", class: "debrief leaderboard", tabindex: "-1" },
    ranking(result),
    pairs(result),
    behaviour(result),
    seats(result.seat_effects),
    conduct(result),
    watched(result),
  );
}

function ranking({ standings: rows, games, replays = [] }) {
  return panel(
    "l-ranking",
    t("reports.leaderboardRanking"),
    null,
    h("p", { class: "lead" }, finding(rows)),
    h("div", { class: "on-wide" }, strengths(rows, "l-strengths")),
    h("div", { class: "on-narrow" }, strengths(rows, "l-strengths-narrow", { narrow: true })),
    checked(games),
    h("p", { class: "quiet small" }, t("reports.leaderboardHowStrengthIsMeasured")),
    table({
      caption: t("reports.leaderboardRanking"),
      class: "tight",
      rows,
      key: (row) => row.entrant,
      columns: [
        { label: t("reports.leaderboardEntrant"), head: true, full: true, cell: (row) => row.entrant },
        { label: t("reports.leaderboardPlace"), number: true, cell: (row) => String(row.rank) },
        { label: t("reports.leaderboardStrength"), number: true, cell: (row) => minus(number(row.strength.mean, 3)) },
        { label: "95 %", number: true, cell: (row) => between(row.strength) },
        { label: t("reports.leaderboardGroup"), number: true, cell: (row) => String(row.group) },
        { label: t("reports.leaderboardPlaces"), cell: (row) => places(row) },
        { label: t("reports.leaderboardGames"), number: true, cell: (row) => String(row.games) },
        { label: t("reports.leaderboardBest"), number: true, cell: (row) => percentage(row.win_share) },
        { label: t("reports.leaderboardLost"), number: true, cell: (row) => percentage(row.lost_share) },
        ...(replays.length ? [{ label: t("reports.leaderboardWatch"), full: true, cell: (row) => links(replays, row.entrant, (why) => why.kind !== "failed") }] : []),
      ],
    }),
  );
}

function checked(games) {
  const sound = games.filter((game) => game.verification === "verified").length;
  const failed = games.filter((game) => !/^(?:not )?verified$/.test(game.verification)).length;
  return [
    h("p", { class: "quiet small" }, t("reports.leaderboardVerified", { sound, games: games.length })),
    failed ? h("p", { class: "lead", role: "alert" }, t("reports.leaderboardSomeUnsound", { failed })) : null,
  ];
}

function pairs(result) {
  const names = result.standings.map((row) => row.entrant);
  const found = new Map(result.pairs.map((pair) => [`${pair.entrant}\n${pair.other}`, pair]));
  const cell = (row, other) => {
    const pair = found.get(`${row}\n${other}`);
    return pair && pair.pairs ? percentage(pair.better) : "–";
  };
  return panel(
    "l-pairs",
    t("reports.leaderboardPairs"),
    null,
    h("p", { class: "quiet small" }, t("reports.leaderboardHowPairsAreRead")),
    h(
      "div",
      { class: "figure-scroll", tabindex: "0", role: "group", "aria-label": t("reports.leaderboardHowPairsAreRead") },
      table({
        caption: t("reports.leaderboardPairs"),
        class: "tight unbroken",
        cards: false,
        rows: names,
        key: (name) => name,
        columns: [
          { label: t("reports.leaderboardEntrant"), head: true, cell: (name) => name },
          ...names.map((other) => ({ label: other, number: true, cell: (name) => cell(name, other) })),
        ],
      }),
    ),
  );
}

// The headings of the measures, in the order of the table.
const MEASURES = {
  balancing: "leaderboardBalances",
  bandwagoning: "leaderboardBandwagons",
  hiding: "leaderboardHides",
  promises_kept: "leaderboardKeepsPromises",
  wars_begun: "leaderboardWars",
  friendly_words_belied: "leaderboardBelies",
  hostile_words_acted_on: "leaderboardActs",
  offers_kept: "leaderboardKeepsOffers",
};

function behaviour({ standings, behaviour: rows, hypotheses }) {
  const place = new Map(standings.map((row, index) => [row.entrant, index]));
  const found = (row, name) => row.measures.find((one) => one.measure === name);
  return panel(
    "l-behaviour",
    t("reports.leaderboardBehaviour"),
    null,
    h("p", { class: "quiet small" }, t("reports.leaderboardHowBehaviourIsRead")),
    h(
      "div",
      { class: "figure-scroll", tabindex: "0", role: "group", "aria-label": t("reports.leaderboardBehaviour") },
      table({
        caption: t("reports.leaderboardBehaviour"),
        class: "tight",
        rows: [...rows].sort((a, b) => place.get(a.entrant) - place.get(b.entrant)),
        key: (row) => row.entrant,
        columns: [
          { label: t("reports.leaderboardEntrant"), head: true, full: true, cell: (row) => row.entrant },
          ...Object.entries(MEASURES).map(([name, label]) => ({
            label: t(`reports.${label}`),
            number: true,
            cell: (row) => measured(found(row, name)),
          })),
          {
            label: t("reports.leaderboardForecastBest"),
            full: true,
            cell: ({ best_forecast: best }) =>
              best ? `${hypotheses[best.hypothesis]} ${signed(best.skill.mean, 2)} (${best.share === null ? "–" : percentage(best.share)})` : "–",
          },
        ],
      }),
    ),
  );
}

function measured(row) {
  if (!row) return "–";
  const rate = row.measure === "wars_begun";
  const value = rate ? number(row.value.mean, 3) : percentage(row.value.mean);
  if (!row.above) return value;
  const { mean, low, high } = row.above;
  const clear = low !== null && (low > 0 || high < 0) ? "*" : "";
  return `${value} (${rate ? signed(mean, 3) : signed(100 * mean, 0)}${clear})`;
}

const signed = (value, digits) => `${value < 0 ? "−" : "+"}${number(Math.abs(value), digits)}`;

function seats(rows) {
  return panel(
    "l-seats",
    t("reports.leaderboardSeats"),
    null,
    h("p", { class: "quiet small" }, t("reports.leaderboardWhatSeatsAreWorth")),
    table({
      caption: t("reports.leaderboardSeats"),
      class: "tight",
      rows,
      key: (row) => `${row.scenario} ${row.seat}`,
      columns: [
        { label: t("reports.leaderboardSeat"), head: true, cell: (row) => row.seat },
        { label: t("reports.leaderboardScenario"), cell: (row) => row.scenario },
        { label: t("reports.leaderboardGames"), number: true, cell: (row) => String(row.games) },
        { label: t("reports.leaderboardMeanScore"), number: true, cell: (row) => minus(number(row.score, 2)) },
        { label: t("reports.leaderboardWorth"), number: true, cell: (row) => minus(number(row.effect.mean, 2)) },
        { label: "95 %", number: true, cell: (row) => between(row.effect, 2) },
      ],
      empty: t("reports.leaderboardNoGames"),
    }),
  );
}

// The games that have a replay, each with a link to its page.
function watched({ games, replays = [], replays_left_out: left = 0 }) {
  if (!replays.length && !left) return null;
  const played = new Map(games.map((game) => [game.game, game]));
  const seat = (one) => h("li", { key: one.seat }, `${one.seat} ${one.entrant} ${minus(number(one.score, 1))}${one.status === "OK" ? "" : ` ${one.status}`}`);
  return panel(
    "l-replays",
    t("reports.leaderboardReplays"),
    null,
    h("p", { class: "quiet small" }, t("reports.leaderboardHowReplaysAreChosen")),
    left ? h("p", null, t("reports.leaderboardReplaysLeftOut", { count: left })) : null,
    table({
      caption: t("reports.leaderboardReplays"),
      class: "tight",
      rows: replays,
      key: (row) => String(row.game),
      columns: [
        { label: t("reports.leaderboardGame"), head: true, cell: (row) => h("a", { href: row.page }, t("reports.leaderboardGameNumber", { number: String(row.game) })) },
        { label: t("reports.leaderboardScenario"), cell: (row) => played.get(row.game).scenario },
        { label: t("reports.leaderboardWhy"), full: true, cell: (row) => row.reasons.map((why) => t(`reports.leaderboardReason.${why.kind}`, why)).join(", ") || "–" },
        { label: t("reports.leaderboardWhoPlayed"), full: true, cell: (row) => h("ul", { class: "in-a-row" }, played.get(row.game).seats.map(seat)) },
      ],
      empty: t("reports.leaderboardNoGames"),
    }),
  );
}

const KINDS = ["best", "middle", "worst", "failed"];

// Links to the replays of an entrant that were kept for such a reason.
function links(replays, entrant, is) {
  const found = replays.flatMap((replay) => replay.reasons.filter((why) => why.entrant === entrant && is(why)).map((why) => ({ replay, why })));
  found.sort((a, b) => KINDS.indexOf(a.why.kind) - KINDS.indexOf(b.why.kind));
  if (!found.length) return "–";
  const link = ({ replay, why }) => {
    const words = t(`reports.leaderboardWatch.${why.kind}`, { status: why.status, number: String(replay.game) });
    return h("li", { key: `${replay.game}/${why.kind}/${why.status}` }, h("a", { href: replay.page, title: t("reports.leaderboardGameNumber", { number: String(replay.game) }) }, words));
  };
  return h("ul", { class: "in-a-row" }, found.map(link));
}

function conduct({ standings: rows, replays = [] }) {
  return panel(
    "l-conduct",
    t("reports.leaderboardConduct"),
    null,
    h("p", { class: "quiet small" }, t("reports.leaderboardHowConductIsRead")),
    table({
      caption: t("reports.leaderboardConduct"),
      class: "tight",
      rows,
      key: (row) => row.entrant,
      columns: [
        { label: t("reports.leaderboardEntrant"), head: true, full: true, cell: (row) => row.entrant },
        { label: t("reports.leaderboardStatuses"), cell: (row) => statuses(row) },
        { label: t("reports.leaderboardOrders"), number: true, cell: (row) => String(row.moves) },
        { label: t("reports.leaderboardRefused"), number: true, cell: (row) => String(row.rejected) },
        { label: t("reports.leaderboardKeptApart"), cell: (row) => row.isolation.join("; ") || "–" },
        { label: t("reports.leaderboardReasons"), full: true, cell: (row) => row.reasons.join("; ") || "–" },
        ...(replays.some((one) => one.reasons.some((why) => why.kind === "failed"))
          ? [{ label: t("reports.leaderboardWatch"), full: true, cell: (row) => links(replays, row.entrant, (why) => why.kind === "failed") }]
          : []),
      ],
    }),
  );
}

const between = ({ low, high }, digits = 3) =>
  low === null ? "–" : t("reports.leaderboardBetween", { low: minus(number(low, digits)), high: minus(number(high, digits)) });
const percentage = (value) => `${Math.round(value * 100)} %`;
const places = ({ rank_low: low, rank_high: high }) => {
  if (low === null) return "–";
  return low === high ? String(low) : t("reports.leaderboardBetween", { low, high });
};
const statuses = (row) => Object.entries(row.statuses).map(([name, count]) => `${count} ${name}`).join(", ") || "–";
