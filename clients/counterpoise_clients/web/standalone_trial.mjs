// The report of a trial as a page of its own, without a server: the report stands in the page.

import { h, patch } from "./h.mjs";
import { trial } from "./ui/reports/trial.mjs";

const report = JSON.parse(document.getElementById("report").textContent);

patch(
  document.getElementById("app"),
  h(
    "header",
    { class: "top", key: "header" },
    h("div", { class: "brand" }, h("h1", null, `${report.title}: ${report.games} games`)),
    h("span", { class: "facts" }, `counterpoise trial, ${report.started} to ${report.ended}, seed ${report.seed}`),
  ),
  trial(report),
);
