// A QR code as a picture.

import { h } from "../h.mjs";

/** The light edge that readers need, in squares. */
const EDGE = 4;

/**
 * Draw a QR code that the server has made.
 *
 * @param {Wire.QrCode} code
 * @param {string} label what the code leads to, for those who cannot see it
 */
export function qrPicture(code, label) {
  const size = code.size + 2 * EDGE;
  return h(
    "svg",
    { class: "qr", viewBox: `${-EDGE} ${-EDGE} ${size} ${size}`, role: "img", "aria-label": label, "shape-rendering": "crispEdges" },
    h("rect", { class: "qr-paper", x: -EDGE, y: -EDGE, width: size, height: size }),
    h("path", { class: "qr-ink", d: code.path }),
  );
}
