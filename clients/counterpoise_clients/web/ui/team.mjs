// The people of a seat: who decides, what is proposed, another device, and what the moderator or a bot does to the seat.

import { codeSeconds, decides, isNudged, memberName, mustPropose, teamOf } from "../desk.mjs";
import { summary } from "../forms.mjs";
import { h } from "../h.mjs";
import { qrPicture } from "../qr/picture.mjs";
import { keptDrafts } from "../options.mjs";
import { canSend, catalogueOf } from "../seat.mjs";
import { t } from "../text/text.mjs";
import { draftedThreads } from "../threads.mjs";
import { clock } from "../words.mjs";
import { button, panel, select } from "./parts.mjs";

const nameless = (number) => t("team.nameless", { number });
const named = (team, id) => memberName(team, id, nameless);

/** The words of the button that sends a move: whoever does not decide proposes it. */
export const sendWords = (state, kind, otherwise) =>
  mustPropose(state, kind) ? t("team.proposeWhat", { what: catalogueOf(state).moves[kind]?.title ?? kind }) : otherwise;

/** Draw who decides and what is proposed, where several people share the seat. */
export function teamPanel(state, names, act) {
  const team = teamOf(state);
  if (!team) return null;
  const mine = state.welcome.member;
  const decider = named(team, team.decider);
  return panel(
    "team",
    decides(state) ? t("team.youDecide") : t("team.decides", { name: decider }),
    { class: "team" },
    h("p", { class: "lead", role: "status" }, because(team, mine)),
    h(
      "ul",
      { class: "plain members" },
      team.members.map((member) =>
        h(
          "li",
          { key: member.id, "data-member": member.id },
          h("strong", null, named(team, member.id)),
          member.id === mine ? ` ${t("team.you")}` : "",
          " · ",
          t(member.online ? "team.here" : "team.away"),
          member.id === team.decider ? ` · ${t("team.isDecider")}` : "",
          decides(state) && member.id !== mine
            ? [
                " ",
                button(t("team.passOn", { name: named(team, member.id) }), () => act.passOn(member.id), {
                  kind: "small",
                  "data-pass": member.id,
                  disabled: !canSend(state),
                }),
              ]
            : null,
        ),
      ),
    ),
    h("h3", null, t("team.proposals")),
    team.proposals.length
      ? h(
          "ul",
          { class: "plain", id: "proposals" },
          team.proposals.map((one) => proposal(one, team, state, names, act)),
        )
      : h("p", { class: "quiet" }, t(decides(state) ? "team.noneToSend" : "team.noneProposed")),
    team.dropped.length
      ? h(
          "div",
          { class: "dropped" },
          h("h3", null, t("team.dropped", { count: team.dropped.length })),
          h("ul", { class: "plain quiet" }, team.dropped.map((one) => h("li", { key: one.id }, said(one, team, state, names)))),
        )
      : null,
    team.orders.length
      ? [
          h("h3", null, t("team.waiting")),
          h(
            "ul",
            { class: "plain", id: "team-orders" },
            team.orders.map((one) =>
              h(
                "li",
                { key: one.id, "data-order": one.id },
                said(one, team, state, names),
                " ",
                decides(state) || one.by === mine
                  ? button(t("team.withdraw"), () => act.withdraw(one.id), { kind: "small", disabled: !canSend(state) })
                  : null,
              ),
            ),
          ),
        ]
      : null,
  );
}

function because(team, mine) {
  if (team.because === "turn") return t(team.decider === mine ? "team.yourTurn" : "team.theirTurn", { name: named(team, team.decider) });
  if (team.because === "absent" || team.because === "passed" || team.because === "moderator" || team.because === "left")
    return t(`team.because-${team.because}`, { name: named(team, team.decider) });
  return t(team.decider === mine ? "team.decidersTask" : "team.othersTask");
}

function said(one, team, state, names) {
  const entry = catalogueOf(state).moves[one.move.kind];
  if (!entry) return one.move.kind;
  const { title, detail } = summary(one.move, entry, names);
  return [h("strong", null, title), detail ? ` – ${detail}` : "", one.by ? ` (${named(team, one.by)})` : ""];
}

function proposal(one, team, state, names, act) {
  const mine = one.by === state.welcome.member;
  return h(
    "li",
    { key: one.id, "data-proposal": one.id },
    h("p", null, said(one, team, state, names)),
    h(
      "p",
      { class: "buttons" },
      decides(state)
        ? [
            button(t("team.send"), () => act.sendProposal(one), { kind: "small primary", "data-send": one.id, disabled: !canSend(state) }),
            " ",
            button(t("team.change"), () => act.changeProposal(one), { kind: "small", "data-change": one.id }),
            " ",
          ]
        : null,
      decides(state) || mine
        ? button(t(mine ? "team.takeBack" : "team.drop"), () => act.drop(one.id), {
            kind: "small",
            "data-drop": one.id,
            disabled: !canSend(state),
          })
        : null,
    ),
  );
}

