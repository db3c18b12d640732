// The debrief's indices of the alignment network: lines over the years, and every number as a table.

import { h } from "../../h.mjs";
import { longDate, titled } from "../../words.mjs";
import { finding, lines } from "../../viz/line.mjs";
import { panel, table, twin } from "../parts.mjs";
import { indicesOf } from "./report.mjs";

const INDICES = {
  cbi: "Checkerboard",
  cbi_p: "p",
  cbi_z: "z",
  cb3: "Checkerboard, triads",
  cb3_p: "p of triads",
  soi: "Sphere of influence",
  soi_corrected: "Sphere, corrected",
  ex: "Exclusivity",
};
const DRAWN = ["cbi", "cb3", "soi", "soi_corrected", "ex"];

/** Return the series that the figure draws and the dates they stand at; a row without a date is not drawn. */
export function seriesOf(rows) {
  const dated = rows.filter((row) => row.date);
  const series = DRAWN.filter((key) => dated.some((row) => Number.isFinite(row[key]))).map((key) => ({
    key,
    label: INDICES[key],
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
    "The shape of the network, year by year",
    { aside: series.length ? twin(asTable, flip("indices"), "d-indices-twin") : null },
    h(
      "p",
      { class: "lead" },
      finding(series),
      last?.reading ? ` At the end the network looks like ${String(last.reading)}.` : "",
    ),
    asTable ? indexTable(rows) : lines(series, dates, [-1, 1], "d-lines"),
    h(
      "p",
      { class: "quiet small" },
      "Checkerboard: +1 if neighbours are enemies and second neighbours friends, as balancing would have it. Sphere of influence: +1 if every state sides with the power that dominates its place, as bandwagoning would have it.",
    ),
  );
}

function indexTable(rows) {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter(
    (name) => name !== "tick" || rows.every((row) => !row.date),
  );
  return h(
    "div",
    { class: "figure-scroll", tabindex: "0", role: "region", "aria-label": "Indices as a table" },
    table({
      caption: "Indices of the alignment network.",
      class: "index-table tight",
      rows,
      columns: columns.map((name, index) => ({
        label: INDICES[name] ?? titled(name),
        head: index === 0,
        number: rows.some((row) => typeof row[name] === "number"),
        cell: (row) => (index === 0 && name === "name" ? titled(row[name]) : written(row[name])),
      })),
    }),
  );
}

function written(value) {
  if (typeof value === "number") return Number.isInteger(value) ? String(value) : value.toFixed(3);
  if (Array.isArray(value))
    return value.map((one) => (typeof one === "number" ? one.toFixed(2) : String(one))).join(" to ");
  if (value === null || value === undefined) return "–";
  return typeof value === "object" ? JSON.stringify(value) : longDate(String(value));
}
