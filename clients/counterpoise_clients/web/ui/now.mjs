// What the seat must do now: answer its calls, order, say ready.

import { h } from "../h.mjs";
import { voteLabel } from "../form_choices.mjs";
import { answersTo } from "../forms.mjs";
import { canSend, catalogueOf, isCalled, isReady, isReadySaved, openCalls, secondsLeft } from "../seat.mjs";
import { viewOf } from "../store.mjs";
import { LEVELS, RELATION, aCommitment, clock, defaultWords, errorSentence, titled } from "../words.mjs";
import { button, panel } from "./parts.mjs";
import { asked } from "./sentences.mjs";
import { situation } from "./situation.mjs";

/** Draw why the session is paused, if the moderator has said so. */
export const pauseReason = (state, teller = "The moderator says") =>
  state.status?.reason ? h("p", { class: "pause-reason" }, `${teller}: “${state.status.reason}”`) : null;

/** Say in words what is asked: why, by whom, about what. */
export function question(call, view, names) {
  const name = (id) => names[id] ?? id;
  const all = (ids) => ids.map(name).join(", ");
  if (call.reason === "proposal") {
    const offer = view.proposals.find((proposal) => proposal.id === call.subject);
    if (!offer) return `${name(call.asker)} waits for your answer to its offer.`;
    if (offer.alignment || offer.treaty) return ofMany(offer, name, all);
    return `${name(offer.proposer)} offers you ${aCommitment(offer.commitment)}${offer.against ? ` against ${name(offer.against)}` : ""}${offer.secret ? ", in secret" : ""}.`;
  }
  if (call.reason === "membership") {
    const vote = view.membership_votes.find((found) => found.id === call.subject);
    return vote
      ? `${name(vote.asker)} ${vote.question === "admit" ? "asks to join" : `moves to ${vote.question} ${name(vote.state)}`}: ${voteLabel(vote, view, names)}. One objection ends the matter.`
      : `${name(call.asker)} waits for your vote.`;
  }
  if (call.reason === "crisis" || call.reason === "demand") {
    const crisis = view.crises.find((found) => found.id === call.subject);
    if (!crisis) return "A crisis waits for your answer.";
    const other = crisis.initiator === view.own.id ? crisis.target : crisis.initiator;
    const ultimatum = crisis.ultimatum ? " This is an ultimatum: refusal means war." : "";
    return `Crisis with ${name(other)} over ${RELATION[crisis.aim] ?? crisis.aim}, now at ${LEVELS[crisis.level] ?? crisis.level}.${crisis.demand ? ` ${name(crisis.initiator)}: “${crisis.demand}”` : ""}${ultimatum}`;
  }
  if (call.reason === "condition") {
    const condition = view.conditions?.find((found) => found.id === call.subject);
    return condition
      ? `${name(condition.donor)} asks you to ${asked(condition, name)} for its ${condition.aid} aid.`
      : `${name(call.asker)} waits for your answer to its demand.`;
  }
  const war = view.wars.find((found) => found.id === call.subject);
  const sides = war ? `${all(war.attackers)} against ${all(war.defenders)}` : "a war";
  if (call.reason === "ally") return `${name(call.asker)} calls on your promise: ${sides}.`;
  const fights = war && [...war.attackers, ...war.defenders].includes(call.asker);
  if (call.reason === "peace" && war && !fights)
    return `${name(call.asker)} asks whether you would make peace in the war of ${sides}.`;
  if (call.reason === "peace") return `${name(call.asker)} offers peace in the war of ${sides}.`;
  return `${titled(call.reason)}: your answer is asked for.`;
}

/** Say what a treaty of many or an invitation to a pact asks. */
function ofMany(offer, name, all) {
  const aimed = offer.against ? ` against ${name(offer.against)}` : "";
  const terms = `${aCommitment(offer.commitment)}${offer.name ? ` (${offer.name})` : ""}${aimed}${offer.secret ? ", in secret" : ""}`;
  const others = all(offer.parties);
  if (offer.alignment)
    return `${name(offer.proposer)} invites you to join ${terms}, in which ${others ? `${others} are members` : "it is a member"}.`;
  return `${name(offer.proposer)} asks you to sign ${terms}, with ${others}. It comes into force if ${offer.needed} of the invited states sign.`;
}

/** Draw the strip. */
export function nowPanel(state, names, act, now) {
  const view = viewOf(state);
  const called = isCalled(state);
  const ready = isReady(state);
  const readiness = !ready ? "no" : isReadySaved(state) ? "yes" : "sent";
  const phase = state.status?.phase;
  const left = secondsLeft(state, now);
  const count = view.calls.length;
  const asks = confirmation(state, view, names, act);
  return panel(
    "now",
    headline(phase, called, readiness, count, view, left),
    { class: `now ${called && !ready ? "asked" : ""}` },
    h("p", { class: "lead" }, explain(phase, called, readiness, left)),
    pauseReason(state),
    count
      ? h(
          "ul",
          { class: "calls" },
          view.calls.map((call) => callItem(call, state, view, names, act)),
        )
      : null,
    situation(view, names),
    asks,
    ready ? leftOpen(state, view, names) : null,
    !asks && (phase === "running" || phase === "paused")
      ? h(
          "div",
          { class: "ready-row" },
          button({ no: "Ready", sent: "Ready …", yes: "✓ Ready" }[readiness], () => act.ready(), {
            kind: "primary big",
            id: "ready",
            disabled: !called || ready || !canSend(state),
            "aria-pressed": ready ? "true" : "false",
          }),
          h("span", { class: "quiet" }, waitingFor(state)),
        )
      : null,
  );
}

