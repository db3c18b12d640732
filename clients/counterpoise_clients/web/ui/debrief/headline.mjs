// What the debrief says first: how many decisions there were, and which hypotheses stand out.

import { betterWords, reading, yardsticks } from "../../viz/forest.mjs";
import { t } from "../../text/text.mjs";
import { hypothesesOf } from "./report.mjs";
import { sentenceOf } from "./sentences_of_data.mjs";

/** Say which hypotheses stand out, and that the others cannot be told apart: never a bare winner. */
export function headline(report) {
  const rows = hypothesesOf(report).filter((row) => row.standing !== "baseline");
  const { decisions, threatened } = report.classes;
  const better = rows.filter((row) => reading(row) === betterWords()).map((row) => row.label);
  const lead = report.tested?.recovery_test ? t("debrief.recoveryTestOfBots") : "";
  const scored = t("debrief.decisionsOfThemUnderThreat", { lead, decisions, threatened });
  if (!rows.length) return t("debrief.nothingWasScoredYet", { scored });
  if (!report.enough.telling) return `${scored} ${sentenceOf(report.enough.as_data)}`;
  const also = yardsticks(hypothesesOf(report));
  if (!better.length) return t("debrief.noHypothesisIsShownTo", { scored, also });
  return t("debrief.betterThanTheBaseRate2", { scored, value: better.join(", "), also });
}
