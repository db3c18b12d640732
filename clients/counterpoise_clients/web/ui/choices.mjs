// Options of a decision in words.

import { CLASSES } from "../words.mjs";

/** Say an option: `BAL:EGY` is "balances with Egypt". */
export function optionWords(label, names) {
  if (!label) return "–";
  const [kind, partner] = String(label).split(":");
  const verb = CLASSES[kind]?.[1] ?? kind;
  return partner ? `${verb} with ${names[partner] ?? partner}` : verb;
}
