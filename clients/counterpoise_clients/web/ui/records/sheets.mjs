// The records of a class, one for each person, each on a sheet of its own when they are printed.

import { h } from "../../h.mjs";
import { longDate, share } from "../../words.mjs";
import { t } from "../../text/text.mjs";
import { recordOf } from "./record.mjs";

/** Say whose record it is: the person, or the state where nobody is known. */
export const nameOf = ({ name, record }) => name || record.state;

/**
 * Draw the sheets.
 *
 * @param {readonly any[]} sheets
 */
export const sheetsOf = (sheets) =>
  sheets.map((sheet, at) => {
    const { record } = sheet;
    const facts = [sheet.world ? t("class.world", { world: sheet.world }) : "", sheet.name ? record.state : "", record.title, t("records.fromTo", { from: longDate(record.begins), to: longDate(record.ends) })];
    return h(
      "article",
      { class: "sheet-record", key: `${record.session}/${record.seat}/${at}`, "aria-labelledby": `sheet-${at}` },
      h("h2", { id: `sheet-${at}` }, t("records.recordOf", { name: nameOf(sheet) })),
      h("p", { class: "quiet" }, facts.filter(Boolean).join(" · "), sheet.number ? ` · ${sheet.number}` : ""),
      record.score === null ? null : h("p", { class: "quiet small" }, t("records.score", { score: share(record.score) })),
      sheet.seat_agreement ? h("p", { class: "quiet small" }, t(`records.agreement.${sheet.seat_agreement}`)) : null,
      recordOf(record, `sheet-${at}`),
    );
  });
