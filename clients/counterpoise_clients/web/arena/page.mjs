// The page of an arena: ratings, the games that run, and those that are over.

import { h } from "../h.mjs";
import { locale, minus, number, t } from "../text/text.mjs";
import { panel, table } from "../ui/parts.mjs";
import "../text/arena.mjs";

/** @param {number | null} value */
const decimal = (value) => (value === null ? "–" : minus(number(value, 1)));

/**
 * Draw the page.
 *
 * @param {any} arena the document of `/arena.json`
 * @param {boolean} isAway whether the server did not answer
 */
export function arenaPage(arena, isAway) {
  return h(
    "main",
    { id: "main", class: "debrief arena", tabindex: "-1" },
    h("h1", null, t("arena.title")),
    h("p", { role: "status" }, isAway ? t("arena.unreachable") : t("arena.told", { scenario: arena.scenario, games: arena.games_played })),
    panel("ratings", t("arena.ratings"), null, ratings(arena)),
    panel("running", t("arena.running"), null, arena.running.length ? arena.running.map(game) : h("p", null, t("arena.nobodyPlays"))),
    panel("over", t("arena.over"), null, arena.recent.length ? arena.recent.map(game) : h("p", null, t("arena.noGame"))),
    h("p", { class: "quiet" }, t("arena.kept", { rated: arena.games_rated_max, journals: arena.journals_kept })),
  );
}

/** @param {any} arena */
function ratings(arena) {
  const caption = t("arena.caption", { games: arena.games_rated });
  return [
    h("p", { class: "quiet" }, caption),
    table({
      caption,
      class: "tight",
      rows: arena.standings,
      key: (row) => row.name,
      columns: [
        { label: t("arena.name"), head: true, full: true, cell: (row) => row.name },
        { label: t("arena.place"), number: true, cell: (row) => row.rank ?? "–" },
        { label: t("arena.rating"), number: true, cell: ({ rating }) => (rating ? decimal(rating.mean) : t("arena.notYetRated")) },
        { label: t("arena.interval"), cell: ({ rating }) => interval(rating) },
        { label: t("arena.group"), number: true, cell: (row) => row.group ?? "–" },
        { label: t("arena.games"), number: true, cell: ({ counts }) => counts.games },
        { label: t("arena.mean"), number: true, cell: ({ counts }) => decimal(counts.seats ? counts.score_sum / counts.seats : null) },
        { label: t("arena.missed"), number: true, cell: ({ counts }) => missed(counts) },
        { label: t("arena.state"), cell: (row) => t(`arena.${row.state}`) },
      ],
    }),
  ];
}

/** @param {any} rating */
const interval = (rating) =>
  rating && rating.low !== null ? t("arena.between", { low: decimal(rating.low), high: decimal(rating.high) }) : "–";

// Bundled bots play in the server, so that no windows are counted for them.
/** @param {any} counts */
const missed = (counts) => (counts.windows ? t("arena.missedOf", { missed: counts.missed, windows: counts.windows }) : "–");

/** @param {any} one a game */
function game(one) {
  const began = new Date(one.began * 1000).toLocaleString(locale());
  const seats = [...one.seats].sort((a, b) => (b.score ?? 0) - (a.score ?? 0));
  const place = (/** @type {any} */ seat) => 1 + seats.filter((other) => other.score > seat.score).length;
  return h(
    "article",
    { key: `game-${one.game}` },
    h("h3", null, t("arena.game", { number: String(one.game), began }), one.state === "void" ? ` ${t("arena.void")}` : ""),
    h(
      "ul",
      { class: "in-a-row" },
      seats.map((/** @type {any} */ seat) =>
        h(
          "li",
          { key: seat.seat },
          seat.score === null ? "" : `${place(seat)}. `,
          `${seat.entrant} (${seat.seat})`,
          seat.score === null ? "" : ` ${decimal(seat.score)}`,
          seat.status && seat.status !== "OK" ? ` ${seat.status}: ${seat.reason}` : "",
        ),
      ),
      one.watch ? h("li", { key: "watch" }, h("a", { href: one.watch }, t(one.state === "running" ? "arena.watch" : "arena.replay", { number: String(one.game) }))) : null,
    ),
  );
}
