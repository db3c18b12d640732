// The days whose threats the debrief tells, and the one that is shown.

import { h } from "../../h.mjs";
import { longDate } from "../../words.mjs";
import { select } from "../parts.mjs";
import { t } from "../../text/text.mjs";

/** Return the days of a report, earliest first; none of earlier versions. */
export const threatDays = (report) => report.story?.threats.days ?? [];

/** Return the day that is shown: the last one up to the moment that is looked at, or else the last. */
export function dayShown({ report, ui }) {
  const days = threatDays(report);
  return days.findLast((day) => day.date <= (ui.threatDay || "9999")) ?? days[0];
}

/** Draw the choice of a day. */
export function daySelect(view, id) {
  const days = threatDays(view.report);
  return h(
    "div",
    { class: "filters" },
    select(
      id,
      t("debrief.on"),
      dayShown(view).date,
      days.map(({ date }) => ({ value: date, label: longDate(date) })),
      (threatDay) => view.act.debriefUi({ threatDay, cell: null }),
    ),
  );
}

/** Return the threats of a day as the matrix wants them, by observer and observed. */
export function cellsOf(states, { seen }) {
  const cells = {};
  states.forEach((observer, at) => {
    const row = Object.fromEntries(states.flatMap((other, to) => (seen[at][to] === null ? [] : [[other, { threat: seen[at][to] / 100 }]])));
    if (Object.keys(row).length) cells[observer] = row;
  });
  return cells;
}
