// What the main button of a decision says and does. Who does not decide for a shared seat proposes.

import { reasonMove } from "../../options.mjs";
import { catalogueOf } from "../../seat.mjs";
import { t } from "../../text/text.mjs";
import { sendWords } from "../team.mjs";
import { sendLabel } from "./audience.mjs";

/**
 * Return the label of the main button, and what pressing it does: it sends the draft, and the reason with it.
 *
 * @param {import("../../store.mjs").State} state
 * @param {any} act
 * @param {{ move: any, option: any, fields: any[] }} draft
 * @param {Record<string, string>} names
 * @param {import("../../store.mjs").SentOrder | null} replaced the order whose place this one takes
 * @returns {{ label: string, press: () => void }}
 */
export function mainAction(state, act, draft, names, replaced) {
  const isNote = catalogueOf(state).moves[draft.move.kind].group === "debrief";
  const send = isNote ? t("decide.note_it") : sendLabel(draft.option, draft.fields, names);
  const label = sendWords(state, draft.move.kind, send);
  const press = () => {
    act.order(draft.move, replaced ? { replaces: replaced.id } : {});
    const reason = reasonMove(state);
    if (reason && draft.move.kind !== "give_reason") act.order(reason);
  };
  return { label: replaced ? t("decide.replace_with", { label }) : label, press };
}
