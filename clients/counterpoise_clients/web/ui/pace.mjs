// The moderator's form for the pace: seconds at each stop, closing hours for a class that does not meet, or a clock that runs on.

import { h } from "../h.mjs";
import { counted } from "../words.mjs";
import { select } from "./parts.mjs";

const KINDS = [
  { value: "windows", label: "waits a set time at a window" },
  { value: "timetable", label: "waits until an hour of the day" },
  { value: "continuous", label: "runs on and waits for nobody" },
];
const WEEK = [
  { value: "0,1,2,3,4,5,6", label: "every day" },
  { value: "0,1,2,3,4", label: "Monday to Friday" },
];

/** Draw the form. */
export function pace(state, act) {
  const held = {
    mode: state.status?.time_zone ? "timetable" : (state.status?.mode ?? "windows"),
    days_per_second: String(state.status?.days_per_second || 7),
    window_seconds: String(state.status?.window_seconds || 180),
    call_seconds: String(state.status?.call_seconds || 60),
    closes: state.status?.due ? state.status.due.slice(11, 16) : "18:00",
    time_zone: state.status?.time_zone || Intl.DateTimeFormat().resolvedOptions().timeZone,
    every_days: "1",
    weekdays: WEEK[0].value,
    ...state.ui.pace,
  };
  const set = (name) => (value) => act.ui({ pace: { ...held, [name]: value } });
  const input = (name, label, attributes) =>
    h(
      "div",
      { class: "field" },
      h("label", { for: `pace-${name}` }, label),
      h("input", {
        id: `pace-${name}`,
        value: held[name],
        required: true,
        oninput: (event) => set(name)(event.target.value),
        ...attributes,
      }),
    );
  const seconds = { type: "number", min: "0.1", max: "2592000", step: "any" };
  const fields = {
    windows: () => [
      h(
        "div",
        { class: "pair" },
        input("window_seconds", "Seconds a window", seconds),
        input("call_seconds", "Seconds an answer", seconds),
      ),
      h("p", { class: "help", id: "pace-help" }, paceHelp(state)),
    ],
    timetable: () => [
      h(
        "div",
        { class: "pair" },
        input("closes", "Closes at", { type: "time" }),
        input("time_zone", "Time zone", { type: "text", maxlength: "60", spellcheck: "false", autocapitalize: "off" }),
      ),
      h(
        "div",
        { class: "pair" },
        input("every_days", "Days a window", { type: "number", min: "1", max: "14", step: "1" }),
        select("pace-weekdays", "It may close on", held.weekdays, WEEK, set("weekdays")),
      ),
      h(
        "p",
        { class: "help", id: "pace-help" },
        "Windows and calls for an answer end at this hour. A seat that has not decided gets the default. Nothing ends during a pause.",
      ),
    ],
    continuous: () => input("days_per_second", "Days a second", { type: "number", min: "0.1", max: "3660", step: "any" }),
  };
  return h(
    "form",
    {
      class: "pace",
      id: "pace-form",
      onsubmit: (event) => {
        event.preventDefault();
        act.command(paceCommand(held));
      },
    },
    h("h3", null, "Pace"),
    select("pace-mode", "The clock", held.mode, KINDS, set("mode")),
    fields[held.mode](),
    h("button", { type: "submit", class: "button", id: "do-pace" }, "Set the pace"),
  );
}

/** Return the command that the fields of the form ask for. */
export function paceCommand(held) {
  const timetable = {
    time_zone: held.time_zone.trim(),
    closes: held.closes,
    every_days: Number(held.every_days),
    weekdays: held.weekdays.split(",").map(Number),
  };
  return {
    kind: "pace",
    mode: held.mode === "continuous" ? "continuous" : "windows",
    days_per_second: Number(held.days_per_second),
    window_seconds: Number(held.window_seconds),
    call_seconds: Number(held.call_seconds),
    ...(held.mode === "timetable" ? { timetable } : {}),
  };
}

/** Say what a command of the pace set. */
export function paceWords(command) {
  if (command.timetable) return `Pace: windows close at ${command.timetable.closes}, ${command.timetable.time_zone}`;
  return command.mode === "windows"
    ? `Pace: ${counted(command.window_seconds, "second")} a window, ${counted(command.call_seconds, "second")} an answer`
    : `Pace: ${counted(command.days_per_second, "day")} a second`;
}

// A new pace holds for the stop at which the clock waits now, and the time that has passed there counts.
function paceHelp(state) {
  const isWaiting = (state.status?.seconds_left ?? -1) >= 0;
  return isWaiting
    ? "Counted from the moment at which the clock stopped: what has passed counts, and Time left above shows the rest."
    : "Counted from the moment at which the clock stops.";
}
