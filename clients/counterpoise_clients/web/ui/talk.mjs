// Messages: the threads, what was written, and the field to write in. A message is sent and read at once.

import { h } from "../h.mjs";
import { canSend, catalogueOf, isStaff } from "../seat.mjs";
import { namesOf, viewOf } from "../store.mjs";
import { t } from "../text/text.mjs";
import { EVERYONE, MODERATOR, SEVERAL, addressees, allianceIn, closedAt, formTo, hasDraft, isOfStates, levelWords, messageTo, seatOfNotes, threadsOf, titleOf, writerOf } from "../threads.mjs";
import { dealWords, listed, longDate, spaced } from "../words.mjs";
import { room } from "./fields.mjs";
import { stoppedHint } from "./gate.mjs";
import { ONE_PRESS, button, panel, select } from "./parts.mjs";

const TEXT_MAX = 500;
const SHOWN = 200;
/** More states than this are folded away, so that the open thread stays near. Alliances and the moderator never are. */
const STATES_MAX = 10;

/** Return how many messages nobody at this seat has read. */
export const unreadCount = (state) => threadsOf(state).reduce((sum, thread) => sum + thread.unread, 0);

/** Draw the panel. A moderator reads all threads, and writes in those with a seat. */
export function talk(state, act) {
  const threads = threadsOf(state);
  const own = state.welcome?.seat ?? "";
  const isModerator = isStaff(state);
  const isKnown = own || threads.some((one) => one.name === state.ui.thread) || (isModerator && seatOfNotes(state.ui.thread));
  const chosen = isKnown ? state.ui.thread : (threads[0]?.name ?? EVERYONE);
  const level = state.status?.talk ?? "free";
  return panel(
    "talk",
    t("talk.title"),
    { class: "talk" },
    levelWords(level) ? h("p", { class: "quiet", id: "talk-level" }, levelWords(level)) : null,
    threadList(state, act, threads, own || isModerator, chosen),
    own || isModerator ? h("h3", { id: "talk-thread" }, titleOf(chosen, state)) : null,
    written(threads.find((one) => one.name === chosen), state, own),
    own || (isModerator && seatOfNotes(chosen)) ? composer(state, act, own, chosen, level) : null,
  );
}

// Threads with messages or with something half written come first; whom else one can write to follows.
function threadList(state, act, threads, writes, chosen) {
  const own = state.welcome?.seat ?? "";
  const begun = [
    ...threads,
    ...(writes ? addressees(state) : [])
      .filter(({ value }) => !threads.some((thread) => thread.name === value))
      .filter(({ value }) => value === EVERYONE || value === chosen || hasDraft(state.ui.drafts, value))
      .map(({ value, label }) => ({ name: value, title: label, messages: [], unread: 0 })),
  ];
  const others = writes ? addressees(state).filter(({ value }) => !begun.some((thread) => thread.name === value)) : [];
  const one = (name, label) =>
    h(
      "li",
      { key: name },
      button(label, () => act.thread(name), { kind: "thread", "data-thread": name, "aria-current": name === chosen ? "true" : null }),
    );
  const list = (key, label, some) =>
    some.length
      ? h(
          "ul",
          { class: "threads others", key, "aria-label": label },
          some.map(({ value, label: name }) => one(value, name)),
        )
      : null;
  const [states, rest] = [others.filter(({ value }) => isOfStates(value)), others.filter(({ value }) => !isOfStates(value))];
  return [
    h(
      "ul",
      { class: "threads", key: "threads", "aria-label": t("talk.threads") },
      begun.map((thread) => one(thread.name, threadLabel(thread, state, own))),
    ),
    states.length > STATES_MAX
      ? [
          h("details", { key: "states" }, h("summary", null, t("talk.others_more")), list("of-states", t("talk.others_more"), states)),
          list("others", t("talk.others"), rest),
        ]
      : list("others", t("talk.others"), others),
  ];
}

function threadLabel(thread, state, own) {
  const title = own || thread.name === EVERYONE ? thread.title : titleOf(thread.name, state);
  const last = thread.messages[thread.messages.length - 1];
  const text = last ? last.detail.text || dealOf(last, namesOf(state)) : "";
  return [
    h("span", { class: "thread-name" }, title),
    thread.unread ? h("span", { class: "badge" }, String(thread.unread), h("span", { class: "hidden" }, ` ${t("talk.unread")}`)) : null,
    text ? h("span", { class: "preview quiet" }, writerOf(last) === own ? t("talk.you_wrote", { text }) : text) : null,
  ];
}

const dealOf = (one, names) => dealWords(one.detail, (code) => names[code] ?? code);

function written(thread, state, own) {
  const names = namesOf(state);
  const messages = (thread?.messages ?? []).slice(-SHOWN);
  const read = state.read[thread?.name] ?? 0;
  return h(
    "div",
    { class: "entries letters", role: "log", "aria-live": "polite", "aria-label": t("talk.of_thread"), tabindex: "0" },
    messages.length ? null : h("p", { class: "quiet" }, t("talk.none_yet")),
    h(
      "ol",
      { class: "plain-list" },
      messages.map((one) =>
        h(
          "li",
          { key: `m${one.id}`, class: `letter ${writerOf(one) === own ? "mine" : ""}`, "data-number": String(one.detail.number) },
          h(
            "p",
            { class: "small quiet" },
            fromTo(one, thread.name, names, own),
            own && writerOf(one) !== own && one.detail.number > read ? h("span", { class: "is-new" }, ` ● ${t("talk.new")}`) : null,
          ),
          one.detail.text ? h("p", null, one.detail.text) : null,
          dealOf(one, names) ? h("p", { class: "deal" }, dealOf(one, names)) : null,
        ),
      ),
    ),
  );
}

