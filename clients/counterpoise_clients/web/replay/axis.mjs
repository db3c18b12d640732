// The whole time at a glance: wars, crises, pacts made and ended, and bookmarks; below, what each state did round the cursor.

import { h } from "../h.mjs";
import { figure, px } from "../viz/marks.mjs";
import { CLASSES, LEVELS, listed, longDate, pactWords } from "../words.mjs";
import { t } from "../text/text.mjs";

const [LABEL, WIDTH, ROW, TOP] = [112, 1000, 22, 24];
const ROWS = ["wars", "crises", "made", "ended", "marks"];
/** Windows of the lanes that stand beside each other. */
export const LANE_WINDOWS = 20;
const [LANE_LABEL, LANE_CELL, LANE_ROW] = [150, 42, 24];

/**
 * Return where a moment stands on the axis.
 *
 * @param {number} share of the time, in [0, 1]
 */
export const xOf = (share) => px(LABEL + (WIDTH - LABEL - 8) * share);

/**
 * Draw the axis.
 *
 * @param {import("./reel.mjs").Reel} reel
 * @param {Record<string, string>} names
 * @param {[number, number]} days the first and the last day of the axis
 * @param {(moment: number) => void} jump
 */
export function axis(reel, names, days, jump) {
  const overview = reel.overview();
  if (!overview) return null;
  const at = (moment) => xOf((reel.dayAt(moment) - days[0]) / Math.max(1, days[1] - days[0]));
  const y = (row) => TOP + ROWS.indexOf(row) * ROW + ROW / 2;
  const who = (span) => listed(span.states.map((state) => names[state] ?? state));
  const marks = overview.spans.flatMap((span) => {
    const [from, to] = [at(span.begins), span.ends === undefined ? WIDTH - 8 : at(span.ends)];
    const when = longDate(reel.dateAt(span.begins));
    if (span.kind === "war")
      return [bar(from, to, y("wars"), t("replay.warOf", { who: who(span), when }), () => jump(span.begins))];
    if (span.kind === "crisis")
      return [ring(from, y("crises"), Number(span.detail), t("replay.crisisOf", { who: who(span), when, level: LEVELS[Number(span.detail)] ?? span.detail }), () => jump(span.begins))];
    const pact = { who: who(span), pact: pactWords(span.detail) };
    return [
      span.opening ? null : sign("▲", from, y("made"), "made", t("replay.pactMade", { ...pact, when }), () => jump(span.begins)),
      span.ends === undefined ? null : sign("✕", to, y("ended"), "ended", t("replay.pactEnded", { ...pact, when: longDate(reel.dateAt(span.ends)) }), () => jump(span.ends ?? 0)),
    ];
  });
  const flags = overview.marks.map((mark) => sign("⚑", at(mark.moment), y("marks"), "mark", `${longDate(mark.date)}: ${mark.note}`, () => jump(mark.moment)));
  const height = TOP + ROWS.length * ROW + 4;
  return figure(
    "replay-axis",
    WIDTH,
    height,
    t("replay.axisTitle", { wars: count(overview, "war"), crises: count(overview, "crisis"), pacts: count(overview, "pact") }),
    [years(days, height), ROWS.map((row) => h("text", { class: "axis", x: 0, y: y(row) + 4, key: row }, t(`replay.row.${row}`))), marks, flags, h("line", { id: "replay-cursor", class: "replay-cursor", x1: LABEL, x2: LABEL, y1: 4, y2: height })],
    { least: 640 },
  );
}

const count = (overview, kind) => overview.spans.filter((span) => span.kind === kind).length;
const bar = (from, to, y, title, onclick) => h("rect", { class: "span-war", x: from, y: y - 5, width: Math.max(3, px(to - from)), height: 10, rx: 2, onclick }, h("title", null, title));
const ring = (x, y, level, title, onclick) => h("circle", { class: "span-crisis", cx: x, cy: y, r: 2.5 + level, onclick }, h("title", null, title));
const sign = (text, x, y, look, title, onclick) => h("text", { class: `span-sign ${look}`, x, y: y + 5, "text-anchor": "middle", onclick }, text, h("title", null, title));

