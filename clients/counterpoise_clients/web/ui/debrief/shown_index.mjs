// Who was shown the theory's threat index, and whether those who were acted more as the theory says.

import { h } from "../../h.mjs";
import { panel, table } from "../parts.mjs";

const percent = (share) => (share === null || share === undefined ? "–" : `${Math.round(100 * share)} %`);
const fixed = (value) => (value === null || value === undefined ? "–" : value.toFixed(3));

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
    "Who saw the threat index",
    null,
    h("p", { class: "lead" }, verdict(found)),
    table({
      caption: "People who were shown the theory's threat index, and people who were not.",
      class: "tight",
      rows: [
        { name: "Shown it", ...found.shown },
        { name: "Not shown it", ...found.hidden },
      ],
      key: (row) => row.name,
      columns: [
        { label: "Group", head: true, cell: (row) => row.name },
        { label: "People", number: true, cell: (row) => String(row.seats) },
        { label: "Under threat", number: true, cell: (row) => String(row.threatened) },
        { label: "Balanced", number: true, cell: (row) => percent(row.balanced) },
        { label: "Log score", number: true, cell: (row) => fixed(row.log_score) },
        { label: "Named its top threat", number: true, cell: (row) => percent(row.top_threat_named) },
      ],
    }),
    h("p", { class: "quiet small" }, dealt(found.deals)),
  );
}

function verdict(found) {
  if (found.difference === null) return "One of the two groups has no decision of a person, so there is nothing to compare.";
  const more = found.difference > 0 ? "more" : "less";
  const lot = found.p === null ? "No lot decided who saw it, so other causes are possible." : `p = ${fixed(found.p)} by the other deals of the lot.`;
  return `Those who saw it acted ${more} as balance of threat says (log score ${fixed(found.difference)}). ${lot}`;
}

function dealt(deals) {
  const named = (shown) =>
    deals
      .filter((deal) => deal.shown === shown)
      .map((deal) => (deals.some((other) => other.session !== deal.session) ? `${deal.seat} in ${deal.session}` : deal.seat))
      .join(", ") || "nobody";
  return `Shown: ${named(true)}. Not shown: ${named(false)}. Only people's decisions are compared.`;
}
