// Forecasts as they are made, behind a curtain.

import { h } from "../h.mjs";
import { percent, spaced, titled } from "../words.mjs";
import { optionWords } from "./choices.mjs";
import { button, panel, stateName, table } from "./parts.mjs";
import { t } from "../text/text.mjs";

/** Read one decision of a forecast message, whichever way it is written: forecasts in shares or millionths. */
export function forecastRow(decision) {
  const point = decision.point ?? decision;
  const outcome = decision.outcome ?? (decision.alignment_class ? decision : null);
  const options = point.options ?? [];
  const by = {};
  for (const [name, values] of Object.entries(decision.forecasts ?? {})) {
    const list = Array.isArray(values) ? values : options.map((option) => values[option] ?? 0);
    const best = list.reduce((top, value, index) => (value > list[top] ? index : top), 0);
    if (list.length)
      by[name] = { option: options[best] ?? "?", chance: list[best] > 1 ? list[best] / 1e6 : list[best] };
  }
  return {
    actor: point.actor,
    threatened: point.threatened ?? true,
    threat: point.top_threat ?? "",
    by,
    choice: outcome?.choice ?? "",
    class: outcome?.alignment_class ?? outcome?.class ?? "",
  };
}

const FIRST = ["balance_of_threat", "balance_of_power", "bandwagoning"];

/** Draw the panel: closed until it is asked for, so that a projector shows nothing by accident. */
export function forecasts(state, names, act) {
  const shown = state.ui.showForecasts;
  const newest = state.forecasts.at(-1);
  const rows = (newest?.decisions ?? []).map(forecastRow);
  const told = [...new Set(rows.flatMap((row) => Object.keys(row.by)))];
  const hypotheses = [
    ...FIRST.filter((name) => told.includes(name)),
    ...told.filter((name) => !FIRST.includes(name)),
  ].slice(0, 3);
  return panel(
    "forecasts",
    t("debrief.forecasts"),
    {
      class: "forecasts",
      aside: button(shown ? t("debrief.hide") : t("debrief.showNotOnTheProjector"), () => act.ui({ showForecasts: !shown }), {
        kind: "small",
        id: "reveal",
        "aria-expanded": shown ? "true" : "false",
      }),
    },
    h(
      "p",
      { class: "quiet" },
      newest ? t("debrief.writtenDownForWindowBefore", { value: newest.window + 1 }) : t("debrief.noneYet"),
    ),
    shown && newest
      ? table({
          caption: t("debrief.whatTheHypothesesExpectOf"),
          rows,
          key: (row) => row.actor,
          columns: [
            { label: t("debrief.state"), head: true, cell: (row) => stateName(row.actor, names[row.actor]) },
            {
              label: t("debrief.greatestThreat"),
              cell: (row) =>
                row.threat ? `${names[row.threat] ?? row.threat}${row.threatened ? "" : t("debrief.belowTheFloor")}` : "–",
            },
            ...hypotheses.map((name) => ({
              label: titled(spaced(name)),
              cell: (row) =>
                row.by[name] ? `${optionWords(row.by[name].option, names)} ${percent(row.by[name].chance)}` : "–",
            })),
            { label: t("debrief.did"), cell: (row) => (row.choice ? optionWords(row.choice, names) : row.class || "–") },
          ],
        })
      : null,
  );
}
