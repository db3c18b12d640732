// Small marks that every figure uses.

import { h } from "../h.mjs";

/**
 * Return a bar for a value in [0, 1]; its number stands beside it, so the bar itself is hidden from screen readers.
 *
 * @param {number} value
 */
export function bar(value, tone = "accent") {
  const width = Math.max(0, Math.min(1, Number.isFinite(value) ? value : 0)) * 100;
  return h(
    "svg",
    { class: "bar", viewBox: "0 0 100 8", preserveAspectRatio: "none", "aria-hidden": "true", focusable: "false" },
    h("rect", { class: "bar-track", x: 0, y: 0, width: 100, height: 8 }),
    h("rect", { class: `bar-fill tone-${tone}`, x: 0, y: 0, width: width.toFixed(2), height: 8 }),
  );
}

/**
 * Return the step of the sequential ramp, 0 to 8, for a value in [0, 1].
 *
 * @param {number} value
 */
export function step(value) {
  return Math.max(0, Math.min(8, Math.floor(value * 9)));
}

/** A natural figure of so many units or more uses the width of the page: a projector shows it larger. */
const LONG = 900;

/**
 * Wrap an SVG as a figure that names its finding.
 *
 * `least` is the width in px below which it scrolls sideways inside its own box instead of shrinking; `natural` keeps it
 * at one px a unit, or if it is long makes it as wide as the page; `most` is the width in px it does not grow beyond; `group` lets a screen reader go into its parts.
 *
 * @param {string} id
 * @param {number} width in units
 * @param {number} height in units
 * @param {string} title the finding
 * @param {any} body
 */
export function figure(id, width, height, title, body, { least = 0, most = 0, natural = false, group = false } = {}) {
  const scrolls = least > 0 || natural;
  return h(
    "div",
    {
      class: `figure-scroll least-${least}`,
      tabindex: scrolls ? "0" : null,
      role: scrolls ? "region" : null,
      "aria-label": scrolls ? title : null,
    },
    h(
      "svg",
      {
        class: natural ? `figure ${width >= LONG ? "long" : "natural"}` : most ? "figure bounded" : "figure",
        viewBox: `0 0 ${width} ${height}`,
        width: natural ? width : most || null,
        height: natural ? height : null,
        role: group ? "group" : "img",
        "aria-labelledby": `${id}-title`,
      },
      h("title", { id: `${id}-title` }, title),
      body,
    ),
  );
}

/**
 * Round to a tenth of a pixel: shorter attributes, same picture.
 *
 * @param {number} value
 */
export const px = (value) => Math.round(value * 10) / 10;
