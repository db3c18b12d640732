// The states as this seat sees them, and the seat itself.

import { h } from "../h.mjs";
import { alignmentLabel } from "../form_choices.mjs";
import { RELATION, longDate, percent, share, titled } from "../words.mjs";
import { bar } from "../viz/marks.mjs";
import { fact, panel, stateName, table, tag } from "./parts.mjs";
import { sanctionTags } from "./sanctions.mjs";

const NEARNESS = [
  "",
  "shares a border",
  "up to 12 miles of water",
  "up to 24 miles of water",
  "up to 150 miles of water",
  "up to 400 miles of water",
];

/** Return the tags that say how a state stands to this seat. */
export function relations(other, view) {
  const tags = [];
  if (other.at_war) tags.push(["at war with you", "bad"]);
  if (other.aligned) tags.push(["your ally", "good"]);
  if (other.rivalry) tags.push(["rival", "bad"]);
  if (other.claim) tags.push([`claims ${RELATION[other.claim] ?? other.claim}`, "warn"]);
  if (other.claimed) tags.push([`you claim ${RELATION[other.claimed] ?? other.claimed}`, ""]);
  if (other.occupier === view.own.id) tags.push([`you hold ${percent(other.occupied)} of it`, ""]);
  if (other.stated_intent !== "neutral")
    tags.push([`says: ${other.stated_intent}`, other.stated_intent === "hostile" ? "warn" : "good"]);
  if (other.refused) tags.push(["refused your offer", "warn"]);
  tags.push(...sanctionTags(other, view));
  if (other.broken_promises > 0.005) tags.push(["broke a promise", "warn"]);
  if (other.subversion > 0.005) tags.push(["subverts", "warn"]);
  if (other.penetration > 0.005) tags.push([`has a hold at home ${share(other.penetration)}`, "warn"]);
  if (other.divisive) tags.push(["competes for one leadership", ""]);
  return tags;
}

/** Draw the table of the other states. */
export function states(view, id = "states") {
  return panel(
    id,
    "States",
    { class: "states" },
    table({
      caption: "The other states: estimated power and offence, distance, regime, and how they stand to you.",
      class: "state-table tight",
      key: (row) => row.id,
      rows: view.others,
      columns: [
        {
          label: "State",
          head: true,
          cell: (row) => [stateName(row.id, row.name), row.role === "outside" ? tag("outside power") : null],
        },
        { label: "Power (est.)", cell: (row) => measure(percent(row.power), row.power / greatest(view)) },
        { label: "Offence (est.)", cell: (row) => measure(share(row.offense), row.offense) },
        {
          label: "Distance",
          cell: (row) =>
            h(
              "span",
              { title: NEARNESS[row.contiguity] || null },
              row.contiguity === 1 ? "border" : `${Math.round(row.km).toLocaleString("en")} km`,
            ),
        },
        {
          label: "Regime",
          cell: (row) => [
            titled(row.family),
            h(
              "span",
              { class: "quiet small", title: `Similarity ${share(row.similarity)}` },
              ` ${likeness(row.similarity)}`,
            ),
          ],
        },
        { label: "Relations", full: true, cell: (row) => relationTags(row, view) },
        { label: "Record", full: true, cell: (row) => record(row) },
      ],
    }),
  );
}

const likeness = (similarity) =>
  similarity >= 0.75 ? "much like yours" : similarity >= 0.4 ? "somewhat like yours" : "unlike yours";
const greatest = (view) => Math.max(view.own.power, ...view.others.map((other) => other.power), 1e-9);
const measure = (words, value) => h("span", { class: "measure" }, h("span", null, words), bar(value, "part"));

function relationTags(other, view) {
  const tags = relations(other, view);
  return tags.length
    ? h(
        "span",
        { class: "tags" },
        tags.map(([words, tone]) => tag(words, tone)),
      )
    : h("span", { class: "quiet none" }, "–");
}

function record(other) {
  const parts = [];
  if (other.hostility > 0.005) parts.push(`hostile ${other.hostility.toFixed(1)}`);
  if (other.cooperation > 0.005) parts.push(`friendly ${other.cooperation.toFixed(1)}`);
  if (other.honoured || other.reneged) parts.push(`kept ${other.honoured}, broke ${other.reneged} promises`);
  return parts.length ? parts.join("; ") : h("span", { class: "quiet none" }, "–");
}

