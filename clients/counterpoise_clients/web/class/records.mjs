// The records of the students: made when the moderator asks, then saved as a table or as data, or printed, one to a sheet.

import { h } from "../h.mjs";
import { t } from "../text/text.mjs";
import { button, panel } from "../ui/parts.mjs";
import { refusalWords } from "./problems.mjs";

/** Draw the panel. */
export function records(state, act) {
  const asked = state.sent.filter((one) => one.command.t === "ask_records").at(-1);
  const made = state.records;
  return panel(
    "records",
    t("records.title"),
    null,
    h("p", { class: "quiet small" }, t("records.classNote")),
    h("div", { class: "buttons" }, button(t("records.open"), act.askRecords, { id: "ask-records", disabled: asked?.state === "waiting" })),
    asked?.state === "waiting" ? h("p", { role: "status" }, t("records.making")) : null,
    asked?.error ? h("p", { class: "problem", role: "alert" }, refusalWords(asked.error)) : null,
    made
      ? h(
          "div",
          { key: "made" },
          h("p", { role: "status" }, t("records.count", { count: made.records.sheets.length })),
          made.records.absent.length ? h("p", null, t("records.absent", { names: names(made.records.absent) })) : null,
          h(
            "p",
            { class: "buttons" },
            saved("save-records-csv", t("records.saveTable"), "records.csv", "text/csv", made.csv),
            saved("save-records-json", t("records.saveData"), "records.json", "application/json", JSON.stringify(made.records, null, 2)),
            button(t("records.printAll"), act.printRecords, { id: "print-records" }),
          ),
        )
      : null,
  );
}

const names = (people) => people.map(({ name, state, world }) => `${name} (${state}, ${world})`).join("; ");

const saved = (id, words, name, type, text) =>
  h("a", { id, class: "button", download: name, href: `data:${type};charset=utf-8,${encodeURIComponent(text)}` }, words);
