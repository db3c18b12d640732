// How long ago somebody was seen.

import { t } from "../text/text.mjs";

/**
 * Say how long ago a moment was: "just now", "3 min".
 *
 * @param {number} seconds
 */
export function sinceWords(seconds) {
  if (seconds < 10) return t("class.just-now");
  if (seconds < 60) return t("class.seconds-ago", { count: Math.floor(seconds / 10) * 10 });
  if (seconds < 3600) return t("class.minutes-ago", { count: Math.floor(seconds / 60) });
  return t("class.hours-ago", { count: Math.floor(seconds / 3600) });
}
