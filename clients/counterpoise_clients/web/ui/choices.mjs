// Options of a decision in words.

import { t } from "../text/text.mjs";
import { CLASSES } from "../words.mjs";

/**
 * Say an option: `BAL:EGY` is "balances with Egypt".
 *
 * @param {string} label
 * @param {Record<string, string>} names
 */
export function optionWords(label, names) {
  if (!label) return "–";
  const [kind, partner] = String(label).split(":");
  const verb = CLASSES[kind]?.[1] ?? kind;
  return partner ? t("page.option", { verb, state: names[partner] ?? partner }) : verb;
}
