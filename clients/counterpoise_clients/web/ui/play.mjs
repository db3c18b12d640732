// The player's page.

import { h } from "../h.mjs";
import { namesOf, viewOf } from "../store.mjs";
import { evidenceInPlay } from "./debrief/evidence_in_play.mjs";
import { glance } from "./glance.mjs";
import { log } from "./incidents.mjs";
import { seatMap } from "../map/panel.mjs";
import { moves } from "./moves.mjs";
import { network } from "./network.mjs";
import { nowPanel } from "./now.mjs";
import { button } from "./parts.mjs";
import { questions } from "./questions.mjs";
import { me, states } from "./states.mjs";
import { talk, unreadCount } from "./talk.mjs";
import { threats } from "./threats.mjs";

const TABS = [
  ["decide", "Decide", "✎"],
  ["threats", "Threats", "▲"],
  ["map", "Alliances", "◯"],
  ["talk", "Talk", "✉"],
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
        glance(state, names, act, unreadCount(state)),
        moves(state, names, act),
      ),
      h(
        "div",
        { class: "column wide", key: "wide" },
        h(
          "div",
          { class: "abreast", key: "abreast" },
          h(
            "div",
            { class: "stack", key: "fears" },
            threats(state.observe, names),
            talk(state, act),
            seatMap(state, act),
            network(view, state, act),
          ),
          h(
            "div",
            { class: "stack", key: "self" },
            me(view, state.welcome?.scenario, names, { act }),
            log(state, names, act),
          ),
        ),
      ),
      h("div", { class: "column below", key: "below" }, states(view), evidenceInPlay(state, act)),
    ),
    h(
      "nav",
      { class: "tabs", key: "tabs", "aria-label": "Parts of the page" },
      TABS.map(([id, label, sign]) =>
        button(tabLabel(label, sign, dueAt(id, state, view)), () => act.tab(id), {
          key: id,
          kind: "tab",
          "aria-current": state.ui.tab === id ? "true" : null,
        }),
      ),
    ),
  ];
}

// Answers that are due and messages that are not read are counted on the tabs, so that nobody misses them.
function dueAt(id, state, view) {
  if (id === "decide" && view.calls.length) return [view.calls.length, " due"];
  const unread = id === "talk" ? unreadCount(state) : 0;
  return unread ? [unread, " unread"] : null;
}

function tabLabel(label, sign, due) {
  return [
    h("span", { "aria-hidden": "true", class: "tab-sign" }, sign),
    h(
      "span",
      null,
      label,
      due ? h("span", { class: "badge" }, String(due[0]), h("span", { class: "hidden" }, due[1])) : null,
    ),
  ];
}