// Who wrote, and who can read it.
function fromTo(one, thread, names, own) {
  if (one.kind === "note") return noteFromTo(one, names, own);
  const [writer, ...to] = one.actors;
  const from = writer === own ? t("talk.you") : (names[writer] ?? writer);
  const others = listed(to.filter((code) => code !== own).map((code) => names[code] ?? code));
  const isToMe = to.includes(own);
  const readers =
    thread === EVERYONE
      ? t("talk.to.everyone")
      : allianceIn(thread) !== null
        ? t("talk.to.members")
        : isToMe
          ? others
            ? t("talk.to.you_and", { states: others })
            : t("talk.to.you")
          : t("talk.to.only", { states: others });
  return t("talk.from_to", { from, to: readers, date: longDate(one.date) });
}

// Between a seat and the moderator.
function noteFromTo(one, names, own) {
  const state = names[one.actors[0]] ?? one.actors[0];
  const writer = writerOf(one);
  const from = writer === own ? t("talk.you") : writer ? state : t("talk.moderator");
  const to = writer !== own ? t("talk.to.you") : own ? t("talk.to.only", { states: t("talk.moderator") }) : t("talk.to.only", { states: state });
  return t("talk.from_to", { from, to, date: longDate(one.date) });
}

function composer(state, act, own, thread, level) {
  const names = namesOf(state);
  const form = formTo(thread);
  const draft = state.ui.drafts[form] ?? {};
  const problems = state.ui.problems?.[form] ?? {};
  const phase = state.status?.phase;
  const forbidden = closedAt(thread, level, state);
  const isNote = thread === MODERATOR || Boolean(seatOfNotes(thread));
  const closed = (phase === "lobby" && !isNote) || phase === "ended" || forbidden !== "" || !canSend(state);
  const move = messageTo(thread, draft, own, level);
  const nobody = thread === SEVERAL && !move.to.length;
  const waiting = state.orders.some((one) => one.state === "waiting" && (one.move?.kind === "message" || one.form === form));
  const set = (field, value) => act.draft(form, field, value);
  const submit = (event) => {
    event.preventDefault();
    if (closed || waiting) return;
    if (isNote && !String(draft.text ?? "").trim()) act.problems(form, { text: t("talk.fill") });
    else if (isNote) act.note(thread, String(draft.text).trim(), form);
    else if (nobody) act.problems(form, { to: t("talk.choose_state") });
    else if (!move.text && !move.offer && !move.ask)
      act.problems(form, { text: level === "offers" ? t("talk.choose_deal") : t("talk.fill") });
    else act.order(move, { form });
  };
  const problem = Object.values(problems)[0];
  return h(
    "form",
    { class: "composer", id: "talk-form", onsubmit: submit, novalidate: true, key: "composer" },
    thread === SEVERAL ? several(state, draft, set) : null,
    level === "offers" && !isNote
      ? null
      : h(
          "div",
          { class: "field" },
          h("label", { for: "talk-text" }, t("talk.message")),
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
    isNote ? null : dealFields(state, draft, set, level),
    problem ? h("p", { class: "problem", id: "talk-problem" }, problem) : null,
    forbidden && forbidden !== levelWords(level) ? h("p", { class: "quiet", id: "talk-closed" }, forbidden) : null,
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
      waiting ? t("talk.sending") : sendLabel(thread, draft, state, names),
    ),
  );
}

/** Say who can read what the button sends. */
function sendLabel(thread, draft, state, names) {
  if (thread === EVERYONE) return t("talk.send.everyone");
  if (thread === MODERATOR) return t("talk.send.moderator");
  const seat = seatOfNotes(thread);
  if (seat) return t("talk.send.only", { states: names[seat] ?? seat });
  if (allianceIn(thread) !== null) return t("talk.send.alliance");
  if (thread !== SEVERAL) return t("talk.send.only", { states: titleOf(thread, state) });
  const states = (draft.to ?? []).map((code) => names[code] ?? code);
  return states.length ? t("talk.send.only", { states: listed(states) }) : t("talk.send.nobody");
}

function several(state, draft, set) {
  const chosen = draft.to ?? [];
  return h(
    "fieldset",
    { class: "group" },
    h("legend", null, t("talk.several_states")),
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
  const choices = [{ value: "", label: t("talk.nothing") }, ...deals.map((value) => ({ value, label: spaced(value) }))];
  const states = [
    { value: "", label: t("talk.no_state") },
    ...(viewOf(state)?.others ?? []).map(({ id }) => ({ value: id, label: names[id] ?? id })),
  ];
  return h(
    "details",
    { class: "deal-fields", open: level === "offers" || null },
    h("summary", null, t("talk.deal")),
    select("talk-offer", t("talk.offer"), draft.offer ?? "", choices, (value) => set("offer", value)),
    select("talk-ask", t("talk.ask"), draft.ask ?? "", choices, (value) => set("ask", value)),
    select("talk-about", t("talk.about"), draft.about ?? "", states, (value) => set("about", value)),
  );
}

/** Return the deals that the catalogue of moves knows. */
function dealsOf(entry) {
  const form = entry?.schema?.properties?.offer;
  const options = [form, ...(form?.anyOf ?? [])].find((one) => Array.isArray(one?.enum));
  return (options?.enum ?? []).filter((value) => typeof value === "string");
}
