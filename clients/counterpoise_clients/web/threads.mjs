// The threads of messages that a page shows, made from its incidents and its read marks. Pure.

import { namesOf, viewOf } from "./store.mjs";
import { t } from "./text/text.mjs";

/** @typedef {import("./store.mjs").State} State */
/** @typedef {import("./store.mjs").Incident} Incident */
/** @typedef {{ name: string, title: string, messages: Incident[], count: number, unread: number }} Thread */

export const EVERYONE = "everyone";
export const SEVERAL = "several";
/** The thread of a seat with the moderator; a moderator has one with each seat, named with the code of its state. */
export const MODERATOR = "moderator";
/** The threads of alliances are named with this and the alliance's number. */
const ALLIANCE = "alliance";

/**
 * Say what the level of talk forbids; nothing where it forbids nothing.
 *
 * @param {string} level
 */
export const levelWords = (level) => (level === "free" ? "" : t(`talk.level.${level}`));

/**
 * Return the threads, the one with the newest message first. A seat's own messages are never unread.
 *
 * @param {State} state
 * @returns {Thread[]}
 */
export function threadsOf(state) {
  const own = state.welcome?.seat ?? "";
  /** @type {Map<string, Incident[]>} */
  const found = new Map();
  for (const incident of state.incidents) {
    if (incident.kind !== "message" && incident.kind !== "note") continue;
    const name = incident.kind === "message" ? incident.detail.thread : own ? MODERATOR : `${MODERATOR} ${incident.actors[0]}`;
    found.set(name, [...(found.get(name) ?? []), incident]);
  }
  return [...found]
    .map(([name, unsorted]) => {
      const messages = [...unsorted].sort((a, b) => a.detail.number - b.detail.number);
      const read = state.read[name] ?? 0;
      // What a seat has written since the moderator's last note waits for an answer.
      const open = messages.length - 1 - messages.map(writerOf).lastIndexOf("");
      const unread = seatOfNotes(name) ? open : own ? messages.filter((one) => writerOf(one) !== own && one.detail.number > read).length : 0;
      const count = messages[messages.length - 1].detail.number;
      return { name, title: titleOf(name, state), messages, count, unread };
    })
    .sort((a, b) => newest(b) - newest(a));
}

/**
 * Return the code of the state that wrote a message or a note; "" for the moderator.
 *
 * @param {Incident} one
 */
export const writerOf = (one) => (one.kind === "note" && one.detail.by === MODERATOR ? "" : one.actors[0]);

/**
 * Return the seat with which the moderator talks in a thread, or "".
 *
 * @param {string} thread
 */
export const seatOfNotes = (thread) => (thread.startsWith(`${MODERATOR} `) ? thread.slice(MODERATOR.length + 1) : "");

/** @param {Thread} thread */
const newest = (thread) => thread.messages[thread.messages.length - 1].tick;

/**
 * Return a thread's name for people.
 *
 * @param {string} thread
 * @param {State} state
 */
export function titleOf(thread, state) {
  if (thread === EVERYONE) return t("talk.everyone");
  if (thread === SEVERAL) return t("talk.several");
  const names = namesOf(state);
  if (thread === MODERATOR) return t("talk.moderator");
  const seat = seatOfNotes(thread);
  if (seat) return t("talk.with_seat", { state: names[seat] ?? seat });
  const number = allianceIn(thread);
  if (number === null) {
    const others = thread.split("+").filter((code) => code !== state.welcome?.seat);
    return others.map((code) => names[code] ?? code).join(", ");
  }
  const pact = viewOf(state)?.alignments.find((one) => one.id === number);
  const members = (pact?.members ?? []).filter((code) => code !== state.welcome?.seat).map((code) => names[code] ?? code);
  return pact ? t("talk.alliance", { members: pact.name || members.join(", ") }) : t("talk.former");
}

/**
 * Return the number of the alliance that a thread belongs to, or null.
 *
 * @param {string} thread
 */
export function allianceIn(thread) {
  const match = /^alliance (\d+)$/.exec(thread);
  return match ? Number(match[1]) : null;
}

/**
 * Return whether a thread is with one state, or with several that are named: neither an alliance's nor the moderator's.
 *
 * @param {string} thread
 */
