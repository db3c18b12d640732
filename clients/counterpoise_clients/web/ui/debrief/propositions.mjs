// What the theory claims: each proposition with its test, beside what random players and blind choice give.

import { h } from "../../h.mjs";
import { VERDICTS, capital, titled } from "../../words.mjs";
import { panel, table, tag } from "../parts.mjs";
import { fixed, propositionsOf, span } from "./report.mjs";
import { number, t } from "../../text/text.mjs";

/** Draw the propositions: those with a verdict first, the others folded. */
export function propositions({ report }) {
  const rows = propositionsOf(report);
  const told = rows.filter((row) => row.verdict !== "NOT_ENOUGH_DATA");
  const untold = rows.filter((row) => row.verdict === "NOT_ENOUGH_DATA");
  const counts = new Map();
  for (const row of rows) counts.set(row.verdict, (counts.get(row.verdict) ?? 0) + 1);
  const lead = [...counts]
    .map(([verdict, count]) => `${count} ${VERDICTS[verdict]?.[1] ?? titled(verdict).toLowerCase()}`)
    .join(", ");
  return panel(
    "d-propositions",
    report.tested.recovery_test ? t("debrief.whatTheTheoryClaimsRecovered") : t("debrief.whatTheTheoryClaimsTested"),
    null,
    h("p", { class: "lead" }, lead ? t("debrief.propositions2", { length: rows.length, lead }) : t("debrief.noPropositionWasTested")),
    rows.some((row) => row.noise?.random)
      ? h(
          "p",
          { class: "quiet small" },
          t("debrief.randomPlayersMeanAndRange"),
        )
      : null,
    told.length ? propositionTable(told, t("debrief.propositionsWithTheirTestAnd")) : null,
    untold.length
      ? h(
          "details",
          { class: "untold" },
          h("summary", null, t("debrief.withoutEnoughData", { length: untold.length, value: untold.length === 1 ? t("debrief.proposition") : t("debrief.propositions3") })),
          propositionTable(untold, t("debrief.propositionsForWhichThereIs")),
        )
      : null,
  );
}

function propositionTable(rows, caption) {
  return table({
    caption,
    class: "proposition-table tight",
    rows,
    key: (row) => row.id,
    columns: [
      { label: t("debrief.id"), head: true, cell: (row) => row.id },
      {
        label: t("debrief.claim"),
        full: true,
        cell: (row) => [row.text || "–", row.note ? h("span", { class: "quiet small note" }, capital(row.note)) : null],
      },
      { label: "n", number: true, cell: (row) => String(row.n) },
      {
        label: t("debrief.estimate"),
        number: true,
        cell: (row) => h("span", { title: row.unit || null }, fixed(row.estimate, 2)),
      },
      { label: t("debrief.n95Interval"), number: true, cell: (row) => span(row.ci) },
      { label: t("debrief.randomPlayers"), number: true, cell: noise },
      { label: t("debrief.ifShocksAreShared"), number: true, cell: sharedShocks },
      { label: t("debrief.verdict"), full: true, cell: (row) => verdict(row) },
    ],
  });
}

// The mean of what random players give from as many observations, with the range of 95 % of it; below it default bots whose
// threats have changed places, and blind choice from the same menus.
export function noise(row) {
  const of = (one) => `${fixed(one.mean, 2)} (${span(one.range)})`;
  const more = (words) => h("span", { class: "quiet small note" }, words);
  return [
    row.noise?.random ? of(row.noise.random) : "–",
    row.noise?.shuffled ? more(t("debrief.threatsShuffled", { shuffled: of(row.noise.shuffled) })) : null,
    Number.isFinite(row.blind) ? more(t("debrief.blindChoice", { blind: fixed(row.blind, 2) })) : null,
  ];
}

// The interval by errors clustered on windows too, and the p by shifts in time, where the test has them.
function sharedShocks(row) {
  return [
    span(row.twoWay),
    row.shifted === null ? null : h("span", { class: "quiet small note" }, t("debrief.pByShifts", { value: number(row.shifted, 3) })),
  ];
}

function verdict(row) {
  const [sign, words] = VERDICTS[row.verdict] ?? ["?", titled(row.verdict).toLowerCase()];
  return h(
    "span",
    { class: `verdict verdict-${row.verdict}` },
    h("span", { "aria-hidden": "true" }, `${sign} `),
    words,
    row.withinNoise ? tag(t("debrief.asNoise"), "warn") : null,
    row.fragile && row.verdict !== "FRAGILE" ? tag(t("debrief.fragile"), "warn") : null,
  );
}
