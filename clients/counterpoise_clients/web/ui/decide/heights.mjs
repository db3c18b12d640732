// What sticks below the bar on top must know how high the bar is, and the strips of notices below it: that depends on what they say.

/**
 * Tell the style sheets the heights of the bar and of the first strip, and where the strips end.
 *
 * @param {Element} root
 */
export function tellHeights(root) {
  const heightOf = (/** @type {Element | null} */ one) => Math.round(one?.getBoundingClientRect().height ?? 0);
  const bar = heightOf(root.querySelector(".top"));
  const strips = [...root.querySelectorAll(".strip")].map(heightOf);
  const { style } = document.documentElement;
  const before = Number.parseInt(style.getPropertyValue("--top-height"), 10) || bar;
  const heights = { bar, strip: strips[0] ?? 0, top: strips.reduce((sum, one) => sum + one, bar) };
  for (const [name, height] of Object.entries(heights)) {
    // To set what is there already would make the browser lay out the whole page again.
    if (style.getPropertyValue(`--${name}-height`) !== `${height}px`) style.setProperty(`--${name}-height`, `${height}px`);
  }
  if (heights.top > before) requestAnimationFrame(() => uncover(root, before, heights.top));
}

/**
 * Scroll down to what a new strip has covered of the card in hand, or of the field that is typed into.
 *
 * @param {Element} root
 * @param {number} before where the strips ended in pixels
 * @param {number} now
 */
function uncover(root, before, now) {
  const inHand = [root.querySelector(".move-card.chosen"), root.contains(document.activeElement) ? document.activeElement : null];
  // The row of steps sticks below the strips.
  const row = root.querySelector(".step-row");
  const end = now + (row && getComputedStyle(row).position === "sticky" ? row.getBoundingClientRect().height : 0);
  const tops = inHand.map((one) => one?.getBoundingClientRect().top ?? end).filter((top) => top >= before - 1 && top < end);
  if (tops.length) scrollBy(0, Math.min(...tops) - end);
}
