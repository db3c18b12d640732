// Alignment lanes: for each state, window by window, whether it balanced, bandwagoned, hid, stayed neutral or did something else.

import { h } from "../h.mjs";
import { CLASSES, longDate } from "../words.mjs";
import { figure, px } from "./marks.mjs";
import { packed } from "./timeline.mjs";
import { t } from "../text/text.mjs";

/** Windows beside each other in a band: what a desk shows whole. */
const WIDE_WINDOWS = 52;
const CELL = 22;
const ROW = 28;
const LABEL = 62;
const TOP = 34;
const STOREY = 15;
const DIGIT = 8.5;

/** Arrange decisions as lanes: the windows in order, and for each actor the class chosen in each. */
export function lanesOf(decisions) {
  const windows = [
    ...new Map(decisions.map((decision) => [decision.window ?? decision.date, decision.date])).entries(),
  ].sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
  const column = new Map(windows.map(([window], index) => [window, index]));
  const actors = [...new Set(decisions.map((decision) => decision.actor))];
  const lanes = actors.map((actor) => ({
    actor,
    marks: decisions
      .filter((decision) => decision.actor === actor && decision.class)
      .map((decision) => ({ column: column.get(decision.window ?? decision.date), kind: decision.class, decision })),
  }));
  return { windows: windows.map(([window, date]) => ({ window, date })), lanes };
}

/** Say the figure's finding: how often each class was chosen. */
export function finding(decisions) {
  const counts = new Map();
  for (const decision of decisions)
    if (decision.class) counts.set(decision.class, (counts.get(decision.class) ?? 0) + 1);
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (!total) return t("figures.noDecisionHasAnOutcome");
  const parts = [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([kind, count]) => `${CLASSES[kind]?.[1] ?? kind} ${count}`);
  return t("figures.decisions2", { total, value: parts.join(", ") });
}

/** Return where a date lies among the windows, in columns; null before the first. */
export function columnOf(date, windows) {
  const at = windows.findLastIndex((opened) => opened.date <= date);
  if (at < 0) return null;
  const [from, to] = [windows[at].date, windows[at + 1]?.date].map((iso) => Date.parse(iso ?? ""));
  const share = Number.isFinite(to) && to > from ? (Date.parse(date) - from) / (to - from) : 0.5;
  return at + Math.min(1, share);
}

/** Part the lanes into bands of so many windows at most, as even as possible: nothing has to be scrolled to. */
export function bandsOf({ windows, lanes: rows }, most) {
  const count = Math.max(1, Math.ceil(windows.length / most));
  const size = Math.ceil(windows.length / count);
  return Array.from({ length: count }, (_, band) => {
    const first = band * size;
    return {
      windows: windows.slice(first, first + size),
      next: windows[first + size]?.date ?? "9999",
      lanes: rows.map(({ actor, marks }) => ({
        actor,
        marks: marks
          .filter(({ column }) => column >= first && column < first + size)
          .map((mark) => ({ ...mark, column: mark.column - first })),
      })),
    };
  });
}

/**
 * Draw the lanes, in bands of `most` windows; injects, `{date, title}`, are numbered lines across them.
 *
 * @param {any[]} decisions
 * @param {{ names: Record<string, string>, injects?: { date: string, title: string }[], most?: number }} how
 */
export function lanes(decisions, { names, injects = [], most = WIDE_WINDOWS }, id = "lanes") {
  const numbered = injects.map((inject, at) => ({ ...inject, number: at + 1 }));
  const bands = bandsOf(lanesOf(decisions), most);
  const title = t("figures.alignmentLanes2", { decisions: finding(decisions), value: injects.length ? t("figures.injectsCrossThem", { count: injects.length }) : "" });
  return bands.map((band, at) => {
    const [from, to] = [band.windows[0]?.date ?? "", band.windows.at(-1)?.date ?? ""];
    const words = bands.length > 1 ? t("figures.laneBand", { from: longDate(from), to: longDate(to) }) : title;
    return drawnBand(band, numbered.filter(({ date }) => (at === 0 || date >= from) && date < band.next), names, words, at ? `${id}-${at}` : id);
  });
}

function drawnBand({ windows, lanes: rows }, injects, names, title, id) {
  const width = LABEL + Math.max(12, windows.length) * CELL + 10;
  const days = daysOf(injects).filter((day) => columnOf(day.date, windows) !== null);
  const places = days.map((day) => LABEL + columnOf(day.date, windows) * CELL);
  // Numbers that would run into each other stand in storeys.
  const room = days.map((day) => DIGIT * day.numbers.join(" ").length + 4);
  const storeys = packed(places.map((x, index) => ({ x: x - room[index] / 2, width: room[index] })));
  const top = TOP + (storeys.count - 1) * STOREY;
  const height = top + rows.length * ROW + 8;
  const years = [];
  windows.forEach(({ date }, index) => {
    const year = date?.slice(0, 4);
    if (year && year !== windows[index - 1]?.date?.slice(0, 4)) {
      const x = LABEL + index * CELL;
      years.push(h("line", { class: "grid", x1: x, x2: x, y1: 8, y2: height - 6 }));
      years.push(h("text", { class: "axis", x: x + 3, y: 18 }, year));
    }
  });
  const body = rows.map(({ actor, marks }, row) => {
    const y = top + row * ROW;
    return h(
      "g",
      { class: "lane", "data-actor": actor },
      h(
        "text",
        { class: "axis", x: LABEL - 10, y: y + 18, "text-anchor": "end" },
        actor,
        h("title", null, names[actor] ?? actor),
      ),
      h("line", { class: "grid", x1: LABEL, x2: width - 10, y1: y + ROW - 1, y2: y + ROW - 1 }),
      marks.map(({ column, kind, decision }) =>
        mark(
          LABEL + column * CELL,
          y,
          kind,
          `${names[actor] ?? actor}, ${decision.date}: ${CLASSES[kind]?.[1] ?? kind}`,
        ),
      ),
    );
  });
  const across = days.map((day, index) => crossing(day, places[index], TOP - 4 + storeys.rows[index] * STOREY, height));
  return figure(id, width, height, title, [years, across, body], { natural: true });
}

/** Return injects by their days, each with its numbers: two of one day are one line. */
function daysOf(injects) {
  const days = new Map();
  injects.forEach(({ date, title, number }) => {
    const day = days.get(date) ?? { date, numbers: [], titles: [] };
    day.numbers.push(number);
    day.titles.push(title);
    days.set(date, day);
  });
  return [...days.values()];
}

function crossing({ date, numbers, titles }, at, base, height) {
  const x = px(at);
  return h(
    "g",
    { class: "inject-line" },
    h("title", null, t("figures.inject", { value: numbers.join(", "), date: longDate(date), value2: titles.join(" ") })),
    h("line", { x1: x, x2: x, y1: base + 2, y2: height - 6 }),
    h("text", { x, y: base, "text-anchor": "middle" }, numbers.join(" ")),
  );
}

function mark(x, y, kind, title) {
  return h(
    "g",
    { class: `lane-mark class-${kind}` },
    h("title", null, title),
    h("rect", { x: x + 1, y: y + 2, width: CELL - 2, height: ROW - 6, rx: 3 }),
    h("text", { x: x + CELL / 2, y: y + 18, "text-anchor": "middle" }, CLASSES[kind]?.[0] ?? "?"),
  );
}
