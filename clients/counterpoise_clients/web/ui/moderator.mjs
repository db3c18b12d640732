// The moderator's page: seats, the clock, injects, any seat's view, the log, and the forecasts behind a curtain.

import { h } from "../h.mjs";
import { namesOf } from "../store.mjs";
import { counted, errorSentence, titled } from "../words.mjs";
import { evidenceInPlay } from "./debrief/evidence_in_play.mjs";
import { log } from "./incidents.mjs";
import { injectPanel } from "./injects.mjs";
import { network } from "./network.mjs";
import { pauseReason } from "./now.mjs";
import { pace, paceWords } from "./pace.mjs";
import { button, dialog, open, panel, select, stateName, table, tag } from "./parts.mjs";
import { me, states } from "./states.mjs";
import { talk } from "./talk.mjs";
import { threats } from "./threats.mjs";
import { forecasts } from "./forecasts.mjs";

/** Draw the moderator's page. */
export function moderator(state, act) {
  const names = namesOf(state);
  return h(
    "main",
    { id: "main", key: "moderator", class: "desk", tabindex: "-1" },
    h(
      "div",
      { class: "column side", key: "side" },
      controlsPanel(state, act),
      injectPanel(state, names, act),
      commandsSent(state, names),
    ),
    h(
      "div",
      { class: "column wide", key: "wide" },
      h("div", { class: "abreast", key: "abreast" }, seats(state, act), log(state, names, act)),
      evidenceInPlay(state, act, { manage: true }),
      talk(state, act),
      forecasts(state, names, act),
      looked(state, names, act),
    ),
  );
}

const OCCUPANTS = { human: "person", bot: "bot", empty: "empty" };

/** Draw the table of seats; moderators get buttons, others only see. */
export function seats(state, act, { manage = true } = {}) {
  const rows = state.status?.seats ?? [];
  const here = rows.filter((seat) => seat.online).length;
  const people = rows.filter((seat) => seat.occupant === "human").length;
  return panel(
    "seats",
    "Seats",
    { class: "seats" },
    h("p", { class: "lead" }, `${rows.length} seats: ${people} held by people, ${here} online.`),
    table({
      caption: "Who sits where, who is online and who is ready.",
      class: "seat-table tight",
      rows,
      key: (seat) => seat.seat,
      columns: [
        { label: "Seat", head: true, cell: (seat) => stateName(seat.seat, seat.name) },
        {
          label: "Held by",
          cell: (seat) =>
            seat.occupant === "human" ? seat.player || "person" : tag(OCCUPANTS[seat.occupant] ?? seat.occupant),
        },
        { label: "Status", cell: (seat) => standing(seat, state.status.phase) },
        ...(manage
          ? [
              {
                label: "Do",
                full: true,
                cell: (seat) =>
                  h(
                    "span",
                    { class: "buttons" },
                    button("Look", () => act.look(seat.seat), {
                      kind: "small",
                      "aria-label": `Look at the view of ${seat.name}`,
                    }),
                    seat.occupant === "human"
                      ? button("To bot", () => act.command({ kind: "seat", seat: seat.seat, to: "bot" }), {
                          kind: "small",
                          "aria-label": `To bot: give the seat of ${seat.name} to its bot`,
                        })
                      : null,
                    seat.occupant === "human"
                      ? button("New link…", () => open(`link-${seat.seat}`), {
                          kind: "small",
                          "aria-haspopup": "dialog",
                          "aria-label": `New link: make a new join link for ${seat.name}`,
                        })
                      : button("New link", () => act.command({ kind: "seat", seat: seat.seat, to: "open" }), {
                          kind: "small",
                          "aria-label": `New link: make a new join link for ${seat.name}`,
                        }),
                  ),
              },
            ]
          : []),
      ],
    }),
    manage && state.links?.length ? newLinks(state.links, rows) : null,
    manage ? rows.filter((seat) => seat.occupant === "human").map((seat) => handingOver(seat, act)) : null,
  );
}

