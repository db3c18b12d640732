// The debrief's map: who stood where on a day of the session, all secrets disclosed.

import { h } from "../../h.mjs";
import { worldOfReport } from "../../map/world.mjs";
import { longDate } from "../../words.mjs";
import { mapPanel } from "../../map/panel.mjs";
import { select } from "../parts.mjs";
import { isPooled, timelineOf } from "./report.mjs";
import { t } from "../../text/text.mjs";

/** The worlds of the report that is shown, by day. */
const worlds = new WeakMap();

/** Return whether a report has what a map needs: those of earlier versions lack the pacts of the opening. */
export const hasMap = (report) => !isPooled(report) && Array.isArray(timelineOf(report)?.unchanged);

/** Draw the panel. */
export function debriefMap(state, act) {
  const report = state.debrief;
  if (!hasMap(report) || !state.welcome?.scenario?.actors.every((actor) => Number.isFinite(actor.latitude))) return null;
  const found = timelineOf(report);
  const date = state.ui.debrief.mapDate || found.ends;
  const world = worldOn(report, date);
  return mapPanel({
    id: "d-map",
    title: t("debrief.whoStoodWhere"),
    source: world,
    world: () => world,
    state,
    act,
    isWide: true,
    note: h(
      "div",
      { class: "filters map-date", key: "date" },
      select("d-map-date", t("debrief.on"), date, [...new Set([...daysOf(found), date])].sort().map((day) => ({ value: day, label: longDate(day) })), (day) => act.debriefUi({ mapDate: day })),
      h("p", { class: "quiet small" }, t("debrief.secretPactsAreShownFears")),
    ),
  });
}

function worldOn(report, date) {
  const known = worlds.get(report) ?? new Map();
  worlds.set(report, known);
  if (!known.has(date)) known.set(date, worldOfReport(report, date));
  return known.get(date);
}

/** Return the days to choose from: the first, each New Year and half-year, the beginnings of wars, and the last. */
export function daysOf({ begins, ends, wars }) {
  const days = [begins, ends, ...wars.map((war) => war.begins)];
  for (let year = Number(begins.slice(0, 4)); year <= Number(ends.slice(0, 4)); year += 1) days.push(`${year}-01-01`, `${year}-07-01`);
  return [...new Set(days)].filter((day) => day >= begins && day <= ends).sort();
}
