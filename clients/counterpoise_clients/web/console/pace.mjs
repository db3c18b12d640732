// The moderator's form for the pace: seconds at each stop, closing hours for a class that does not meet, or a clock that runs on.

import { h } from "../h.mjs";
import { t } from "../text/text.mjs";
import { select } from "../ui/parts.mjs";

const KINDS = ["windows", "timetable", "continuous"];
/** The days of the week on which windows may close, from 0 for Monday. */
const WEEKS = ["0,1,2,3,4,5,6", "0,1,2,3,4"];

/** Return the fields of the form: what the user has typed, else the pace that holds. */
export function paceOf(state) {
  return {
    mode: state.status?.time_zone ? "timetable" : (state.status?.mode ?? "windows"),
    days_per_second: String(state.status?.days_per_second || 7),
    window_seconds: String(state.status?.window_seconds || 180),
    call_seconds: String(state.status?.call_seconds || 60),
    closes: state.status?.due ? state.status.due.slice(11, 16) : "18:00",
    time_zone: state.status?.time_zone || Intl.DateTimeFormat().resolvedOptions().timeZone,
    every_days: "1",
    weekdays: WEEKS[0],
    ...state.ui.pace,
  };
}

/** Draw the form. */
export function pace(state, act) {
  const held = paceOf(state);
  const set = (name) => (value) => act.uiPart("pace", { [name]: value });
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
        input("window_seconds", t("console.paceWindow"), seconds),
        input("call_seconds", t("console.paceAnswer"), seconds),
      ),
      h("p", { class: "help", id: "pace-help" }, paceHelp(state)),
    ],
    timetable: () => [
      h(
        "div",
        { class: "pair" },
        input("closes", t("console.paceCloses"), { type: "time" }),
        input("time_zone", t("console.paceZone"), { type: "text", maxlength: "60", spellcheck: "false", autocapitalize: "off" }),
      ),
      h(
        "div",
        { class: "pair" },
        input("every_days", t("console.paceEvery"), { type: "number", min: "1", max: "14", step: "1" }),
        select("pace-weekdays", t("console.paceWeekdays"), held.weekdays, WEEKS.map((value, place) => ({ value, label: t(`console.week-${place}`) })), set("weekdays")),
      ),
      h(
        "p",
        { class: "help", id: "pace-help" },
        t("console.paceTimetableHelp"),
      ),
    ],
    continuous: () => input("days_per_second", t("console.paceDays"), { type: "number", min: "0.1", max: "3660", step: "any" }),
  };
  return h(
    "form",
    {
      class: "pace",
      id: "pace-form",
      onsubmit: (event) => {
        event.preventDefault();
        act.setPace();
        event.currentTarget.closest("dialog")?.close();
      },
    },
    select(
      "pace-mode",
      t("console.paceClock"),
      held.mode,
      KINDS.map((value) => ({ value, label: t(`console.pace-${value}`) })),
      set("mode"),
    ),
    fields[held.mode](),
    h("button", { type: "submit", class: "button", id: "do-pace" }, t("console.paceSet")),
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
  if (command.timetable) return t("console.saidTimetable", { closes: command.timetable.closes, zone: command.timetable.time_zone });
  return command.mode === "windows"
    ? t("console.saidWindows", { window: command.window_seconds, call: command.call_seconds })
    : t("console.saidDays", { days: command.days_per_second });
}

// A new pace holds for the stop at which the clock waits now, and the time that has passed there counts.
function paceHelp(state) {
  const isWaiting = (state.status?.seconds_left ?? -1) >= 0;
  return t(isWaiting ? "console.paceHelpNow" : "console.paceHelp");
}
