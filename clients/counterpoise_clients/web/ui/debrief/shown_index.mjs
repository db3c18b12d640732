// Who was shown the theory's threat index, and whether those who were acted more as the theory says.

import { h } from "../../h.mjs";
import { panel, table } from "../parts.mjs";
import { number, t } from "../../text/text.mjs";

const percent = (share) => (share === null || share === undefined ? "–" : `${Math.round(100 * share)} %`);
const fixed = (value) => (value === null || value === undefined ? "–" : number(value, 3));

/** Whether some seats were not shown it. */
export function wasHidden(report) {
  return Boolean(report.shown_index);
}

/** Draw the panel; nothing if every seat was shown it. */
export function shownIndex({ report }) {
  const found = report.shown_index;
  if (!found) return null;
  return panel(
    "d-index",
    t("debrief.whoSawTheThreatIndex"),
    null,
    h("p", { class: "lead" }, verdict(found)),
    table({
      caption: t("debrief.peopleWhoWereShownThe"),
      class: "tight",
      rows: [
        { name: "Shown it", ...found.shown },
        { name: "Not shown it", ...found.hidden },
      ],
      key: (row) => row.name,
      columns: [
        { label: t("debrief.group"), head: true, cell: (row) => row.name },
        { label: t("debrief.people"), number: true, cell: (row) => String(row.seats) },
        { label: t("debrief.underThreat"), number: true, cell: (row) => String(row.threatened) },
        { label: t("debrief.balanced"), number: true, cell: (row) => percent(row.balanced) },
        { label: t("debrief.logScore"), number: true, cell: (row) => fixed(row.log_score) },
        { label: t("debrief.namedItsTopThreat"), number: true, cell: (row) => percent(row.top_threat_named) },
      ],
    }),
    h("p", { class: "quiet small" }, dealt(found.deals)),
  );
}

function verdict(found) {
  if (found.difference === null) return t("debrief.oneOfTheTwoGroups");
  const more = found.difference > 0 ? "more" : "less";
  const lot = found.p === null ? t("debrief.noLotDecidedWhoSaw") : t("debrief.pByTheOtherDeals", { p: fixed(found.p) });
  return t("debrief.thoseWhoSawItActed", { more, difference: fixed(found.difference), lot });
}

function dealt(deals) {
  const named = (shown) =>
    deals
      .filter((deal) => deal.shown === shown)
      .map((deal) => (deals.some((other) => other.session !== deal.session) ? t("debrief.in", { seat: deal.seat, session: deal.session }) : deal.seat))
      .join(", ") || "nobody";
  return t("debrief.shownNotShownOnlyPeople", { named: named(true), named2: named(false) });
}
