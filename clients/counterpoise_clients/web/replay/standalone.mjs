// The replay as one file, without a server: the films of all viewers stand in the page.

import { h, pageData, pagePart, patch } from "../h.mjs";
import { chooseLanguage, minus, number, t } from "../text/text.mjs";
import { languages } from "../ui/languages.mjs";
import { mountReplay } from "./page.mjs";
import { isPlace, placeOf } from "./place.mjs";
import { wholeFilm } from "./source.mjs";

/** @typedef {{ seat: string, entrant: string, score: number, status: string, reason: string }} Played */
/**
 * @type {{ title: string, place: { date: string, viewer: string },
 *   game: { tournament: string, number: number, scenario: string, seats: Played[], back: string } | null }} `game` is one of a tournament
 */
const { title, place, game } = pageData("about");
const begins = isPlace(location.hash) ? placeOf(location.hash) : { ...placeOf(""), ...place };
const main = document.createElement("main");
main.id = "main";
main.className = "replay";
main.tabIndex = -1;
const head = document.createElement("div");
pagePart("app").append(head, main);

/** @param {Played} played */
const line = ({ seat, entrant, score, status, reason }) =>
  `${seat} ${entrant} ${minus(number(score, 1))}${status === "OK" ? "" : ` (${status}: ${reason})`}`;

function drawHead() {
  patch(
    head,
    h(
      "header",
      { class: "top", key: "header" },
      h("div", { class: "brand" }, h("h1", null, game ? t("replay.gameOf", { tournament: game.tournament, number: String(game.number) }) : title)),
      game ? h("span", { class: "facts" }, game.scenario) : null,
      h("nav", { class: "pages", "aria-label": t("header.pages") }, game ? h("a", { class: "button page", id: "to-leaderboard", href: game.back }, t("replay.toLeaderboard")) : null, languages({ language: (code) => chooseLanguage(code).then(redraw) })),
    ),
    game ? h("section", { class: "replay-played", key: "played", "aria-label": t("replay.whoPlayed") }, h("strong", null, t("replay.whoPlayed")), h("ul", { class: "in-a-row" }, game.seats.map((played) => h("li", { key: played.seat }, line(played))))) : null,
  );
}

function redraw() {
  drawHead();
  replay.draw();
}

drawHead();
const replay = mountReplay(main, {
  sources: pageData("films").map(wholeFilm),
  place: begins,
  linkOf: (fragment) => `${location.href.split("#")[0]}#${fragment}`,
  onPlace: (fragment) => history.replaceState(null, "", `#${fragment}`),
});
addEventListener("hashchange", () => isPlace(location.hash) && replay.go(placeOf(location.hash)));
