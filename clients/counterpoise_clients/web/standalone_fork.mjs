// The comparison of a fork as a page of its own, without a server: the report stands in the page.

import { h, pageData, pagePart, patch } from "./h.mjs";
import { chooseLanguage, t } from "./text/text.mjs";
import { languages } from "./ui/languages.mjs";
import { arms } from "./ui/reports/arms.mjs";
import { fork } from "./ui/reports/fork.mjs";
import "./text/reports.mjs";

const report = pageData("report");
const act = { language: (code) => chooseLanguage(code).then(draw) };

function draw() {
  patch(
    pagePart("app"),
    h(
      "header",
      { class: "top", key: "header" },
      h("div", { class: "brand" }, h("h1", null, t("reports.forkedOn", { title: report.title, on: report.forked.on }))),
      h("span", { class: "facts" }, t("reports.counterpoiseSession", { session: report.forked.session })),
      h("nav", { class: "pages", "aria-label": t("header.pages") }, languages(act)),
    ),
    // Several forks have arms; a fork with one change has sides.
    "arms" in report ? arms(report) : fork(report, pageData("cautions")),
  );
}

draw();
