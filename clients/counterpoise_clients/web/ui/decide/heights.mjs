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
  const heights = { bar, strip: strips[0] ?? 0, top: strips.reduce((sum, one) => sum + one, bar) };
  for (const [name, height] of Object.entries(heights)) {
    // To set what is there already would make the browser lay out the whole page again.
    if (style.getPropertyValue(`--${name}-height`) !== `${height}px`) style.setProperty(`--${name}-height`, `${height}px`);
  }
}
