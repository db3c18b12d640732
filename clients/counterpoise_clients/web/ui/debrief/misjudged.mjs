// Threat as each state saw it beside what it truly was, on one day: whom it feared most, and whom it had most reason to fear.

import { h } from "../../h.mjs";
import { longDate, share } from "../../words.mjs";
import { bar } from "../../viz/marks.mjs";
import { panel, table } from "../parts.mjs";
import { t } from "../../text/text.mjs";
import { dayShown, daySelect } from "./threat_days.mjs";

/** Whether a report knows true threats. */
export const hasTruth = (report) => Boolean(report.story?.threats.days.some((day) => day.true));

/** Draw the panel. */
export function misjudged(view) {
  const { report, names } = view;
  if (!hasTruth(report)) return null;
  const { states } = report.story.threats;
  const day = dayShown(view);
  const rows = gravest(states, day);
  const right = rows.filter((row) => row.feared === row.reason).length;
  return panel(
    "d-misjudged",
    t("story.seenAndTrue", { date: longDate(day.date) }),
    null,
    daySelect(view, "d-misjudged-day"),
    h("p", { class: "lead" }, t("story.fearedRightly", { right, count: rows.length })),
    table({
      caption: t("story.seenAndTrue", { date: longDate(day.date) }),
      class: "tight",
      rows,
      key: (row) => row.state,
      columns: [
        { label: t("debrief.state"), head: true, cell: (row) => names[row.state] ?? row.state },
        { label: t("story.fearedMost"), cell: (row) => names[row.feared] ?? row.feared },
        { label: t("story.asSeen"), number: true, cell: (row) => measure(row.seen, "accent") },
        { label: t("story.inTruth"), number: true, cell: (row) => measure(row.truly, "part") },
        { label: t("story.reasonToFear"), cell: (row) => [names[row.reason] ?? row.reason, row.reason === row.feared ? " ✓" : ""] },
        { label: t("story.inTruth"), number: true, cell: (row) => measure(row.most, "part") },
      ],
    }),
    h("p", { class: "quiet small" }, t("story.whatTrueMeans")),
  );
}

const measure = (percents, tone) => h("span", { class: "measure" }, h("span", null, share(percents / 100)), bar(percents / 100, tone));

/** Return for each state whom it feared most, and whom it had most reason to fear, in whole percent. */
export function gravest(states, day) {
  const top = (row) => row.reduce((best, value, at) => (value !== null && (best < 0 || value > row[best]) ? at : best), -1);
  return states
    .map((state, at) => ({ state, at, seen: top(day.seen[at]), real: day.true ? top(day.true[at]) : -1 }))
    .filter((one) => one.seen >= 0 && one.real >= 0)
    .map(({ state, at, seen, real }) => ({
      state,
      feared: states[seen],
      seen: day.seen[at][seen],
      truly: day.true[at][seen],
      reason: states[real],
      most: day.true[at][real],
    }));
}
