// The seats: for the moderator sorted by who is waited for, longest first, with what can be done for each; for others a plain list.

import { h } from "../h.mjs";
import { t } from "../text/text.mjs";
import { clock } from "../words.mjs";
import { button, dialog, open, panel, stateName, table, tag } from "../ui/parts.mjs";
import { shareLink } from "../ui/share_link.mjs";

/** Groups of more seats than this are folded: bots, and those that are ready. */
const OPEN_MOST = 4;
/** So many of those that are waited for are shown, the longest first; the others are folded. */
const WAITED_MOST = 8;
const AWAY_SECONDS = 60;
const SLOW_MS = 400;

/** Draw who sits where, who is online and who is ready. */
export function seats(state) {
  const rows = state.status?.seats ?? [];
  return panel(
    "seats",
    t("console.seats"),
    { class: "seats" },
    counts(rows),
    table({
      caption: t("console.seatsCaption"),
      class: "seat-table tight",
      rows,
      key: (seat) => seat.seat,
      columns: [
        { label: t("console.seat"), head: true, cell: (seat) => stateName(seat.seat, seat.name) },
        { label: t("console.heldBy"), cell: holder },
        { label: t("console.status"), cell: (seat) => plainStanding(seat, state.status.phase) },
      ],
    }),
  );
}

/** Draw the moderator's seats. */
export function managedSeats(state, act, now) {
  const rows = state.status?.seats ?? [];
  const passed = Math.max(0, (now - state.console.at) / 1000);
  const told = new Map((state.console.news?.seats ?? []).map((one) => [one.seat, later(one, passed)]));
  const groups = grouped(rows, told, state.status?.phase);
  return panel(
    "seats",
    t("console.seats"),
    { class: "seats" },
    counts(rows),
    groups.map((group) => drawn(group, told, state, act)),
    rows.filter((seat) => seat.occupant === "human").map((seat) => handingOver(seat, act)),
  );
}

/**
 * Sort seats into those that are waited for, longest first, others, those that are ready, bots, and states that do not exist.
 *
 * @param {any[]} rows seats of the status
 * @param {Map<string, { waited: number }>} told by the console's news
 * @param {string | undefined} phase
 * @returns {{ name: string, seats: any[], folded: boolean }[]}
 */
export function grouped(rows, told, phase) {
  const plays = phase === "running" || phase === "paused";
  const waited = (seat) => told.get(seat.seat)?.waited ?? -1;
  const groupOf = (seat) => {
    if (seat.active === false) return "absent";
    if (seat.occupant === "bot") return "bots";
    if (plays && waited(seat) >= 0) return "waited";
    return plays && seat.ready ? "ready" : "others";
  };
  const people = rows.some((seat) => seat.occupant === "human");
  return ["waited", "others", "ready", "bots", "absent"]
    .map((name) => ({ name, seats: rows.filter((seat) => groupOf(seat) === name) }))
    .filter(({ seats: found }) => found.length)
    .map(({ name, seats: found }) => ({
      name,
      seats: name === "waited" ? [...found].sort((a, b) => waited(b) - waited(a)) : found,
      folded: people && plays && ["ready", "bots", "absent"].includes(name) && found.length > OPEN_MOST,
    }));
}

const later = (one, passed) => ({
  ...one,
  waited: one.waited < 0 ? -1 : one.waited + passed,
  seen: one.seen < 0 ? -1 : one.seen + passed,
});

const counts = (rows) =>
  h(
    "p",
    { class: "lead" },
    t("console.seatCounts", {
      seats: rows.length,
      people: rows.filter((seat) => seat.occupant === "human").length,
      online: rows.filter((seat) => seat.online).length,
    }),
  );

function drawn(group, told, state, act) {
  const title = t(`console.group-${group.name}`, { count: group.seats.length });
  const most = group.name === "waited" ? WAITED_MOST : group.seats.length;
  const [first, more] = [group.seats.slice(0, most), group.seats.slice(most)];
  const rowsOf = (some) => groupTable(title, some, group.name, told, state, act);
  return h(
    "details",
    { key: group.folded ? `${group.name}-folded` : group.name, class: `seat-group group-${group.name}`, open: !group.folded },
    h("summary", null, title),
    rowsOf(first),
    more.length
      ? h("details", { key: "more", class: "seat-group" }, h("summary", null, t("console.moreSeats", { count: more.length })), rowsOf(more))
      : null,
  );
}