export const isOfStates = (thread) => ![EVERYONE, SEVERAL, MODERATOR].includes(thread) && allianceIn(thread) === null;

/**
 * Return whom one can write to: everyone, each state, each alliance, and the threads that there are; and a former alliance, if
 * something is half written to it or it is open.
 *
 * @param {State} state
 * @returns {{ value: string, label: string }[]}
 */
export function addressees(state) {
  const view = viewOf(state);
  if (!state.welcome?.seat) return Object.keys(namesOf(state)).map((code) => `${MODERATOR} ${code}`).map((value) => ({ value, label: titleOf(value, state) }));
  if (!view) return [];
  const own = view.own.id;
  const pairs = view.others.map((other) => [own, other.id].sort().join("+"));
  const pacts = view.alignments.filter((one) => one.members.includes(own)).map((one) => `${ALLIANCE} ${one.id}`);
  const known = threadsOf(state)
    .map((thread) => thread.name)
    .filter((name) => !name.startsWith(ALLIANCE));
  const drafted = draftedThreads(state.ui.drafts);
  const all = [...new Set([EVERYONE, ...pairs, ...pacts, ...known, MODERATOR, SEVERAL, ...drafted, state.ui.thread])];
  return all.map((value) => ({ value, label: titleOf(value, state) }));
}

/**
 * Return the name of the form that writes to a thread. Each thread has its own draft, so that words meant for one state
 * are never sent to others.
 *
 * @param {string} thread
 */
export const formTo = (thread) => `message/${thread}`;

/**
 * Return whether something is half written to a thread.
 *
 * @param {import("./store.mjs").Drafts} drafts
 * @param {string} thread
 */
export function hasDraft(drafts, thread) {
  const draft = drafts[formTo(thread)] ?? {};
  return Boolean(draft.text || draft.offer || draft.ask);
}

/**
 * Return the threads that something is half written to.
 *
 * @param {import("./store.mjs").Drafts} drafts
 */
export function draftedThreads(drafts) {
  const start = formTo("");
  const threads = Object.keys(drafts).filter((form) => form.startsWith(start)).map((form) => form.slice(start.length));
  return threads.filter((thread) => hasDraft(drafts, thread));
}

/**
 * Return the thread to open for somebody who comes to read: the newest with unread messages, or "" if there is none or
 * the open one has some.
 *
 * @param {State} state
 */
export function firstToRead(state) {
  const unread = threadsOf(state).filter((thread) => thread.unread);
  return unread.some((thread) => thread.name === state.ui.thread) ? "" : (unread[0]?.name ?? "");
}

/**
 * Return why nothing can be sent to a thread at a level of talk, or "".
 *
 * @param {string} thread
 * @param {string} level
 * @param {State} state
 */
export function closedAt(thread, level, state) {
  if (thread === MODERATOR || seatOfNotes(thread)) return "";
  if (level === "none") return levelWords(level);
  const number = allianceIn(thread);
  const view = viewOf(state);
  const isMember = view?.alignments.some((one) => one.id === number && one.members.includes(view.own.id));
  if (number !== null && view && !isMember)
    return t("talk.no_member");
  return level === "public" && thread !== EVERYONE ? `${levelWords(level)} ${t("talk.choose_everyone")}` : "";
}

/**
 * Return the move that writes to a thread.
 *
 * @param {string} thread
 * @param {Record<string, any>} draft
 * @param {string} own
 * @param {string} [level] the level of talk: words written before it forbade them stay in the draft
 * @returns {Wire.Json}
 */
export function messageTo(thread, draft, own, level = "free") {
  /** @type {Wire.Json} */
  const move = { kind: "message" };
  const number = allianceIn(thread);
  if (number !== null) move.alliance = number;
  else if (thread === SEVERAL) move.to = draft.to ?? [];
  else if (thread !== EVERYONE) move.to = thread.split("+").filter((code) => code !== own);
  const parts = level === "offers" ? ["offer", "ask", "about"] : ["text", "offer", "ask", "about"];
  for (const name of parts) if (draft[name]) move[name] = draft[name];
  return move;
}
