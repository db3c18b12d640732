// The orders that a page has sent, and how answers of the server change them. Pure.

/** @typedef {import("./store.mjs").State} State */
/** @typedef {import("./store.mjs").SentOrder} SentOrder */
/** @typedef {import("./store.mjs").Selection} Selection */

/**
 * Return an order by its id, or null.
 *
 * @param {State} state
 * @param {string} id
 * @returns {SentOrder | null}
 */
export const orderOf = (state, id) => (id ? (state.orders.find((order) => order.id === id) ?? null) : null);

/**
 * Return the name of an order's form, under which its draft and its problems are stored: its move's kind, unless the page
 * has several forms for that kind.
 *
 * @param {SentOrder} order
 * @returns {string}
 */
export function formOf(order) {
  if (order.move) return order.form ?? order.move.kind;
  if (order.form) return order.form;
  return order.command?.kind === "inject" ? `inject/${order.command.inject.kind}` : "";
}

/**
 * Return the selection without what was typed into a form.
 *
 * @param {Selection} ui
 * @param {string} form
 * @returns {Selection}
 */
export function withoutForm(ui, form) {
  return { ...ui, drafts: { ...ui.drafts, [form]: {} }, problems: { ...ui.problems, [form]: {} } };
}

/**
 * Return the orders with a change to one of them.
 *
 * @param {SentOrder[]} orders
 * @param {string} id
 * @param {Partial<SentOrder>} change
 */
export function withChange(orders, id, change) {
  return orders.map((order) => (order.id === id ? { ...order, ...change } : order));
}

/**
 * Mark the order that another one, which was just saved, took back or replaced.
 *
 * @param {SentOrder[]} orders
 * @param {SentOrder | null} saved
 */
export function withTakenBack(orders, saved) {
  if (saved?.t === "withdraw") return withChange(orders, saved.order ?? "", { state: "withdrawn" });
  return saved?.replaces ? withChange(orders, saved.replaces, { state: "replaced" }) : orders;
}

/**
 * Return the selection without the card of a move that has just been saved, and without its draft that was kept for later.
 *
 * @param {Selection} ui
 * @param {SentOrder} order
 * @returns {Selection}
 */
export function withoutCard(ui, order) {
  const kind = order.move?.kind ?? "";
  if (!kind || ui.kind !== kind) return ui;
  return { ...ui, kind: "", sure: "", step: { tick: -1, name: "" }, drafts: { ...ui.drafts, kept: { ...ui.drafts.kept, [kind]: null } } };
}
