// The panel of the alignment network, as a picture or as a table.

import { h } from "../h.mjs";
import { t } from "../text/text.mjs";
import { COMMITMENTS, titled } from "../words.mjs";
import { finding, hostile, leadSample, network as picture, sample, styles, tiesOf } from "../viz/network.mjs";
import { panel, table, tag, twin } from "./parts.mjs";
import { sanctionList } from "./sanctions.mjs";

/** Return all states of a view, in the scenario's order. */
export function actorsOf(view, scenario) {
  const seen = new Map(
    [view.own, ...view.others].map((actor) => [actor.id, { id: actor.id, name: actor.name, role: actor.role }]),
  );
  const ordered = (scenario?.actors ?? []).filter((actor) => seen.has(actor.id)).map((actor) => seen.get(actor.id));
  return ordered.length === seen.size ? ordered : [...seen.values()];
}

/** Draw the panel. */
export function network(view, state, act, id = "network") {
  const actors = actorsOf(view, state.welcome?.scenario);
  const ties = tiesOf(view);
  const names = Object.fromEntries(actors.map((actor) => [actor.id, actor.name]));
  const asTable = state.ui.networkAsTable;
  return panel(
    id,
    t("states.network"),
    { class: "network", aside: twin(asTable, () => act.ui({ networkAsTable: !asTable }), `${id}-twin`) },
    asTable
      ? tieTable(ties, names)
      : h(
          "div",
          { class: "beside" },
          picture(actors, ties, view.own.id, `${id}-figure`),
          h("div", null, h("p", { class: "lead" }, finding(actors, ties)), legend(ties)),
        ),
    sanctionList(view, names),
  );
}

function tieTable(ties, names) {
  return table({
    caption: t("states.network.caption"),
    class: "tie-table",
    empty: t("states.network.empty"),
    key: (tie) => `${tie.a}${tie.b}${tie.kind}`,
    rows: ties,
    columns: [
      { label: t("states.network.one"), head: true, cell: (tie) => names[tie.a] ?? tie.a },
      { label: t("states.network.other"), cell: (tie) => names[tie.b] ?? tie.b },
      {
        label: t("states.network.what"),
        cell: (tie) => [
          tag(
            hostile(tie.kind) ? titled(tie.kind) : (COMMITMENTS[tie.kind] ?? titled(tie.kind)),
            hostile(tie.kind) ? "bad" : "good",
          ),
          tie.secret ? tag(t("states.network.secret"), "warn") : null,
        ],
      },
      { label: t("states.network.led"), cell: (tie) => (tie.lead ? (names[tie.lead] ?? tie.lead) : "–") },
    ],
  });
}

function legend(ties) {
  const shown = new Map();
  for (const tie of ties) {
    const style = styles()[tie.kind];
    if (style && !shown.has(style[0])) shown.set(style[0], [tie.kind, style[1]]);
  }
  return h(
    "ul",
    { class: "legend", "aria-label": t("states.network.legend") },
    [...shown.entries()].map(([style, [kind, words]]) => h("li", { key: style }, sample(kind), " ", words)),
    ties.some((tie) => tie.lead) ? h("li", { key: "lead" }, leadSample(), " ", t("states.network.lead")) : null,
    h("li", { key: "shapes" }, t("states.network.shapes")),
  );
}
