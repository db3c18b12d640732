// Pieces that every screen is made of.

import { findAll, h, textOf } from "../h.mjs";
import { t } from "../text/text.mjs";

/**
 * A titled section.
 *
 * @param {string} id
 * @param {any} title
 * @param {any} attributes
 * @param {any[]} children
 */
export function panel(id, title, attributes, ...children) {
  const { aside = null, class: extra = "", ...rest } = attributes ?? {};
  return h(
    "section",
    { key: id, id, class: `panel ${extra}`, "aria-labelledby": `${id}-heading`, ...rest },
    h("div", { class: "panel-head" }, h("h2", { id: `${id}-heading` }, title), aside),
    children,
  );
}

/**
 * Fold a panel that is rarely needed: its title opens it, by keyboard too. What stood beside the title comes below.
 *
 * @param {import("../h.mjs").Description} made a panel
 * @param {boolean} [isOpen] whether it is open at first
 */
export function fold({ attributes, children: [head, ...body] }, isOpen = false) {
  const [title, ...aside] = typeof head === "string" ? [head] : head.children;
  return h("details", { ...attributes, class: `${attributes.class} fold`, open: isOpen || null }, h("summary", null, title), aside, body);
}

/**
 * Fold a panel, with its first sentence below its title while it is closed.
 *
 * @param {import("../h.mjs").Description} made a panel
 * @param {boolean} [isOpen] whether it is open at first
 */
export function foldToLead(made, isOpen = false) {
  const texts = findAll(made, "p");
  const lead = texts.find((one) => /\blead\b/.test(one.attributes.class ?? "")) ?? texts[0];
  const folded = fold(made, isOpen);
  const summary = /** @type {import("../h.mjs").Description} */ (folded.children[0]);
  if (lead) summary.children.push(h("span", { class: "fold-lead quiet small" }, textOf(lead)));
  return folded;
}

/**
 * A button.
 *
 * @param {any} label
 * @param {(event: any) => void} onclick
 * @param {Record<string, any>} [more] attributes, and `kind`, how it looks
 */
export function button(label, onclick, { kind = "", ...rest } = {}) {
  return h("button", { type: "button", class: `button ${kind}`, onclick, ...rest }, label);
}

const NAME_MAX = 60;

/**
 * Say that a name is too long, or nothing. Characters are counted as the server counts them.
 *
 * @param {string} name
 */
export function longName(name) {
  const used = [...name.trim()].length;
  return used > NAME_MAX ? t("forms.longName", { most: NAME_MAX, used }) : "";
}

/**
 * The attributes of a field for a name: what is typed or pasted is never cut, and a form with too long a name is not sent but says so.
 *
 * @param {(text: string) => void} [typed]
 */
export const nameField = (typed = () => {}) => ({
  type: "text",
  oninput: (/** @type {any} */ { target }) => {
    target.setCustomValidity(longName(target.value));
    typed(target.value);
  },
});

/**
 * Stop what the second click of a double click would do. The answer of a near server is there between the two clicks, so
 * that an order on the way alone does not hold the second one back. A key held down repeats in the same way.
 */
export const ONE_PRESS = {
  onclick: (/** @type {any} */ event) => event.detail > 1 && event.preventDefault(),
  onkeydown: (/** @type {any} */ event) => event.repeat && event.key === "Enter" && event.preventDefault(),
};

/**
 * A table that becomes cards on a phone.
 *
 * Roles are spelled out because a table laid out as blocks would lose them. A `full` column has a card's whole width.
 *
 * @param {{ caption: string, columns: {label: any, short?: string, number?: boolean, head?: boolean, full?: boolean, cell: (row: any) => any}[],
 *   rows: any[], key?: (row: any, index: number) => string, cards?: boolean, class?: string, rowClass?: (row: any) => string, empty?: string }} how
 */