// In a dialog: whoever sits there is shown out at once.
function handingOver(seat, act) {
  const make = (event) => {
    event.currentTarget.closest("dialog").close();
    act.command({ kind: "seat", seat: seat.seat, to: "open" });
  };
  return dialog(
    `link-${seat.seat}`,
    `A new link for ${seat.name}?`,
    h(
      "p",
      null,
      `${seat.player || "A person"} holds this seat and will be shown out. The seat then waits for whoever opens the new link; no bot plays it meanwhile.`,
    ),
    h("div", { class: "buttons" }, button("Yes, make a new link", make, { kind: "danger", id: `do-link-${seat.seat}` })),
  );
}

// What the server answered to "New link": each seat's newest, newest on top, to be handed to whoever is to play it.
function newLinks(links, rows) {
  const name = (seat) => rows.find((row) => row.seat === seat)?.name ?? seat;
  return h(
    "div",
    { class: "links", role: "status" },
    h("h3", null, "New links"),
    h("p", { class: "quiet small" }, "Hand each to one player. An older link of the same seat no longer opens it."),
    h(
      "ul",
      { class: "plain" },
      links
        .toReversed()
        .map((link) =>
          h(
            "li",
            { key: link.url, "data-seat": link.seat },
            h("strong", null, name(link.seat)),
            " ",
            h("code", { class: "long whole" }, link.url),
          ),
        ),
    ),
  );
}

function standing(seat, phase) {
  if (seat.active === false) return h("span", { class: "quiet" }, phase === "ended" ? "no such state" : "no such state now");
  const present = seat.occupant !== "human" ? null : seat.online ? "● online" : "○ away";
  const parts = [present, seat.ready ? "✓ ready" : null].filter(Boolean);
  if (!parts.length) return h("span", { class: "quiet" }, "not ready");
  return parts.map((part, place) => [place ? ", " : "", h("span", { class: "part-of" }, part)]);
}

function controlsPanel(state, act) {
  const phase = state.status?.phase;
  const over = phase === "ended";
  const go = (kind) => () => act.command({ kind });
  return panel(
    "controls",
    "Clock",
    { class: "controls" },
    h(
      "div",
      { class: "buttons" },
      phase === "lobby" ? button("Start", go("start"), { kind: "primary big", id: "do-start" }) : null,
      phase === "running"
        ? button("Pause", () => pauseNow(state, act), { kind: "primary big", id: "do-pause" })
        : null,
      phase === "paused" ? button("Resume", go("resume"), { kind: "primary big", id: "do-resume" }) : null,
      (phase === "running" || phase === "paused") && (state.status?.seconds_left ?? -1) >= 0 ? moreTime(state, act) : null,
      phase === "running" || phase === "paused"
        ? button("Close this window now", go("close_window"), { id: "do-close" })
        : null,
    ),
    phase === "running" ? reasonField(state, act) : pauseReason(state, "Everyone reads"),
    over ? h("p", { class: "lead" }, "The session has ended.") : [pace(state, act), talkLevel(state, act)],
    h(
      "div",
      { class: "buttons" },
      button("Show the debrief", () => act.page("debrief"), {}),
      over ? null : button("End…", () => open("end"), { id: "ask-end", "aria-haspopup": "dialog" }),
      state.alarm
        ? button("Carry on in spite of the alarm", () => act.command({ kind: "carry_on" }), { kind: "danger" })
        : null,
    ),
    over ? null : ending(act),
  );
}

// The next pause has a reason of its own, so the field is empty again.
function pauseNow(state, act) {
  act.command({ kind: "pause", reason: state.ui.pauseReason.trim() });
  act.ui({ pauseReason: "" });
}

const reasonField = (state, act) =>
  h(
    "div",
    { class: "field" },
    h("label", { for: "pause-reason" }, "Reason for a pause, shown to all"),
    h("input", {
      id: "pause-reason",
      type: "text",
      maxlength: 200,
      value: state.ui.pauseReason,
      oninput: (event) => act.ui({ pauseReason: event.target.value }),
    }),
  );

