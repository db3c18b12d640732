// The panels beside the map: who feared whom, the network, what happened, and the messages. Each is drawn only when it changes.

import { h, patch } from "../h.mjs";
import { pairsOf } from "../map/world.mjs";
import { language, t } from "../text/text.mjs";
import { button, twin } from "../ui/parts.mjs";
import { sentence } from "../ui/sentences.mjs";
import { finding as networkFinding, network } from "../viz/network.mjs";
import { longDate } from "../words.mjs";
import { newsUpTo, tiesOf } from "./film.mjs";
import { drawMatrix, drawThreatList } from "./matrix.mjs";
import { TRUTH } from "./place.mjs";

/** @typedef {import("./film.mjs").News} News */
/** @typedef {import("./film.mjs").Scene} Scene */
/** The lists of news: how many lines each has, which they are, and whether older parts of the film are loaded for it out of sight. */
const LISTS = [
  { id: "replay-log", most: 40, keeps: (/** @type {News} */ one) => one.kind !== "message", loadsUnseen: true },
  // A game may have few messages or none: the film is loaded up to its beginning for those who look at the panel.
  { id: "replay-messages", most: 20, keeps: (/** @type {News} */ one) => one.kind === "message", loadsUnseen: false },
];

/** Return the names of states by their codes. @param {any} state of a reel */
export const namesOf = (state) => Object.fromEntries((state?.cast?.actors ?? []).map((/** @type {any} */ actor) => [actor.id, actor.name]));

/**
 * Return what draws the panels.
 *
 * @param {(id: string) => Element} box returns a place on the page
 * @param {ReturnType<typeof import("./later.mjs").waiting>} waits
 * @param {() => void} redraw
 */
export function panelsOf(box, waits, redraw) {
  let matrix = "perceived";
  let isList = false;
  /** What each panel shows. @type {Record<string, any[]>} */
  let drawn = {};
  /** The lines of the lists by what they tell. @type {WeakMap<object, Record<string, any>>} */
  const lines = new WeakMap();

  const isSame = (id, parts) => {
    const before = drawn[id];
    drawn[id] = parts;
    return Boolean(before) && before.every((part, at) => part === parts[at]);
  };

  function drawThreats(reel, scene) {
    const { cast } = reel.state();
    const isTruth = reel.viewer === TRUTH;
    const kind = isTruth ? matrix : "perceived";
    const one = (value, words) =>
      button(words, () => {
        matrix = value;
        redraw();
      }, { kind: "small", id: `replay-matrix-${value}`, "aria-pressed": matrix === value ? "true" : "false" });
    const flip = () => {
      isList = !isList;
      redraw();
    };
    if (!isSame("switch", [isTruth, matrix, isList, language()]))
      patch(
        box("replay-matrix-switch"),
        h(
          "div",
          { class: "map-switches" },
          isTruth ? h("div", { class: "map-switches", role: "group", "aria-label": t("replay.threats") }, one("perceived", t("replay.perceived")), one("true", t("replay.true"))) : null,
          twin(isList, flip, "replay-matrix-twin"),
        ),
      );
    const draw = isList ? drawThreatList : drawMatrix;
    draw(box("replay-threats"), cast.actors, scene[kind], t(kind === "true" ? "replay.trueCaption" : "replay.perceivedCaption"));
    return false;
  }

  function drawNetwork(reel, scene) {
    const { things } = scene;
    const { cast } = reel.state();
    if (isSame("network", [things.pacts, things.wars, things.crises, things.rivalries, things.states, cast])) return false;
    const actors = cast.actors.filter((actor) => things.states.has(actor.id));
    const ties = tiesOf(scene, pairsOf);
    const own = reel.viewer === TRUTH ? "" : reel.viewer;
    patch(box("replay-network"), h("p", { class: "lead" }, networkFinding(actors, ties)), network(actors, ties, own, "replay-network-figure"));
    return false;
  }

  // A line is described once: a redraw takes the same description again, and leaves the line alone.
  function told(one, isFresh, names) {
    const key = `${language()}/${isFresh}`;
    const known = lines.get(one) ?? {};
    known[key] ??= h("li", { key: `n${one.id}`, class: isFresh ? "fresh" : "" }, h("time", { datetime: one.date }, longDate(one.date)), " ", sentence(one, names));
    lines.set(one, known);
    return known[key];
  }

  function drawList({ id, most, keeps, loadsUnseen }, reel, moment, scene, isSeen) {
    const { found, gap } = newsUpTo((at) => reel.sceneAt(at), moment, most, keeps);
    const loads = gap >= 0 && (isSeen || loadsUnseen);
    if (loads) void reel.load(gap);
    if (isSame(id, [scene, reel.loaded()])) return gap >= 0 && !loads;
    const names = namesOf(reel.state());
    patch(
      box(id),
      found.length ? h("ol", { class: "plain-list" }, found.reverse().map((one) => told(one, scene.news.includes(one), names))) : null,
      gap >= 0 ? h("p", { class: "quiet", role: "status" }, t("replay.loading")) : found.length ? null : h("p", { class: "quiet" }, t("replay.nothing")),
    );
    return gap >= 0 && !loads;
  }

  return {
    /** Draw the panels of a moment, those out of sight later. @param {import("./reel.mjs").Reel} reel @param {number} moment @param {Scene} scene */
    draw(reel, moment, scene) {
      waits.ask(box("replay-threats"), () => drawThreats(reel, scene));
      waits.ask(box("replay-network"), () => drawNetwork(reel, scene));
      for (const list of LISTS) waits.ask(box(list.id), (isSeen) => drawList(list, reel, moment, scene, isSeen));
    },
    /** Draw everything anew the next time. */
    forget: () => (drawn = {}),
  };
}
