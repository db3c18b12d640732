// Incidents in words, and the log of them.

import { h } from "../h.mjs";
import { COMMITMENTS, LEVELS, RELATION, listed, longDate, percent, spaced, titled } from "../words.mjs";
import { panel, select } from "./parts.mjs";

const pact = (detail) => (COMMITMENTS[detail.commitment] ?? titled(detail.commitment ?? "alliance")).toLowerCase();
const aimed = (detail, name) => (detail.against ? ` against ${name(detail.against)}` : "");
const named = (detail) => (detail.name ? ` (${detail.name})` : "");
const secretly = (detail) => (detail.secret ? " in secret" : "");

// By kind: (actors' names, detail, name of a code) -> sentence. A kind that is not here is told from its words.
const SENTENCES = {
  alliance_proposed: ([a, b], d, name) => `${a} offers ${b} a ${pact(d)}${aimed(d, name)}${secretly(d)}`,
  alliance_refused: ([a, b], d) => `${a} declines the ${pact(d)} ${b} offered`,
  alliance_lapsed: ([a, b], d) => `The ${pact(d)} ${a} offered ${b} lapses`,
  alliance_formed: (names, d, name) => (d.lead ? `${name(d.lead)} gives ${listed(names.filter((n) => n !== name(d.lead)))} a ${pact(d)}${aimed(d, name)}` : `${listed(names)} make a ${pact(d)}${named(d)}${aimed(d, name)}${secretly(d)}`),
  alliance_left: ([a, ...rest], d) => `${a} leaves its ${pact(d)}${named(d)} with ${listed(rest)}`,
  alliance_ended: (names, d) => `The ${pact(d)}${named(d)} of ${listed(names)} ends`,
  guarantee_given: ([a, b], d, name) => `${a} guarantees ${b}${aimed(d, name)}`,
  accommodated: ([a, b], d) => `${a} accommodates ${b}${d.dropped ? " and drops an alignment against it" : ""}`,
  crisis_opened: ([a, b], d) => `${a} opens a crisis with ${b} over ${RELATION[d.aim] ?? d.aim ?? "their quarrel"}${d.demand ? `: “${d.demand}”` : ""}`,
  crisis_stage: ([a, b], d) => `The crisis between ${a} and ${b} reaches ${LEVELS[d.level] ?? `level ${d.level}`}`,
  war_began: ([a, b], d) => `War: ${a} attacks ${b}${d.aim ? ` over ${RELATION[d.aim] ?? d.aim}` : ""}`,
  war_joined: ([a, b]) => `${a} enters the war${b ? ` on the side of ${b}` : ""}`,
  mobilized: ([a]) => `${a} mobilises`,
  statement: ([a, b], d) => `${a} declares ${d.intent} intentions towards ${b}${d.text ? `: “${d.text}”` : ""}`,
  message: ([a, b], d) => `${a} to ${b}: “${d.text ?? ""}”`,
  announcement: (_names, d) => `${d.text ?? "Announcement"}`,
  aid_given: ([a, b], d) => `${a} gives ${b} ${d.aid ?? ""} aid${Number.isFinite(d.amount) ? ` of ${percent(d.amount)} of its budget` : ""}`,
  aid_cut: ([a, b], d) => `${a} cuts its ${d.aid ?? ""} aid to ${b}`,
  aid_condition: ([a, b], d) => `${a} puts a condition on its aid to ${b}: “${d.text ?? ""}”`,
  regime_changed: ([a], d) => `${a} changes its regime${d.family || d.after ? ` to ${spaced(d.family ?? d.after)}` : ""}`,
  posture_set: ([a], d) => `${a} takes a ${d.posture} posture`,
  armed: ([a]) => `${a} arms`,
  assessment: ([a]) => `${a} writes down whom it fears`,
  prediction: ([a], d, name) => `${a} predicts what ${name(d.of)} will do${Number.isFinite(d.confidence) ? `, ${percent(d.confidence)} sure` : ""}`,
  reason: ([a], d) => `${a} notes its reason: ${spaced(d.reason ?? "")}${d.note ? `, “${d.note}”` : ""}`,
  call_lapsed: ([a], d) => `${a} gave no answer (${spaced(d.reason ?? "call")})`,
  order_void: ([a], d) => `${a}'s order had become impossible${d.kind ?? d.move ? `: ${spaced(d.kind ?? d.move)}` : ""}`,
  rivalry_began: ([a, b]) => `${a} and ${b} become rivals`,
  rivalry_ended: ([a, b]) => `${a} and ${b} are rivals no longer`,
  claim_settled: ([a, b]) => `${a} and ${b} settle a claim`,
  hostile_incident: ([a, b], d) => `${a} acts against ${b}: ${LEVELS[d.level] ?? "an incident"}`,
  state_entered: ([a]) => `${a} becomes an independent state`,
  state_left: ([a]) => `${a} ceases to exist`,
};

