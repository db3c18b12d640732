// Where the focus goes when a redraw removes, hides or disables what had it: a keyboard must not start again at the top of the page.

/**
 * Note where the focus is inside `root`, and return a function to call after the redraw: if the element is gone, hidden or disabled, it
 * moves the focus to the nearest part of the page around it that is still there.
 *
 * @param {Element} root
 * @returns {() => void}
 */
export function focusKeeper(root) {
  const held = document.activeElement;
  if (!held || !root.contains(held)) return () => {};
  /** @type {HTMLElement[]} */
  const around = [];
  for (let one = held.parentElement; one && one !== root; one = one.parentElement) around.push(one);
  return () => {
    const isLost = !held.isConnected || held.matches(":disabled") || !held.checkVisibility();
    if (!isLost || ![held, document.body, null].includes(document.activeElement)) return;
    const left = around.find((one) => one.isConnected && one.checkVisibility());
    left?.setAttribute("tabindex", "-1");
    left?.focus({ preventScroll: true });
  };
}

/**
 * Move the focus to an element, at the next redraw.
 *
 * @param {string} id
 */
export function focusOn(id) {
  requestAnimationFrame(() => document.getElementById(id)?.focus());
}

/**
 * Move the focus to the first control of a form, at the next redraw.
 *
 * @param {string} id
 */
export function focusForm(id) {
  requestAnimationFrame(() => {
    const control = document.getElementById(id)?.querySelector("select, input, textarea, button[type=submit]");
    if (control instanceof HTMLElement) control.focus();
  });
}
