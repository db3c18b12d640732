// The alignment network: states on a fixed circle, so that nobody jumps when an alliance comes or goes.

import { h } from "../h.mjs";
import { COMMITMENTS, codeWords, listed } from "../words.mjs";
import { pairsOf } from "../map/world.mjs";
import { figure, px } from "./marks.mjs";
import { t } from "../text/text.mjs";

const SIZE = 640;
const CENTRE = SIZE / 2;
const RING = 258;
/** The width of a letter of a name, on average. */
const LETTER = 10;

/** How a commitment is drawn: a class with its own dash pattern, and its name in the legend. */
export const styles = () => ({
  defence: ["tie-defence", t("figures.defenceOrOffencePact")],
  offence: ["tie-defence", t("figures.defenceOrOffencePact")],
  union: ["tie-defence", t("figures.defenceOrOffencePact")],
  neutrality: ["tie-neutral", t("figures.neutralityNonAggressionOrConsultation")],
  nonaggression: ["tie-neutral", t("figures.neutralityNonAggressionOrConsultation")],
  consultation: ["tie-neutral", t("figures.neutralityNonAggressionOrConsultation")],
  guarantee: ["tie-guarantee", t("figures.guaranteeTheDotMarksThe")],
  basing: ["tie-informal", t("figures.basingArmsOrJointOperation")],
  arms: ["tie-informal", t("figures.basingArmsOrJointOperation")],
  joint_operation: ["tie-informal", t("figures.basingArmsOrJointOperation")],
  rivalry: ["tie-rivalry", t("figures.rivalryOrCrisis")],
  crisis: ["tie-rivalry", t("figures.rivalryOrCrisis")],
  war: ["tie-war", t("figures.war")],
});

/**
 * Collect what joins and divides states in a seat's view: one tie a pair and kind, in the view's order.
 *
 * @returns {{ a: string, b: string, kind: string, lead: string|null, secret: boolean, name: string }[]}
 */
export function tiesOf(view) {
  const ties = [];
  const seen = new Set();
  const add = (a, b, kind, more = {}) => {
    const key = `${[a, b].sort().join("/")}/${kind}`;
    if (a === b || seen.has(key)) return;
    seen.add(key);
    ties.push({ a, b, kind, lead: null, secret: false, name: "", ...more });
  };
  for (const alignment of view.alignments) {
    const { commitment, lead, secret, name } = alignment;
    for (const [a, b] of pairsOf(alignment)) add(a, b, commitment, { lead, secret, name });
  }
  for (const war of view.wars) for (const a of war.attackers) for (const b of war.defenders) add(a, b, "war");
  for (const crisis of view.crises) add(crisis.initiator, crisis.target, "crisis");
  for (const other of view.others) if (other.rivalry) add(view.own.id, other.id, "rivalry");
  return ties;
}

/** Say the figure's finding: how many ties, who has most partners, which wars. */
export function finding(actors, ties) {
  const names = Object.fromEntries(actors.map((actor) => [actor.id, actor.name]));
  const friendly = ties.filter((tie) => !hostile(tie.kind));
  const partners = new Map();
  for (const tie of friendly) {
    for (const [from, to] of [
      [tie.a, tie.b],
      [tie.b, tie.a],
    ]) {
      partners.set(from, (partners.get(from) ?? new Set()).add(to));
    }
  }
  const most = Math.max(0, ...[...partners.values()].map((set) => set.size));
  const leaders = actors
    .filter((actor) => most > 0 && partners.get(actor.id)?.size === most)
    .map((actor) => actor.name);
  const wars = ties.filter((tie) => tie.kind === "war").map((tie) => t("figures.and", { value: names[tie.a], value2: names[tie.b] }));
  const pairs = new Set(friendly.map((tie) => [tie.a, tie.b].sort().join("/"))).size;
  const most_ = most
    ? t("figures.mostPartners", { listed: listed(leaders.slice(0, 3)), value: leaders.length > 3 ? t("figures.andOthers") : "", value2: leaders.length === 1 ? t("figures.has") : t("figures.have"), most })
    : "";
  const fighting = wars.length
    ? t("figures.atWar", { value: wars.slice(0, 4).join("; "), value2: wars.length > 4 ? t("figures.andOthers") : "" })
    : t("figures.noWar");
  return t("figures.aligned", { pairs, value: pairs === 1 ? t("figures.pairOfStatesIs") : t("figures.pairsOfStatesAre"), most_, fighting });
}

export const hostile = (kind) => kind === "war" || kind === "rivalry" || kind === "crisis";

