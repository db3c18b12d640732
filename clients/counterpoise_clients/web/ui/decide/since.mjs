// What changed since the last window, in plain sentences, and whom the seat has most to fear.

import { h } from "../../h.mjs";
import { viewOf } from "../../store.mjs";
import { t } from "../../text/text.mjs";
import { bar } from "../../viz/marks.mjs";
import { longDate, share } from "../../words.mjs";
import { button, panel } from "../parts.mjs";
import { sentence } from "../sentences.mjs";
import { degree, isHidden, ranked } from "../threats.mjs";

const FEARS = 3;
const SHOWN = 6;
const LATELY_DAYS = 92;
const LEFT_OUT = /^(message$|note$|question_|assessment$|prediction$|reason$|belief$|crisis_answered$|call_lapsed$)/;

/** Return what happened since the last window opened, oldest first; a page that has just been opened takes three months. */
export function sinceLastWindow(state) {
  const view = viewOf(state);
  const from = state.since ?? (view?.tick ?? 0) - LATELY_DAYS;
  return state.incidents.filter((incident) => incident.tick >= from && !LEFT_OUT.test(incident.kind));
}

/** Draw the panel. */
export function sincePanel(state, names, act) {
  const happened = sinceLastWindow(state);
  const own = viewOf(state)?.own.id ?? "";
  const shown = happened.slice(-SHOWN);
  return panel(
    "since",
    t("decide.since"),
    { class: "since" },
    shown.length
      ? h(
          "ul",
          { class: "plain news" },
          shown.map((incident) =>
            h(
              "li",
              { key: `n${incident.id}`, class: incident.actors?.includes(own) ? "about-me" : null },
              sentence(incident, names),
              h("span", { class: "quiet small" }, ` (${longDate(incident.date)})`),
            ),
          ),
        )
      : h("p", { class: "quiet" }, t("decide.nothing_new")),
    happened.length > SHOWN ? button(t("decide.all_news", { count: happened.length }), () => act.jump("log", "me"), { kind: "small", id: "all-news" }) : null,
    fears(state, names),
  );
}

function fears(state, names) {
  if (isHidden(state.observe)) return null;
  const rows = ranked(state.observe.threats ?? {}, names).slice(0, FEARS);
  return rows.length
    ? [
        h("h3", { key: "fear-heading" }, t("decide.you_fear")),
        h(
          "ul",
          { class: "plain fears", key: "fears" },
          rows.map((row) =>
            h("li", { key: row.id, class: `degree-${degree(row.threat)}` }, h("span", { class: "fear-name" }, row.name), bar(row.threat, "severe"), h("span", { class: "fear-value" }, share(row.threat))),
          ),
        ),
      ]
    : null;
}
