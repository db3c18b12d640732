// The player's page.

import { h } from "../h.mjs";
import { namesOf, viewOf } from "../store.mjs";
import { log } from "./incidents.mjs";
import { moves } from "./moves.mjs";
import { network } from "./network.mjs";
import { nowPanel } from "./now.mjs";
import { button } from "./parts.mjs";
import { me, states } from "./states.mjs";
import { threats } from "./threats.mjs";

const TABS = [
  ["decide", "Decide", "✎"],
  ["threats", "Threats", "▲"],
  ["map", "Alliances", "◯"],
  ["log", "Log", "≡"],
  ["brief", "Me", "⚑"],
];

/** Draw the player's page. */
export function play(state, act, now) {
  const view = viewOf(state);
  const names = namesOf(state);
  if (!view)
    return h(
      "main",
      { id: "main", key: "play", tabindex: "-1", class: "sheet" },
      h("h2", null, "Waiting for your view…"),
      h("p", { role: "status" }, "The server has let you in and is sending what your seat may see."),
    );
  return [
    h(
      "main",
      { id: "main", key: "play", class: `play tab-${state.ui.tab}`, tabindex: "-1" },
      h(
        "div",
        { class: "column side", key: "side" },
        nowPanel(state, names, act, now),
        moves(state, names, act),
        me(view, state.welcome?.scenario, names, { act }),
      ),
      h(
        "div",
        { class: "column wide", key: "wide" },
        h("div", { class: "abreast", key: "abreast" }, threats(state.observe, names), log(state, names, act)),
        states(view),
        network(view, state, act),
      ),
    ),
    h(
      "nav",
      { class: "tabs", key: "tabs", "aria-label": "Parts of the page" },
      TABS.map(([id, label, sign]) =>
        button([h("span", { "aria-hidden": "true", class: "tab-sign" }, sign), label], () => act.ui({ tab: id }), {
          key: id,
          kind: "tab",
          "aria-current": state.ui.tab === id ? "true" : null,
        }),
      ),
    ),
  ];
}
