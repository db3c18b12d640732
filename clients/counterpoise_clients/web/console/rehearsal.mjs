// A rehearsal of this session: bots play a throw-away copy of it, at full speed.

import { h } from "../h.mjs";
import { t } from "../text/text.mjs";
import { longDate } from "../words.mjs";
import { button, panel } from "../ui/parts.mjs";

/**
 * Draw the panel.
 *
 * @param {import("../store.mjs").State} state
 * @param {any} act
 * @param {Record<string, string>} names
 */
export function rehearsal(state, act, names) {
  const news = state.console.rehearsal;
  const runs = news !== null && !news.done;
  return panel(
    "rehearsal",
    t("console.rehearsal"),
    { class: "rehearsal" },
    h("p", { class: "quiet small" }, t("console.rehearsalHelp")),
    h(
      "div",
      { class: "buttons" },
      button(t(news ? "console.rehearseAgain" : "console.rehearse"), () => !runs && act.command({ kind: "rehearse" }), {
        id: "do-rehearse",
        "aria-disabled": runs ? "true" : null,
      }),
    ),
    news ? h("progress", { key: "progress", max: 1, value: news.share, "aria-label": t("console.rehearsal") }) : null,
    h("p", { key: "told", role: "status", class: "hidden" }, news?.done ? t("console.rehearsalDone") : ""),
    news?.problem ? h("p", { class: "problem", role: "alert" }, t("console.rehearsalFailed")) : null,
    news?.report ? h("ul", { class: "plain small", id: "rehearsal-lines" }, lines(news.report, names).map((line, place) => h("li", { key: String(place) }, line))) : null,
  );
}

/**
 * Say what happened in a rehearsal.
 *
 * @param {any} report
 * @param {Record<string, string>} names
 */
export function lines(report, names) {
  const name = (/** @type {string} */ id) => names[id] ?? id;
  const wars = report.wars.slice(0, 5).map((/** @type {any} */ war) => t("console.rehearsedWar", { attacker: name(war.attacker), target: name(war.target), date: longDate(war.date) }));
  return [
    t("console.rehearsedSpan", { windows: report.windows, begins: longDate(report.begins), ends: longDate(report.ends), calls: report.calls }),
    report.minutes ? t("console.rehearsedMinutes", { minutes: report.minutes }) : null,
    t("console.rehearsedPacts", { pacts: report.pacts, ended: report.pacts_ended, crises: report.crises }),
    report.wars.length ? null : t("console.rehearsedPeace"),
    ...wars,
    report.wars.length > wars.length ? t("console.rehearsedMoreWars", { count: report.wars.length - wars.length }) : null,
    report.regimes || report.events ? t("console.rehearsedEvents", { regimes: report.regimes, events: report.events }) : null,
    report.failures.length ? t("console.rehearsedFailures", { failure: report.failures[0] }) : t("console.rehearsedFine"),
  ].filter(Boolean);
}
