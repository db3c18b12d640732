// The moderator's console: the bar that stays, who is waited for, the map, what happened, and the drawer of what can happen.

import { h } from "../h.mjs";
import { mapPanel } from "../map/panel.mjs";
import { worldOfPublic, worldOfView } from "../map/world.mjs";
import { namesOf } from "../store.mjs";
import { threadsOf } from "../threads.mjs";
import { t } from "../text/text.mjs";
import { evidenceInPlay } from "../ui/debrief/evidence_in_play.mjs";
import { forecasts } from "../ui/forecasts.mjs";
import { log } from "../ui/incidents.mjs";
import { network } from "../ui/network.mjs";
import { button, dialog, foldToLead, open, panel, select } from "../ui/parts.mjs";
import { me, states } from "../ui/states.mjs";
import { talk } from "../ui/talk.mjs";
import { peoplePanel } from "../ui/team.mjs";
import { threats } from "../ui/threats.mjs";
import { bar } from "./bar.mjs";
import { bookmarks } from "./bookmarks.mjs";
import { commandsSent, TALK_LEVELS } from "./commands.mjs";
import { fears } from "./fears.mjs";
import { injectDrawer } from "./injects.mjs";
import { pace } from "./pace.mjs";
import { rehearsal } from "./rehearsal.mjs";
import { managedSeats } from "./seats.mjs";

/** Draw the moderator's page. */
export function moderator(state, act, now) {
  const names = namesOf(state);
  const drawer = injectDrawer(state, names, act);
  const isBefore = state.status?.phase === "lobby";
  // Messages stand open as soon as there are any: a seat may have written to the moderator.
  const written = threadsOf(state).length > 0;
  return h(
    "main",
    { id: "main", key: "moderator", class: "console", tabindex: "-1" },
    bar(state, act, now),
    h(
      "div",
      { class: `console-columns ${drawer ? "has-drawer" : ""}`, key: "columns" },
      h(
        "div",
        { class: "column console-seats", key: "seats" },
        managedSeats(state, act, now),
        peoplePanel(state, act),
        isBefore ? rehearsal(state, act, names) : null,
        drawer ? null : bookmarks(state, act),
        session(state, act),
        commandsSent(state, names),
      ),
      drawer ? h("div", { class: "column console-drawer", key: "drawer" }, drawer, bookmarks(state, act)) : null,
      h(
        "div",
        { class: "column console-world", key: "world" },
        worldMap(state, act),
        h("div", { class: "console-pair", key: "pair" }, log(state, names, act), written ? talk(state, act) : null),
        h("div", { class: "console-folds", key: "folds" }, folds(state, act, names, written)),
        state.looked ? [look(state, act), looked(state, names, act)] : null,
      ),
    ),
    state.status?.phase === "ended" ? null : [dialog("pace", t("console.pace"), pace(state, act)), ending(act)],
  );
}

/** What is looked at now and then: each is folded, with its first sentence as its head. */
function folds(state, act, names, written) {
  const isBefore = state.status?.phase === "lobby";
  return [
    written ? null : talk(state, act),
    evidenceInPlay(state, act, { manage: true }),
    fears(state, act, names),
    forecasts(state, names, act),
    state.looked ? null : look(state, act),
    isBefore ? null : rehearsal(state, act, names),
  ]
    .flatMap((part) => (part ? [foldToLead(part)] : []));
}

/** The map as it is, or as the seat that was looked at sees it. */
function worldMap(state, act) {
  const { whole, ui } = state.console;
  const seen = state.looked;
  if (!whole) return null;
  const isSeat = ui.map === "seat" && seen;
  const one = (value, label) =>
    button(label, () => act.console({ map: value }), { kind: "small", key: value, id: `map-of-${value}`, "aria-pressed": String((isSeat ? "seat" : "whole") === value) });
  return [
    seen
      ? h(
          "div",
          { class: "buttons map-whose", role: "group", "aria-label": t("console.mapWhose"), key: "whose" },
          one("whole", t("console.mapWhole")),
          one("seat", t("console.mapSeat", { name: seen.view.own.name })),
        )
      : null,
    isSeat
      ? mapPanel({ id: "map", title: t("console.mapSeat", { name: seen.view.own.name }), source: seen, world: () => worldOfView(seen.view, seen.threats), state, act, isWide: true })
      : mapPanel({ id: "map", title: t("console.mapWhole"), source: whole, world: () => worldOfPublic(whole), state, act, isWide: true }),
  ];
}

/** What concerns the whole session: what states may write, the debrief, the end. */
function session(state, act) {
  const over = state.status?.phase === "ended";
  return panel(
    "controls",
    t("console.session"),
    { class: "controls" },
    over
      ? h("p", { class: "lead" }, t("console.over"))
      : select(
          "talk-level",
          t("console.talkLevel"),
          state.status?.talk ?? "free",
          TALK_LEVELS.map((value) => ({ value, label: t(`console.talk-${value}`) })),
          (value) => act.command({ kind: "talk", level: value }),
        ),
    h(
      "div",
      { class: "buttons" },
      button(t("console.showDebrief"), () => act.page("debrief"), {}),
      over ? null : button(t("console.endAsk"), () => open("end"), { id: "ask-end", "aria-haspopup": "dialog" }),
    ),
  );
}

// In a dialog of its own: a second press of the same key must not end the session.
function ending(act) {
  const end = (event) => {
    event.currentTarget.closest("dialog").close();
    act.command({ kind: "end" });
  };
  return dialog(
    "end",
    t("console.endTitle"),
    h("p", null, t("console.endHelp")),
    h("div", { class: "buttons" }, button(t("console.endYes"), end, { kind: "danger", id: "do-end" })),
  );
}

/** The choice of a seat, to see what it sees. */
function look(state, act) {
  const rows = state.status?.seats ?? [];
  const observe = state.looked;
  const own = observe?.view.own.id ?? "";
  return panel(
    "look",
    observe ? t("console.asSees", { name: observe.view.own.name }) : t("console.lookTitle"),
    { class: "look" },
    h(
      "div",
      { class: "filters" },
      select(
        "look-seat",
        t("console.seat"),
        state.ui.lookSeat || own,
        [{ value: "", label: t("console.chooseSeat") }, ...rows.map((seat) => ({ value: seat.seat, label: seat.name }))],
        (value) => act.look(value),
      ),
      observe ? button(t("console.lookAgain"), () => act.look(own), { kind: "small" }) : null,
    ),
  );
}

function looked({ looked: observe, ...state }, names, act) {
  return [
    threats(observe, names, "look-threats"),
    network(observe.view, state, act, "look-network"),
    states(observe.view, "look-states"),
    me(observe.view, null, names, { id: "look-me" }),
  ];
}
