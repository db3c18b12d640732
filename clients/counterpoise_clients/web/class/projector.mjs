// The lobby for the projector: how to join, large enough for the last row, and how many are in.

import { h } from "../h.mjs";
import { qrPicture } from "../qr/picture.mjs";
import { t } from "../text/text.mjs";
import { button } from "../ui/parts.mjs";
import { hostOf } from "./header.mjs";
import { seatName } from "./people.mjs";

/**
 * Draw the page.
 *
 * @param {import("./store.mjs").ClassState} state
 * @param {any} act
 */
export function projector(state, act) {
  const { board, role } = state;
  const came = board.people.filter((/** @type {any} */ person) => person.entered);
  return h(
    "main",
    { id: "main", key: "projector", class: "projector", tabindex: "-1" },
    h(
      "section",
      { class: "projector-join", "aria-label": t("class.joining-title") },
      board.door ? qrPicture(board.qr, t("class.qr-join", { code: board.code })) : null,
      h("p", { class: "projector-step" }, board.door ? t("class.projector-go", { host: hostOf(board.join) }) : t("class.door-is-closed")),
      board.door ? h("p", { class: "projector-code" }, board.code) : null,
    ),
    h(
      "section",
      { class: "projector-people", "aria-labelledby": "in-heading" },
      h("h2", { id: "in-heading" }, t("class.projector-in", { count: came.length })),
      board.anonymous
        ? h("p", null, t("class.projector-anonymous"))
        : h(
            "ul",
            { class: "projector-names" },
            came.map((/** @type {any} */ person) =>
              h(
                "li",
                { key: person.person, class: person.present ? "" : "quiet" },
                person.name,
                person.seat ? h("span", { class: "quiet" }, ` ${seatName(board, person.world, person.seat)}`) : null,
              ),
            ),
          ),
    ),
    role === "moderator"
      ? h("div", { class: "buttons projector-back" }, button(t("class.back-to-board"), act.desk, { kind: "small", id: "to-board" }))
      : null,
  );
}
