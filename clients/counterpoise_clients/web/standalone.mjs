// The debrief as one file, without a server: the page contains the report and shows the same figures.

import { h, patch } from "./h.mjs";
import { INITIAL } from "./store.mjs";
import { debrief } from "./ui/debrief/debrief.mjs";
import { help } from "./ui/help.mjs";
import { button, open } from "./ui/parts.mjs";
import { isPooled } from "./ui/debrief/report.mjs";

const report = JSON.parse(document.getElementById("report").textContent);
const root = document.getElementById("app");
const actors = Object.entries(report.actors).map(([id, name]) => ({ id, name, role: "" }));
let state = {
  ...INITIAL,
  debrief: report,
  status: { phase: "ended", seats: [] },
  welcome: { role: "observer", seat: "", scenario: { title: report.title, actors } },
};

const act = {
  refreshDebrief: () => {},
  debriefUi: (change) => {
    state = { ...state, ui: { ...state.ui, debrief: { ...state.ui.debrief, ...change } } };
    draw();
  },
};

function draw() {
  patch(
    root,
    h(
      "header",
      { class: "top", key: "header" },
      h("div", { class: "brand" }, h("h1", null, report.title)),
      h("span", { class: "facts" }, isPooled(report) ? "counterpoise" : `counterpoise, session ${report.session}`),
      button("Help", () => open("help"), { kind: "page", id: "ask-help", "aria-haspopup": "dialog" }),
    ),
    debrief(state, act),
    help(),
  );
}

draw();
