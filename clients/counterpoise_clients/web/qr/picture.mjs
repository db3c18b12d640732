// A QR code as a picture.

import { h } from "../h.mjs";
import { squares } from "./squares.mjs";

/** The light edge that readers need, in squares. */
const EDGE = 4;
/** The pictures drawn so far: a page draws the same few again and again. @type {Map<string, import("../h.mjs").Description | null>} */
const drawn = new Map();

/**
 * Draw the QR code of a text; null for a text that is too long for one.
 *
 * @param {string} text
 * @param {string} label what the code leads to, for those who cannot see it
 */
export function qrPicture(text, label) {
  const key = `${label} ${text}`;
  if (!drawn.has(key)) drawn.set(key, picture(text, label));
  return drawn.get(key) ?? null;
}

/**
 * @param {string} text
 * @param {string} label
 */
function picture(text, label) {
  const rows = squares(text);
  if (!rows) return null;
  const size = rows.length + 2 * EDGE;
  return h(
    "svg",
    { class: "qr", viewBox: `0 0 ${size} ${size}`, role: "img", "aria-label": label, "shape-rendering": "crispEdges" },
    h("rect", { class: "qr-paper", width: size, height: size }),
    h("path", { class: "qr-ink", d: pathOf(rows) }),
  );
}

/**
 * Return the dark squares as one path; neighbours in a row are one rectangle.
 *
 * @param {boolean[][]} rows
 */
export function pathOf(rows) {
  return rows
    .flatMap((row, y) =>
      [...row.map(Number).join("").matchAll(/1+/g)].map(
        (run) => `M${run.index + EDGE} ${y + EDGE}h${run[0].length}v1h-${run[0].length}z`,
      ),
    )
    .join("");
}
