// The player's page: three columns on a desk, four tabs on a phone.

import { h, keptWhile } from "../h.mjs";
import { seatMap } from "../map/panel.mjs";
import { openCalls } from "../seat.mjs";
import { currentStep, stepsOf } from "../steps.mjs";
import { namesOf, viewOf } from "../store.mjs";
import { language, t } from "../text/text.mjs";
import { evidenceInPlay } from "./debrief/evidence_in_play.mjs";
import { consentAnswer, consentQuestion } from "./consent.mjs";
import { choosePanel } from "./decide/choose.mjs";
import { dock } from "./decide/dock.mjs";
import { ordersPanel } from "./decide/orders.mjs";
import { predictPanel } from "./decide/predict.mjs";
import { sincePanel } from "./decide/since.mjs";
import { stepRow } from "./decide/step_row.mjs";
import { whyPanel } from "./decide/why.mjs";
import { glance } from "./glance.mjs";
import { log } from "./incidents.mjs";
import { network } from "./network.mjs";
import { nowPanel } from "./now.mjs";
import { button, fold } from "./parts.mjs";
import { me, states } from "./states.mjs";
import { talk, unreadCount } from "./talk.mjs";
import { devicePanel, teamPanel } from "./team.mjs";
import { isHidden, threats } from "./threats.mjs";

/** The tabs of a phone, each with the lines of its sign. */
const TABS = {
  decide: "M4 20l1-5L16 4l4 4L9 19l-5 1zM14 6l4 4",
  talk: "M4 5h16v11H10l-4 4v-4H4z",
  map: "M4 6l5-2 6 2 5-2v14l-5 2-6-2-5 2zM9 4v14M15 6v14",
  me: "M6 21V4h11l-3 4 3 4H6",
};

/** Draw the player's page. */
export function play(state, act, now) {
  const view = viewOf(state);
  const names = namesOf(state);
  if (!view)
    return h(
      "main",
      { id: "main", key: "play", tabindex: "-1", class: "sheet" },
      h("h2", null, t("decide.waiting_view")),
      h("p", { role: "status" }, t("decide.let_in")),
    );
  // Only two panels show the time; the others are drawn anew when something has happened.
  const still = (name, make) => keptWhile(`play-${name}`, [state, language()], make);
  const step = currentStep(state);
  const first = stepsOf(state)[0].name === step ? "first-step" : "";
  return [
    consentQuestion(state, act),
    h(
      "main",
      { id: "main", key: "play", class: `play tab-${state.ui.tab} step-${step} ${first}`, tabindex: "-1" },
      stepRow(state, act),
      h(
        "div",
        { class: "column situation-column", key: "situation" },
        still("since", () => [seatMap(state, act), sincePanel(state, names, act), me(view, state.welcome?.scenario, names, { act })]),
      ),
      h(
        "div",
        { class: "column steps-column", key: "steps-column" },
        nowPanel(state, names, act, now),
        still("steps", () => [
          teamPanel(state, names, act),
          predictPanel(state, names, act),
          choosePanel(state, names, act),
          whyPanel(state, names, act),
        ]),
      ),
      h(
        "div",
        { class: "column orders-column", key: "orders-column" },
        still("orders", () => [
          dock(state, names, act),
          ordersPanel(state, names, act),
          talk(state, act),
          glance(state, names, act, unreadCount(state)),
        ]),
        devicePanel(state, act, now),
        consentAnswer(state, act),
      ),
      still("below", () =>
        h(
          "div",
          { class: "column below", key: "below" },
          h(
            "div",
            { class: "abreast three", key: "abreast" },
            h("div", { class: "stack", key: "fears" }, isHidden(state.observe) ? threats(state.observe, names) : fold(threats(state.observe, names))),
            h("div", { class: "stack", key: "ties" }, fold(network(view, state, act))),
            h("div", { class: "stack", key: "self" }, log(state, names, act)),
          ),
          fold(states(view)),
          evidenceInPlay(state, act),
        ),
      ),
    ),
    h(
      "nav",
      { class: "tabs", key: "tabs", "aria-label": t("decide.tabs") },
      Object.entries(TABS).map(([id, lines]) =>
        button(tabLabel(t(`decide.tab.${id}`), lines, dueAt(id, state)), () => act.tab(id), {
          key: id,
          kind: "tab",
          id: `tab-${id}`,
          "aria-current": state.ui.tab === id ? "true" : null,
        }),
      ),
    ),
  ];
}

// Answers that are due and messages that are not read are counted on the tabs, so that nobody misses them.
function dueAt(id, state) {
  const open = id === "decide" ? openCalls(state).length : 0;
  if (open) return [open, t("decide.due")];
  const unread = id === "talk" ? unreadCount(state) : 0;
  return unread ? [unread, t("decide.unread")] : null;
}

function tabLabel(label, lines, due) {
  return [
    h("svg", { class: "tab-sign", viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" }, h("path", { d: lines })),
    h("span", null, label, due ? h("span", { class: "badge" }, String(due[0]), h("span", { class: "hidden" }, ` ${due[1]}`)) : null),
  ];
}
