// The leaderboard of a tournament as a page of its own, without a server: the result stands in the page.

import { h, pageData, pagePart, patch } from "../../h.mjs";
import { chooseLanguage, t } from "../../text/text.mjs";
import { languages } from "../languages.mjs";
import { leaderboard } from "./leaderboard.mjs";
import "../../text/reports.mjs";

const result = pageData("result");
const hypotheses = pageData("hypotheses");
const act = { language: (code) => chooseLanguage(code).then(draw) };

function draw() {
  const { name, seed, scenarios } = result.tournament;
  patch(
    pagePart("app"),
    h(
      "header",
      { class: "top", key: "header" },
      h("div", { class: "brand" }, h("h1", null, t("reports.leaderboardTitle", { name, games: result.games.length }))),
      h("span", { class: "facts" }, t("reports.leaderboardFacts", { scenarios: scenarios.join(", "), seed })),
      h("nav", { class: "pages", "aria-label": t("header.pages") }, languages(act)),
    ),
    leaderboard({ ...result, hypotheses }),
  );
}

draw();
