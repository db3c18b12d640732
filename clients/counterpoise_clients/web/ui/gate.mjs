// What stands between the user and the game: no link, a lost connection, an alarm.

import { h } from "../h.mjs";
import { canSend } from "../seat.mjs";
import { namesOf } from "../store.mjs";
import { t } from "../text/text.mjs";
import { errorSentence, roleName } from "../words.mjs";
import { button } from "./parts.mjs";
import { comeBack } from "./team.mjs";

/** A strip under the header when something is wrong with the connection. */
export function banner(state, act) {
  if (state.alarm && state.connection.state === "open") {
    return strip(
      "alarm",
      "alert",
      t("gate.alarmModeratorTitle"),
      t("gate.alarmModerator", { got: state.alarm.got }),
      null,
    );
  }
  if (state.alarm) {
    return strip(
      "alarm",
      "alert",
      t("gate.alarmPlayerTitle"),
      t("gate.alarmPlayer"),
      button(t("gate.goOn"), act.startOver, { kind: "small" }),
    );
  }
  const { state: how, words } = state.connection;
  if (how === "waiting" || how === "closed") {
    const act_ = { here: [t("gate.useHere"), act.reconnect], reload: [t("gate.reload"), act.reload] }[words?.act];
    const retry = how === "waiting" ? [t("gate.tryNow"), act.reconnect] : act_;
    return strip(
      how === "closed" ? "stopped" : "waiting",
      how === "closed" ? "alert" : "status",
      words?.title ?? t("gate.noConnection"),
      words?.text ?? "",
      retry ? button(retry[0], retry[1], { kind: "small" }) : state.connection.code === 4001 ? lobbies(act) : null,
    );
  }
  if (state.notice) {
    return strip(
      "notice",
      "alert",
      t("gate.notTaken"),
      errorSentence(state.notice, namesOf(state)),
      button(t("gate.close"), act.dismiss, { kind: "small" }),
    );
  }
  return null;
}

/** Say, where something would be sent, that this page sends nothing any more; nothing while it does. */
export function stoppedHint(state, act, id) {
  if (canSend(state)) return null;
  const { words } = state.connection;
  return h(
    "p",
    { class: "problem", id },
    t("gate.sendsNothing", { why: words?.title ?? t("gate.notConnected") }),
    words?.act === "here" ? button(t("gate.useHere"), act.reconnect, { kind: "small" }) : null,
  );
}

function strip(tone, role, title, text, action) {
  return h(
    "div",
    { key: `strip-${tone}`, class: `strip strip-${tone}`, role },
    h("p", null, h("strong", null, title), ". ", text),
    action,
  );
}

/** The page before there is a seat: connecting, no link, or a choice between places held before. */
export function gate(state, act, places) {
  const { state: how, words } = state.connection;
  if (how === "nowhere" && places.length) {
    return sheet(
      t("gate.where"),
      h("p", null, t("gate.heldPlaces")),
      h(
        "ul",
        { class: "choices" },
        places.map((place) =>
          h(
            "li",
            { key: place },
            button(placeName(place), () => act.sit(place), { kind: "primary" }),
          ),
        ),
      ),
    );
  }
  if (how === "nowhere") {
    return sheet(
      t("gate.needsLinkTitle"),
      h(
        "p",
        null,
        t("gate.needsLink"),
      ),
      h(
        "p",
        { class: "quiet" },
        t("gate.noAccount"),
      ),
      comeBack(act),
    );
  }
  if (how === "closed") {
    const again =
      words?.act === "here"
        ? button(t("gate.useHere"), act.reconnect, { kind: "primary" })
        : words?.act === "reload"
          ? button(t("gate.reload"), act.reload, { kind: "primary" })
          : null;
    return sheet(
      words?.title ?? t("gate.notConnected"),
      h("p", null, words?.text ?? ""),
      again,
      state.connection.code === 4001 ? lobbies(act) : null,
      state.connection.code === 4001 || state.connection.code === 4009 ? comeBack(act) : null,
    );
  }
  if (act.isAsking() && how === "connecting")
    return sheet(t("team.waitingForModerator"), h("p", { role: "status" }, t("team.waitingHelp")));
  return sheet(
    t("gate.connecting"),
    h("p", { role: "status" }, words ? `${words.title}. ${words.text}` : t("gate.looking")),
  );
}

const sheet = (title, ...body) =>
  h("main", { id: "main", class: "sheet", tabindex: "-1", key: "gate" }, h("h2", null, title), body);

/** How a person of a class comes back whose seat a bot plays: by the lobby of each class that this browser is in. */
function lobbies(act) {
  const kept = act.lobbies();
  if (!kept.length) return null;
  return h(
    "div",
    { key: "lobbies" },
    h("p", null, t("gate.botPlays")),
    kept.map(({ href, title }) => h("p", { key: href }, h("a", { class: "button small", href }, t("gate.toLobby", { title })))),
  );
}

/** The page while its code is on the way. */
export const loading = () => sheet(h("span", { role: "status" }, t("gate.loading")));

function placeName(place) {
  const [role, seat] = place.split("/");
  return seat ? t("gate.seatOf", { name: seat }) : roleName(role);
}
