// The row of steps that stays on the screen: where the player is, and what is done.

import { h } from "../../h.mjs";
import { currentStep, stepsOf } from "../../steps.mjs";
import { t } from "../../text/text.mjs";

/** The panel that each step shows. */
export const PANEL_OF = { call: "now", predict: "questions", choose: "orders", why: "why" };

/**
 * Draw the row.
 *
 * @param {import("../../store.mjs").State} state
 * @param {any} act
 */
export function stepRow(state, act) {
  const current = currentStep(state);
  return h(
    "nav",
    { class: "step-row", key: "steps", "aria-label": t("decide.steps") },
    h(
      "ol",
      null,
      stepsOf(state).map(({ name, isDone }) =>
        h(
          "li",
          { key: name, class: isDone ? "done" : null },
          h(
            "button",
            {
              type: "button",
              id: `step-${name}`,
              "aria-current": name === current ? "step" : null,
              onclick: () => act.step(name),
            },
            isDone ? [h("span", { "aria-hidden": "true" }, "✓ "), h("span", { class: "hidden" }, t("decide.step_done"))] : null,
            t(`decide.step.${name}`),
          ),
        ),
      ),
    ),
  );
}
