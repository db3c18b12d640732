// The worlds of a class side by side: date, phase, who is waited for, crises and wars, seats.

import { h } from "../h.mjs";
import { t } from "../text/text.mjs";
import { clock, listed, longDate } from "../words.mjs";
import { button, tag } from "../ui/parts.mjs";
import { shareLink } from "../ui/share_link.mjs";
import { sinceWords } from "./since.mjs";
import { secondsLeftOf } from "./store.mjs";

/** The most worlds that a replay shows beside each other. */
const BESIDE_MOST = 4;
const TONES = { running: "good", paused: "warn" };

/** Draw the worlds. */
export function worlds(state, act, now) {
  const beside = replays(state.board, act);
  return h(
    "section",
    { key: "worlds", class: "worlds", "aria-labelledby": "worlds-heading" },
    h("h2", { id: "worlds-heading", class: "hidden" }, t("class.worlds")),
    beside.length ? h("p", { key: "replays", class: "buttons" }, beside) : null,
    state.board.worlds.map((world) => card(world, state, act, now)),
  );
}

/** Draw links to the replay of ended worlds beside each other, as many at once as the page shows. */
export function replays({ worlds: all }, act) {
  const ended = all.filter((world) => world.phase === "ended").map((world) => world.world);
  if (ended.length < 2) return [];
  const groups = Array.from({ length: Math.ceil(ended.length / BESIDE_MOST) }, (_, at) => ended.slice(at * BESIDE_MOST, (at + 1) * BESIDE_MOST));
  return groups.map((group) => h("a", { key: group[0], class: "button", id: `replay-${group[0]}`, href: act.address("replay", group.join("+")), target: "_blank", rel: "noopener" }, t("class.replay-worlds", { worlds: listed(group) })));
}

function card(world, state, act, now) {
  const heading = `world-${world.world}-heading`;
  const inPlay = world.phase === "running" || world.phase === "paused";
  const happens = happening(world);
  return h(
    "article",
    { key: world.world, class: "panel world", id: `world-${world.world}`, "aria-labelledby": heading },
    h(
      "div",
      { class: "panel-head" },
      h("h3", { id: heading }, h("span", { class: "letter-mark" }, world.world), " ", longDate(world.date)),
      h("span", { class: "world-clock" }, inPlay ? timeLeft(world, state, now) : null, tag(t(`class.phase-${world.phase}`), TONES[world.phase] ?? "")),
    ),
    world.reason ? h("p", { class: "pause-reason" }, t("class.paused-because", { reason: world.reason })) : null,
    inPlay ? h("p", { class: "world-waits" }, waits(world)) : null,
    h(
      "ul",
      { class: "plain happening" },
      happens.map((words) => h("li", { key: words }, words)),
      happens.length ? null : h("li", { class: "quiet", key: "none" }, t(inPlay ? "class.no-crisis" : isUnread(world) ? "class.reading-end" : `class.happens-${world.phase}`)),
    ),
    isUnread(world) ? null : seatList(world, state, now),
    h(
      "div",
      { class: "buttons world-links" },
      // The console of a world that has ended opens at its debrief.
      way(world, act, "console", t(world.phase === "ended" ? "class.open-debrief" : "class.open-console")),
      way(world, act, "watch", t("class.watch")),
      button(t("class.observers-link"), () => act.observersLink(world.world), {
        kind: "small",
        "aria-label": t("class.observers-link-of", { world: world.world }),
      }),
    ),
    shared(world, state, act),
  );
}

/** Whether a world has ended and the server still reads how. @param {any} world */
export const isUnread = (world) => world.phase === "ended" && !world.date;

/** Draw a link to a world's page in a tab of its own: the page asks the class for the way in, and turns to the debrief at the end. */
export const way = (world, act, page, label) =>
  h(
    "a",
    {
      class: "button small",
      href: act.address(page, world.world),
      target: "_blank",
      rel: "noopener",
      "aria-label": `${label}: ${t("class.world", { world: world.world })}`,
    },
    label,
  );