const GROUPS = [
  ["all", "Everything", () => true],
  ["alliances", "Alliances", (kind) => kind.startsWith("alliance") || kind === "guarantee_given" || kind === "accommodated"],
  ["conflict", "Crises and wars", (kind) => /^(crisis|war|mobilized|hostile|peace|attack|demand|rivalry|claim)/.test(kind)],
  ["words", "Messages and statements", (kind) => /^(message|statement|announcement)/.test(kind)],
  ["mine", "With me in it", () => true],
];

/** Tell an incident as a sentence. */
export function sentence(incident, names) {
  const name = (id) => names[id] ?? id;
  const actors = (incident.actors ?? []).map(name);
  const detail = incident.detail ?? {};
  const told = SENTENCES[incident.kind];
  if (told) return `${told(actors, detail, name).replace(/\s+/g, " ").replace(/[.!?]?$/, "")}.`.replace(/”\.$/, "”");
  return `${titled(incident.kind)}${actors.length ? `: ${listed(actors)}` : ""}${plainly(detail, name)}.`;
}

function plainly(detail, name) {
  const parts = Object.entries(detail)
    .filter(([key, value]) => ["string", "number"].includes(typeof value) && value !== "" && !["crisis", "war", "id", "alignment", "proposal", "subject"].includes(key))
    .map(([key, value]) => `${spaced(key)} ${typeof value === "number" && !Number.isInteger(value) ? value.toFixed(2) : spaced(name(value))}`);
  return parts.length ? ` (${parts.join(", ")})` : "";
}

/** Return the incidents a filter lets through, newest last. */
export function filtered(incidents, group, own, about = "") {
  const keep = GROUPS.find(([id]) => id === group)?.[2] ?? (() => true);
  return incidents.filter((incident) => keep(incident.kind) && (group !== "mine" || incident.actors.includes(own)) && (!about || incident.actors.includes(about)));
}

const toneOf = (kind) => (/^(war_began|war_joined|attack|hostile)/.test(kind) ? "bad" : /^(crisis|mobilized)/.test(kind) ? "warn" : /formed|given|peace|accommodated/.test(kind) ? "good" : "");
const SHOWN = 150;

/** Draw the log. New entries are read out by screen readers, politely. */
export function log(state, names, act, id = "log") {
  const own = state.welcome?.seat ?? "";
  const shown = filtered(state.incidents, state.ui.filter, own, state.ui.logOf).slice(-SHOWN);
  const groups = GROUPS.filter(([group]) => group !== "mine" || own).map(([value, label]) => ({ value, label }));
  const actors = [{ value: "", label: "any state" }, ...Object.entries(names).map(([value, label]) => ({ value, label }))];
  return panel(
    id,
    "What happened",
    { class: "log" },
    h(
      "div",
      { class: "filters" },
      select(`${id}-filter`, "Show", state.ui.filter, groups, (value) => act.ui({ filter: value })),
      select(`${id}-of`, "About", state.ui.logOf, actors, (value) => act.ui({ logOf: value })),
    ),
    h(
      "ol",
      { class: "entries", role: "log", "aria-live": "polite", "aria-relevant": "additions", "aria-label": "Incidents, oldest first", tabindex: "0" },
      shown.map((incident) =>
        h(
          "li",
          { key: `i${incident.id}`, class: `entry ${toneOf(incident.kind)} ${incident.actors?.includes(own) ? "about-me" : ""}` },
          h("time", { datetime: incident.date }, longDate(incident.date)),
          " ",
          h("span", null, sentence(incident, names)),
        ),
      ),
    ),
    shown.length ? null : h("p", { class: "quiet" }, "Nothing to show yet."),
  );
}