function groupTable(title, rows, group, told, state, act) {
  return table({
    caption: title,
    class: "seat-table tight",
    rows,
    key: (seat) => seat.seat,
    columns: [
      { label: t("console.seat"), head: true, cell: (seat) => h("span", { title: seat.seat }, seat.name) },
      { label: t("console.heldBy"), cell: holder },
      { label: t("console.status"), cell: (seat) => standing(seat, told.get(seat.seat), group, state.status.phase) },
      { label: t("console.actions"), full: true, cell: (seat) => actions(seat, state, act) },
    ],
  });
}

const holder = (seat) =>
  seat.occupant === "human" ? seat.player || t("console.person") : tag(t(`console.occupant-${seat.occupant}`));

function plainStanding(seat, phase) {
  if (seat.active === false) return h("span", { class: "quiet" }, phase === "ended" ? t("console.noState") : t("console.noStateNow"));
  const present = seat.occupant !== "human" ? null : seat.online ? t("console.online") : t("console.away");
  const parts = [present, seat.ready ? t("console.ready") : null].filter(Boolean);
  if (!parts.length) return h("span", { class: "quiet" }, t("console.notReady"));
  return parts.map((part, place) => [place ? ", " : "", h("span", { class: "part-of" }, part)]);
}

function standing(seat, told, group, phase) {
  if (group === "bots" || group === "absent" || !told) return plainStanding(seat, phase);
  const facts = [];
  if (told.waited >= 0) facts.push(h("strong", { class: "waited" }, t("console.waited", { time: clock(told.waited) })));
  else if (seat.ready) facts.push(t("console.ready"));
  if (seat.online && told.seen <= AWAY_SECONDS) facts.push(t("console.online"));
  else if (told.seen >= 0) facts.push(h("span", { class: "is-away" }, t("console.seen", { time: clock(told.seen) })));
  else facts.push(seat.online ? t("console.online") : h("span", { class: "is-away" }, t("console.away")));
  if (told.lag >= SLOW_MS) facts.push(h("span", { class: "is-away" }, t("console.lag", { lag: told.lag })));
  else if (told.lag >= 0) facts.push(h("span", { class: "quiet" }, t("console.lag", { lag: told.lag })));
  if (phase !== "lobby") facts.push(h("span", { class: "quiet" }, t("console.orders", { count: told.orders })));
  return facts.map((one, place) => h("span", { class: "line", key: String(place) }, one));
}

function actions(seat, state, act) {
  const { name } = seat;
  const link = (state.links ?? []).filter((one) => one.seat === seat.seat);
  return [
    h(
      "span",
      { class: "buttons", key: "buttons" },
      button(t("console.look"), () => act.look(seat.seat), { kind: "small", "aria-label": t("console.lookAt", { name }) }),
      seat.occupant === "human"
        ? button(t("console.toBot"), () => act.command({ kind: "seat", seat: seat.seat, to: "bot" }), {
            kind: "small",
            "aria-label": t("console.toBotWhat", { name }),
          })
        : null,
      seat.occupant === "human"
        ? button(t("console.newLinkAsk"), () => open(`link-${seat.seat}`), {
            kind: "small",
            "aria-haspopup": "dialog",
            "aria-label": t("console.newLinkWhat", { name }),
          })
        : button(t("console.newLink"), () => act.command({ kind: "seat", seat: seat.seat, to: "open" }), {
            kind: "small",
            "aria-label": t("console.newLinkWhat", { name }),
          }),
    ),
    link.map((one) =>
      h(
        "div",
        { key: one.url, class: "seat-link", "data-seat": seat.seat, role: "status" },
        shareLink(`share-${seat.seat}-${one.role}`, one.url, t("console.linkOf", { name }), {
          qr: one.qr,
          copied: state.console.ui.copied,
          onCopied: (copied) => act.console({ copied }),
        }),
      ),
    ),
  ];
}

// In a dialog: whoever sits there is shown out at once.
function handingOver(seat, act) {
  const make = (event) => {
    event.currentTarget.closest("dialog").close();
    act.command({ kind: "seat", seat: seat.seat, to: "open" });
  };
  return dialog(
    `link-${seat.seat}`,
    t("console.newLinkTitle", { name: seat.name }),
    h("p", null, t("console.newLinkHelp", { player: seat.player || t("console.aPerson") })),
    h("div", { class: "buttons" }, button(t("console.newLinkYes"), make, { kind: "danger", id: `do-link-${seat.seat}` })),
  );
}
