// Reading the debrief report: the document `counterpoise debrief --json` prints, as the figures want it. Pure.

import { titled } from "../../words.mjs";
import { number as written, t } from "../../text/text.mjs";

const number = (value) => (typeof value === "number" && Number.isFinite(value) ? value : null);

/** Return an interval as `[low, high]`, or null. */
export function interval(raw) {
  const pair = Array.isArray(raw)
    ? raw
    : raw && typeof raw === "object"
      ? [raw.low ?? raw.lower, raw.high ?? raw.upper]
      : [];
  return number(pair[0]) !== null && number(pair[1]) !== null ? [pair[0], pair[1]] : null;
}

/** Return what players without a theory give beside an estimate: the mean and the range of random players and of shuffled threats. */
function noiseOf(raw) {
  const one = (noise) => (noise ? { mean: noise.mean, range: interval(noise.range) } : null);
  return raw ? { random: one(raw.random), shuffled: one(raw.shuffled) } : null;
}

/** Return hypotheses as rows, best skill first; the base rate itself has skill 0. */
export function hypothesesOf(report) {
  const telling = report?.enough?.telling ?? true;
  return (report?.hypotheses ?? [])
    .map((row) => ({
      telling,
      name: row.name,
      label: row.title ?? titled(row.name),
      standing: row.standing ?? "",
      n: row.n ?? 0,
      logScore: number(row.log_score),
      brier: number(row.brier),
      skill: number(row.skill),
      ci: interval(row.skill_ci ?? row.ci),
      weight: number(row.weight),
      noise: noiseOf(row.noise),
    }))
    .sort((a, b) => (b.skill ?? -Infinity) - (a.skill ?? -Infinity));
}

/** Tell whether a report is about several sessions: it lists them, and no single decisions. */
export function isPooled(report) {
  return Array.isArray(report.sessions);
}

/** Return decisions as rows. */
export function decisionsOf(report) {
  return (report?.decisions ?? []).map((raw, index) => ({
    index,
    actor: raw.actor,
    date: raw.date ?? "",
    window: raw.window ?? raw.date ?? index,
    kind: raw.kind ?? "",
    options: raw.options ?? [],
    choice: raw.choice ?? "",
    class: raw.class ?? raw.alignment_class ?? "",
    threat:
      typeof raw.top_threat === "object" ? (raw.top_threat?.actor ?? raw.top_threat?.id ?? "") : (raw.top_threat ?? ""),
    level: number(raw.threat ?? raw.top_threat?.threat),
    threatened: raw.threatened ?? true,
    forecasts: raw.forecasts ?? {},
    player: raw.player ?? "",
    reason: raw.reason ?? "",
    predictions: raw.predictions ?? [],
  }));
}

/** Return the probabilities a hypothesis gave, as `[{option, chance}]`, greatest first; ties in the order of the options. */
export function chancesOf(decision, hypothesis) {
  const given = decision.forecasts[hypothesis];
  if (!given) return [];
  const pairs = Array.isArray(given)
    ? decision.options.map((option, index) => ({ option, chance: given[index] ?? 0 }))
    : Object.entries(given).map(([option, chance]) => ({ option, chance }));
  const scale = pairs.some((pair) => pair.chance > 1.0001) ? 1e6 : 1;
  return pairs.map(({ option, chance }) => ({ option, chance: chance / scale })).sort((a, b) => b.chance - a.chance);
}

/** Return what a hypothesis expected of a decision, how sure it was, and what chance it gave to what happened. */
export function expectation(decision, hypothesis) {
  const chances = chancesOf(decision, hypothesis);
  if (!chances.length) return null;
  const actual = chances.find((pair) => pair.option === decision.choice)?.chance ?? null;
  const byClass = new Map();
  for (const { option, chance } of chances) {
    const kind = option.split(":")[0];
    byClass.set(kind, (byClass.get(kind) ?? 0) + chance);
  }
  const [likely, likelyChance] = [...byClass].sort((a, b) => b[1] - a[1])[0];
  return { top: chances[0], class: likely, classChance: likelyChance, actual, agrees: likely === decision.class };
}

/** Return the decisions a filter lets through; disagreements of the hypothesis come first, the worst of them on top. */
export function ledger(decisions, { only, hypothesis, actor }) {
  const rows = decisions
    .filter((decision) => !actor || decision.actor === actor)
    .filter((decision) => only !== "threatened" || decision.threatened)
    .map((decision) => ({ ...decision, expected: expectation(decision, hypothesis) }));
  if (only !== "disagreements") return rows;
  return rows
    .filter((row) => row.expected && !row.expected.agrees)
    .sort((a, b) => (a.expected.actual ?? 0) - (b.expected.actual ?? 0) || a.index - b.index);
}

/** Return the threat matrix: its date, states in order and `matrix[observer][target]`, or null without one. */
export function matrixOf(report) {
  const raw = report?.matrix ?? report?.threat_matrix;
  const matrix = raw?.threat ?? raw?.matrix ?? null;
  if (!matrix || !Object.keys(matrix).length) return null;
  const ids = [...new Set([...Object.keys(matrix), ...Object.values(matrix).flatMap((row) => Object.keys(row))])];
  return {
    date: raw.date ?? "",
    ids: raw.actors?.map?.((actor) => actor.id ?? actor) ?? ids,
    matrix,
    truth: raw.truth ?? raw.true ?? null,
  };
}

/** Return the timeline with every kind of thing on it, or null without one. */
export function timelineOf(report) {
  const raw = report?.timeline;
  if (!raw?.begins || !raw?.ends) return null;
  return { injects: [], wars: [], crises: [], alliances: [], ...raw };
}

/** Return indices as rows of name, value, and whatever else is said of them. */
export function indicesOf(report) {
  const raw = report?.indices ?? {};
  const rows = Array.isArray(raw)
    ? raw
    : Object.entries(raw).map(([name, value]) =>
        value !== null && typeof value === "object" && !Array.isArray(value) ? { name, ...value } : { name, value },
      );
  return rows;
}

/** Return a text of the server with the codes of choices as words. */
const spelled = (text) => text.replace(/\b(?:BAL|BW|NEU|HIDE)\b/g, (code) => t(`debrief.choice.${code}`));

/** Return propositions as rows. */
export function propositionsOf(report) {
  return (report?.propositions ?? []).map((row) => ({
    id: row.id,
    text: row.proposition ?? row.text ?? row.title ?? row.claim ?? "",
    n: row.n ?? 0,
    estimate: number(row.estimate),
    ci: interval(row.ci),
    p: number(row.p),
    twoWay: interval(row.ci_two_way),
    shifted: number(row.p_shift),
    blind: number(row.blind),
    noise: noiseOf(row.noise),
    withinNoise: Boolean(row.within_noise),
    verdict: row.verdict ?? "NOT_ENOUGH_DATA",
    fragile: Boolean(row.fragile),
    unit: spelled(row.statistic ?? row.measure ?? ""),
    note: spelled(row.note ?? ""),
  }));
}

/** Write a number with so many digits. */
export const fixed = (value, digits) => (value === null ? "–" : written(value, digits));

/** Write an interval. */
export const span = (ci) => (ci ? t("debrief.to2", { value: written(ci[0], 2), value2: written(ci[1], 2) }) : "–");
