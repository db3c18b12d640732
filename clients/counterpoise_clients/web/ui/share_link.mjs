// A link to hand on: shown, copied by a button, or read by a phone from the screen.

import { h } from "../h.mjs";
import { qrPicture } from "../qr/picture.mjs";
import { t } from "../text/text.mjs";
import { button } from "./parts.mjs";

/**
 * Draw a link with its buttons.
 *
 * @param {string} id distinguishes the links of a page
 * @param {string} url
 * @param {string} label what the link leads to
 * @param {{ copied: string, onCopied: (id: string) => void, qr?: Wire.QrCode | null }} how `copied`: the id of the link that was copied
 *   last; `qr`: its QR code, unless the page shows that already
 */
export function shareLink(id, url, label, { copied, onCopied, qr = null }) {
  return h(
    "div",
    { class: "share", key: id, id },
    h("label", { class: "hidden", for: `${id}-url` }, label),
    h("input", { id: `${id}-url`, type: "text", class: "share-url", readonly: true, value: url, onfocus: (/** @type {any} */ event) => event.target.select() }),
    button(t("class.copy"), () => copyText(`${id}-url`).then(() => onCopied(id)), {
      kind: "small",
      id: `${id}-copy`,
      "aria-label": t("class.copy-what", { what: label }),
    }),
    h("span", { role: "status", class: "share-said" }, copied === id ? `✓ ${t("class.copied")}` : ""),
    qr
      ? h(
          "details",
          { class: "share-qr" },
          h("summary", { "aria-label": t("class.qr-what", { what: label }) }, t("class.qr")),
          qrPicture(qr, t("class.qr-what", { what: label })),
        )
      : null,
  );
}

/**
 * Copy the text of a field. Pages of plain http have no clipboard of their own; there the selection is copied.
 *
 * @param {string} id
 */
async function copyText(id) {
  const field = /** @type {HTMLInputElement} */ (document.getElementById(id));
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(field.value);
    return;
  }
  field.select();
  document.execCommand("copy");
}
