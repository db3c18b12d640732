// How people join: the code, the address and the QR code, who is let in, and whether names are hidden.

import { h } from "../h.mjs";
import { qrPicture } from "../qr/picture.mjs";
import { t } from "../text/text.mjs";
import { button, panel, select } from "../ui/parts.mjs";
import { shareLink } from "../ui/share_link.mjs";
import { hostOf } from "./header.mjs";
import { isOver } from "./people.mjs";

const WHO = ["everyone", "roster", "nobody"];

/**
 * Draw the panel.
 *
 * @param {import("./store.mjs").ClassState} state
 * @param {any} act
 */
export function door(state, act) {
  const { board, ui } = state;
  // Who gets in is decided before the first world starts, and seldom after.
  const hasBegun = board.worlds.some((/** @type {any} */ world) => world.phase !== "lobby");
  return panel(
    "door",
    t("class.joining-title"),
    { aside: button(t("class.show-on-wall"), act.projector, { kind: "small", id: "to-projector" }) },
    h(
      "div",
      { class: "join-card" },
      qrPicture(board.qr, t("class.qr-join", { code: board.code })),
      h(
        "p",
        null,
        h("strong", { class: "join-code" }, board.code),
        h("span", { class: "join-host" }, hostOf(board.join)),
      ),
    ),
    shareLink("join-link", board.join, t("class.join-link"), { copied: ui.copied, onCopied: (id) => act.ui({ copied: id }) }),
    isOver(board)
      ? null
      : [
          h(
            "div",
            { class: "buttons door-buttons", key: "door-buttons" },
            button(t(board.door ? "class.close-door" : "class.open-door"), () => act.door({ open: !board.door }), { id: "do-door" }),
            h("span", { role: "status" }, t(board.door ? "class.door-is-open" : "class.door-is-closed")),
          ),
        ],
    h(
      "details",
      { class: "folded", key: hasBegun ? "rules-in-play" : "rules", open: !hasBegun, id: "door-rules" },
      h("summary", null, t("class.door-rules")),
      isOver(board) ? null : [who("admits", board.admits, act), who("seats", board.seats, act)],
      anonymity(board, act),
    ),
    h(
      "details",
      { class: "folded", key: "add" },
      h("summary", null, t("class.add-world")),
      h("p", { class: "quiet small" }, t("class.add-world-help")),
      h(
        "div",
        { class: "buttons" },
        button(t("class.add-other"), () => act.addWorld("other"), { kind: "small", id: "add-other" }),
        button(t("class.add-same"), () => act.addWorld("same"), { kind: "small", id: "add-same" }),
      ),
    ),
  );
}

/**
 * @param {any} board
 * @param {any} act
 */
const anonymity = (board, act) =>
  h(
    "div",
    { class: "field switch" },
    h("input", {
      id: "anonymous",
      type: "checkbox",
      checked: board.anonymous,
      "aria-describedby": "anonymous-help",
      onchange: (/** @type {any} */ event) => act.anonymous(event.target.checked),
    }),
    h("label", { for: "anonymous" }, t("class.anonymous")),
    h("p", { class: "help", id: "anonymous-help" }, t("class.anonymous-help")),
  );

/**
 * @param {any} name
 * @param {any} value
 * @param {any} act
 */
const who = (name, value, act) =>
  select(
    `who-${name}`,
    t(`class.who-${name}`),
    value,
    WHO.map((one) => ({ value: one, label: t(`class.${name}-${one}`) })),
    (/** @type {any} */ chosen) => act.door({ [name]: chosen }),
  );
