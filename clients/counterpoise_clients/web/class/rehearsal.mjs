// A rehearsal: bots play the scenario at high speed, so that the instructor sees what a game brings before the class comes.

import { h } from "../h.mjs";
import { t } from "../text/text.mjs";
import { longDate } from "../words.mjs";
import { button, panel } from "../ui/parts.mjs";
import { refusalWords } from "./problems.mjs";
import { newest } from "./store.mjs";

/** Draw the panel. */
export function rehearsal(state, act) {
  const { rehearsal: news } = state;
  const asked = newest(state, "rehearse");
  const runs = asked?.state === "waiting" || news?.state === "running";
  return panel(
    "rehearsal",
    t("class.rehearsal"),
    null,
    h("p", { class: "quiet small" }, t("class.rehearsal-help")),
    h(
      "div",
      { class: "buttons" },
      button(t(news ? "class.rehearse-again" : "class.rehearse"), act.rehearse, { id: "do-rehearse", "aria-disabled": runs ? "true" : null }),
    ),
    asked?.error ? h("p", { class: "problem", role: "alert" }, refusalWords(asked.error)) : null,
    news ? progress(news) : null,
  );
}

function progress(news) {
  const { windows, windows_played: played } = news;
  return h(
    "div",
    { class: "rehearsal-news", key: "news" },
    h("progress", { max: windows, value: played, "aria-label": t("class.rehearsal") }),
    h("p", { role: "status" }, t(`class.rehearsal-${news.state}`, { date: longDate(news.date), played, windows })),
    news.lines.length
      ? h(
          "ul",
          { class: "plain small", id: "rehearsal-lines" },
          news.lines.map((line, place) => h("li", { key: String(place) }, line)),
        )
      : null,
  );
}
