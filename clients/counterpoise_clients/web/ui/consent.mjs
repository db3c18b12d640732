// The question whether research may use how a person played, and the answer, which may be changed.

import { h } from "../h.mjs";
import { t } from "../text/text.mjs";
import { button } from "./parts.mjs";

/**
 * Draw the question, until it is answered. Both answers look alike: neither is the one to give.
 *
 * @param {import("../store.mjs").State} state
 * @param {any} act
 */
export function consentQuestion(state, act) {
  if (state.welcome?.consent !== "ask") return null;
  return h(
    "aside",
    { key: "consent", class: "panel consent", "aria-labelledby": "consent-heading" },
    h("h2", { id: "consent-heading" }, t("consent.title")),
    h("p", null, t("consent.question")),
    h("details", null, h("summary", null, t("consent.more")), h("p", null, t("consent.what")), h("p", null, t("consent.rights"))),
    h(
      "p",
      { class: "consent-answers" },
      button(t("consent.yes"), () => act.consent(true), { id: "consent-yes" }),
      button(t("consent.no"), () => act.consent(false), { id: "consent-no" }),
    ),
  );
}

/**
 * Draw what a person has answered, with a button that changes it.
 *
 * @param {import("../store.mjs").State} state
 * @param {any} act
 */
export function consentAnswer(state, act) {
  const answer = state.welcome?.consent;
  if (answer !== "given" && answer !== "refused") return null;
  const isGiven = answer === "given";
  return h(
    "p",
    { key: "consent-answer", class: "consent-answer", role: "status" },
    t(isGiven ? "consent.given" : "consent.refused"),
    " ",
    button(t(isGiven ? "consent.takeBack" : "consent.giveNow"), () => act.consent(!isGiven), { kind: "quiet" }),
  );
}
