// Messages: the threads, what was written, and the field to write in. A message is sent and read at once.

import { h } from "../h.mjs";
import { canSend, catalogueOf } from "../seat.mjs";
import { namesOf, viewOf } from "../store.mjs";
import { EVERYONE, LEVEL_WORDS, SEVERAL, addressees, closedAt, formTo, messageTo, threadsOf, titleOf } from "../threads.mjs";
import { dealWords, longDate, spaced } from "../words.mjs";
import { room } from "./fields.mjs";
import { stoppedHint } from "./gate.mjs";
import { ONE_PRESS, button, panel, select } from "./parts.mjs";

const TEXT_MAX = 500;
const SHOWN = 200;

/** Return how many messages nobody at this seat has read. */
export const unreadCount = (state) => threadsOf(state).reduce((sum, thread) => sum + thread.unread, 0);

/** Draw the panel. A moderator reads all threads and writes nothing. */
export function talk(state, act) {
  const threads = threadsOf(state);
  const own = state.welcome?.seat ?? "";
  const chosen = own || threads.some((one) => one.name === state.ui.thread) ? state.ui.thread : (threads[0]?.name ?? EVERYONE);
  const level = state.status?.talk ?? "free";
  return panel(
    "talk",
    "Messages",
    { class: "talk" },
    LEVEL_WORDS[level] ? h("p", { class: "quiet", id: "talk-level" }, LEVEL_WORDS[level]) : null,
    threads.length
      ? h(
          "ul",
          { class: "threads", "aria-label": "Threads" },
          threads.map((thread) =>
            h(
              "li",
              { key: thread.name },
              button(threadLabel(thread, state, own), () => act.thread(thread.name), {
                kind: "small",
                "data-thread": thread.name,
                "aria-current": thread.name === chosen ? "true" : null,
              }),
            ),
          ),
        )
      : null,
    written(threads.find((one) => one.name === chosen), state, own),
    own ? composer(state, act, own, chosen, level) : null,
  );
}

function threadLabel(thread, state, own) {
  const title = own ? thread.title : thread.name === EVERYONE ? "Everyone" : titleOf(thread.name, state);
  return [
    title,
    thread.unread
      ? h("span", { class: "badge" }, String(thread.unread), h("span", { class: "hidden" }, " unread"))
      : null,
  ];
}

function written(thread, state, own) {
  const names = namesOf(state);
  const messages = (thread?.messages ?? []).slice(-SHOWN);
  const dealOf = (one) => dealWords(one.detail, (code) => names[code] ?? code);
  return h(
    "div",
    { class: "entries letters", role: "log", "aria-live": "polite", "aria-label": "Messages of this thread", tabindex: "0" },
    messages.length ? null : h("p", { class: "quiet" }, "Nothing written yet."),
    h(
      "ol",
      { class: "plain-list" },
      messages.map((one) =>
        h(
          "li",
          { key: `m${one.id}`, class: `letter ${one.actors[0] === own ? "mine" : ""}`, "data-number": String(one.detail.number) },
          h("p", { class: "small quiet" }, names[one.actors[0]] ?? one.actors[0], ", ", longDate(one.date)),
          one.detail.text ? h("p", null, one.detail.text) : null,
          dealOf(one) ? h("p", { class: "deal" }, dealOf(one)) : null,
        ),
      ),
    ),
  );
}

