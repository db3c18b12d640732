// The bar on top: which game, which seat, when, how long, and whether everything is safe.

import { h } from "../h.mjs";
import { secondsLeft } from "../seat.mjs";
import { viewOf } from "../store.mjs";
import { locale, t } from "../text/text.mjs";
import { clock, longDate, phaseName, roleName, whichWorld } from "../words.mjs";
import { languages } from "./languages.mjs";
import { button, open, stateName } from "./parts.mjs";

const CONNECTION = {
  connecting: ["…", "header.connecting"],
  open: ["●", "header.connected"],
  silent: ["…", "header.checking"],
  waiting: ["↻", "header.reconnecting"],
  closed: ["○", "header.notConnected"],
  nowhere: ["○", "header.noLink"],
};

/** Draw the header. */
export function header(state, act, now) {
  const { welcome, status } = state;
  const how = state.connection.state === "open" && state.connection.silent ? "silent" : state.connection.state;
  const [sign, words] = CONNECTION[how] ?? CONNECTION.closed;
  const left = secondsLeft(state, now);
  const view = viewOf(state);
  // Between stops the status knows the day; the view is of the newest stop that concerned this seat.
  const isBehind = view && status && status.tick > view.tick;
  const date = (isBehind ? null : view?.date) ?? status?.date ?? welcome?.scenario?.start;
  const window = view?.window ?? state.window?.window;
  return h(
    "header",
    { class: "top", key: "header" },
    h(
      "div",
      { class: "brand" },
      h("span", { class: "mark", "aria-hidden": "true" }, "⚖"),
      h(
        "div",
        { class: "brand-words" },
        h("h1", null, welcome?.scenario?.title ?? t("title.bare")),
        welcome?.world ? h("p", { class: "which-world" }, whichWorld(welcome)) : null,
      ),
    ),
    welcome
      ? h(
          "dl",
          { class: "facts" },
          item("seat", t("header.seat"), seat(state)),
          item("date", t("header.date"), longDate(date)),
          window === undefined ? null : item("window", t("header.window"), String(window + 1)),
          item(
            "phase",
            t("header.phase"),
            h("span", { class: `phase phase-${status?.phase ?? "lobby"}` }, phaseName(status?.phase)),
          ),
          // Before the start nothing runs out, and after the end nothing can.
          status?.phase === "ended" || status?.phase === "lobby"
            ? null
            : item(
                "left",
                status?.due ? t("header.closes") : t("header.timeLeft"),
                status?.due
                  ? dueLink(status, welcome.session)
                  : left === null
                    ? unlimited(status)
                    : h("span", { class: `clock ${left <= 15 ? "soon" : ""}` }, clock(left)),
              ),
          item(
            "link",
            t("header.connection"),
            h(
              "span",
              { class: `link link-${how}` },
              h("span", { "aria-hidden": "true" }, sign),
              " ",
              h("span", { class: "link-words" }, t(words)),
            ),
          ),
          saved(state),
        )
      : null,
    welcome ? pages(state, act) : h("nav", { class: "pages", "aria-label": t("header.pages") }, languages(act)),
  );
}

// A seat reads at all times that its orders are safe; a moderator only what is still on the way.
function saved({ welcome, orders }) {
  const waiting = orders.filter((order) => order.state === "waiting").length;
  if (welcome.seat) return item("saved", t("header.orders"), kept(waiting));
  return waiting ? item("saved", t("header.commands"), kept(waiting)) : null;
}

function kept(waiting) {
  return waiting ? t("header.onTheWay", { count: waiting }) : h("span", { class: "all-saved" }, t("header.saved"));
}

// A window that closes at a time of day leads to a calendar file with that time. It stands as the clocks of the zone show it.
const dueLink = (status, session) =>
  h(
    "a",
    { class: "due", href: `../s/${session}/due.ics`, title: t("header.dueTitle", { zone: status.time_zone }) },
    dueWords(status.due),
  );

/** Say a closing time, short enough for the header's one line: "Tue 3 Nov, 18:00". */
function dueWords(due) {
  const [day, time] = due.split("T");
  const date = new Intl.DateTimeFormat(locale(), { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });
  return `${date.format(new Date(`${day}T12:00Z`)).replace(",", "")}, ${time.slice(0, 5)}`;
}

function unlimited(status) {
  const isAlone = status?.mode === "windows" && status.seats?.length && !status.seats.some((seat) => seat.occupant === "human");
  return isAlone ? t("header.onlyBots") : t("header.noLimit");
}

const item = (key, term, value) =>
  h("div", { key, class: `fact fact-${key}` }, h("dt", null, term), h("dd", null, value));

function seat(state) {
  const { role, seat: id, scenario } = state.welcome;
  if (!id) return roleName(role);
  return stateName(id, scenario.actors.find((actor) => actor.id === id)?.name);
}

/** Draw the ways to the other pages. */
export function pages(state, act) {
  const { welcome } = state;
  const at = (page) => ({ "aria-current": state.ui.page === page ? "page" : null });
  return h(
    "nav",
    { class: "pages", "aria-label": t("header.pages") },
    button(
      t({ player: "header.play", team: "header.play", observer: "header.wall" }[welcome.role] ?? "header.session"),
      () => act.page("play"),
      { kind: "page", id: "page-play", ...at("play") },
    ),
    welcome.role === "observer"
      ? button(t("header.details"), () => act.page("details"), { kind: "page", id: "page-details", ...at("details") })
      : null,
    welcome.seat
      ? button(t("header.brief"), () => act.page("brief"), { kind: "page", id: "page-brief", ...at("brief") })
      : null,
    button(t("header.debrief"), () => act.page("debrief"), { kind: "page", id: "page-debrief", ...at("debrief") }),
    welcome.class_title && !welcome.seat && welcome.role !== "observer"
      ? h("a", { class: "button page", id: "to-class", href: new URL("../class", import.meta.url).href }, t("header.class"))
      : null,
    button(t("header.help"), () => open("help"), { kind: "page", id: "ask-help", "aria-haspopup": "dialog" }),
    languages(act),
  );
}

/** What a screen reader hears of time: at five minutes, one minute and fifteen seconds, not every second. */
export function timeSpoken(left) {
  if (left === null || left > 300) return "";
  if (left > 60) return t("header.less5");
  if (left > 15) return t("header.less1");
  return left > 0 ? t("header.less15") : t("header.timeUp");
}

/** What a screen reader hears of orders: the newest one that was answered. */
export function saveSpoken(state, title) {
  const last = state.orders.findLast?.((order) => order.state !== "waiting") ?? null;
  if (!last) return "";
  return last.state === "saved" ? t("header.orderSaved", { what: title(last) }) : t("header.orderRefused", { what: title(last) });
}
