// The end of a pause that ends by itself.

import { h } from "../../h.mjs";
import { t } from "../../text/text.mjs";
import { clock } from "../../words.mjs";

/**
 * Say in how long a pause ends by itself; nothing if it does not.
 *
 * @param {import("../../store.mjs").State} state
 */
export function pauseEnd(state, now = Date.now()) {
  const { status } = state;
  if (status?.phase !== "paused" || status.pause_left < 0) return null;
  const left = Math.max(0, status.pause_left - (now - state.statusAt) / 1000);
  return h("span", { key: "pause-left", id: "pause-left" }, t("console.pauseEnds", { time: clock(left) }));
}