/** Draw how to go on, on another device, and whether the page may make a tone. */
export function devicePanel(state, act, now) {
  const left = codeSeconds(state, now);
  const drafts = keptDrafts(state).length + draftedThreads(state.ui.drafts).length;
  return panel(
    "device",
    t("team.device"),
    { class: "device" },
    h("p", { class: "quiet" }, t("team.deviceHelp")),
    drafts ? h("p", { id: "drafts-stay" }, h("strong", null, t("team.draftsStay", { count: drafts }))) : null,
    left > 0
      ? h(
          "div",
          { class: "device-code", role: "status" },
          h("p", null, t("team.codeIs", { address: codeAddress(state) }), " ", h("code", { class: "code-big", id: "device-code" }, state.device.code)),
          h("p", { class: "quiet" }, t("team.codeLasts", { time: clock(left) })),
          qrPicture(state.device.qr, t("team.codeQr")),
        )
      : null,
    h(
      "div",
      { class: "buttons" },
      button(t(left > 0 ? "team.newCode" : "team.showCode"), act.askDevice, { id: "ask-device", disabled: !canSend(state) }),
    ),
    h(
      "label",
      { class: "check" },
      h("input", { type: "checkbox", id: "allow-tone", checked: act.hasTone(), onchange: (event) => act.allowTone(event.target.checked) }),
      " ",
      t("team.allowTone"),
    ),
  );
}

/** Where the code is typed: on the page on which a class joins, or, without a class, on the page of the session itself. */
function codeAddress(state) {
  const { host, pathname } = state.welcome.class_title ? new URL("../join", import.meta.url) : location;
  return `${host}${pathname}`;
}

/** A strip that says what the moderator or a bot does to this seat, and why the clock waits. */
export function seatNotices(state) {
  const { status, welcome } = state;
  if (!status || !welcome) return null;
  const own = status.seats.find((seat) => seat.seat === welcome.seat);
  const others = status.seats.filter((seat) => seat.more_seconds >= 0 && seat.seat !== welcome.seat && !seat.ready);
  const away = status.seats.filter((seat) => seat.away && seat.seat !== welcome.seat);
  const lines = [
    isNudged(state) ? ["nudge", t("team.nudged")] : null,
    own?.away ? ["bot", t("team.botDecided")] : null,
    own && own.more_seconds >= 0 ? ["more", t("team.youHaveMore")] : null,
    status.phase === "running" && others.length
      ? ["waits", t("team.othersHaveMore", { names: others.map((seat) => seat.name).join(", ") })]
      : null,
    away.length ? ["away", t("team.botsPlay", { names: away.map((seat) => seat.name).join(", ") })] : null,
  ].filter((line) => line !== null);
  return lines.length
    ? h(
        "div",
        { key: "strip-seat", class: "strip strip-notice", role: "status" },
        lines.map(([kind, words]) => h("p", { key: kind, "data-notice": kind }, words)),
      )
    : null;
}

/** Draw, for a moderator, who asks to hold a seat again, who is away, and how shared seats decide. */
export function peoplePanel(state, act) {
  const rows = state.status?.seats ?? [];
  const waited = rows.filter((seat) => seat.occupant === "human" && !seat.ready && seat.active !== false);
  const lent = rows.filter((seat) => seat.away);
  const isPlaying = state.status?.phase === "running" || state.status?.phase === "paused";
  return panel(
    "people",
    t("team.people"),
    { class: "people" },
    state.requests.map((one) => request(one, rows, state, act)),
    h(
      "div",
      { class: "buttons" },
      button(t("team.absentToBots"), () => act.command({ kind: "absent_to_bots" }), { id: "absent-to-bots", disabled: !isPlaying }),
    ),
    h(
      "div",
      { class: "field" },
      h("label", { for: "absent-windows" }, t("team.absentWindows")),
      h("input", {
        id: "absent-windows",
        type: "number",
        min: 0,
        max: 100,
        value: state.console.ui.absent || (state.console.news?.absent_windows ?? ""),
        oninput: (event) => act.console({ absent: event.target.value }),
        onchange: (event) => act.command({ kind: "absence", windows: Number(event.target.value) }),
      }),
    ),
    lent.length ? h("p", { id: "lent" }, t("team.botsPlay", { names: lent.map((seat) => seat.name).join(", ") })) : null,
    isPlaying && waited.length
      ? h(
          "ul",
          { class: "plain", id: "waited-for" },
          waited.map((seat) =>
            h(
              "li",
              { key: seat.seat },
              h("strong", null, seat.name),
              seat.player ? ` (${seat.player})` : "",
              " ",
              button(t("team.remind"), () => act.command({ kind: "nudge", seat: seat.seat }), {
                kind: "small",
                "data-nudge": seat.seat,
                "aria-label": t("team.remindWhom", { name: seat.name }),
              }),
              " ",
              button(t("team.moreTime"), () => act.command({ kind: "extend", seat: seat.seat, seconds: 60 }), {
                kind: "small",
                "data-more": seat.seat,
                "aria-label": t("team.moreTimeFor", { name: seat.name }),
              }),
            ),
          ),
        )
      : null,
    teamLinks(rows, act),
    Object.values(state.desks).map((desk) => deciding(desk, rows, act)),
  );
}

