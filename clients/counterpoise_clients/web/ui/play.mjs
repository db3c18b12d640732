// The player's page.

import { h } from "../h.mjs";
import { namesOf, viewOf } from "../store.mjs";
import { glance } from "./glance.mjs";
import { log } from "./incidents.mjs";
import { moves } from "./moves.mjs";
import { network } from "./network.mjs";
import { nowPanel } from "./now.mjs";
import { button } from "./parts.mjs";
import { questions } from "./questions.mjs";
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
        questions(state, names, act),
        glance(state, names, act),
        moves(state, names, act),
      ),
      h(
        "div",
        { class: "column wide", key: "wide" },
        h(
          "div",
          { class: "abreast", key: "abreast" },
          h("div", { class: "stack", key: "fears" }, threats(state.observe, names), network(view, state, act)),
          h(
            "div",
            { class: "stack", key: "self" },
            me(view, state.welcome?.scenario, names, { act }),
            log(state, names, act),
          ),
        ),
      ),
      h("div", { class: "column below", key: "below" }, states(view)),
    ),
    h(
      "nav",
      { class: "tabs", key: "tabs", "aria-label": "Parts of the page" },
      TABS.map(([id, label, sign]) =>
        button(tabLabel(id, label, sign, view.calls.length), () => act.ui({ tab: id }), {
          key: id,
          kind: "tab",
          "aria-current": state.ui.tab === id ? "true" : null,
        }),
      ),
    ),
  ];
}

// Answers that are due are counted on the tab, so that nobody misses them while looking elsewhere.
function tabLabel(id, label, sign, due) {
  const count = id === "decide" && due > 0;
  return [
    h("span", { "aria-hidden": "true", class: "tab-sign" }, sign),
    h(
      "span",
      null,
      label,
      count ? h("span", { class: "badge" }, String(due), h("span", { class: "hidden" }, " due")) : null,
    ),
  ];
}