function shared(world, state, act) {
  const link = state.links[world.world];
  if (!link) return null;
  return shareLink(`observers-${world.world}`, link.url, t("class.observers-link-of", { world: world.world }), {
    qr: link.qr,
    copied: state.ui.copied,
    onCopied: (id) => act.ui({ copied: id }),
  });
}

/** Draw the time left at a world's stop; nothing without a deadline. */
export function timeLeft(world, state, now) {
  const left = secondsLeftOf(world, state.boardAt, now);
  if (left === null) return null;
  return h("span", { class: `clock ${left <= 15 ? "soon" : ""}` }, clock(left));
}

/** Say for how many seats a world waits, or that it waits for people to come. */
export function waits(world) {
  const count = world.seats.filter((seat) => seat.waited_for).length;
  if (count) return h("strong", null, t("class.waits-for", { count }));
  return world.waits_for_people ? h("strong", null, t("class.waits-for-seats")) : t("class.waits-for-nobody");
}

/** Say a world's wars and crises. */
export function happening(world) {
  const name = (id) => world.seats.find((seat) => seat.seat === id)?.name ?? id;
  const many = (ids) => new Intl.ListFormat(document.documentElement.lang, { type: "conjunction" }).format(ids.map(name));
  return [
    ...world.wars.map((war) => t("class.war", { attackers: many(war.attackers), defenders: many(war.defenders) })),
    ...world.crises.map((crisis) =>
      t("class.crisis", { initiator: name(crisis.initiator), target: name(crisis.target), level: t(`class.level-${crisis.level}`) }),
    ),
  ];
}

// Those who are waited for stand on top, and people whose seat a bot plays until they take it; those who need no look are folded.
function seatList(world, state, now) {
  const isBot = (seat) => seat.occupant === "bot" && !seat.people.length;
  const played = world.seats.filter((seat) => !isBot(seat) && seat.active);
  const inPlay = world.phase === "running" || world.phase === "paused";
  const shown = played.filter((seat) => seat.waited_for || seat.occupant === "bot" || !inPlay);
  const ready = played.filter((seat) => !shown.includes(seat));
  const bots = world.seats.filter((seat) => isBot(seat) && seat.active);
  const later = world.seats.filter((seat) => !seat.active);
  const row = (seat) => seatRow(seat, world, state, now);
  return [
    h("ul", { class: "plain seat-rows", key: "seats" }, shown.map(row)),
    folded(`ready-${world.world}`, t("class.ready-seats", { count: ready.length }), ready, row),
    folded(`bots-${world.world}`, t("class.bot-seats", { count: bots.length }), bots, row),
    folded(`later-${world.world}`, t("class.later-seats", { count: later.length }), later, row),
  ];
}

const folded = (key, title, seats, row) =>
  seats.length
    ? h("details", { key, class: "folded" }, h("summary", null, title), h("ul", { class: "plain seat-rows" }, seats.map(row)))
    : null;

function seatRow(seat, world, state, now) {
  const held = seat.people.map((id) => state.board.people.find((person) => person.person === id)).filter(Boolean);
  return h(
    "li",
    { key: seat.seat, class: "seat-row" },
    h("strong", null, seat.name),
    h("span", { class: "held-by" }, held.map((person) => person.name).join(", ")),
    h("span", { class: "seat-now" }, standing(seat, held, world, state, now)),
  );
}

function standing(seat, held, world, state, now) {
  if (!seat.active) return h("span", { class: "quiet" }, t("class.not-in-play"));
  if (seat.occupant === "bot") return h("span", { class: "quiet" }, t(held.length ? `class.bot-for-${world.phase === "lobby" ? "later" : "now"}` : "class.is-bot"));
  if (!seat.connected) {
    const at = Math.max(0, ...held.map((person) => state.seenAt[person.person] ?? 0));
    const words = at ? t("class.away-since", { since: sinceWords((now - at) / 1000) }) : t(held.length ? "class.away" : "class.is-empty");
    return h("span", { class: held.length ? "bad-words" : "quiet" }, `○ ${words}`);
  }
  if (world.phase !== "running") return `● ${t("class.here")}`;
  if (seat.waited_for) return `● ${t("class.decides")}`;
  return h("span", { class: "good-words" }, `✓ ${t("class.ready")}`);
}