function years(days, height) {
  const [first, last] = days.map((day) => new Date(day * 86_400_000).getUTCFullYear());
  const every = Math.ceil((last - first + 1) / 13);
  const shown = [];
  for (let year = first; year <= last; year += 1) {
    const share = (Date.UTC(year, 0, 1) / 86_400_000 - days[0]) / Math.max(1, days[1] - days[0]);
    if (share < 0 || (year - first) % every) continue;
    shown.push(h("line", { class: "grid", x1: xOf(share), x2: xOf(share), y1: 18, y2: height, key: `l${year}` }), h("text", { class: "axis", x: xOf(share) + 3, y: 14, key: `y${year}` }, String(year)));
  }
  return shown;
}

/**
 * Draw what each state did in the windows round the cursor, with a small letter for the forecast, `=` where it was right.
 *
 * @param {import("./film.mjs").Overview} overview
 * @param {{ id: string, name: string }[]} actors
 * @param {number} first the first window that is shown
 * @param {(window: number) => string} dateOfWindow
 */
export function lanes(overview, actors, first, dateOfWindow) {
  const shown = overview.lanes.filter((mark) => mark.window >= first && mark.window < first + LANE_WINDOWS);
  const rows = actors.filter((actor) => shown.some((mark) => mark.actor === actor.id));
  if (!rows.length) return null;
  const place = new Map(rows.map((actor, row) => [actor.id, row]));
  const names = new Map(rows.map((actor) => [actor.id, actor.name]));
  const height = TOP + rows.length * LANE_ROW + 6;
  const width = LANE_LABEL + LANE_WINDOWS * LANE_CELL;
  const heads = [];
  for (let window = first; window < first + LANE_WINDOWS; window += 1) {
    const date = dateOfWindow(window);
    const x = LANE_LABEL + (window - first) * LANE_CELL;
    if (date && (window === first || date.slice(0, 4) !== dateOfWindow(window - 1).slice(0, 4))) heads.push(h("text", { class: "axis", x, y: 15, key: `h${window}` }, date.slice(0, 4)));
  }
  const cells = shown.map(({ actor, window, did, forecast }) => {
    const [x, y] = [LANE_LABEL + (window - first) * LANE_CELL, TOP + (place.get(actor) ?? 0) * LANE_ROW];
    const [letter, words] = CLASSES[did] ?? ["?", did];
    const foreseen = did === forecast ? "=" : (CLASSES[forecast]?.[0] ?? "");
    return h(
      "g",
      { class: `lane-mark class-${did}`, key: `${actor}${window}` },
      h("title", null, t("replay.laneMark", { name: names.get(actor) ?? actor, window: window + 1, did: words, forecast: CLASSES[forecast]?.[1] ?? forecast })),
      h("rect", { x: x + 1, y: y + 1, width: 25, height: LANE_ROW - 4, rx: 3 }),
      h("text", { x: x + 13, y: y + 16, "text-anchor": "middle" }, letter),
      h("text", { class: "foreseen", x: x + 33, y: y + 16, "text-anchor": "middle" }, foreseen),
    );
  });
  const labels = rows.map((actor, row) => h("text", { class: "axis", x: LANE_LABEL - 8, y: TOP + row * LANE_ROW + 16, "text-anchor": "end", key: actor.id }, actor.name));
  const title = t("replay.lanesTitle", { from: longDate(dateOfWindow(first)), states: rows.length });
  return figure("replay-lanes", width, height, title, [heads, labels, cells, h("rect", { id: "replay-lane-cursor", class: "replay-lane-cursor", x: LANE_LABEL, y: TOP - 3, width: LANE_CELL, height: rows.length * LANE_ROW + 4, rx: 4 })], { least: 720 });
}

/** Where the frame round a window of the lanes stands. @param {number} column */
export const laneX = (column) => LANE_LABEL + column * LANE_CELL - 2;
