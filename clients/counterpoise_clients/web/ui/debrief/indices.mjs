// The debrief's indices of the alignment network: lines over the years, and every number as a table.

import { h } from "../../h.mjs";
import { listed, longDate, titled } from "../../words.mjs";
import { finding, lines } from "../../viz/line.mjs";
import { panel, table, twin } from "../parts.mjs";
import { indicesOf } from "./report.mjs";
import { number, t } from "../../text/text.mjs";

const titles = () => ({
  cbi: t("debrief.checkerboard"),
  cbi_p: "p",
  cbi_z: "z",
  cb3: t("debrief.checkerboardTriads"),
  cb3_p: t("debrief.pOfTriads"),
  soi: t("debrief.sphereOfInfluence"),
  soi_corrected: t("debrief.sphereCorrected"),
  ex: t("debrief.exclusivity"),
});
const DRAWN = ["cbi", "cb3", "soi", "soi_corrected", "ex"];

/** Return the series that the figure draws and the dates they stand at; a row without a date is not drawn. */
export function seriesOf(rows) {
  const dated = rows.filter((row) => row.date);
  const series = DRAWN.filter((key) => dated.some((row) => Number.isFinite(row[key]))).map((key) => ({
    key,
    label: titles()[key],
    values: dated.map((row) => (Number.isFinite(row[key]) ? row[key] : null)),
  }));
  return { dates: dated.map((row) => row.date), series };
}

/** Draw the panel. */
export function indices({ report, ui, flip }) {
  const rows = indicesOf(report);
  const { dates, series } = seriesOf(rows);
  const asTable = Boolean(ui.tables.indices) || !series.length;
  const last = rows.at(-1);
  return panel(
    "d-indices",
    t("debrief.theShapeOfTheNetwork"),
    { aside: series.length ? twin(asTable, flip("indices"), "d-indices-twin") : null },
    h(
      "p",
      { class: "lead" },
      finding(series),
      last?.reading ? t("debrief.atTheEndTheNetwork", { reading: String(last.reading) }) : "",
    ),
    asTable ? indexTable(rows) : lines(series, dates, [-1, 1], "d-lines"),
    h(
      "p",
      { class: "quiet small" },
      t("debrief.checkerboard1IfNeighboursAre"),
    ),
  );
}

function indexTable(rows) {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter(
    (name) => name !== "tick" || rows.every((row) => !row.date),
  );
  return h(
    "div",
    { class: "figure-scroll", tabindex: "0", role: "region", "aria-label": t("debrief.indicesAsATable") },
    table({
      caption: t("debrief.indicesOfTheAlignmentNetwork"),
      class: "index-table tight",
      rows,
      columns: columns.map((name, index) => ({
        label: titles()[name] ?? titled(name),
        head: index === 0,
        number: rows.some((row) => typeof row[name] === "number"),
        cell: (row) => (index === 0 && name === "name" ? titled(row[name]) : written(row[name])),
      })),
    }),
  );
}

const part = (one) => (typeof one === "number" ? number(one, 2) : String(one));

function written(value) {
  if (typeof value === "number") return Number.isInteger(value) ? number(value) : number(value, 3);
  if (Array.isArray(value))
    return value.length === 2 ? t("debrief.to", { fixed: part(value[0]), fixed2: part(value[1]) }) : listed(value.map(part));
  if (value === null || value === undefined) return "–";
  return typeof value === "object" ? JSON.stringify(value) : longDate(String(value));
}
