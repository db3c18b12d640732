// The bar that stays on the screen: the clock of one world or of all, pause with a reason, more time.

import { h } from "../h.mjs";
import { t } from "../text/text.mjs";
import { clock, longDate } from "../words.mjs";
import { ONE_PRESS, button, dialog, open } from "../ui/parts.mjs";
import { NOTES_PRESS, isSecond, isStray } from "../ui/clock/presses.mjs";
import { secondsLeftOf } from "./store.mjs";

const MORE_SECONDS = 120;
/** In which phases of a world each command is given to it: those of the others would refuse it. */
const PHASES = {
  start: ["lobby"],
  pause: ["running"],
  resume: ["paused"],
  extend: ["running", "paused"],
  close_window: ["running", "paused"],
  end: ["running", "paused"],
};

/** Draw the bar. It commands the worlds that are chosen in it. */
export function clockBar(state, act, now) {
  const { board } = state;
  const chosen = chosenWorlds(state);
  const phases = new Set(chosen.map((world) => world.phase));
  const give = (command) => act.toWorlds(worldsFor(chosen, command), command);
  const go = (command) => (event) => isSecond(event) || give(command);
  return h(
    "section",
    { key: "clock-bar", class: "clock-bar", "aria-label": t("class.clock"), ...NOTES_PRESS },
    board.worlds.length > 1
      ? h(
          "div",
          { class: "switch-group", role: "group", "aria-label": t("class.which-worlds") },
          board.worlds.map((world) => pick(state, act, world.world, t("class.world", { world: world.world }))),
          pick(state, act, "", t("class.all-worlds")),
        )
      : null,
    chosen.length === 1 ? oneWorld(chosen[0], state, now) : manyWorlds(chosen),
    h(
      "div",
      { class: "buttons" },
      phases.has("lobby")
        ? button(t("class.start"), go({ kind: "start" }), { kind: "primary", id: "do-start" })
        : null,
      phases.has("running") ? pausing(state, act, chosen) : null,
      phases.has("paused")
        ? button(t("class.resume"), go({ kind: "resume" }), { kind: "primary", id: "do-resume" })
        : null,
      phases.has("running") || phases.has("paused")
        ? [
            button(t("class.more-time"), (event) => isStray(event) || give({ kind: "extend", seconds: MORE_SECONDS }), { id: "do-extend" }),
            button(t("class.close-now"), go({ kind: "close_window" }), { id: "do-close" }),
            button(t("class.end"), (event) => isStray(event) || open("end"), { id: "ask-end", "aria-haspopup": "dialog" }),
          ]
        : null,
    ),
    ending(worldsFor(chosen, { kind: "end" }), () => give({ kind: "end" })),
  );
}

// In a dialog of its own: a second press of the same key must not end the game.
function ending(chosen, end) {
  const sure = (event) => {
    event.currentTarget.closest("dialog").close();
    end();
  };
  const which = chosen.map((world) => t("class.world", { world: world.world })).join(", ");
  return dialog(
    "end",
    t("class.end-title", { worlds: which }),
    h("p", null, t("class.end-help", { count: chosen.length })),
    h("div", { class: "buttons" }, button(t("class.end-sure"), sure, { kind: "danger", id: "do-end" })),
  );
}

const worldsFor = (worlds, command) => worlds.filter((world) => PHASES[command.kind].includes(world.phase));

/** Return the worlds that the bar commands. */
function chosenWorlds({ board, ui }) {
  const one = board.worlds.find((world) => world.world === ui.world);
  return one ? [one] : board.worlds;
}

const pick = (state, act, world, label) =>
  button(label, () => act.ui({ world }), {
    key: world,
    kind: "choice",
    "aria-pressed": String(state.ui.world === world),
  });

function oneWorld(world, state, now) {
  const left = secondsLeftOf(world, state.boardAt, now);
  return [
    left === null || world.phase === "lobby" || world.phase === "ended"
      ? null
      : h("span", { class: `big-clock ${left <= 15 ? "soon" : ""}` }, clock(left)),
    h(
      "p",
      { class: "bar-facts" },
      t("class.window-number", { window: world.window + 1 }),
      h("span", { class: "quiet" }, `${longDate(world.date)}, ${t(`class.phase-${world.phase}`)}`),
      world.reason ? h("span", { class: "quiet" }, ` “${world.reason}”`) : null,
    ),
  ];
}

function manyWorlds(worlds) {
  const counts = ["lobby", "running", "paused", "ended"]
    .map((phase) => [phase, worlds.filter((world) => world.phase === phase).length])
    .filter(([, count]) => count);
  return h(
    "p",
    { class: "bar-facts" },
    counts.map(([phase, count]) => t("class.worlds-in-phase", { count, phase: t(`class.phase-${phase}`) })).join(", "),
  );
}

function pausing(state, act, chosen) {
  const pause = (event) => {
    event.preventDefault();
    const command = { kind: "pause", reason: state.ui.reason.trim() };
    act.toWorlds(worldsFor(chosen, command), command);
    act.ui({ reason: "" });
  };
  return h(
    "form",
    { class: "pausing", onsubmit: pause },
    h("label", { class: "hidden", for: "pause-reason" }, t("class.pause-reason")),
    h("input", {
      id: "pause-reason",
      type: "text",
      maxlength: 200,
      placeholder: t("class.pause-reason"),
      value: state.ui.reason,
      oninput: (event) => act.ui({ reason: event.target.value }),
    }),
    h("button", { type: "submit", class: "button primary", id: "do-pause", ...ONE_PRESS }, t("class.pause")),
  );
}
