// The legend of a map: only what is on it. Pure.

import { h } from "../h.mjs";
import { pactWords } from "../words.mjs";
import { barbsPath, curvePath, arrowPath, ringPath } from "./curves.mjs";
import { shapeAt } from "./map.mjs";
import { fearsShown, lock, lookOf } from "./relations.mjs";
import { t } from "../text/text.mjs";

/** @typedef {import("./curves.mjs").Curve} Curve */
/** @typedef {import("../h.mjs").Child} Child */

/** @type {Curve} */
const SAMPLE = [
  [4, 16],
  [35, 16],
  [66, 16],
];
/** The words of looks that several kinds of pact have. @param {string} look */
const wordsOfLook = (look) =>
  look === "strong" ? t("map.defenceOffenceOrUnion") : look === "informal" ? t("map.armsBasingOrJointOperation") : "";

/**
 * Draw the legend.
 *
 * @param {import("./world.mjs").World} world
 * @param {Record<string, import("./camps.mjs").Camp>} camps
 * @param {(id: string) => string} name
 */
export function legend(world, camps, name) {
  const leaders = new Map(Object.values(camps).map((camp) => [camp.leader, camp]));
  const looks = new Map(world.pacts.map((pact) => [lookOf(pact.commitment), pact.commitment]));
  const camped = [...leaders.values()].map((camp) => item(`camp-${camp.number}`, `camp-of-${camp.leader}`, shapeAt(camp, 35, 16), t("map.campOf", { leader: name(camp.leader) })));
  return h(
    "ul",
    { class: "legend map-legend", "aria-label": t("map.legendOfTheMap") },
    camped,
    world.states.some((state) => !camps[state.id]) ? item("camp-0", "none", shapeAt(null, 35, 16), t("map.noCamp")) : null,
    Object.values(camps).some((camp) => camp.isLoose) ? item("", "loose", h("rect", { class: "loose-sample", x: 6, y: 4, width: 58, height: 24 }), t("map.stripedLooselyBound")) : null,
    [...looks].map(([look, commitment]) =>
      item(`pact ${look} camp-0`, look, h("path", { class: "line", d: curvePath(SAMPLE) }), wordsOfLook(look) || pactWords(commitment)),
    ),
    world.pacts.some((pact) => pact.secret) ? item("", "secret", lock([35, 17]), t("map.secretALockOnThe")) : null,
    fearsShown(world).length ? item("fear", "fear", h("path", { d: arrowPath(SAMPLE, 9) }), t(world.isApparent ? "map.seemsToBeFearedBy" : "map.isFearedByWiderIs")) : null,
    world.crises.length ? item("crisis", "crisis", h("path", { class: "line", d: ringPath({ x: 22, y: 16, badge: null }, { x: 48, y: 16, badge: null }, 11, 99) }), t("map.crisisDotsItsLevelOf")) : null,
    world.wars.length ? item("war", "war", [h("path", { class: "line", d: curvePath(SAMPLE) }), h("path", { class: "barbs", d: barbsPath(SAMPLE, 22) })], t("map.war")) : null,
    world.aid.length ? item("aid", "aid", [h("path", { class: "line", d: curvePath(SAMPLE) }), h("circle", { class: "end", cx: 64, cy: 16, r: 5 })], t("map.aidTowardsTheDot")) : null,
    world.penetrations.length ? item("access", "access", [h("path", { class: "line", d: curvePath(SAMPLE) }), h("circle", { class: "end", cx: 64, cy: 16, r: 5 })], t("map.accessToPoliticsTowardsThe")) : null,
    world.states.some((state) => state.occupier) ? item("", "held", h("rect", { class: "held-sample", x: 6, y: 4, width: 58, height: 24 }), t("map.hatchedLandThatAnotherState")) : null,
  );
}

/**
 * @param {string} looks
 * @param {string} key
 * @param {Child | Child[]} drawing
 * @param {string} words
 */
const item = (looks, key, drawing, words) =>
  h("li", { key }, h("svg", { class: "map-sample", viewBox: "0 0 70 32", "aria-hidden": "true", focusable: "false" }, h("g", { class: looks }, drawing)), " ", words);
