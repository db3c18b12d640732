// Print the records of a class: the sheets are drawn beside the page, which the printer leaves out, and go again afterwards.

import { h, patch } from "../../h.mjs";
import { sheetsOf } from "./sheets.mjs";

/**
 * Draw the sheets of a class and open the printer's dialog.
 *
 * @param {readonly any[]} sheets
 */
export function printSheets(sheets) {
  const root = document.createElement("div");
  root.classList.add("records", "only-print");
  document.body.append(root);
  patch(root, ...sheetsOf(sheets));
  addEventListener("afterprint", () => root.remove(), { once: true });
  print();
}
