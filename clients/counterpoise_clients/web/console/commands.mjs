// What the moderator has sent, with what became of it.

import { h } from "../h.mjs";
import { catalogueOf } from "../seat.mjs";
import { t, tOr } from "../text/text.mjs";
import { errorSentence } from "../words.mjs";
import { panel } from "../ui/parts.mjs";
import { injectTitle } from "./injects.mjs";
import { paceWords } from "./pace.mjs";

export const TALK_LEVELS = ["free", "public", "offers", "none"];
const SHOWN = 8;
/** Questions, which change nothing. */
const QUESTIONS = ["preview", "fears", "rehearse"];

/** Say a command with what it set: whose seat, which level, which pace. */
export function commandWords(command, state) {
  const { kind, inject, seat, to, level } = command;
  if (inject) return injectTitle(inject.kind, catalogueOf(state).injects ?? {});
  if (kind === "seat") {
    const name = state.status?.seats?.find((one) => one.seat === seat)?.name ?? seat;
    return t(to === "bot" ? "console.saidToBot" : "console.saidNewLink", { name });
  }
  if (kind === "talk") return t("console.saidTalk", { level: tOr(`console.talk-${level}`, level) });
  if (kind === "extend") return command.seconds === 86_400 ? t("console.saidDay") : t("console.saidMinutes", { count: command.seconds / 60 });
  if (kind === "show_evidence") return t(command.shown ? "console.saidShow" : "console.saidHide");
  if (kind === "bookmark") return t("console.saidMark", { note: command.note });
  if (kind === "skip") return t(`console.goal-${to}`);
  if (kind === "pace") return paceWords(command);
  return tOr(`console.said-${kind}`, kind);
}

/** Draw the list. */
export function commandsSent(state, names) {
  const sent = state.orders
    .filter((order) => order.t === "command" && !QUESTIONS.includes(order.command.kind))
    .slice(-SHOWN)
    .toReversed();
  if (!sent.length) return null;
  return panel(
    "commands",
    t("console.sent"),
    { class: "sent" },
    h(
      "ol",
      { class: "plain" },
      sent.map((order) =>
        h(
          "li",
          { key: order.id, "data-state": order.state },
          h("strong", null, commandWords(order.command, state)),
          ` ${t(`console.sign-${order.state}`)}`,
          order.error ? h("span", { class: "problem" }, ` ${errorSentence(order.error, names)}`) : null,
        ),
      ),
    ),
  );
}
