// Threat as each state saw it beside what it truly was, on one day: whom it feared most, and whom it had most reason to fear.

import { h } from "../../h.mjs";
import { listed, longDate, share } from "../../words.mjs";
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
  const named = (ids) => listed(ids.map((id) => names[id] ?? id));
  const right = rows.filter((row) => row.isRight).length;
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
        { label: t("story.fearedMost"), cell: (row) => named(row.feared) },
        { label: t("story.asSeen"), number: true, cell: (row) => measure(row.seen, "accent") },
        { label: t("story.inTruth"), number: true, cell: (row) => measure(row.truly, "part") },
        { label: t("story.reasonToFear"), cell: (row) => [named(row.reason), row.isRight ? " ✓" : ""] },
        { label: t("story.inTruth"), number: true, cell: (row) => measure(row.most, "part") },
      ],
    }),
    h("p", { class: "quiet small" }, t("story.whatTrueMeans")),
  );
}

const measure = (percents, tone) => h("span", { class: "measure" }, h("span", null, share(percents / 100)), bar(percents / 100, tone));

/** Return for each state whom it feared most, and whom it had most reason to fear, in whole percent; several where they are alike. */
export function gravest(states, day) {
  return states
    .map((state, at) => ({ state, feared: top(day.seen[at]), reason: top(day.true?.[at] ?? []), at }))
    .filter(({ feared, reason }) => feared.length && reason.length)
    .map(({ state, feared, reason, at }) => ({
      state,
      feared: feared.map((one) => states[one]),
      seen: day.seen[at][feared[0]],
      truly: Math.max(...feared.map((one) => day.true[at][one])),
      reason: reason.map((one) => states[one]),
      most: day.true[at][reason[0]],
      isRight: feared.some((one) => reason.includes(one)),
    }));
}

// The places of the greatest values of a row.
function top(row) {
  const most = Math.max(...row.filter((value) => value !== null));
  return row.flatMap((value, at) => (value !== null && value === most ? [at] : []));
}
