// Ended worlds of a class beside each other on one cursor. The page asks the class for the way into each, as one who looks on.

import { h } from "../h.mjs";
import { language, t } from "../text/text.mjs";
import { mountReplay } from "../replay/page.mjs";
import { placeOf } from "../replay/place.mjs";
import { filmSource } from "../replay/source.mjs";

const base = new URL("..", import.meta.url);
/** The same description each time: a redraw of the page leaves what is inside alone. */
const island = h("main", { id: "main", key: "replay", class: "replay", tabindex: "-1" });
/** @type {{ element: Element, replay: ReturnType<typeof mountReplay>, language: string } | null} */
let shown = null;

/**
 * Draw the page.
 *
 * @param {import("./store.mjs").ClassState} state
 * @param {any} act
 */
export function worldsReplay(state, act) {
  requestAnimationFrame(() => mount(state.ways, act));
  return island;
}

/** @param {import("./store.mjs").ClassState["ways"]} ways @param {any} act */
function mount(ways, act) {
  const element = document.querySelector("main.replay");
  const { worlds, moment } = act.replayed();
  if (!element || !worlds.every((/** @type {string} */ world) => ways[world])) return;
  if (shown?.element === element) {
    if (shown.language !== language()) {
      shown.language = language();
      shown.replay.draw();
    }
    return;
  }
  shown = {
    element,
    language: language(),
    replay: mountReplay(element, {
      sources: worlds.map((/** @type {string} */ world) => ({ ...filmSource(base, ways[world].session, () => ways[world].token), name: () => t("class.world", { world }) })),
      place: placeOf(moment),
      linkOf: act.momentAddress,
      onPlace: (fragment) => element.isConnected && history.replaceState(null, "", act.momentAddress(fragment)),
      back: act.desk,
      backTo: "class",
    }),
  };
}
