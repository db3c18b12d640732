// The story that the debrief opens with: up to six findings, each with its evidence, how far it goes, and its moment.

import { h } from "../../h.mjs";
import { longDate, percent, share } from "../../words.mjs";
import { panel, tag } from "../parts.mjs";
import { t } from "../../text/text.mjs";
import { momentLink, momentWords, partLink } from "./moments.mjs";

/** Whether a report has a story: those of several sessions, and of earlier versions, have none. */
export const hasStory = (report) => Boolean(report.story?.findings.length);

/** Draw the findings. */
export function story(view) {
  const { report, names } = view;
  if (!hasStory(report)) return null;
  return panel(
    "d-story",
    t("story.title"),
    { class: "story", aside: report.tested.recovery_test ? tag(t("story.bots"), "warn") : null },
    h(
      "ol",
      { class: "findings" },
      report.story.findings.map((finding) => card(view, finding, wordsOf(finding, names))),
    ),
    h("p", { class: "quiet small" }, t("story.note")),
  );
}

function card(view, finding, words) {
  return h(
    "li",
    { key: `${finding.code}/${finding.moment.tick}`, class: "finding", "data-code": finding.code },
    h("h3", null, words.title),
    h("p", null, words.text.replaceAll(" %", "\u00a0%")),
    h("p", { class: "quiet small" }, t(`story.limit.${finding.limit}`)),
    h(
      "p",
      { class: "finding-links" },
      momentLink(view, finding.moment, [t("story.look"), h("span", { class: "hidden" }, ` ${momentWords(longDate(finding.date))}`)], { class: "button small" }),
      partLink(finding.element, t("story.evidence")),
    ),
  );
}

/**
 * Word a finding.
 *
 * @param {any} finding
 * @param {Record<string, string>} names of states
 */
export function wordsOf({ code, states, date, numbers: n }, names) {
  const [a = "", b = "", c = ""] = states.map((state) => names[state] ?? state);
  const since = n.since === undefined ? "start" : n.since === 0 ? "same" : "later";
  const fear = n.threatened === 0 ? t("story.fear.nobody", { a }) : t(`story.fear.${since}`, { a, c, count: n.since ?? 0 });
  const values = {
    a,
    b,
    c,
    fear,
    date: longDate(date),
    share: percent(n.share),
    chance: percent(n.chance),
    level: share(n.level),
    seen: share(n.seen),
    true: share(n.true),
    own: share(n.own),
    theory: share(n.theory),
    came: percent(n.came),
    times: n.times ?? 0,
    decisions: n.decisions ?? 0,
    observers: n.observers ?? 0,
    kept: n.kept ?? 0,
    broken: n.broken ?? 0,
    balanced: n.balanced ?? 0,
    joined: n.joined ?? 0,
    balancedShare: percent(n.balanced_share),
    joinedShare: percent(n.joined_share),
    low: percent(n.low),
    high: percent(n.high),
    days: n.days ?? 0,
    ties: n.ties ?? 0,
    count: n.n ?? 0,
  };
  const joins = code === "joined_threat" || (states[1] && states[1] === states[2]);
  const text = joins && (code === "missed" || code === "foretold") ? `story.text.${code}.threat` : `story.text.${code}`;
  return { title: t(`story.title.${code}`, values), text: t(text, values) };
}
