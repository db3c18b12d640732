// The bar on top of a class's pages, and the strip under it when something is wrong.

import { h } from "../h.mjs";
import { t } from "../text/text.mjs";
import { languages } from "../ui/languages.mjs";
import { button } from "../ui/parts.mjs";
import { counts } from "./counts.mjs";

const SIGNS = { idle: "", connecting: "…", open: "●", waiting: "↻", closed: "○" };

/** Draw the bar. */
export function classHeader(state, act, page) {
  const { board, lobby, connection } = state;
  const how = connection.state;
  return h(
    "header",
    { class: "top class-top", key: "header" },
    h(
      "div",
      { class: "brand" },
      h("span", { class: "mark", "aria-hidden": "true" }, "⚖"),
      h("h1", null, board?.title ?? lobby?.title ?? t("title.bare")),
    ),
    h(
      "p",
      { class: "class-facts" },
      board ? [board.scenario, counts(board)].join(" · ") : (lobby?.scenario ?? ""),
    ),
    how === "idle"
      ? null
      : h(
          "p",
          { class: `link link-${how}`, role: "status" },
          h("span", { "aria-hidden": "true" }, SIGNS[how] ?? ""),
          " ",
          t(`class.link-${how}`),
        ),
    board && state.role === "moderator" && page.page === "class" ? joinAt(board, act) : null,
    h("nav", { class: "pages", "aria-label": t("header.pages") }, languages(act)),
  );
}

// The code stands on top of the moderator's page, to be read out at any time.
function joinAt(board, act) {
  return h(
    "p",
    { class: "join-at" },
    t("class.join-at"),
    " ",
    h("span", { class: "join-host" }, hostOf(board.join)),
    " ",
    t("class.join-with"),
    " ",
    h("strong", { class: "join-code" }, board.code),
  );
}

/** Return what of the join address people type: without the scheme, and without the code after `#`. */
export const hostOf = (address) => address.replace(/^https?:\/\//, "").replace(/#.*$/, "");

/** Draw the strip: a connection that is lost. */
export function classStrip(state, act) {
  const { state: how, words } = state.connection;
  if (how !== "waiting" && how !== "closed") return null;
  return h(
    "div",
    { key: "strip", class: `strip strip-${how === "closed" ? "stopped" : "waiting"}`, role: how === "closed" ? "alert" : "status" },
    h("p", null, h("strong", null, words?.title ?? ""), ". ", words?.text ?? ""),
    how === "waiting" ? button(t("class.try-now"), act.reconnect, { kind: "small" }) : null,
    words?.act === "reload" ? button(t("class.reload"), act.reload, { kind: "small" }) : null,
  );
}
