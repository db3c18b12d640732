// The states as this seat sees them, and the seat itself.

import { h } from "../h.mjs";
import { alignmentLabel } from "../form_choices.mjs";
import { number, t, tOr } from "../text/text.mjs";
import { RELATION, codeWords, listed, longDate, percent, share, titled } from "../words.mjs";
import { bar } from "../viz/marks.mjs";
import { button, fact, nameField, panel, stateName, table, tag } from "./parts.mjs";
import { sanctionTags } from "./sanctions.mjs";

/** Return the tags that say how a state stands to this seat. */
export function relations(other, view) {
  const tags = [];
  if (other.at_war) tags.push([t("states.tag.atWar"), "bad"]);
  if (other.aligned) tags.push([t("states.tag.ally"), "good"]);
  if (other.rivalry) tags.push([t("states.tag.rival"), "bad"]);
  if (other.claim) tags.push([t("states.tag.claims", { aim: RELATION[other.claim] ?? other.claim }), "warn"]);
  if (other.claimed) tags.push([t("states.tag.youClaim", { aim: RELATION[other.claimed] ?? other.claimed }), ""]);
  if (other.occupier === view.own.id) tags.push([t("states.tag.youHold", { share: percent(other.occupied) }), ""]);
  if (other.stated_intent !== "neutral")
    tags.push([t("states.tag.says", { intent: codeWords(other.stated_intent) }), other.stated_intent === "hostile" ? "warn" : "good"]);
  if (other.refused) tags.push([t("states.tag.refused"), "warn"]);
  tags.push(...sanctionTags(other, view));
  if (other.broken_promises > 0.005) tags.push([t("states.tag.broke"), "warn"]);
  if (other.subversion > 0.005) tags.push([t("states.tag.subverts"), "warn"]);
  if (other.penetration > 0.005) tags.push([t("states.tag.hold", { share: share(other.penetration) }), "warn"]);
  if (other.divisive) tags.push([t("states.tag.leadership"), ""]);
  return tags;
}

/** Draw the table of the other states. */
export function states(view, id = "states") {
  return panel(
    id,
    t("states.states"),
    { class: "states" },
    table({
      caption: t("states.states.caption"),
      class: "state-table tight",
      key: (row) => row.id,
      rows: view.others,
      columns: [
        {
          label: t("states.states.state"),
          head: true,
          cell: (row) => [stateName(row.id, row.name), row.role === "outside" ? tag(t("states.states.outside")) : null],
        },
        { label: t("states.states.power"), cell: (row) => measure(percent(row.power), row.power / greatest(view)) },
        { label: t("states.states.offence"), cell: (row) => measure(share(row.offense), row.offense) },
        {
          label: t("states.states.distance"),
          cell: (row) =>
            h(
              "span",
              { title: tOr(`states.near.${row.contiguity}`, "") || null },
              row.contiguity === 1 ? t("states.states.border") : t("states.states.km", { km: Math.round(row.km) }),
            ),
        },
        {
          label: t("states.states.regime"),
          cell: (row) => [
            titled(row.family),
            h(
              "span",
              { class: "quiet small", title: t("states.states.similarity", { share: share(row.similarity) }) },
              ` ${likeness(row.similarity)}`,
            ),
          ],
        },
        { label: t("states.states.relations"), full: true, cell: (row) => relationTags(row, view) },
        { label: t("states.states.record"), full: true, cell: (row) => record(row) },
      ],
    }),
  );
}

const likeness = (similarity) =>
  similarity >= 0.75 ? t("states.likeness.much") : similarity >= 0.4 ? t("states.likeness.some") : t("states.likeness.none");
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
  if (other.hostility > 0.005) parts.push(t("states.record.hostile", { value: number(other.hostility, 1) }));
  if (other.cooperation > 0.005) parts.push(t("states.record.friendly", { value: number(other.cooperation, 1) }));
  if (other.honoured || other.reneged) parts.push(t("states.record.promises", { kept: other.honoured, broke: other.reneged }));
  return parts.length ? parts.join("; ") : h("span", { class: "quiet none" }, "–");
}

