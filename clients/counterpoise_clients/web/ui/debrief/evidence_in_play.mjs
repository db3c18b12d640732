// How the evidence stands while the game is played: always on the moderator's page, on other pages while the moderator shows it.

import { h } from "../../h.mjs";
import { evidenceTwin, hasEvidence, standing } from "./evidence.mjs";
import { longDate } from "../../words.mjs";
import { button, panel } from "../parts.mjs";
import { t } from "../../text/text.mjs";

/** Draw the panel; nothing where the server has sent no evidence. With `manage` it has the button that shows it to players. */
export function evidenceInPlay(state, act, { manage = false } = {}) {
  const report = state.evidence;
  if (!report || !(manage || report.shown)) return null;
  const ui = state.ui.debrief;
  const view = {
    report,
    ui,
    flip: (name) => () => act.debriefUi({ tables: { ...ui.tables, [name]: !ui.tables[name] } }),
  };
  const isTold = hasEvidence(report);
  return panel(
    "evidence",
    t("figures.theEvidenceSoFar"),
    { class: "evidence-in-play", aside: isTold ? evidenceTwin(view, "play") : null },
    manage ? showing(report.shown, state.status?.phase, act) : null,
    h("p", { class: "quiet", role: "status", id: "evidence-window" }, countedTo(report.date)),
    isTold ? standing(view, "play") : h("p", null, t("figures.noPlayerUnderTestHas2")),
  );
}

const countedTo = (date) =>
  date ? t("figures.countsTheActsUpTo", { date: longDate(date) }) : t("figures.actsCountWhenTheirWindow");

function showing(shown, phase, act) {
  return h(
    "p",
    { class: "evidence-shown" },
    h("span", null, shown ? t("figures.playersAndObserversSeeThis") : t("figures.onlyYouSeeThis")),
    phase === "ended"
      ? null
      : button(
          shown ? t("figures.hideItFromPlayers") : t("figures.showItToPlayers"),
          () => act.command({ kind: "show_evidence", shown: !shown }),
          { kind: "small", id: "do-show-evidence" },
        ),
    shown ? null : h("span", { class: "quiet" }, t("figures.seeingItMayChangeWhat")),
  );
}
