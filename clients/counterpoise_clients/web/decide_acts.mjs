// What a player does while deciding: goes through the steps, opens cards, keeps drafts, answers, replaces.

import { focusForm, focusOn } from "./focus.mjs";
import { KEPT } from "./options.mjs";
import { catalogueOf } from "./seat.mjs";
import { currentStep } from "./steps.mjs";
import { viewOf } from "./store.mjs";
import { PANEL_OF } from "./ui/decide/step_row.mjs";

/** Return a move's value as its form holds it. */
const held = (value) => (typeof value === "number" ? String(value) : (value ?? ""));

/**
 * Return the acts of a decision.
 *
 * @param {any} act the acts of the page, which these become part of
 * @param {() => import("./store.mjs").State} state
 */
export const decideActs = (act, state) => ({
  // Show a step: its panel alone on a phone, and the focus on its heading.
  step(name) {
    act.ui({ step: { tick: viewOf(state())?.tick ?? 0, name }, tab: "decide" });
    act.focusHeading(PANEL_OF[name]);
  },
  // Open the card of a move, or close it.
  choose(kind) {
    act.ui({ kind, sure: "", ...(kind ? {} : { replacing: "" }) });
  },
  // Open the form of a question for the debrief.
  openQuestion(kind) {
    act.ui({ kind });
    focusForm("questions");
  },
  // Answer a question or a call; the next step that is not done follows.
  answerQuestion: (move) => act.orderAndGoOn(move, {}),
  answerCall: (call, answer) => act.orderAndGoOn(answer.move, { call: call.id }),
  orderAndGoOn(move, meta) {
    const before = currentStep(state());
    act.order(move, meta);
    act.ui({ step: { tick: -1, name: "" } });
    const after = currentStep(state());
    if (after !== before) act.focusHeading(PANEL_OF[after]);
  },
  focusHeading(panel) {
    requestAnimationFrame(() => {
      const heading = document.getElementById(`${panel}-heading`);
      heading?.setAttribute("tabindex", "-1");
      heading?.focus({ preventScroll: true });
      heading?.closest(".panel")?.scrollIntoView({ block: "nearest" });
    });
  },
  // Say at their fields what is missing in a draft, on the step where they are.
  problemsAt(kind, problems) {
    act.problems(kind, problems);
    act.step("choose");
  },
  // Ask again before something final is sent.
  ask(kind) {
    act.ui({ sure: kind });
    focusOn("confirm-move");
  },
  unask() {
    act.ui({ sure: "" });
    focusOn("send");
  },
  keepDraft(kind, move) {
    act.draft(KEPT, kind, move);
    act.ui({ kind: "" });
    act.focusHeading("your-orders");
  },
  takeUp(kind, move) {
    for (const [name, value] of Object.entries(move)) if (name !== "kind") act.draft(kind, name, held(value));
    act.ui({ kind, group: catalogueOf(state()).moves[kind]?.group ?? "" });
    act.step("why");
  },
  dropDraft: (kind) => act.draft(KEPT, kind, null),
  // Begin to replace an order, in the form of its move.
  replace(order) {
    const { kind, ...values } = order.move;
    for (const [name, value] of Object.entries(values)) act.draft(kind, name, held(value));
    act.ui({ replacing: order.id, kind, group: catalogueOf(state()).moves[kind]?.group ?? "", step: { tick: viewOf(state())?.tick ?? 0, name: "choose" } });
    focusForm("move-form");
  },
});
