// How the evidence stands while the game is played: always on the moderator's page, on other pages while the moderator shows it.

import { h } from "../../h.mjs";
import { evidenceTwin, hasEvidence, standing } from "./evidence.mjs";
import { longDate } from "../../words.mjs";
import { button, panel } from "../parts.mjs";

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
    "The evidence so far",
    { class: "evidence-in-play", aside: isTold ? evidenceTwin(view, "play") : null },
    manage ? showing(report.shown, state.status?.phase, act) : null,
    h("p", { class: "quiet", role: "status", id: "evidence-window" }, countedTo(report.date)),
    isTold ? standing(view, "play") : h("p", null, "No player under test has taken a side under threat so far, so there is no evidence."),
  );
}

const countedTo = (date) =>
  date ? `Counts the acts up to the window from ${longDate(date)}.` : "Acts count when their window closes. None has closed yet.";

function showing(shown, phase, act) {
  return h(
    "p",
    { class: "evidence-shown" },
    h("span", null, shown ? "Players and observers see this too, without single states and kinds of act. " : "Only you see this. "),
    phase === "ended"
      ? null
      : button(
          shown ? "Hide it from players" : "Show it to players",
          () => act.command({ kind: "show_evidence", shown: !shown }),
          { kind: "small", id: "do-show-evidence" },
        ),
    shown ? null : h("span", { class: "quiet" }, " Seeing it may change what they do. The debrief will say when they saw it."),
  );
}