/**
 * Draw the panel of the seat's own state.
 *
 * @param {Wire.View} view
 * @param {any} scenario
 * @param {Record<string, string>} names
 * @param {{ id?: string, act?: any }} [options] `act`: the acts of the page, for a seat's own page
 */
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
          h("h3", null, t("states.me.goals")),
          h(
            "ul",
            { class: "goals" },
            own.goals.map((goal) => h("li", null, goal)),
          ),
        ]
      : null,
    own.objectives.length
      ? [
          h("h3", null, t("states.me.pays")),
          h(
            "ul",
            { class: "objectives" },
            own.objectives.map((objective) =>
              h(
                "li",
                null,
                objectiveWords(objective, names),
                objective.weight === 1 ? null : t("states.me.weight", { weight: objective.weight }),
                objective.public ? tag(t("states.me.public")) : null,
              ),
            ),
          ),
        ]
      : null,
    h("h3", null, t("states.me.commitments")),
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
              alignment.secret ? tag(t("states.network.secret"), "warn") : null,
            ),
          ),
        )
      : h("p", { class: "quiet" }, t("states.me.alone")),
    aid.length
      ? [
          h("h3", null, t("states.me.aid")),
          h(
            "ul",
            { class: "plain" },
            aid.map((flow) =>
              h(
                "li",
                { key: `${flow.donor}${flow.recipient}${flow.kind}` },
                flowWords(flow, names),
              ),
            ),
          ),
        ]
      : null,
    own.briefing || scenario?.summary
      ? h(
          "details",
          { class: "briefing" },
          h("summary", null, t("states.me.briefing")),
          own.briefing ? h("p", null, own.briefing) : null,
          scenario?.summary
            ? h(
                "p",
                { class: "quiet" },
                t("states.me.span", { summary: scenario.summary, start: longDate(scenario.start), end: longDate(scenario.end) }),
              )
            : null,
        )
      : null,
    act ? button(t("states.me.sheet"), () => act.page("brief"), { id: `${id}-brief` }) : null,
    act ? nameForm(act) : null,
  );
}

function flowWords(flow, names) {
  const [donor, recipient] = [names[flow.donor] ?? flow.donor, names[flow.recipient] ?? flow.recipient];
  const values = { donor, recipient, kind: codeWords(flow.kind), amount: percent(flow.amount), condition: flow.condition ?? "" };
  return flow.condition ? t("states.me.flowIf", values) : t("states.me.flow", values);
}

function ownFacts(view, names) {
  const { own } = view;
  return h(
    "dl",
    { class: "fact-grid" },
    fact(t("states.me.power"), measure(percent(own.power), own.power / greatest(view))),
    fact(t("states.me.offence"), measure(share(own.offense), own.offense)),
    fact(t("states.me.treasury"), t("states.me.treasuryWords", { money: number(own.treasury, 0) })),
    fact(t("states.me.legitimacy"), measure(share(own.legitimacy), own.legitimacy)),
    fact(t("states.me.posture"), own.mobilized ? t("states.me.mobilised", { posture: titled(own.posture) }) : titled(own.posture)),
    fact(t("states.me.regime"), titled(own.family)),
    fact(t("states.me.decides"), centres(own.centres)),
    fact(t("states.me.movement"), standing(own.standing)),
    own.occupier ? fact(t("states.me.lost"), t("states.me.lostWords", { share: percent(own.occupied), state: names[own.occupier] ?? own.occupier })) : null,
    fact(t("states.me.score"), number(own.score, 1)),
    fact(t("states.me.made"), scoreParts(own.score_parts)),
  );
}

/** Say what a score is made of, in points. */
export const scoreParts = (parts) =>
  Object.entries(parts)
    .map(([name, points]) => `${codeWords(name)} ${number(points, 1)}`)
    .join(", ");

/** Say what an objective asks for, as the scenario's author set it. */
export function objectiveWords(objective, names) {
  const named = listed(objective.states.map((state) => names[state] ?? state));
  const states = objective.count > 1 ? t("states.objective.many", { count: objective.count, states: named }) : named;
  const key = `states.objective.${objective.kind}`;
  return named ? tOr(key, titled(objective.kind), { states }) : tOr(`${key}.alone`, titled(objective.kind));
}

/** Say how many centres of power must agree on policy. */
export const centres = (count) => t("states.centres", { count });

/** Say how the regime stands with its movement, and what that does to its legitimacy. */
export function standing(value) {
  const stand = value >= 1 ? "with" : value > 0 ? "some" : value === 0 ? "none" : value > -1 ? "apart" : "against";
  return t(`states.standing.${stand}`);
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
      h("label", { for: "player-name" }, t("states.me.name")),
      h("input", { id: "player-name", name: "player", ...nameField(), autocomplete: "nickname" }),
    ),
    h("button", { type: "submit", class: "button small" }, t("states.me.change")),
  );
}

const against = (alignment, names) =>
  alignment.against ? h("span", { class: "quiet" }, t("states.me.against", { state: names[alignment.against] ?? alignment.against })) : null;
