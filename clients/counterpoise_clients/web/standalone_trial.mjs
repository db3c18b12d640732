// The report of a trial as a page of its own, without a server: the report stands in the page.

import { h, pageData, pagePart, patch } from "./h.mjs";
import { chooseLanguage, t } from "./text/text.mjs";
import { languages } from "./ui/languages.mjs";
import { trial } from "./ui/reports/trial.mjs";
import "./text/reports.mjs";

const report = pageData("report");
const act = { language: (code) => chooseLanguage(code).then(draw) };

function draw() {
  const { title, games, started, ended, seed } = report;
  patch(
    pagePart("app"),
    h(
      "header",
      { class: "top", key: "header" },
      h("div", { class: "brand" }, h("h1", null, t("reports.games2", { title, games }))),
      h("span", { class: "facts" }, t("reports.counterpoiseTrialToSeed", { started, ended, seed })),
      h("nav", { class: "pages", "aria-label": t("header.pages") }, languages(act)),
    ),
    trial(report),
  );
}

draw();
