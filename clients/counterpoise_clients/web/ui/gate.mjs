// What stands between the user and the game: no link, a lost connection, an alarm.

import { h } from "../h.mjs";
import { canSend } from "../seat.mjs";
import { namesOf } from "../store.mjs";
import { errorSentence } from "../words.mjs";
import { button } from "./parts.mjs";

/** A strip under the header when something is wrong with the connection. */
export function banner(state, act) {
  if (state.alarm && state.connection.state === "open") {
    return strip(
      "alarm",
      "alert",
      "Stopped: the server may have lost something",
      `A player's browser holds a receipt that the journal does not know (${state.alarm.got}). Check that the right journal is being served before you carry on.`,
      null,
    );
  }
  if (state.alarm) {
    return strip(
      "alarm",
      "alert",
      "The server has forgotten something it had confirmed",
      "Tell the moderator at once: the session may have been restored from an old copy. Your browser still holds the receipt.",
      button("Go on with what the server has", act.startOver, { kind: "small" }),
    );
  }
  const { state: how, words } = state.connection;
  if (how === "waiting" || how === "closed") {
    const act_ = { here: ["Use it here", act.reconnect], reload: ["Reload the page", act.reload] }[words?.act];
    const retry = how === "waiting" ? ["Try now", act.reconnect] : act_;
    return strip(
      how === "closed" ? "stopped" : "waiting",
      how === "closed" ? "alert" : "status",
      words?.title ?? "No connection",
      words?.text ?? "",
      retry ? button(retry[0], retry[1], { kind: "small" }) : null,
    );
  }
  if (state.notice) {
    return strip(
      "notice",
      "alert",
      "Not taken",
      errorSentence(state.notice, namesOf(state)),
      button("Close", act.dismiss, { kind: "small" }),
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
    `${words?.title ?? "Not connected"}. This page sends nothing now; what you have written stays here. `,
    words?.act === "here" ? button("Use it here", act.reconnect, { kind: "small" }) : null,
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
      "Where do you want to go on?",
      h("p", null, "This browser has held these places in this session:"),
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
      "Open your join link",
      h(
        "p",
        null,
        "This page needs the link you were given: it ends in a long secret after a # sign. Open it again, or ask the moderator for a new one.",
      ),
      h(
        "p",
        { class: "quiet" },
        "No account is needed. The secret stays in this browser and is never part of an address the server sees.",
      ),
    );
  }
  if (how === "closed") {
    const again =
      words?.act === "here"
        ? button("Use it here", act.reconnect, { kind: "primary" })
        : words?.act === "reload"
          ? button("Reload the page", act.reload, { kind: "primary" })
          : null;
    return sheet(words?.title ?? "Not connected", h("p", null, words?.text ?? ""), again);
  }
  return sheet(
    "Connecting…",
    h("p", { role: "status" }, words ? `${words.title}. ${words.text}` : "Looking for your seat."),
  );
}

const sheet = (title, ...body) =>
  h("main", { id: "main", class: "sheet", tabindex: "-1", key: "gate" }, h("h2", null, title), body);

function placeName(place) {
  const [role, seat] = place.split("/");
  return seat ? `Seat ${seat}` : role === "moderator" ? "Moderator" : role === "admin" ? "Administrator" : "Observer";
}
