// The title of the browser's tab: what is due, which page, which state, which game.

import { t } from "./text/text.mjs";
import { phaseName, roleName, whichWorld } from "./words.mjs";
import { viewOf } from "./store.mjs";

/** Return the title. What changes comes first: a tab shows only the beginning. */
export function titleOf(state) {
  const { welcome, connection } = state;
  if (!welcome) return t("title.bare");
  const scenario = welcome.scenario;
  const own = scenario.actors.find((actor) => actor.id === welcome.seat);
  const isOpen = connection.state === "open";
  return [
    isOpen ? due(state) : t("title.notConnected"),
    pageName(state.ui.page, welcome.role),
    own?.name ?? roleName(welcome.role),
    whichWorld(welcome),
    scenario.title,
  ]
    .filter(Boolean)
    .join(" · ");
}

// Say what the seat must do now, or how the session stands if it cannot play.
function due(state) {
  const phase = state.status?.phase;
  if (phase && phase !== "running") return phaseName(phase);
  const calls = viewOf(state)?.calls?.length ?? 0;
  return calls ? t("title.due", { count: calls }) : "";
}

function pageName(page, role) {
  if (page === "debrief") return t("title.debrief");
  if (page === "what_if") return t("title.whatIf");
  if (page === "go_on") return t("goingon.title");
  if (page === "brief") return t("title.brief");
  if (role === "observer") return page === "details" ? t("title.details") : t("title.wall");
  return "";
}