function composer(state, act, own, thread, level) {
  const names = namesOf(state);
  const form = formTo(thread);
  const draft = state.ui.drafts[form] ?? {};
  const problems = state.ui.problems?.[form] ?? {};
  const phase = state.status?.phase;
  const forbidden = closedAt(thread, level, state);
  const closed = phase === "lobby" || phase === "ended" || forbidden !== "" || !canSend(state);
  const move = messageTo(thread, draft, own, level);
  const nobody = thread === SEVERAL && !move.to.length;
  const waiting = state.orders.some((one) => one.state === "waiting" && one.move?.kind === "message");
  const set = (field, value) => act.draft(form, field, value);
  const submit = (event) => {
    event.preventDefault();
    if (closed || waiting) return;
    if (nobody) act.problems(form, { to: "Choose at least one state." });
    else if (!move.text && !move.offer && !move.ask)
      act.problems(form, { text: level === "offers" ? "Choose what you offer or ask for." : "Fill this in." });
    else act.order(move, { form });
  };
  const problem = Object.values(problems)[0];
  return h(
    "form",
    { class: "composer", id: "talk-form", onsubmit: submit, novalidate: true, key: "composer" },
    select("talk-to", "Write to", thread, addressees(state), (value) => act.thread(value)),
    thread === SEVERAL ? several(state, draft, set) : null,
    level === "offers"
      ? null
      : h(
          "div",
          { class: "field" },
          h("label", { for: "talk-text" }, "Message"),
          h("textarea", {
            id: "talk-text",
            rows: 2,
            maxlength: TEXT_MAX,
            value: draft.text ?? "",
            "aria-invalid": problem ? "true" : null,
            "aria-describedby": problem ? "talk-problem" : null,
            oninput: (event) => set("text", event.target.value),
            onkeydown: (event) => {
              if (event.key === "Enter" && !event.repeat && (event.ctrlKey || event.metaKey)) event.target.form.requestSubmit();
            },
          }),
          room(draft.text, TEXT_MAX),
        ),
    dealFields(state, draft, set, level),
    problem ? h("p", { class: "problem", id: "talk-problem" }, problem) : null,
    forbidden && forbidden !== LEVEL_WORDS[level] ? h("p", { class: "quiet", id: "talk-closed" }, forbidden) : null,
    stoppedHint(state, act, "talk-stopped"),
    h(
      "button",
      {
        type: "submit",
        class: "button primary",
        id: "talk-send",
        disabled: closed,
        // Not disabled, so that it keeps the focus.
        "aria-disabled": waiting ? "true" : null,
        ...ONE_PRESS,
      },
      waiting ? "Sending…" : `Send now to ${sendsTo(thread, draft, state, names)}`,
    ),
  );
}

function sendsTo(thread, draft, state, names) {
  if (thread === EVERYONE) return "everyone";
  if (thread !== SEVERAL) return titleOf(thread, state);
  return (draft.to ?? []).map((code) => names[code] ?? code).join(", ") || "…";
}

function several(state, draft, set) {
  const chosen = draft.to ?? [];
  return h(
    "fieldset",
    { class: "group" },
    h("legend", null, "Several states"),
    h(
      "div",
      { class: "checks" },
      (viewOf(state)?.others ?? []).map((other) =>
        h(
          "div",
          { class: "check", key: other.id },
          h("input", {
            type: "checkbox",
            id: `talk-to-${other.id}`,
            checked: chosen.includes(other.id),
            onchange: (event) =>
              set("to", event.target.checked ? [...chosen, other.id] : chosen.filter((code) => code !== other.id)),
          }),
          h("label", { for: `talk-to-${other.id}` }, other.name),
        ),
      ),
    ),
  );
}

function dealFields(state, draft, set, level) {
  const names = namesOf(state);
  const deals = dealsOf(catalogueOf(state).moves.message);
  const choices = [{ value: "", label: "nothing" }, ...deals.map((value) => ({ value, label: spaced(value) }))];
  const states = [
    { value: "", label: "no state" },
    ...(viewOf(state)?.others ?? []).map(({ id }) => ({ value: id, label: names[id] ?? id })),
  ];
  return h(
    "details",
    { class: "deal-fields", open: level === "offers" || null },
    h("summary", null, "Offer or ask for something"),
    select("talk-offer", "I offer", draft.offer ?? "", choices, (value) => set("offer", value)),
    select("talk-ask", "I ask for", draft.ask ?? "", choices, (value) => set("ask", value)),
    select("talk-about", "About", draft.about ?? "", states, (value) => set("about", value)),
  );
}

/** Return the deals that the catalogue of moves knows. */
function dealsOf(entry) {
  const form = entry?.schema?.properties?.offer;
  const options = [form, ...(form?.anyOf ?? [])].find((one) => Array.isArray(one?.enum));
  return (options?.enum ?? []).filter((value) => typeof value === "string");
}
