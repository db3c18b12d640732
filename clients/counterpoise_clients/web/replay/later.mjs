// Drawings that can wait while the cursor moves: a panel in sight is drawn at once, any other when the cursor rests.

const REST_MS = 150;

/** @typedef {(isSeen: boolean) => boolean} Run draws; returns whether it wants to be drawn again once the panel is in sight */

/** Return what keeps the drawings that wait, each panel's newest. */
export function waiting() {
  /** @type {Map<Element, Run>} */
  const due = new Map();
  /** Whether each panel is in sight, as the browser has told. @type {WeakMap<Element, boolean>} */
  const seen = new WeakMap();
  const watch = new IntersectionObserver((changes) => {
    for (const { target, isIntersecting } of changes) {
      seen.set(target, isIntersecting);
      if (isIntersecting) draw(target);
    }
  });
  let timer = 0;

  function draw(/** @type {Element} */ panel) {
    const run = due.get(panel);
    due.delete(panel);
    const isSeen = seen.get(panel) ?? true;
    if (run?.(isSeen) && !isSeen) due.set(panel, run);
  }

  // One panel in each task, so that no task keeps the cursor waiting for long.
  function rest(/** @type {Element[]} */ panels) {
    const [first, ...others] = panels;
    if (!first) return;
    draw(first);
    timer = setTimeout(rest, 0, others);
  }

  addEventListener("beforeprint", () => [...due.keys()].forEach(draw));
  return {
    /**
     * Draw a panel, now or later. What was asked for it before is void.
     *
     * @param {Element} panel
     * @param {Run} run
     */
    ask(panel, run) {
      if (!seen.has(panel)) watch.observe(panel);
      due.set(panel, run);
      if (seen.get(panel) ?? true) draw(panel);
      else {
        clearTimeout(timer);
        timer = setTimeout(() => rest([...due.keys()]), REST_MS);
      }
    },
  };
}