function teamLinks(rows, act) {
  return select(
    "team-link",
    t("team.linkFor"),
    "",
    [{ value: "", label: t("team.chooseSeat") }, ...rows.map((seat) => ({ value: seat.seat, label: seat.name }))],
    (value) => value && act.command({ kind: "seat", seat: value, to: "team" }),
  );
}

function deciding(desk, rows, act) {
  const name = rows.find((seat) => seat.seat === desk.seat)?.name ?? desk.seat;
  const set = (change) =>
    act.command({ kind: "team", seat: desk.seat, deciding: desk.deciding, writing: desk.writing, ...change });
  return h(
    "fieldset",
    { key: desk.seat, "data-team": desk.seat },
    h("legend", null, t("team.teamOf", { name })),
    select(
      `decider-${desk.seat}`,
      t("team.whoDecides"),
      desk.decider,
      desk.members.map((member) => ({ value: member.id, label: named(desk, member.id) })),
      (decider) => set({ decider }),
    ),
    select(
      `deciding-${desk.seat}`,
      t("team.howDecides"),
      desk.deciding,
      ["fixed", "rotating"].map((value) => ({ value, label: t(`team.${value}`) })),
      (value) => set({ deciding: value }),
    ),
    select(
      `writing-${desk.seat}`,
      t("team.whoWrites"),
      desk.writing,
      ["anyone", "decider"].map((value) => ({ value, label: t(`team.writes-${value}`) })),
      (value) => set({ writing: value }),
    ),
  );
}

// One button for each person whose place it may be: the moderator knows who stands there.
function request(one, rows, state, act) {
  const people = rows
    .filter((seat) => seat.occupant === "human" || seat.away)
    .flatMap((seat) => {
      const team = state.desks[seat.seat];
      const whole = { seat: seat.seat, member: "", label: `${seat.name}${seat.player ? ` – ${seat.player}` : ""}` };
      if (!team || team.members.length < 2) return [whole];
      return team.members.map((member) => ({ seat: seat.seat, member: member.id, label: `${seat.name} – ${named(team, member.id)}` }));
    });
  const answer = (allowed, who = { seat: "", member: "" }) =>
    act.command({ kind: "consent", request: one.id, allowed, seat: who.seat, member: who.member });
  return h(
    "div",
    { key: `request-${one.id}`, class: "confirm", role: "alert", "data-request": one.id },
    h("p", null, t("team.asks", { name: one.name || t("team.somebody"), says: one.says })),
    h("p", { class: "quiet" }, t("team.asksHelp")),
    h(
      "p",
      { class: "buttons" },
      people.map((who) => [
        button(t("team.letIn", { who: who.label }), () => answer(true, who), {
          key: `${who.seat}${who.member}`,
          kind: "small",
          "data-let-in": who.seat,
        }),
        " ",
      ]),
      button(t("team.refuse"), () => answer(false), { kind: "small", "data-refuse": one.id }),
    ),
  );
}

/** Draw, on a page without a seat, how to come back: by a code or with the moderator's consent. */
export function comeBack(act) {
  const code = (event) => {
    event.preventDefault();
    act.useCode(new FormData(event.target).get("code") ?? "");
  };
  const ask = (event) => {
    event.preventDefault();
    act.askIn(String(new FormData(event.target).get("says") ?? ""));
  };
  return [
    h("h3", null, t("team.haveCode")),
    h("p", { class: "quiet" }, t("team.whereCode")),
    h(
      "form",
      { key: "code", onsubmit: code, class: "field" },
      h("label", { for: "type-code" }, t("team.code")),
      h("input", { id: "type-code", name: "code", type: "text", autocomplete: "off", autocapitalize: "characters", maxlength: 12, required: true }),
      h("button", { type: "submit", class: "button primary", id: "use-code" }, t("team.goOnHere")),
    ),
    h("h3", null, t("team.noCode")),
    h(
      "form",
      { key: "ask", onsubmit: ask, class: "field" },
      h("label", { for: "says" }, t("team.whoAreYou")),
      h("input", { id: "says", name: "says", type: "text", maxlength: 80, required: true }),
      h("button", { type: "submit", class: "button", id: "ask-in" }, t("team.askModerator")),
    ),
  ];
}
