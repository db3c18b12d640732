// A rehearsal: bots play the scenario at high speed, so that the instructor sees what a game brings before the class comes.

import { h } from "../h.mjs";
import { t } from "../text/text.mjs";
import { longDate, percent } from "../words.mjs";
import { button, panel } from "../ui/parts.mjs";
import { refusalWords } from "./problems.mjs";

/**
 * Draw the panel. The first world that has not ended is rehearsed; it stays as it is.
 *
 * @param {import("./store.mjs").ClassState} state
 * @param {any} act
 */
export function rehearsal(state, act) {
  const world = state.board.worlds.find((/** @type {any} */ one) => one.phase !== "ended");
  if (!world) return null;
  const news = world.rehearsal;
  const asked = state.sent.filter((/** @type {any} */ one) => one.command.command?.kind === "rehearse").at(-1);
  const runs = asked?.state === "waiting" || (news && !news.done);
  return panel(
    "rehearsal",
    t("class.rehearsal"),
    null,
    h("p", { class: "quiet small" }, t("class.rehearsal-help")),
    h(
      "div",
      { class: "buttons" },
      button(t(news ? "class.rehearse-again" : "class.rehearse"), () => act.toWorlds([world], { kind: "rehearse" }), {
        id: "do-rehearse",
        disabled: runs,
      }),
    ),
    asked?.error ? h("p", { class: "problem", role: "alert" }, refusalWords(asked.error)) : null,
    news ? progress(news) : null,
    news?.report ? report(news.report, world) : null,
  );
}

/** @param {any} news */
const progress = (news) =>
  h(
    "div",
    { class: "rehearsal-news", key: "news" },
    news.done ? null : h("progress", { max: 1, value: news.share, "aria-label": t("class.rehearsal") }),
    h(
      "p",
      { role: "status" },
      news.problem
        ? t("class.rehearsal-stopped", { problem: news.problem })
        : news.done
          ? ""
          : t("class.rehearsal-running", { share: percent(news.share) }),
    ),
  );

/**
 * @param {any} done
 * @param {any} world
 */
function report(done, world) {
  const name = (/** @type {string} */ id) => world.seats.find((/** @type {any} */ seat) => seat.seat === id)?.name ?? id;
  return h(
    "ul",
    { class: "plain small", id: "rehearsal-report", key: "report" },
    h("li", null, t("class.rehearsal-done", { ...done, begins: longDate(done.begins), ends: longDate(done.ends) })),
    done.minutes ? h("li", null, t("class.rehearsal-minutes", { minutes: done.minutes })) : null,
    h("li", null, t("class.rehearsal-counts", { crises: done.crises, wars: done.wars.length, pacts: done.pacts, ended: done.pacts_ended })),
    done.wars.map((/** @type {any} */ war) =>
      h(
        "li",
        { key: `${war.date} ${war.attacker} ${war.target}` },
        t("class.rehearsal-war", { date: longDate(war.date), attacker: name(war.attacker), target: name(war.target) }),
      ),
    ),
    done.failures.length
      ? done.failures.map((/** @type {any} */ failure, /** @type {any} */ place) => h("li", { key: `f${place}`, class: "problem" }, failure))
      : h("li", null, t("class.rehearsal-well")),
  );
}
