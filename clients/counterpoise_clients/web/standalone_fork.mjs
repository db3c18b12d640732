// The comparison of a fork as a page of its own, without a server: the report stands in the page.

import { h, patch } from "./h.mjs";
import { fork } from "./ui/reports/fork.mjs";

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const report = read("report");

patch(
  document.getElementById("app"),
  h(
    "header",
    { class: "top", key: "header" },
    h("div", { class: "brand" }, h("h1", null, `${report.title}, forked on ${report.forked.on}`)),
    h("span", { class: "facts" }, `counterpoise, session ${report.forked.session}`),
  ),
  fork(report, read("cautions")),
);
