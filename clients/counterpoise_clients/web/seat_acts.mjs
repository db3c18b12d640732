// What people do about their seat: proposals, who decides, another device, the moderator's consent; and going on after the end.

import { tokenOfCode } from "./desk.mjs";
import { newId } from "./net.mjs";
import { viewOf } from "./store.mjs";
import { t } from "./text/text.mjs";
import { seatOfNotes } from "./threads.mjs";
import { playTone } from "./tone.mjs";
import { closing } from "./words.mjs";

/**
 * Return the acts about a seat.
 *
 * @param {any} act the acts of the page, which these become part of
 * @param {() => import("./store.mjs").State} state
 * @param {import("./net.mjs").Connection} connection
 * @param {import("./keep.mjs").Keeper} keep
 * @param {(action: import("./store.mjs").Action) => void} dispatch
 * @param {URL | null} joinPage where a code moves the place in the class with the seat; null without a class
 */
export const seatActs = (act, state, connection, keep, dispatch, joinPage) => ({
  // Send what another member proposed, as it is.
  sendProposal({ id, move }) {
    const view = viewOf(state());
    connection.order({ t: "order", window: view?.window ?? 0, move, proposal: id }, { tick: view?.tick });
  },
  // Put a proposal into the form; what is sent from there settles it.
  changeProposal(proposal) {
    act.changing = proposal;
    act.takeUp(proposal.move.kind, proposal.move);
  },
  say: (message) => connection.say(message),
  // Ask for a session that goes on from a day of this one, once: a double click comes before the form is drawn again, and if the
  // answer was lost with the connection, the same session is asked for.
  goOn(on) {
    const last = state().wentOn;
    if (last?.waits) return;
    const id = last?.lost && last.on === on ? last.id : newId();
    if (connection.say({ t: "go_on", on, id })) dispatch({ t: "local.goOn", on, id });
  },
  // Write to the moderator, or as the moderator to a seat.
  note(thread, text, form) {
    const seat = seatOfNotes(thread);
    /** @type {import("./net.mjs").OrderMessage} */
    const frame = seat ? { t: "command", command: { kind: "note", seat, text } } : { t: "to_moderator", text };
    connection.order(frame, { form });
  },
  drop: (proposal) => connection.order({ t: "drop", proposal }),
  passOn: (to) => connection.order({ t: "pass_on", to }),
  askDevice: () => connection.say({ t: "ask_device" }),
  hasTone: () => keep.hasTone(),
  allowTone(allowed) {
    keep.setTone(allowed);
    if (allowed) playTone();
  },
  isAsking: () => keep.asks() !== "",
  // Go on here by a code from another device.
  useCode(typed) {
    const token = tokenOfCode(String(typed));
    if (!token) dispatch({ t: "local.connection", state: "closed", code: 4001, words: { ...closing(4001), text: t("team.wrongCode") } });
    else if (joinPage) location.assign(new URL(`#device=${token.replace("device-", "")}`, joinPage));
    else act.comeIn(token, "");
  },
  // Ask the moderator to be let in, with a token of this page's own.
  askIn: (says) => act.comeIn(newId(), says),
  comeIn(token, says) {
    keep.setAsks(says);
    keep.setLinkToken(token);
    connection.open();
  },
});