// Two minutes in a class that meets; a day where windows close at an hour of the day.
const moreTime = (state, act) =>
  state.status?.time_zone
    ? button("+1 day", () => act.command({ kind: "extend", seconds: 86_400 }), { id: "do-extend" })
    : button("+2 min", () => act.command({ kind: "extend", seconds: 120 }), { id: "do-extend" });

// In a dialog of its own: a second press of the same key must not end the session.
function ending(act) {
  const end = (event) => {
    event.currentTarget.closest("dialog").close();
    act.command({ kind: "end" });
  };
  return dialog(
    "end",
    "End the session?",
    h(
      "p",
      null,
      "It ends for everyone at once and cannot be taken up again. Answers for the debrief that wait for the clock count; other orders that wait do not. The debrief opens on every page.",
    ),
    h("div", { class: "buttons" }, button("Yes, end the session", end, { kind: "danger", id: "do-end" })),
  );
}

const TALK_LEVELS = [
  { value: "free", label: "anything, to anyone" },
  { value: "public", label: "to everyone only" },
  { value: "offers", label: "offers without words only" },
  { value: "none", label: "nothing" },
];

function talkLevel(state, act) {
  return select(
    "talk-level",
    "What states may write",
    state.status?.talk ?? "free",
    TALK_LEVELS,
    (value) => act.command({ kind: "talk", level: value }),
  );
}

/** Say a command with what it set: whose seat, which level, which pace. */
export function commandWords(command, state) {
  const { kind, inject, seat, to, level } = command;
  if (inject) return titled(inject.kind);
  if (kind === "seat") {
    const name = state.status?.seats?.find((one) => one.seat === seat)?.name ?? seat;
    return to === "bot" ? `${name} to its bot` : `New link for ${name}`;
  }
  if (kind === "talk") return `States may write: ${TALK_LEVELS.find((one) => one.value === level)?.label ?? level}`;
  if (kind === "extend") return command.seconds === 86_400 ? "One more day" : `${counted(command.seconds / 60, "more minute")}`;
  if (kind === "show_evidence") return command.shown ? "Show players the evidence" : "Hide the evidence from players";
  if (kind !== "pace") return titled(kind);
  return paceWords(command);
}

const SIGNS = { waiting: "… waiting", saved: "✓ done", refused: "✗ refused" };

function commandsSent(state, names) {
  const sent = state.orders
    .filter((order) => order.t === "command")
    .slice(-8)
    .toReversed();
  if (!sent.length) return null;
  return panel(
    "commands",
    "Sent",
    { class: "sent" },
    h(
      "ol",
      { class: "plain" },
      sent.map((order) =>
        h(
          "li",
          { key: order.id, "data-state": order.state },
          h("strong", null, commandWords(order.command, state)),
          ` ${SIGNS[order.state]}`,
          order.error ? h("span", { class: "problem" }, ` ${errorSentence(order.error, names)}`) : null,
        ),
      ),
    ),
  );
}

function looked(state, names, act) {
  const rows = state.status?.seats ?? [];
  const observe = state.looked;
  const own = observe?.view.own.id ?? "";
  return [
    panel(
      "look",
      observe ? `As ${observe.view.own.name} sees it` : "Look through a seat's eyes",
      { class: "look" },
      h(
        "div",
        { class: "filters" },
        select(
          "look-seat",
          "Seat",
          state.ui.lookSeat || own,
          [
            { value: "", label: "choose a seat" },
            ...rows.map((seat) => ({ value: seat.seat, label: `${seat.name} (${seat.seat})` })),
          ],
          (value) => act.look(value),
        ),
        observe ? button("Look again", () => act.look(own), { kind: "small" }) : null,
      ),
    ),
    observe
      ? [
          threats(observe, names, "look-threats"),
          network(observe.view, state, act, "look-network"),
          states(observe.view, "look-states"),
          me(observe.view, null, names, { id: "look-me" }),
        ]
      : null,
  ];
}
