// The leaderboard of a tournament: who is stronger and how sure that is, pairs, seats, and what went wrong with bots.

import { h } from "../../h.mjs";
import { finding, strengths } from "../../viz/strengths.mjs";
import { panel, table } from "../parts.mjs";
import { t } from "../../text/text.mjs";

/**
 * Draw the page of a tournament.
 *
 * @param {Record<string, any>} result the document `counterpoise tournament --json` prints
 */
export function leaderboard(result) {
  return h(
    "main",
    { id: "main", key: "leaderboard", class: "debrief leaderboard", tabindex: "-1" },
    ranking(result.standings),
    pairs(result),
    seats(result.seat_effects),
    conduct(result.standings),
  );
}

function ranking(rows) {
  return panel(
    "l-ranking",
    t("leaderboard.ranking"),
    null,
    h("p", { class: "lead" }, finding(rows)),
    h("div", { class: "on-wide" }, strengths(rows, "l-strengths")),
    h("div", { class: "on-narrow" }, strengths(rows, "l-strengths-narrow", { narrow: true })),
    h("p", { class: "quiet small" }, t("leaderboard.howStrengthIsMeasured")),
    table({
      caption: t("leaderboard.ranking"),
      class: "tight",
      rows,
      key: (row) => row.entrant,
      columns: [
        { label: t("leaderboard.entrant"), head: true, full: true, cell: (row) => row.entrant },
        { label: t("leaderboard.place"), number: true, cell: (row) => String(row.rank) },
        { label: t("leaderboard.strength"), number: true, cell: (row) => row.strength.mean.toFixed(3) },
        { label: "95 %", number: true, cell: (row) => between(row.strength) },
        { label: t("leaderboard.group"), number: true, cell: (row) => String(row.group) },
        { label: t("leaderboard.places"), cell: (row) => places(row) },
        { label: t("leaderboard.games"), number: true, cell: (row) => String(row.games) },
        { label: t("leaderboard.best"), number: true, cell: (row) => percentage(row.win_share) },
        { label: t("leaderboard.lost"), number: true, cell: (row) => percentage(row.lost_share) },
      ],
    }),
  );
}

function pairs(result) {
  const names = result.standings.map((row) => row.entrant);
  const found = new Map(result.pairs.map((pair) => [`${pair.entrant}\n${pair.other}`, pair]));
  const cell = (row, other) => {
    const pair = found.get(`${row}\n${other}`);
    return pair && pair.games ? percentage(pair.better) : "–";
  };
  return panel(
    "l-pairs",
    t("leaderboard.pairs"),
    null,
    h("p", { class: "quiet small" }, t("leaderboard.howPairsAreRead")),
    h(
      "div",
      { class: "figure-scroll", tabindex: "0", role: "group", "aria-label": t("leaderboard.howPairsAreRead") },
      table({
        caption: t("leaderboard.pairs"),
        class: "tight",
        cards: false,
        rows: names,
        key: (name) => name,
        columns: [
          { label: t("leaderboard.entrant"), head: true, cell: (name) => name },
          ...names.map((other) => ({ label: other, number: true, cell: (name) => cell(name, other) })),
        ],
      }),
    ),
  );
}

function seats(rows) {
  return panel(
    "l-seats",
    t("leaderboard.seats"),
    null,
    h("p", { class: "quiet small" }, t("leaderboard.whatSeatsAreWorth")),
    table({
      caption: t("leaderboard.seats"),
      class: "tight",
      rows,
      key: (row) => `${row.scenario} ${row.seat}`,
      columns: [
        { label: t("leaderboard.seat"), head: true, cell: (row) => row.seat },
        { label: t("leaderboard.scenario"), cell: (row) => row.scenario },
        { label: t("leaderboard.games"), number: true, cell: (row) => String(row.games) },
        { label: t("leaderboard.meanScore"), number: true, cell: (row) => row.score.toFixed(2) },
        { label: t("leaderboard.worth"), number: true, cell: (row) => row.effect.mean.toFixed(2) },
        { label: "95 %", number: true, cell: (row) => between(row.effect, 2) },
      ],
      empty: t("leaderboard.noGames"),
    }),
  );
}

function conduct(rows) {
  return panel(
    "l-conduct",
    t("leaderboard.conduct"),
    null,
    table({
      caption: t("leaderboard.conduct"),
      class: "tight",
      rows,
      key: (row) => row.entrant,
      columns: [
        { label: t("leaderboard.entrant"), head: true, full: true, cell: (row) => row.entrant },
        { label: t("leaderboard.statuses"), cell: (row) => statuses(row) },
        { label: t("leaderboard.orders"), number: true, cell: (row) => String(row.moves) },
        { label: t("leaderboard.refused"), number: true, cell: (row) => String(row.rejected) },
        { label: t("leaderboard.keptApart"), cell: (row) => row.isolation.join("; ") || "–" },
        { label: t("leaderboard.reasons"), full: true, cell: (row) => row.reasons.join("; ") || "–" },
      ],
    }),
  );
}

const between = ({ low, high }, digits = 3) =>
  low === null ? "–" : t("leaderboard.between", { low: low.toFixed(digits), high: high.toFixed(digits) });
const percentage = (value) => `${Math.round(value * 100)} %`;
const places = ({ rank_low: low, rank_high: high }) => (low === high ? String(low) : t("leaderboard.between", { low, high }));
const statuses = (row) => Object.entries(row.statuses).map(([name, count]) => `${count} ${name}`).join(", ") || "–";
