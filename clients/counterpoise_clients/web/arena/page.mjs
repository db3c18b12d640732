// The page of an arena: ratings, the games that run, and those that are over.

import { h } from "../h.mjs";
import { locale, t } from "../text/text.mjs";

/** @param {number | null | undefined} value */
const decimal = (value) =>
  value === null || value === undefined
    ? "–"
    : value.toLocaleString(locale(), { minimumFractionDigits: 1, maximumFractionDigits: 1 }).replace(/^-/, "−");

/**
 * Draw the page.
 *
 * @param {any} arena the document of `/arena.json`
 * @param {boolean} isAway whether the server did not answer
 */
export function arenaPage(arena, isAway) {
  return h(
    "main",
    { id: "main", class: "arena", tabindex: "-1" },
    h("h1", null, t("arena.title")),
    h("p", { role: "status" }, isAway ? t("arena.unreachable") : t("arena.told", { scenario: arena.scenario, games: arena.games_played })),
    h("section", { "aria-labelledby": "ratings" }, h("h2", { id: "ratings" }, t("arena.ratings")), ratings(arena)),
    h(
      "section",
      { "aria-labelledby": "running" },
      h("h2", { id: "running" }, t("arena.running")),
      arena.running.length ? arena.running.map(game) : h("p", null, t("arena.nobodyPlays")),
    ),
    h(
      "section",
      { "aria-labelledby": "over" },
      h("h2", { id: "over" }, t("arena.over")),
      arena.recent.length ? arena.recent.map(game) : h("p", null, t("arena.noGame")),
    ),
    h("p", { class: "quiet" }, t("arena.kept", { rated: arena.games_rated_max, journals: arena.journals_kept })),
  );
}

/** @param {any} arena */
function ratings(arena) {
  const heads = ["place", "name", "rating", "interval", "group", "games", "mean", "missed", "state"];
  const numbers = ["place", "rating", "group", "games", "mean", "missed"];
  return h(
    "div",
    { class: "figure-scroll", tabindex: "0", role: "group", "aria-labelledby": "ratings" },
    h(
      "table",
      { class: "table" },
      h("caption", { class: "quiet" }, t("arena.caption", { games: arena.games_rated })),
      h("thead", null, h("tr", null, heads.map((name) => h("th", { scope: "col", class: numbers.includes(name) ? "number" : "" }, t(`arena.${name}`))))),
      h("tbody", null, arena.standings.map(row)),
    ),
  );
}

/** @param {any} one a row of the standings */
function row(one) {
  const { counts, rating } = one;
  const interval = rating && rating.low !== null ? t("arena.between", { low: decimal(rating.low), high: decimal(rating.high) }) : "–";
  return h(
    "tr",
    { key: one.name },
    h("td", { class: "number" }, one.rank ?? "–"),
    h("th", { scope: "row" }, one.name),
    h("td", { class: "number" }, decimal(rating?.mean)),
    h("td", null, interval),
    h("td", { class: "number" }, one.group ?? "–"),
    h("td", { class: "number" }, counts.games),
    h("td", { class: "number" }, decimal(counts.seats ? counts.score_sum / counts.seats : null)),
    h("td", { class: "number" }, t("arena.missedOf", { missed: counts.missed, windows: counts.windows })),
    h("td", null, t(`arena.${one.state}`)),
  );
}

/** @param {any} one a game */
function game(one) {
  const began = new Date(one.began * 1000).toLocaleString(locale());
  return h(
    "article",
    { key: `game-${one.game}` },
    h("h3", null, t("arena.game", { number: String(one.game), began }), one.state === "void" ? ` ${t("arena.void")}` : ""),
    h(
      "ul",
      null,
      one.seats.map((/** @type {any} */ seat) =>
        h(
          "li",
          { key: seat.seat },
          `${seat.seat} ${seat.entrant}`,
          seat.score === null ? "" : ` ${decimal(seat.score)}`,
          seat.status && seat.status !== "OK" ? ` ${seat.status}: ${seat.reason}` : "",
        ),
      ),
    ),
    one.watch ? h("p", null, h("a", { href: one.watch }, t(one.state === "running" ? "arena.watch" : "arena.replay", { number: String(one.game) }))) : null,
  );
}