/** Draw states and ties. @param {{id: string, name: string, role: string}[]} actors in fixed order */
export function network(actors, ties, own = "", id = "network") {
  const place = new Map(actors.map((actor, index) => [actor.id, { ...spot(index, actors.length), name: actor.name }]));
  const between = new Map();
  const edges = ties
    .filter((tie) => place.has(tie.a) && place.has(tie.b))
    .map((tie) => {
      const pair = [tie.a, tie.b].sort().join("/");
      const order = between.get(pair) ?? 0;
      between.set(pair, order + 1);
      return edge(tie, place.get(tie.a), place.get(tie.b), order);
    });
  const nodes = actors.map((actor) => node(actor, place.get(actor.id), actor.id === own));
  return figure(id, SIZE, SIZE, t("figures.alignmentNetwork", { actors: finding(actors, ties) }), [...edges, ...nodes]);
}

function spot(index, count) {
  const angle = (index / count) * 2 * Math.PI - Math.PI / 2;
  return { x: CENTRE + RING * Math.cos(angle), y: CENTRE + RING * Math.sin(angle) };
}

function edge(tie, from, to, order) {
  // Bent towards the centre, each further tie of a pair a little more or less, so that none hides another.
  const bend = 0.3 + (order % 2 ? -1 : 1) * Math.ceil(order / 2) * 0.16;
  const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  const control = { x: middle.x + (CENTRE - middle.x) * bend, y: middle.y + (CENTRE - middle.y) * bend };
  const at = { x: (from.x + to.x) / 4 + control.x / 2, y: (from.y + to.y) / 4 + control.y / 2 };
  const path = `M${px(from.x)} ${px(from.y)}Q${px(control.x)} ${px(control.y)} ${px(to.x)} ${px(to.y)}`;
  const kind = COMMITMENTS[tie.kind] ?? codeWords(tie.kind);
  const label = tie.secret ? `${kind}, ${t("figures.secret")}` : kind;
  const marks = [];
  if (tie.kind === "war") marks.push(h("text", { class: "war-mark", x: px(at.x), y: px(at.y + 9) }, "×"));
  if (tie.secret) marks.push(h("text", { class: "secret-mark", x: px(at.x), y: px(at.y + 6) }, t("figures.secret")));
  if (tie.lead) {
    const [near, far] = tie.lead === tie.a ? [from, to] : [to, from];
    const reach = 30 / Math.max(1, Math.hypot(far.x - near.x, far.y - near.y));
    marks.push(
      h("circle", {
        class: "lead-mark",
        r: 6,
        cx: px(near.x + (control.x - near.x) * reach * 1.4),
        cy: px(near.y + (control.y - near.y) * reach * 1.4),
      }),
    );
  }
  return h(
    "g",
    { class: "tie" },
    h(
      "path",
      { class: styles()[tie.kind]?.[0] ?? "tie-informal", d: path },
      h("title", null, `${from.name} – ${to.name}: ${label}`),
    ),
    marks,
  );
}

function node(actor, at, own) {
  const outside = actor.role === "outside";
  const shape = outside
    ? h("rect", { class: "node-shape", x: px(at.x - 14), y: px(at.y - 14), width: 28, height: 28, rx: 3 })
    : h("circle", { class: "node-shape", cx: px(at.x), cy: px(at.y), r: 15 });
  const ring = outside
    ? h("rect", { class: "own-ring", x: px(at.x - 20), y: px(at.y - 20), width: 40, height: 40, rx: 5 })
    : h("circle", { class: "own-ring", cx: px(at.x), cy: px(at.y), r: 21 });
  return h(
    "g",
    { class: `node ${own ? "node-own" : ""}`, "data-actor": actor.id },
    h("title", null, `${actor.name}${own ? t("figures.you") : ""}${outside ? t("figures.outsidePower") : ""}`),
    own ? ring : null,
    shape,
    nameAt(actor.name, at),
  );
}

// Outside the circle of states, where no tie runs; moved towards the middle where the frame ends.
function nameAt(name, { x, y }) {
  const half = Math.min(CENTRE - 4, (name.length * LETTER) / 2);
  return h("text", { x: px(Math.min(SIZE - half - 4, Math.max(half + 4, x))), y: px(y < CENTRE - 1 ? y - 28 : y + 40) }, name);
}

/** Return a short line in a commitment's style, for the legend. */
export function sample(kind) {
  return h(
    "svg",
    { class: "sample", viewBox: "0 0 44 16", "aria-hidden": "true", focusable: "false" },
    h("path", { class: styles()[kind][0], d: "M2 8H42" }),
    kind === "war" ? h("text", { class: "war-mark", x: 22, y: 15 }, "×") : null,
    kind === "guarantee" ? h("circle", { class: "lead-mark", r: 4, cx: 8, cy: 8 }) : null,
  );
}

/** Return the mark of a state that leads an alignment, for the legend. */
export function leadSample() {
  return h(
    "svg",
    { class: "sample", viewBox: "0 0 44 16", "aria-hidden": "true", focusable: "false" },
    h("circle", { class: "lead-mark", r: 6, cx: 22, cy: 8 }),
  );
}
