// The part of CSS that the style sheets use for pictures: which declarations an element gets. Pure.
//
// A picture in a file has no page round it, and most programs that read SVG know no custom properties. So the declarations are worked
// out here and written into the elements.

/** @typedef {{ tag: string, classes: string[], attributes: Record<string, any> }} Subject an element, for matching */
/** @typedef {{ subject: Subject, before: Subject[] }} Place an element with its elder siblings */
/** @typedef {{ parts: Part[], weight: number, order: number, declarations: [string, string, boolean][] }} Rule */
/** @typedef {{ test: (subject: Subject) => boolean, combinator: "" | " " | "~" }} Part the combinator stands before the part */

/** A selector with anything else, such as `:hover`, says nothing of a picture in a file. */
const SIMPLE = /^(?:[a-z*][a-z0-9]*)?(?:\.[\w-]+|\[[\w-]+(?:="[^"]*")?\]|:not\([^()]+\)|:root)*$/i;
const PIECE = /^[a-z*][a-z0-9]*|\.[\w-]+|\[[\w-]+(?:="[^"]*")?\]|:not\([^()]+\)|:root/gi;

/**
 * Return the rules of style sheets; those under `@media` and the like are left out: a picture in a file is light and not interactive.
 *
 * @param {string} css
 * @returns {Rule[]}
 */
export function rulesOf(css) {
  const text = withoutBlocks(css.replace(/\/\*[\s\S]*?\*\//g, ""));
  return [...text.matchAll(/([^{}]+)\{([^{}]*)\}/g)].flatMap(([, selectors, body], order) => {
    const declarations = declarationsIn(body);
    return splitOutside(selectors).flatMap((selector) => {
      const parts = partsOf(selector.trim());
      return parts ? [{ parts: parts.parts, weight: parts.weight, order, declarations }] : [];
    });
  });
}

/** @param {string} css */
function withoutBlocks(css) {
  let kept = "";
  for (let at = 0; at < css.length; ) {
    if (css[at] !== "@") {
      kept += css[at];
      at += 1;
      continue;
    }
    let depth = 0;
    do {
      if (css[at] === "{") depth += 1;
      if (css[at] === "}") depth -= 1;
      at += 1;
    } while (at < css.length && (depth > 0 || css[at - 1] !== "}"));
  }
  return kept;
}

/** @param {string} selectors */
const splitOutside = (selectors) => selectors.split(/,(?![^(]*\))/);

/**
 * @param {string} body
 * @returns {[string, string, boolean][]} property, value, whether it is important
 */
function declarationsIn(body) {
  return body
    .split(/;(?![^(]*\))/)
    .map((one) => /^\s*([\w-]+)\s*:\s*([\s\S]*?)\s*(!important)?\s*$/.exec(one))
    .flatMap((found) => (found ? [/** @type {[string, string, boolean]} */ ([found[1], found[2], Boolean(found[3])])] : []));
}

/**
 * @param {string} selector
 * @returns {{ parts: Part[], weight: number } | null} null for a selector that is not about pictures
 */
function partsOf(selector) {
  /** @type {Part[]} */
  const parts = [];
  let weight = 0;
  /** @type {"" | " " | "~"} */
  let combinator = "";
  for (const word of selector.split(/\s+(?![^(]*\))/)) {
    if (word === "~") {
      combinator = "~";
      continue;
    }
    if (!SIMPLE.test(word)) return null;
    const pieces = word.match(PIECE) ?? [];
    weight += pieces.reduce((sum, piece) => sum + (/^[a-z]/i.test(piece) ? 1 : piece === "*" ? 0 : 100), 0);
    const tests = pieces.map(testOf);
    parts.push({ test: (subject) => tests.every((test) => test(subject)), combinator: parts.length ? combinator || " " : "" });
    combinator = "";
  }
  return { parts, weight };
}

/**
 * @param {string} piece
 * @returns {(subject: Subject) => boolean}
 */
function testOf(piece) {
  if (piece === "*") return () => true;
  if (piece === ":root") return ({ tag }) => tag === ":root";
  if (piece.startsWith(".")) return ({ classes }) => classes.includes(piece.slice(1));
  if (piece.startsWith(":not(")) {
    const tests = (piece.slice(5, -1).match(PIECE) ?? []).map(testOf);
    return (subject) => !tests.every((test) => test(subject));
  }
  if (piece.startsWith("[")) {
    const [, name, value] = /^\[([\w-]+)(?:="([^"]*)")?\]$/.exec(piece) ?? [];
    return ({ attributes }) => (value === undefined ? name in attributes : String(attributes[name]) === value);
  }
  return ({ tag }) => tag === piece;
}

/**
 * Return the declarations of an element, the strongest of each property.
 *
 * @param {Rule[]} rules
 * @param {Place[]} chain the element last, its ancestors before it, the root first
 * @returns {Record<string, string>}
 */
export function declared(rules, chain) {
  const found = rules.filter((rule) => matches(rule.parts, rule.parts.length - 1, chain, chain.length - 1));
  found.sort((a, b) => a.weight - b.weight || a.order - b.order);
  /** @type {Record<string, string>} */
  const values = {};
  for (const important of [false, true])
    for (const { declarations } of found) for (const [name, value, strong] of declarations) if (strong === important) values[name] = value;
  return values;
}

/**
 * @param {Part[]} parts
 * @param {number} last of the parts that are still to match
 * @param {Place[]} chain
 * @param {number} at
 * @returns {boolean}
 */
function matches(parts, last, chain, at) {
  if (at < 0 || !parts[last].test(chain[at].subject)) return false;
  if (last === 0) return true;
  if (parts[last].combinator === "~")
    return chain[at].before.some((elder) => matches(parts, last - 1, [...chain.slice(0, at), { subject: elder, before: [] }], at));
  for (let above = at - 1; above >= 0; above -= 1) if (matches(parts, last - 1, chain, above)) return true;
  return false;
}