/** Draw the panel of the seat's own state. */
export function me(view, scenario, names, { id = "me", act = null } = {}) {
  const { own } = view;
  const mine = view.alignments.filter((alignment) => alignment.members.includes(own.id));
  const aid = view.aid.filter((flow) => flow.donor === own.id || flow.recipient === own.id);
  return panel(
    id,
    own.name,
    { class: "me" },
    ownFacts(view, names),
    own.goals.length
      ? [
          h("h3", null, "Goals"),
          h(
            "ul",
            { class: "goals" },
            own.goals.map((goal) => h("li", null, goal)),
          ),
        ]
      : null,
    own.objectives.length
      ? [
          h("h3", null, "What your score pays for"),
          h(
            "ul",
            { class: "objectives" },
            own.objectives.map((objective) =>
              h(
                "li",
                null,
                objectiveWords(objective, names),
                objective.weight === 1 ? null : ` (weight ${objective.weight})`,
                objective.public ? tag("public") : null,
              ),
            ),
          ),
        ]
      : null,
    h("h3", null, "Commitments"),
    mine.length
      ? h(
          "ul",
          { class: "plain" },
          mine.map((alignment) =>
            h(
              "li",
              { key: String(alignment.id) },
              alignmentLabel(alignment, names, own.id),
              against(alignment, names),
              alignment.secret ? tag("secret", "warn") : null,
            ),
          ),
        )
      : h("p", { class: "quiet" }, "None: you stand alone."),
    aid.length
      ? [
          h("h3", null, "Aid"),
          h(
            "ul",
            { class: "plain" },
            aid.map((flow) =>
              h(
                "li",
                { key: `${flow.donor}${flow.recipient}${flow.kind}` },
                `${names[flow.donor] ?? flow.donor} gives ${names[flow.recipient] ?? flow.recipient} ${flow.kind} aid of ${percent(flow.amount)} of its budget${flow.condition ? `, on condition: ${flow.condition}` : ""}`,
              ),
            ),
          ),
        ]
      : null,
    own.briefing || scenario?.summary
      ? h(
          "details",
          { class: "briefing", open: view.window === 0 },
          h("summary", null, "Briefing"),
          own.briefing ? h("p", null, own.briefing) : null,
          scenario?.summary
            ? h(
                "p",
                { class: "quiet" },
                `${scenario.summary} ${longDate(scenario.start)} to ${longDate(scenario.end)}.`,
              )
            : null,
        )
      : null,
    act ? nameForm(act) : null,
  );
}

function ownFacts(view, names) {
  const { own } = view;
  return h(
    "dl",
    { class: "fact-grid" },
    fact("Power share", measure(percent(own.power), own.power / greatest(view))),
    fact("Offence", measure(share(own.offense), own.offense)),
    fact("Treasury", `${own.treasury.toFixed(0)} % of a year`),
    fact("Legitimacy", measure(share(own.legitimacy), own.legitimacy)),
    fact("Posture", `${titled(own.posture)}${own.mobilized ? ", mobilised" : ""}`),
    fact("Regime", titled(own.family)),
    fact("Who decides", centres(own.centres)),
    fact("Your movement", standing(own.standing)),
    own.occupier ? fact("Lost land", `${percent(own.occupied)}, held by ${names[own.occupier] ?? own.occupier}`) : null,
    fact("Score", own.score.toFixed(1)),
    fact("Made of", scoreParts(own.score_parts)),
  );
}

/** Say what a score is made of, in points. */
export const scoreParts = (parts) =>
  Object.entries(parts)
    .map(([name, points]) => `${name} ${points.toFixed(1)}`)
    .join(", ");

/** Say what an objective asks for, as the scenario's author set it. */
export const objectiveWords = (objective, names) => {
  const states = objective.states.map((state) => names[state] ?? state).join(", ");
  const count = objective.count > 1 ? `, ${objective.count} of them` : "";
  return `${OBJECTIVES[objective.kind] ?? titled(objective.kind)}${states ? `: ${states}${count}` : ""}`;
};

const OBJECTIVES = {
  land: "Keep the land from",
  gain: "Win what you claim from",
  allies: "Be bound to, by promises that would be kept",
  protector: "Have the promise of a stronger state",
  apart: "Keep from allying with each other",
  isolated: "Keep without allies",
  peace: "Be at peace with",
  outweigh: "With your partners, weigh as much as",
  regime: "Keep the government in power, and legitimate",
  independence: "Be governed by nobody",
  supplied: "Get aid",
  leadership: "Lead your movement",
};

/** Say how many centres of power must agree on policy. */
export const centres = (count) => (count === 1 ? "One centre of power alone" : `${count} centres of power must agree`);

/** Say how the regime stands with its movement, and what that does to its legitimacy. */
export function standing(value) {
  if (value >= 1) return "You stand with it: legitimacy rises";
  if (value > 0) return "You stand with some of it: legitimacy rises a little";
  if (value === 0) return "Nobody to stand with or apart from";
  return value > -1 ? "You stand apart: legitimacy falls a little" : "You stand against it: legitimacy falls";
}

// What the others see instead of "a person". The name goes out with the next hello, so changing it reconnects.
function nameForm(act) {
  const change = (event) => {
    event.preventDefault();
    act.rename(event.currentTarget.elements.namedItem("player").value.trim());
  };
  return h(
    "form",
    { class: "name-form", onsubmit: change },
    h(
      "div",
      { class: "field" },
      h("label", { for: "player-name" }, "Your name, as the others see it"),
      h("input", { id: "player-name", name: "player", type: "text", maxlength: 60, autocomplete: "nickname" }),
    ),
    h("button", { type: "submit", class: "button small" }, "Change"),
  );
}

const against = (alignment, names) =>
  alignment.against ? h("span", { class: "quiet" }, ` against ${names[alignment.against] ?? alignment.against}`) : null;
