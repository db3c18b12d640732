// The controls of the time cursor: steps, play, speed, viewer, bookmarks, and a link to the moment.

import { h, keptWhile } from "../h.mjs";
import { button, select } from "../ui/parts.mjs";
import { longDate } from "../words.mjs";
import { language, t } from "../text/text.mjs";
import { TRUTH } from "./place.mjs";

/** Windows a second. */
export const SPEEDS = [1, 2, 4, 8];

/**
 * Draw the controls.
 *
 * @param {{ date: string, window: number, day: number, days: [number, number], playing: boolean, speed: number, viewer: string,
 *   viewers: { value: string, label: string }[], marks: { moment: number, date: string, note: string }[], link: { words: string, value: string } | null,
 *   columns: { value: string, label: string }[], column: string, companions: { value: string, label: string }[], beside: string,
 *   made: any[] }} shown `window` is -1 after the end; `made` is what viewers, marks, columns and companions are made of
 * @param {any} act
 */
export function controls(shown, act) {
  const { date, window, day, days, playing, speed, viewer, marks, link, column, beside, made } = shown;
  const step = (id, sign, words, run) => button(sign, run, { id, "aria-label": words, title: words });
  return [
    h(
      "div",
      { class: "replay-steps", key: "steps", role: "group", "aria-label": t("replay.controls") },
      step("replay-window-back", "◂◂", t("replay.windowBack"), () => act.step("window", -1)),
      step("replay-back", "◂", t("replay.eventBack"), () => act.step("event", -1)),
      button(playing ? `❚❚ ${t("replay.pause")}` : `▶ ${t("replay.play")}`, act.play, { id: "replay-play", kind: "primary" }),
      step("replay-on", "▸", t("replay.eventOn"), () => act.step("event", 1)),
      step("replay-window-on", "▸▸", t("replay.windowOn"), () => act.step("window", 1)),
      h("p", { class: "replay-date", id: "replay-date" }, date ? longDate(date) : "", " ", h("span", { class: "quiet small" }, date && window >= 0 ? t("replay.window", { window: window + 1 }) : "")),
    ),
    // The choice of a bookmark goes back to its first line at each step.
    keptWhile("replay-choices", [...made, viewer, speed, column, beside, link, language(), marks.length ? day : 0], () => choices(shown, act)),
    h("label", { class: "hidden", for: "replay-slider", key: "slider-label" }, t("replay.slider")),
    h("input", {
      id: "replay-slider",
      key: "slider",
      type: "range",
      min: days[0],
      max: Math.max(days[0] + 1, days[1]),
      step: 1,
      value: day,
      "aria-valuetext": [date ? longDate(date) : "", date && window >= 0 ? t("replay.window", { window: window + 1 }) : ""].filter(Boolean).join(", "),
      oninput: (event) => act.day(Number(event.target.value)),
    }),
  ];
}

function choices({ speed, viewer, viewers, marks, link, columns, column, companions, beside }, act) {
  return h(
    "div",
    { class: "replay-choices", key: "choices" },
    select("replay-speed", t("replay.speed"), String(speed), SPEEDS.map((value) => ({ value: String(value), label: t("replay.windowsASecond", { count: value }) })), (value) => act.speed(Number(value))),
    select("replay-viewer", t("replay.seenBy"), viewer, viewers.map(({ value, label }) => ({ value, label: value === TRUTH ? t("replay.asItWas") : label })), act.viewer),
    companions.length ? select("replay-beside", t("replay.besideIt"), beside, [{ value: "", label: t("replay.nothingBeside") }, ...companions], act.beside) : null,
    columns.length > 1 ? select("replay-column", t("replay.panelsOf"), column, columns, (value) => act.column(Number(value))) : null,
    marks.length ? select("replay-marks", t("replay.bookmark"), "", [{ value: "", label: t("replay.jumpTo") }, ...marks.map((mark) => ({ value: String(mark.moment), label: `${longDate(mark.date)}: ${mark.note}` }))], (value) => value && act.jump(Number(value))) : null,
    button(t("replay.copy"), act.copy, { id: "replay-copy", kind: "small" }),
    link === null ? null : h("label", { class: "replay-link", key: "link" }, link.words, h("input", { id: "replay-link", type: "text", readonly: true, value: link.value, onfocus: (event) => event.target.select() })),
  );
}
