// Which hypothesis explains each alliance, under which conditions each forecasts partners, and what followed a choice of a side.

import { h } from "../../h.mjs";
import { capital, longDate } from "../../words.mjs";
import { panel, table } from "../parts.mjs";

const fixed = (value, digits = 2) => (value === null ? "–" : value.toFixed(digits).replace(/^-(0\.?0*)$/, "$1"));
const span = (ci) => (ci ? `${fixed(ci[0])} to ${fixed(ci[1])}` : "–");
const percent = (share) => (share === null ? "–" : `${(100 * share).toFixed(1)} %`);
const count = (value) => value.toFixed(1).replace(/\.0$/, "");

/** Whether the report has the three tables; sessions of older rules have none. */
export function hasAnswers(report) {
  return Boolean(report.alliances_explained);
}

/** Draw the panel of the alliances, each explained by the hypothesis that gave it the largest share. */
export function alliancesExplained({ report, names }) {
  const found = report.alliances_explained;
  const titles = Object.fromEntries(found.hypotheses.map((row) => [row.name, row.title]));
  return panel(
    "d-explained",
    "What explains the alliances?",
    null,
    h("p", { class: "lead" }, found.sentence),
    found.n ? countsOrLater(found) : null,
    found.n
      ? h(
          "p",
          { class: "quiet small" },
          `A hypothesis explains an alliance if no other gave it a larger share of the alignments open to its proposer, and chance a smaller one; ${found.unexplained} have no such hypothesis. A forecast that dares more wins more often and loses more when it is wrong, so read the bits too: above 0, its shares beat chance on the whole.`,
        )
      : null,
    found.left_out_sentence ? h("p", { class: "quiet small" }, found.left_out_sentence) : null,
    found.alliances?.length
      ? h(
          "details",
          null,
          h("summary", null, "Alliance by alliance"),
          table({
            caption: "Every alliance formed in play, and what explains it.",
            class: "tight",
            rows: found.alliances,
            columns: [
              { label: "Window", head: true, cell: (row) => longDate(row.date) },
              { label: "Members", cell: (row) => row.members.map((state) => names[state] ?? state).join(", ") },
              { label: "Best explained by", cell: (row) => row.best.map((name) => titles[name] ?? name).join(", ") || "nothing" },
              { label: "Its share", number: true, cell: (row) => (row.best.length ? percent(row.shares[row.best[0]]) : "–") },
              { label: "Chance", number: true, cell: (row) => percent(1 / row.menu) },
            ],
          }),
        )
      : null,
  );
}

function explanations(found) {
  return table({
    caption: "How many alliances each hypothesis explains best, and how many chance would explain.",
    class: "tight",
    rows: found.hypotheses,
    key: (row) => row.name,
    columns: [
      { label: "Hypothesis", head: true, cell: (row) => row.title },
      { label: "Explains best", number: true, cell: (row) => count(row.explained) },
      { label: "By chance", number: true, cell: (row) => `${fixed(row.by_chance, 1)} ± ${fixed(row.spread_by_chance, 1)}` },
      { label: "Mean share", number: true, cell: (row) => percent(row.share) },
      { label: "Bits above chance", number: true, cell: (row) => fixed(row.bits) },
      { label: "95 % interval", number: true, cell: (row) => span(row.ci) },
    ],
  });
}

// Of too few alliances no hypothesis is said to explain most, so the counts are folded away.
function countsOrLater(found) {
  if (found.telling) return explanations(found);
  return h("details", null, h("summary", null, "The counts so far, which are too few to tell"), explanations(found));
}

/** Draw the panel of hypotheses by conditions. */
export function conditions({ report }) {
  const found = report.conditions;
  const shown = report.hypotheses.filter((row) => found.rows[0].cells[row.name]);
  return panel(
    "d-conditions",
    "Under which conditions?",
    null,
    h("p", { class: "lead" }, found.sentence),
    h(
      "div",
      { class: "figure-scroll", tabindex: "0", role: "region", "aria-label": "Hypotheses by conditions" },
      table({
        caption: "Bits above chance by which each hypothesis forecast the partner chosen, with 95 % intervals.",
        class: "tight",
        cards: false,
        rows: found.rows,
        key: (row) => `${row.condition}-${row.level}`,
        columns: [
          { label: "Condition", head: true, cell: (row) => h("span", { title: capital(row.rule) }, row.label) },
          { label: "Choices", number: true, cell: (row) => String(row.n) },
          ...shown.map(({ name, title }) => ({ label: title, number: true, cell: (row) => bits(row.cells[name]) })),
        ],
      }),
    ),
    h(
      "p",
      { class: "quiet small" },
      `Bits above chance for each choice of a partner, among the alignments on the menu. Bold: the interval excludes chance; with so many cells about one in twenty does so by luck. Below ${found.least} choices there is only their number.`,
    ),
    h(
      "details",
      null,
      h("summary", null, "What each condition means"),
      h("ul", null, found.rows.slice(1).map((row) => h("li", null, `${row.label}: ${row.rule}.`))),
    ),
  );
}

function bits(cell) {
  if (!cell) return "–";
  const sure = cell.ci !== null && (cell.ci[0] > 0 || cell.ci[1] < 0);
  return [h(sure ? "strong" : "span", null, fixed(cell.bits)), h("span", { class: "quiet small note" }, span(cell.ci))];
}

/** Draw the panel of what followed balancing and bandwagoning. */
export function consequences({ report }) {
  const found = report.consequences;
  return panel(
    "d-consequences",
    "What followed?",
    null,
    h("p", { class: "lead" }, found.sentence),
    table({
      caption: "What followed balancing and bandwagoning.",
      class: "tight",
      rows: found.rows,
      key: (row) => row.outcome,
      columns: [
        { label: "Outcome", head: true, cell: (row) => capital(row.label) },
        { label: "Balanced", number: true, cell: (row) => group(row.balanced, found.least) },
        { label: "Bandwagoned", number: true, cell: (row) => group(row.bandwagoned, found.least) },
        { label: "Difference", number: true, cell: (row) => fixed(row.difference) },
        { label: "95 % interval", number: true, cell: (row) => span(row.ci) },
        { label: "Cut off", number: true, cell: (row) => String(row.cut_off) },
        { label: "Under way", number: true, cell: (row) => String(row.under_way) },
      ],
    }),
    h(
      "p",
      { class: "quiet small" },
      `Decisions under threat that took a side, over the ${found.days} days after their window: shares attacked, mean wars lost, and concentration of power from 0 (all equal) to 1 (one has all). Cut off: the record ends sooner. Under way: such an attack fell in the window itself. Of fewer than ${found.least} decisions only their number is given, and a comparison takes as many of each kind. Those who join a threat may differ from those who balance it, so a difference is no proof of an effect.`,
    ),
  );
}

// Of too few decisions only their number is given.
const group = ({ n, mean }, least) => (mean === null || n < least ? ["–", h("span", { class: "quiet small note" }, `of ${n}`)] : [fixed(mean), h("span", { class: "quiet small note" }, `of ${n}`)]);
