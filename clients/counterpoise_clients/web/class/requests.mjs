// What was asked of the class, and what became of it.

import { h } from "../h.mjs";
import { t, tOr } from "../text/text.mjs";
import { panel } from "../ui/parts.mjs";
import { noteWords, refusalWords } from "./problems.mjs";

const SHOWN = 6;
const SIGNS = { waiting: "…", done: "✓", refused: "✗" };
/** Requests that have a place of their own on the page for what comes of them. */
const ELSEWHERE = ["ask_records", "open_world", "import_roster", "take_seat", "leave"];

/** Draw the panel, or nothing before the first request. */
export function requests(state) {
  const isHere = (request) => !ELSEWHERE.includes(request.t) && request.command?.kind !== "rehearse";
  const sent = state.sent.filter((one) => isHere(one.command)).slice(-SHOWN).reverse();
  if (!sent.length) return null;
  return panel(
    "requests",
    t("class.requests"),
    null,
    h(
      "ol",
      { class: "plain", "aria-live": "polite" },
      sent.map((one) =>
        h(
          "li",
          { key: one.id, "data-state": one.state },
          h("span", { "aria-hidden": "true" }, SIGNS[one.state]),
          " ",
          h("strong", null, requestWords(one.command, state.board)),
          h("span", { class: "hidden" }, ` ${t(`class.request-${one.state}`)}`),
          one.error ? h("span", { class: "problem" }, ` ${refusalWords(one.error)}`) : null,
          one.refusals.map((refusal) =>
            h("span", { class: "problem", key: refusal.world }, ` ${t("class.world", { world: refusal.world })}: ${refusalWords(refusal)}`),
          ),
          one.notes.map((note, place) => h("span", { class: "quiet", key: `note${place}` }, ` ${noteWords(note)}`)),
        ),
      ),
    ),
  );
}

function requestWords(request, board) {
  const name = (id) => board.people.find((person) => person.person === id)?.name ?? "";
  if (request.t === "command") {
    const all = request.worlds.length === board.worlds.length;
    const where = all ? t("class.all-worlds") : request.worlds.map((world) => t("class.world", { world })).join(", ");
    return `${tOr(`class.did-${request.command.kind}`, request.command.kind)}: ${where}`;
  }
  const values = { name: name(request.person ?? request.people?.[0] ?? request.waiting), world: request.world ?? "" };
  const many = request.t === "admit" && request.people.length !== 1 ? "-all" : "";
  const off = request.on === false || request.open === false ? "-off" : "";
  return t(`class.asked-${request.t}${many}${off}`, values);
}
