// What was verified of the journal that is shown, in words: how much was replayed and compared, and what speaks against it.

import { h } from "../h.mjs";
import { longDate } from "../words.mjs";
import { t } from "../text/text.mjs";

/**
 * Draw the badge of a film.
 *
 * @param {import("./source.mjs").FilmState | null} state
 * @param {string} id
 */
export function badge(state, id) {
  if (!state) return h("p", { class: "replay-badge", key: id, role: "status" }, t("replay.asking"));
  if (state.problem) return h("p", { class: "replay-badge bad", key: id, role: "status" }, `✗ ${t("replay.differs", { problem: state.problem })}`);
  const { verified } = state;
  if (!verified) return h("p", { class: "replay-badge", key: id, role: "status" }, `… ${t("replay.making", { entries: state.entries, of: state.of, date: state.date ? longDate(state.date) : "–" })}`);
  const { provenance, problems } = verified;
  const isSound = problems.length === 0;
  return h(
    "details",
    { class: `replay-badge ${isSound ? "good" : "bad"}`, key: id },
    h("summary", null, isSound ? `✓ ${t("replay.verified", { entries: verified.entries })}` : `✗ ${t("replay.notVerified", { count: problems.length })}`),
    h(
      "ul",
      null,
      [
        t("replay.compared", { entries: verified.entries, to: longDate(verified.to) }),
        t("replay.chain", { head: verified.head.slice(0, 16) }),
        provenance.extent === "complete" ? t("replay.complete") : t("replay.prefix"),
        provenance.signed === "no" ? t("replay.unsigned") : t("replay.signed", { entries: provenance.signed_entries, key: provenance.keys.at(-1)?.slice(0, 16) ?? "" }),
        verified.erased_texts ? t("replay.erased", { count: verified.erased_texts }) : "",
        ...problems.map((problem) => t("replay.problem", { problem })),
      ]
        .filter(Boolean)
        .map((words) => h("li", null, words)),
    ),
  );
}
