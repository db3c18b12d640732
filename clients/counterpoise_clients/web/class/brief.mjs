// The briefing of a seat: who you are and what you want, before you take it.

import { h } from "../h.mjs";
import { t } from "../text/text.mjs";
import { listed } from "../words.mjs";
import { button, fact } from "../ui/parts.mjs";
import { refusalWords } from "./problems.mjs";
import { newest } from "./store.mjs";

/**
 * Draw the briefing. To look at this page takes nothing: only the button does.
 *
 * @param {import("./store.mjs").ClassState} state
 * @param {any} act
 */
export function brief(state, act) {
  const { lobby: seen } = state;
  return h(
    "main",
    { id: "main", key: "brief", class: "sheet brief", tabindex: "-1" },
    h("p", { class: "quiet" }, `${seen.title} · ${seen.scenario}`),
    h("h2", null, t("class.you-are", { state: seen.seat_name })),
    h("p", { class: "lead", role: "status", id: "place" }, t(`class.clock-${seen.phase || "lobby"}`)),
    takeSeat(state, act),
    h(
      "dl",
      { class: "fact-grid one" },
      fact(t("class.your-world"), t("class.world", { world: seen.world })),
      seen.team.length ? fact(t("class.your-team"), listed(seen.team)) : null,
    ),
    h("h3", null, t("class.situation")),
    h("p", null, seen.summary),
    seen.briefing ? [h("h3", null, t("class.where-you-stand")), paragraphs(seen.briefing)] : null,
    seen.goals?.length
      ? [
          h("h3", null, t("class.what-you-want")),
          h(
            "ul",
            { class: "goals" },
            seen.goals.map((/** @type {any} */ goal, /** @type {any} */ place) => h("li", { key: String(place) }, goal)),
          ),
        ]
      : null,
    h("p", { class: "quiet small more" }, t(seen.anonymous ? "class.anonymous-hint" : "class.brief-hint")),
  );
}

/**
 * @param {import("./store.mjs").ClassState} state
 * @param {any} act
 */
function takeSeat(state, act) {
  const asked = newest(state, "take_seat");
  const refused = asked?.error;
  return h(
    "div",
    { class: "take-seat", key: "take" },
    refused ? h("p", { class: "problem", role: "alert" }, refusalWords(refused)) : null,
    button(t(state.lobby.phase === "running" ? "class.take-seat-now" : "class.take-seat"), act.takeSeat, {
      kind: "primary big wide-button",
      id: "take-seat",
      "aria-disabled": asked?.state === "waiting" ? "true" : null,
    }),
  );
}

/** @param {any} text */
const paragraphs = (text) =>
  text
    .split(/\n\s*\n/)
    .filter((/** @type {any} */ part) => part.trim())
    .map((/** @type {any} */ part, /** @type {any} */ place) => h("p", { key: `p${place}` }, part.trim()));