export function table({
  caption,
  columns,
  rows,
  key = (_row, index) => String(index),
  cards = true,
  class: extra = "",
  rowClass = () => "",
  empty = t("page.nothing"),
}) {
  if (!rows.length) return h("p", { class: "quiet" }, empty);
  return h(
    "table",
    { class: `table ${cards ? "cards" : ""} ${extra}`, role: "table" },
    h("caption", { class: "hidden" }, caption),
    h(
      "thead",
      { role: "rowgroup" },
      h(
        "tr",
        { role: "row" },
        columns.map((column) =>
          h("th", { role: "columnheader", scope: "col", class: column.number ? "number" : null }, column.label),
        ),
      ),
    ),
    h(
      "tbody",
      { role: "rowgroup" },
      rows.map((row, index) =>
        h(
          "tr",
          { key: key(row, index), role: "row", class: rowClass(row) || null },
          columns.map((column) => cell(column, row)),
        ),
      ),
    ),
  );
}

/**
 * @param {any} column
 * @param {any} row
 */
function cell(column, row) {
  const looks = [column.number ? "number" : "", column.full ? "full" : ""].filter(Boolean).join(" ");
  const attributes = { class: looks || null, "data-label": column.short ?? column.label };
  // One box for the contents, so that a card can set label and contents side by side.
  const contents = h("div", null, column.cell(row));
  return column.head
    ? h("th", { ...attributes, role: "rowheader", scope: "row" }, contents)
    : h("td", { ...attributes, role: "cell" }, contents);
}

/**
 * A dialog, shut until `open(id)`; Escape, its button and a click beside it close it.
 *
 * @param {string} id
 * @param {any} title
 * @param {any[]} children
 */
export function dialog(id, title, ...children) {
  const shut = (/** @type {any} */ event) => event.currentTarget.closest("dialog").close();
  return h(
    "dialog",
    {
      key: id,
      id,
      class: "dialog",
      "aria-labelledby": `${id}-heading`,
      onclick: (/** @type {any} */ event) => event.target === event.currentTarget && shut(event),
    },
    h(
      "div",
      { class: "dialog-sheet" },
      h(
        "div",
        { class: "panel-head" },
        h("h2", { id: `${id}-heading` }, title),
        button(t("page.close"), shut, { kind: "small", id: `${id}-close` }),
      ),
      children,
    ),
  );
}

/**
 * Open a dialog of the page; what had the focus gets it back when the dialog closes.
 *
 * @param {string} id
 */
export function open(id) {
  const found = document.getElementById(id);
  if (found instanceof HTMLDialogElement && !found.open) found.showModal();
}

/**
 * A pair of term and value, for lists of facts.
 *
 * @param {any} term
 * @param {any[]} value
 */
export const fact = (term, ...value) => h("div", { class: "fact" }, h("dt", null, term), h("dd", null, value));

/**
 * A small label; its words carry the meaning, its colour only helps.
 *
 * @param {any} words
 */
export const tag = (words, tone = "") => h("span", { class: `tag ${tone}` }, words);

/**
 * A state's name; its code only where the page does not know the name.
 *
 * @param {string} id
 * @param {any} name
 */
export const stateName = (id, name) => h("span", { class: "state state-name", "data-code": id }, name ?? id);

/**
 * A labelled select.
 *
 * @param {string} id
 * @param {string} label
 * @param {any} value
 * @param {any} choices
 * @param {any} onchange
 */
export function select(id, label, value, choices, onchange, more = {}) {
  return h(
    "div",
    { class: "field" },
    h("label", { for: id }, label),
    h(
      "select",
      { id, value, onchange: (/** @type {any} */ event) => onchange(event.target.value), ...more },
      choices.map((/** @type {any} */ choice) => h("option", { key: String(choice.value), value: String(choice.value) }, choice.label)),
    ),
  );
}

/**
 * A button that shows a figure's numbers as a table, and back.
 *
 * @param {any} shown
 * @param {any} toggle
 * @param {string} id
 */
export function twin(shown, toggle, id) {
  return button(shown ? t("page.picture") : t("page.table"), toggle, { kind: "small", id });
}
