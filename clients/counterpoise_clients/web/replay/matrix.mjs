// The threats of a moment as a table: rows fear columns. Only cells that have changed are touched.

import { h, patch } from "../h.mjs";
import { table } from "../ui/parts.mjs";
import { share, shortShare } from "../words.mjs";
import { step } from "../viz/marks.mjs";
import { t } from "../text/text.mjs";

/** So many states leave a column less room than its code needs: the heads stand upright. */
const UPRIGHT_FROM = 13;
/** A state's row of the list names so many of those that it fears. */
const LISTED = 4;

/** What each box shows: the states it was made for, its cells, and the threats in them. */
const made = new WeakMap();

/**
 * Draw a matrix into a box.
 *
 * @param {Element} box
 * @param {{ id: string, name: string }[]} actors in order
 * @param {Map<string, number>} threats by `BY/OF`
 * @param {string} caption
 */
export function drawMatrix(box, actors, threats, caption) {
  let known = made.get(box);
  if (!known || known.actors !== actors || known.caption !== caption) {
    patch(box, frame(actors, caption));
    known = { actors, caption, cells: new Map(), threats: new Map() };
    for (const cell of box.querySelectorAll("td[data-cell]")) {
      // A redraw of the table keeps its cells, and knows nothing of what was written into them here.
      cell.textContent = "";
      cell.className = "ramp-none";
      known.cells.set(cell.getAttribute("data-cell"), cell);
    }
    made.set(box, known);
  }
  if (known.threats === threats) return;
  for (const [pair, cell] of known.cells) {
    const value = threats.get(pair);
    if (value === known.threats.get(pair)) continue;
    cell.textContent = value === undefined ? "" : shortShare(value);
    cell.className = value === undefined ? "ramp-none" : `swatch-${step(value)}`;
    cell.classList.toggle("on-dark", value !== undefined && step(value) >= 6);
  }
  known.threats = threats;
}

/**
 * Draw the same as a list with full names: whom each state fears most.
 *
 * @param {Element} box
 * @param {{ id: string, name: string }[]} actors in order
 * @param {Map<string, number>} threats by `BY/OF`
 * @param {string} caption
 */
export function drawThreatList(box, actors, threats, caption) {
  made.delete(box);
  const fears = (/** @type {string} */ by) =>
    actors
      .map(({ id, name }) => ({ name, value: threats.get(`${by}/${id}`) ?? 0 }))
      .filter(({ value }) => value > 0)
      .sort((a, b) => b.value - a.value)
      .slice(0, LISTED);
  const rows = actors.map(({ id, name }) => ({ id, name, fears: fears(id) })).filter((row) => row.fears.length);
  patch(
    box,
    table({
      caption,
      cards: false,
      class: "replay-threat-list",
      rows,
      key: (row) => row.id,
      columns: [
        { label: t("figures.observer"), head: true, cell: (row) => row.name },
        { label: t("replay.fearsMost"), cell: (row) => row.fears.map((/** @type {any} */ one) => `${one.name} ${share(one.value)}`).join(", ") },
      ],
    }),
  );
}

function frame(actors, caption) {
  const titleOf = (by, of) => t("replay.fearOf", { by, of });
  return h(
    "table",
    { class: `replay-matrix ${actors.length < UPRIGHT_FROM ? "" : "upright"}`, key: "matrix" },
    h("caption", { class: "hidden" }, caption),
    h(
      "thead",
      null,
      h("tr", null, h("td", { class: "quiet small" }, t("replay.rowFears")), actors.map(({ id, name }) => h("th", { scope: "col", key: id }, h("abbr", { title: name }, id)))),
    ),
    h(
      "tbody",
      null,
      actors.map(({ id, name }) =>
        h(
          "tr",
          { key: id },
          h("th", { scope: "row", title: name }, name),
          actors.map((other) => (other.id === id ? h("td", { class: "self", key: other.id }) : h("td", { "data-cell": `${id}/${other.id}`, class: "ramp-none", title: titleOf(name, other.name), key: other.id }))),
        ),
      ),
    ),
  );
}
