// The replay as a page of a session: it draws itself, so that a step of its cursor redraws nothing else.

import { FORM, mayAsk } from "../going_on/page.mjs";
import { h } from "../h.mjs";
import { keeper } from "../keep.mjs";
import { language, t } from "../text/text.mjs";
import { whichWorld } from "../words.mjs";
import { sourceBeside } from "./beside.mjs";
import { mountReplay } from "./page.mjs";
import { isPlace, placeOf } from "./place.mjs";
import { filmSource } from "./source.mjs";

const base = new URL("..", import.meta.url);
/** The same description each time: a redraw of the page leaves what is inside alone. */
const island = h("main", { id: "main", key: "replay", class: "replay", tabindex: "-1" });
/** @type {{ element: Element, replay: ReturnType<typeof mountReplay>, language: string } | null} */
let shown = null;

/** Draw the page. */
export function replay(state, act) {
  requestAnimationFrame(() => mount(state, act));
  return island;
}

function mount(state, act) {
  const element = document.querySelector("main.replay");
  if (!element) return;
  if (shown?.element === element) {
    if (shown.language !== language()) {
      shown.language = language();
      shown.replay.draw();
    }
    return;
  }
  const { session } = state.welcome;
  const keep = keeper(session, sessionStorage, localStorage);
  const token = () => keep.credentials()?.token ?? "";
  const address = (fragment) => new URL(`debrief/${session}#${fragment}`, base).href;
  shown = {
    element,
    language: language(),
    replay: mountReplay(element, {
      sources: [{ ...filmSource(base, session, token), name: () => whichWorld(state.welcome) || t("replay.thisGame") }],
      besideOf: (companion) => sourceBeside(base, session, token, companion),
      place: placeOf(location.hash),
      linkOf: address,
      onPlace: (fragment) => element.isConnected && history.replaceState(null, "", address(fragment)),
      back: () => act.page("debrief"),
      goOn: mayAsk(state)
        ? (day) => {
            act.draft(FORM, "on", day);
            act.page("go_on");
          }
        : undefined,
      whatIf(day) {
        act.draft("what-if", "on", day);
        act.page("what_if");
      },
    }),
  };
}

addEventListener("popstate", () => shown?.element.isConnected && isPlace(location.hash) && shown.replay.go(placeOf(location.hash)));
