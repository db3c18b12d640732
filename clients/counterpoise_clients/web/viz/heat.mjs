// The threat matrix: who fears whom, a number in every cell.

import { h } from "../h.mjs";
import { figure, step } from "./marks.mjs";
import { t } from "../text/text.mjs";
import { listed, share, shortShare } from "../words.mjs";

const CELL = 46;
const LABEL = 66;

/** So many states are named that others fear most alike. */
const NAMED_MOST = 3;

/**
 * Say the figure's finding: the greatest threat anyone sees, and whom most states fear first. Values that are shown alike are ties.
 *
 * @param {string[]} ids
 * @param {Record<string, Record<string, { threat: number }>>} matrix
 * @param {Record<string, string>} names
 */
export function finding(ids, matrix, names) {
  const name = (/** @type {string} */ id) => names[id] ?? id;
  const rows = ids.map((observer) => ({ observer, seen: topOf(ids, matrix, observer) })).filter(({ seen }) => seen.of.length);
  if (!rows.length) return t("figures.noEstimateOfThreat");
  const value = Math.max(...rows.map(({ seen }) => seen.value));
  const pairs = rows.filter(({ seen }) => seen.value === value).flatMap(({ observer, seen }) => seen.of.map((target) => [observer, target]));
  const feared = ids.map((target) => ({ target, count: rows.filter(({ seen }) => seen.of.includes(target)).length }));
  const count = Math.max(...feared.map((one) => one.count));
  const most = feared.filter((one) => one.count === count).map((one) => name(one.target));
  const told = most.length > NAMED_MOST ? `${most.slice(0, NAMED_MOST).join(", ")}${t("figures.andOthers")}` : listed(most);
  const [[observer, target]] = pairs;
  const more = pairs.length > 1 ? t("figures.asGreat", { count: pairs.length - 1 }) : "";
  return [
    t("figures.theGreatestThreatIsThe", { observer: name(observer), target: name(target), value: share(value), more }),
    t(most.length > 1 ? "figures.eachFearedMost" : "figures.fearedMost", { count, size: rows.length, most: told }),
  ].join(" ");
}

// Whom a state fears most, as exactly as the cells show it; nobody where it has no estimate.
function topOf(ids, matrix, observer) {
  const shown = (/** @type {string} */ target) => Math.round(100 * (target === observer ? NaN : (matrix[observer]?.[target]?.threat ?? NaN))) / 100;
  const known = ids.filter((target) => Number.isFinite(shown(target)));
  const value = Math.max(...known.map(shown));
  return { value, of: known.filter((target) => shown(target) === value) };
}

/**
 * Draw the matrix. Rows observe, columns are observed. Arrow keys move between cells, Enter chooses.
 *
 * @param {string[]} ids states, in order
 * @param {Record<string, Record<string, {threat: number}>>} matrix by observer, then target
 * @param {{ names: Record<string, string>, chosen: [string, string]|null, choose: (observer: string, target: string) => void }} how
 */
export function heat(ids, matrix, { names, chosen, choose }, id = "heat") {
  const size = LABEL + ids.length * CELL;
  const columns = ids.map((target, column) =>
    h(
      "text",
      {
        class: "axis",
        x: LABEL + column * CELL + CELL / 2,
        y: LABEL - 14,
        "text-anchor": "middle",
        "aria-hidden": "true",
      },
      target,
    ),
  );
  const current = chosen && ids.includes(chosen[0]) && ids.includes(chosen[1]) ? chosen : firstCell(ids);
  const rows = ids.map((observer, row) => [
    h(
      "text",
      {
        class: "axis",
        x: LABEL - 12,
        y: LABEL + row * CELL + CELL / 2 + 6,
        "text-anchor": "end",
        "aria-hidden": "true",
      },
      observer,
    ),
    ids.map((target, column) => cell({ ids, matrix, names, choose, observer, target, row, column, chosen, current })),
  ]);
  const axis = h("text", { class: "axis axis-name", x: 6, y: 18, "aria-hidden": "true" }, t("figures.rowFearsColumn"));
  return figure(id, size, size, t("figures.threatMatrix2", { ids: finding(ids, matrix, names) }), [axis, columns, rows], {
    least: ids.length > 12 ? 640 : 420,
    most: Math.round(size * 1.15),
    group: true,
  });
}

const firstCell = (ids) => [ids[0], ids[1] ?? ids[0]];

function cell({ ids, matrix, names, choose, observer, target, row, column, chosen, current }) {
  const x = LABEL + column * CELL;
  const y = LABEL + row * CELL;
  if (observer === target)
    return h("rect", { class: "heat-self", x: x + 1, y: y + 1, width: CELL - 2, height: CELL - 2 });
  const value = matrix[observer]?.[target]?.threat;
  const known = Number.isFinite(value);
  const on = chosen?.[0] === observer && chosen?.[1] === target;
  const reachable = current[0] === observer && current[1] === target;
  const label = t("figures.seesIn", { value: names[observer] ?? observer, value2: names[target] ?? target, value3: known ? share(value) : t("figures.noEstimate") });
  return h(
    "g",
    {
      class: `heat-cell ${known ? `ramp-${step(value)}` : "ramp-none"} ${on ? "chosen" : ""}`,
      role: "button",
      tabindex: reachable ? "0" : "-1",
      "aria-label": label,
      "aria-pressed": on ? "true" : "false",
      "data-cell": `${observer}/${target}`,
      onclick: () => choose(observer, target),
      onkeydown: (event) => steer(event, ids, row, column, choose),
    },
    h("rect", { x: x + 1, y: y + 1, width: CELL - 2, height: CELL - 2, rx: 3 }),
    h(
      "text",
      { x: x + CELL / 2, y: y + CELL / 2 + 6, "text-anchor": "middle", "aria-hidden": "true" },
      shortShare(value),
    ),
  );
}

const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

function steer(event, ids, row, column, choose) {
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    choose(ids[row], ids[column]);
    return;
  }
  const move = STEPS[event.key];
  if (!move) return;
  event.preventDefault();
  const [toRow, toColumn] = next(ids.length, row, column, move);
  const wanted = `${ids[toRow]}/${ids[toColumn]}`;
  const cells = event.currentTarget.closest("svg").querySelectorAll("[data-cell]");
  for (const other of cells) if (other.dataset.cell === wanted) other.focus();
}

/** Return where an arrow key leads from a cell: over the diagonal, not off the edge. */
export function next(count, row, column, [down, right]) {
  let at = [row, column];
  for (let tries = 0; tries < 2; tries += 1) {
    const to = [at[0] + down, at[1] + right];
    if (to[0] < 0 || to[1] < 0 || to[0] >= count || to[1] >= count) return [row, column];
    at = to;
    if (at[0] !== at[1]) return at;
  }
  return [row, column];
}