// A call that is left open is answered by default, so the page asks before it says ready.
function confirmation(state, view, names, act) {
  const open = openCalls(state);
  if (state.ui.confirming !== view.tick || !open.length || isReady(state)) return null;
  return h(
    "div",
    { class: "confirm", id: "confirm-ready", role: "alert", tabindex: "-1" },
    h("p", null, h("strong", null, "You have not answered. If you do not answer in time:")),
    defaultsList(open, view, names),
    h(
      "div",
      { class: "ready-row" },
      // The second click of a double click on Ready is no answer to this question.
      button("Ready all the same", (event) => event.detail > 1 || act.ready({ sure: true }), {
        kind: "primary",
        id: "ready-anyway",
        disabled: !canSend(state),
      }),
      button("Go back", act.notReady, { id: "ready-back" }),
    ),
  );
}

// What the server has noted as left open.
function leftOpen(state, view, names) {
  const numbers = (state.ready?.open ?? []).map((one) => one.call);
  const calls = view.calls.filter((call) => numbers.includes(call.id));
  return calls.length
    ? h("div", { id: "left-open" }, h("p", { class: "quiet" }, "You have left open:"), defaultsList(calls, view, names))
    : null;
}

const defaultsList = (calls, view, names) =>
  h(
    "ul",
    { class: "defaults" },
    calls.map((call) =>
      h("li", { key: `default-${call.id}` }, `${question(call, view, names)} Left open, ${defaultWords(call.defaults)}.`),
    ),
  );

function headline(phase, called, readiness, count, view, left) {
  if (phase === "lobby") return "The session has not started";
  if (phase === "ended") return "The session is over";
  if (phase === "paused") return "Paused by the moderator";
  if (!called) return left === null ? "The clock is running" : "Time for answers";
  if (readiness === "sent") return "Saying that you are ready";
  if (readiness === "yes") return "You are ready";
  if (count) return count === 1 ? "One answer is waited for" : `${count} answers are waited for`;
  return view.occasion === "window" ? "Your decision" : "Your answer";
}

function explain(phase, called, readiness, left) {
  if (phase === "lobby") return "Read your briefing. The moderator starts the clock.";
  if (phase === "ended") return "The debrief shows what the theory expected and what happened.";
  if (phase === "paused") return "Talk, think and order: orders act when the clock goes on.";
  if (!called && left !== null)
    return "Whoever was asked something may answer now. Nothing is asked of you; the clock goes on by itself.";
  if (!called) return "Nothing is asked of you at the moment. You can still draw up orders.";
  if (readiness === "sent")
    return "The server has not confirmed it yet. If the connection is lost, it is sent again when it is back.";
  if (readiness === "yes") return "The clock goes on when the others are ready too. You can still send orders until then.";
  return `The clock waits for you${left === null ? "" : `, ${clock(left)} at most`}. Send your orders, then say that you are ready.`;
}

function waitingFor(state) {
  const seats = state.status?.seats ?? [];
  const waiting = seats.filter(
    (seat) => seat.occupant === "human" && seat.active !== false && !seat.ready && seat.seat !== state.welcome?.seat,
  );
  // At a call nobody is told who else was called, so there is nothing to say.
  const known = state.status?.mode === "windows" && viewOf(state)?.occasion === "window";
  if (!waiting.length || !known) return "";
  return `Waiting for ${waiting
    .slice(0, 4)
    .map((seat) => seat.name)
    .join(", ")}${waiting.length > 4 ? " and others" : ""}.`;
}

function callItem(call, state, view, names, act) {
  const order = state.orders.findLast?.((one) => one.call === call.id) ?? null;
  const settled = order && (order.state === "saved" || order.state === "waiting");
  const answers = answersTo(call, catalogueOf(state).moves);
  const days = call.deadline - view.tick;
  return h(
    "li",
    { key: `call-${call.id}`, class: `call call-${call.reason}`, "data-call": String(call.id) },
    h(
      "p",
      null,
      question(call, view, names),
      h(
        "span",
        { class: "quiet" },
        days > 0 ? ` Answer within ${days} ${days === 1 ? "day" : "days"} of simulated time.` : "",
      ),
    ),
    settled
      ? h(
          "div",
          null,
          h("p", { class: "answered" }, `${order.state === "saved" ? "✓ Answered" : "… Sending"}: ${order.label}`),
          order.state === "saved" && order.tick === view.tick
            ? button("Withdraw the answer", () => act.withdraw(order.id), { kind: "small", "data-withdraw": order.id })
            : null,
        )
      : h(
          "div",
          { class: "answers" },
          answers.map((answer) =>
            button(answer.label, () => act.order(answer.move, { call: call.id, label: answer.label }), {
              key: answer.label,
              disabled: !canSend(state),
              "data-answer": answer.label,
            }),
          ),
        ),
    order?.state === "refused" ? h("p", { class: "problem" }, errorSentence(order.error, names)) : null,
  );
}
