// The bar that stays on the screen: the clock, pause with a reason, more time, close now, and what comes next.

import { h } from "../h.mjs";
import { secondsLeft } from "../seat.mjs";
import { t } from "../text/text.mjs";
import { clock, longDate, phaseName } from "../words.mjs";
import { ONE_PRESS, button, open } from "../ui/parts.mjs";
import { pauseEnd } from "../ui/clock/pause_end.mjs";
import { NOTES_PRESS, isSecond, isStray } from "../ui/clock/presses.mjs";

const LIMITS = ["", "1", "2", "5", "10"];
const GOALS = ["event", "crisis", "window"];

/** Draw the bar. */
export function bar(state, act, now) {
  const phase = state.status?.phase;
  const go = (kind) => (event) => isSecond(event) || act.command({ kind });
  const plays = phase === "running" || phase === "paused";
  const skipping = state.console.news?.skipping ?? "";
  return h(
    "section",
    { key: "console-bar", id: "console-bar", class: `console-bar ${phase === "paused" ? "is-paused" : ""}`, "aria-label": t("console.bar"), ...NOTES_PRESS },
    standing(state, phase, skipping, now),
    h(
      "div",
      { class: "buttons bar-buttons" },
      phase === "lobby" ? button(t("console.start"), go("start"), { kind: "primary", id: "do-start" }) : null,
      phase === "running" ? pausing(state, act) : null,
      phase === "paused" ? button(t("console.resume"), go("resume"), { kind: "primary", id: "do-resume" }) : null,
      plays && (state.status?.seconds_left ?? -1) >= 0 ? moreTime(state, act) : null,
      plays ? button(t("console.closeNow"), go("close_window"), { id: "do-close" }) : null,
      phase === "running" ? next(state, act) : null,
      phase === "ended" ? null : button(t("console.paceAsk"), (event) => isStray(event) || open("pace"), { id: "ask-pace", "aria-haspopup": "dialog" }),
      phase === "ended" || state.console.ui.drawer
        ? null
        : button(t("console.openDrawer"), (event) => isStray(event) || showDrawer(act), { id: "ask-inject" }),
    ),
    state.alarm ? button(t("console.carryOn"), go("carry_on"), { kind: "danger", id: "do-carry-on" }) : null,
  );
}

function standing(state, phase, skipping, now) {
  const left = secondsLeft(state, now);
  const { status } = state;
  const shows = left !== null && phase !== "lobby" && phase !== "ended";
  return [
    shows && !status.due ? h("span", { class: `console-clock ${left <= 15 ? "soon" : ""}`, key: "clock" }, clock(left)) : null,
    h(
      "p",
      { class: "console-facts", key: "facts" },
      h("strong", null, skipping ? t(`console.skipping-${skipping}`) : phaseName(phase)),
      h("span", { class: "quiet" }, longDate(status?.date ?? state.welcome?.scenario?.start)),
    ),
    phase === "paused" ? h("p", { class: "console-facts", key: "pause" }, pauseWords(status, state, now)) : null,
  ];
}

const pauseWords = (status, state, now) => [
  status.reason ? h("span", { class: "pause-reason" }, t("console.everyoneReads", { reason: status.reason })) : null,
  pauseEnd(state, now),
];

// The next pause has a reason of its own, so the field is empty again.
function pausing(state, act) {
  const { minutes } = state.console.ui;
  const pause = (event) => {
    event.preventDefault();
    act.command({ kind: "pause", reason: state.ui.pauseReason.trim(), ...(minutes ? { seconds: Number(minutes) * 60 } : {}) });
    act.ui({ pauseReason: "" });
  };
  return h(
    "form",
    { class: "pausing", key: "pausing", onsubmit: pause },
    h("label", { class: "hidden", for: "pause-reason" }, t("console.reason")),
    h("input", {
      id: "pause-reason",
      type: "text",
      maxlength: 200,
      placeholder: t("console.reasonHint"),
      value: state.ui.pauseReason,
      oninput: (event) => act.ui({ pauseReason: event.target.value }),
    }),
    h("label", { class: "hidden", for: "pause-minutes" }, t("console.howLong")),
    h(
      "select",
      { id: "pause-minutes", value: minutes, onchange: (event) => act.console({ minutes: event.target.value }) },
      LIMITS.map((limit) =>
        h("option", { key: limit, value: limit }, limit ? t("console.minutes", { count: Number(limit) }) : t("console.noEnd")),
      ),
    ),
    h("button", { type: "submit", class: "button primary", id: "do-pause", ...ONE_PRESS }, t("console.pause")),
  );
}

// Two minutes in a class that meets; a day where windows close at an hour of the day.
function moreTime(state, act) {
  const isDaily = Boolean(state.status?.time_zone);
  const more = (event) => isStray(event) || act.command({ kind: "extend", seconds: isDaily ? 86_400 : 120 });
  return button(t(isDaily ? "console.moreDay" : "console.moreMinutes"), more, { id: "do-extend" });
}

const next = (state, act) =>
  h(
    "span",
    { class: "skipping", key: "skipping" },
    h("label", { class: "hidden", for: "skip-to" }, t("console.skipTo")),
    h(
      "select",
      { id: "skip-to", value: state.console.ui.skipTo, onchange: (event) => act.console({ skipTo: event.target.value }) },
      GOALS.map((goal) => h("option", { key: goal, value: goal }, t(`console.goal-${goal}`))),
    ),
    button(t("console.next"), (event) => isSecond(event) || act.command({ kind: "skip", to: state.console.ui.skipTo }), { id: "do-skip", title: t("console.nextHelp") }),
  );

function showDrawer(act) {
  act.console({ drawer: true });
  requestAnimationFrame(() => {
    const drawer = document.getElementById("injects");
    drawer?.scrollIntoView({ block: "nearest" });
    drawer?.querySelector("button")?.focus();
  });
}
