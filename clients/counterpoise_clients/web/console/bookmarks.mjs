// Moments that the moderator has marked, for the debrief.

import { h } from "../h.mjs";
import { t } from "../text/text.mjs";
import { longDate } from "../words.mjs";
import { panel } from "../ui/parts.mjs";

/** Draw the panel. */
export function bookmarks(state, act) {
  const marks = state.console.news?.bookmarks ?? [];
  const { note } = state.console.ui;
  const mark = (event) => {
    event.preventDefault();
    if (!note.trim()) return;
    act.command({ kind: "bookmark", note: note.trim() });
    act.console({ note: "" });
  };
  return panel(
    "bookmarks",
    t("console.bookmarks"),
    { class: "bookmarks" },
    state.status?.phase === "ended"
      ? null
      : h(
          "form",
          { class: "mark-form", onsubmit: mark },
          h("label", { class: "hidden", for: "bookmark-note" }, t("console.note")),
          h("input", {
            id: "bookmark-note",
            type: "text",
            maxlength: 200,
            placeholder: t("console.noteHint"),
            value: note,
            oninput: (event) => act.console({ note: event.target.value }),
          }),
          h("button", { type: "submit", class: "button primary", id: "do-bookmark" }, t("console.mark")),
        ),
    marks.length
      ? h(
          "ol",
          { class: "plain", id: "marks" },
          marks.toReversed().map((one, place) => h("li", { key: String(marks.length - place) }, h("span", { class: "quiet" }, longDate(one.date)), " ", one.note)),
        )
      : h("p", { class: "quiet small" }, t("console.noMarks")),
  );
}
