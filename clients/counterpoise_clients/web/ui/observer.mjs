// The details beside the wall: who sits where, the whole public log, and the evidence while it is shown.

import { h } from "../h.mjs";
import { namesOf } from "../store.mjs";
import { t } from "../text/text.mjs";
import { longDate } from "../words.mjs";
import { evidenceInPlay } from "./debrief/evidence_in_play.mjs";
import { log } from "./incidents.mjs";
import { publicMap } from "../map/panel.mjs";
import { seats } from "../console/seats.mjs";
import { pauseReason } from "./now.mjs";
import { pauseEnd } from "./clock/pause_end.mjs";
import { panel } from "./parts.mjs";

/** Draw the page. */
export function observer(state, act) {
  const scenario = state.welcome?.scenario;
  return h(
    "main",
    { id: "main", key: "observer", class: "desk", tabindex: "-1" },
    h(
      "div",
      { class: "column side", key: "side" },
      panel(
        "about",
        t("page.watching"),
        null,
        pauseReason(state),
        pauseEnd(state),
        h("p", null, scenario?.summary ?? ""),
        scenario ? h("p", { class: "quiet" }, t("page.span", { start: longDate(scenario.start), end: longDate(scenario.end) })) : null,
      ),
    ),
    h(
      "div",
      { class: "column wide", key: "wide" },
      publicMap(state, act),
      h(
        "div",
        { class: "abreast", key: "abreast" },
        seats(state),
        log(state, namesOf(state), act),
      ),
      evidenceInPlay(state, act),
    ),
  );
}
