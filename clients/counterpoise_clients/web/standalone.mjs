// The debrief as one file, without a server: the page contains the report and shows the same figures.

import { h, pageData, pagePart, patch } from "./h.mjs";
import { INITIAL } from "./store.mjs";
import { chooseLanguage, t } from "./text/text.mjs";
import { debrief } from "./ui/debrief/debrief.mjs";
import { languages } from "./ui/languages.mjs";
import { help } from "./ui/help.mjs";
import { momentFragment } from "./router.mjs";
import { toPart } from "./ui/debrief/moments.mjs";
import { button, open } from "./ui/parts.mjs";
import { isPooled } from "./ui/debrief/report.mjs";
import "./text/reports.mjs";

const report = pageData("report");
const ground = pageData("ground");
const root = pagePart("app");
let state = {
  ...INITIAL,
  debrief: report,
  outlines: ground.outlines ?? false,
  status: { phase: "ended", seats: [] },
  welcome: { role: "observer", seat: "", scenario: { title: report.title, actors: ground.actors } },
};

const act = {
  refreshDebrief: () => {},
  language: (code) => chooseLanguage(code).then(draw),
  ui: (change) => {
    state = { ...state, ui: { ...state.ui, ...change } };
    draw();
  },
  uiPart: (part, change) => act.ui({ [part]: { ...state.ui[part], ...change } }),
  debriefUi: (change) => act.uiPart("debrief", change),
  toMoment(moment, day) {
    location.replace(momentFragment(moment.tick, moment.seat));
    act.debriefUi({ mapDate: day, threatDay: day });
    toPart("d-map");
  },
};

function draw() {
  patch(
    root,
    h(
      "header",
      { class: "top", key: "header" },
      h("div", { class: "brand" }, h("h1", null, report.title)),
      h("span", { class: "facts" }, isPooled(report) ? t("reports.counterpoise") : t("reports.counterpoiseSession", { session: report.session })),
      h(
        "nav",
        { class: "pages", "aria-label": t("header.pages") },
        button(t("header.help"), () => open("help"), { kind: "page", id: "ask-help", "aria-haspopup": "dialog" }),
        languages(act),
      ),
    ),
    debrief(state, act),
    help(),
  );
}

draw();
