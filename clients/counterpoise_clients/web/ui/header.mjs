// The bar on top: which game, which seat, when, how long, and whether everything is safe.

import { h } from "../h.mjs";
import { secondsLeft } from "../seat.mjs";
import { viewOf } from "../store.mjs";
import { PHASES, clock, longDate } from "../words.mjs";
import { button, open, stateName } from "./parts.mjs";

const CONNECTION = {
  connecting: ["…", "Connecting"],
  open: ["●", "Connected"],
  waiting: ["↻", "Reconnecting"],
  closed: ["○", "Not connected"],
  nowhere: ["○", "No link"],
};

/** Draw the header. */
export function header(state, act, now) {
  const { welcome, status } = state;
  const [sign, words] = CONNECTION[state.connection.state] ?? CONNECTION.closed;
  const left = secondsLeft(state, now);
  const view = viewOf(state);
  // Between stops the status knows the day; the view is of the newest stop that concerned this seat.
  const isBehind = view && status && status.tick > view.tick;
  const date = (isBehind ? null : view?.date) ?? status?.date ?? welcome?.scenario?.start;
  const window = view?.window ?? state.window?.window;
  return h(
    "header",
    { class: "top", key: "header" },
    h(
      "div",
      { class: "brand" },
      h("span", { class: "mark", "aria-hidden": "true" }, "⚖"),
      h("h1", null, welcome?.scenario?.title ?? "counterpoise"),
    ),
    welcome
      ? h(
          "dl",
          { class: "facts" },
          item("seat", "Seat", seat(state)),
          item("date", "Date", longDate(date)),
          window === undefined ? null : item("window", "Window", String(window + 1)),
          item(
            "phase",
            "Phase",
            h("span", { class: `phase phase-${status?.phase ?? "lobby"}` }, PHASES[status?.phase] ?? "–"),
          ),
          // Before the start nothing runs out, and after the end nothing can.
          status?.phase === "ended" || status?.phase === "lobby"
            ? null
            : item(
                "left",
                status?.due ? "Closes" : "Time left",
                status?.due
                  ? dueLink(status, welcome.session)
                  : left === null
                    ? unlimited(status)
                    : h("span", { class: `clock ${left <= 15 ? "soon" : ""}` }, clock(left)),
              ),
          item(
            "link",
            "Connection",
            h(
              "span",
              { class: `link link-${state.connection.state}` },
              h("span", { "aria-hidden": "true" }, sign),
              " ",
              h("span", { class: "link-words" }, words),
            ),
          ),
          item(
            "saved",
            "Your orders",
            h(
              "span",
              { title: `The server's story up to number ${state.saved.vseq}, receipt ${state.saved.receipt || "none"}` },
              kept(state.orders),
            ),
          ),
        )
      : null,
    welcome ? pages(state, act) : null,
  );
}

function kept(orders) {
  const waiting = orders.filter((order) => order.state === "waiting").length;
  return waiting ? `… ${waiting} on the way` : "✓ all saved";
}

// A window that closes at a time of day leads to a calendar file with that time. It stands as the clocks of the zone show it.
const dueLink = (status, session) =>
  h(
    "a",
    { class: "due", href: `../s/${session}/due.ics`, title: `Time of ${status.time_zone}. Open it in a calendar.` },
    dueWords(status.due),
  );

/** Say a closing time, short enough for the header's one line: "Tue 3 Nov, 18:00". */
function dueWords(due) {
  const [day, time] = due.split("T");
  const weekday = WEEKDAYS[new Date(`${day}T12:00Z`).getUTCDay()];
  const [date, month] = longDate(day).split(" ");
  return `${weekday} ${date} ${month.slice(0, 3)}, ${time.slice(0, 5)}`;
}

const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

function unlimited(status) {
  const isAlone = status?.mode === "windows" && status.seats?.length && !status.seats.some((seat) => seat.occupant === "human");
  return isAlone ? "only bots play" : "no limit";
}

const item = (key, term, value) =>
  h("div", { key, class: `fact fact-${key}` }, h("dt", null, term), h("dd", null, value));

function seat(state) {
  const { role, seat: id, scenario } = state.welcome;
  if (!id) return role === "moderator" ? "Moderator" : role === "admin" ? "Administrator" : "Observer";
  return stateName(id, scenario.actors.find((actor) => actor.id === id)?.name);
}

function pages(state, act) {
  const at = (page) => ({ "aria-current": state.ui.page === page ? "page" : null });
  return h(
    "nav",
    { class: "pages", "aria-label": "Pages" },
    button(
      state.welcome.role === "player" || state.welcome.role === "team" ? "Play" : "Session",
      () => act.page("play"),
      { kind: "page", id: "page-play", ...at("play") },
    ),
    button("Debrief", () => act.page("debrief"), { kind: "page", id: "page-debrief", ...at("debrief") }),
    button("Help", () => open("help"), { kind: "page", id: "ask-help", "aria-haspopup": "dialog" }),
  );
}

/** What a screen reader hears of time: at five minutes, one minute and fifteen seconds, not every second. */
export function timeSpoken(left) {
  if (left === null || left > 300) return "";
  if (left > 60) return "Less than 5 minutes left.";
  if (left > 15) return "Less than 1 minute left.";
  return left > 0 ? "15 seconds left." : "Time is up.";
}

/** What a screen reader hears of orders: the newest one that was answered. */
export function saveSpoken(state, title) {
  const last = state.orders.findLast?.((order) => order.state !== "waiting") ?? null;
  if (!last) return "";
  return last.state === "saved" ? `${title(last)}: saved, number ${last.vseq}.` : `${title(last)}: refused.`;
}
