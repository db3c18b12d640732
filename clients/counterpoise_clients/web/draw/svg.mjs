// A picture as the text of an SVG file: elements as they are described, with the style sheets' declarations written into them. Pure.

import { declared, rulesOf } from "./stylesheet.mjs";

/** @typedef {import("../h.mjs").Description} Description */
/** @typedef {import("../h.mjs").Child} Child */
/** @typedef {import("./stylesheet.mjs").Place} Place */

const PAINT = [
  "fill", "fill-rule", "font-family", "font-size", "font-style", "font-weight", "opacity", "paint-order", "stroke", "stroke-dasharray",
  "stroke-linecap", "stroke-linejoin", "stroke-width", "text-anchor", "text-decoration",
];
/** What is for a page only: listeners, keys, and what makes an element a control. */
const PAGE = /^(on.*|key|class|tabindex|role|aria-(pressed|hidden|label)|focusable)$/;

/**
 * Return an element with everything inside as SVG text.
 *
 * @param {Description} root the `svg` element
 * @param {string} css the style sheets
 */
export function svgText(root, css) {
  const rules = rulesOf(css);
  const top = { subject: { tag: ":root", classes: [], attributes: {} }, before: [] };
  return written(root, rules, [top], variablesIn(declared(rules, [top]), {}), []);
}

/**
 * @param {Child} node
 * @param {import("./stylesheet.mjs").Rule[]} rules
 * @param {Place[]} above
 * @param {Record<string, string>} variables of the parent
 * @param {import("./stylesheet.mjs").Subject[]} before elder siblings
 * @returns {string}
 */
function written(node, rules, above, variables, before) {
  if (typeof node === "string") return escaped(node);
  const { tag, attributes, children } = node;
  const subject = { tag, classes: String(attributes.class ?? "").split(/\s+/).filter(Boolean), attributes };
  const chain = [...above, { subject, before }];
  const found = declared(rules, chain);
  const own = variablesIn(found, variables);
  const given = Object.entries(attributes).filter(([name, value]) => !PAGE.test(name) && value !== null && value !== undefined && value !== false);
  const style = painted(found, own);
  const names = new Map([...given, ...Object.entries(style)]);
  const space = tag === "svg" && above.length === 1 ? ' xmlns="http://www.w3.org/2000/svg"' : "";
  /** @type {import("./stylesheet.mjs").Subject[]} */
  const elder = [];
  const inside = children.map((child) => {
    const text = written(child, rules, chain, own, [...elder]);
    if (typeof child !== "string") elder.push({ tag: child.tag, classes: String(child.attributes.class ?? "").split(/\s+/), attributes: child.attributes });
    return text;
  });
  return `<${tag}${space}${[...names].map(([name, value]) => ` ${name}="${escaped(value === true ? "" : String(value))}"`).join("")}>${inside.join("")}</${tag}>`;
}

/**
 * @param {Record<string, string>} found
 * @param {Record<string, string>} inherited
 */
function variablesIn(found, inherited) {
  const own = Object.entries(found).filter(([name]) => name.startsWith("--"));
  return own.length ? { ...inherited, ...Object.fromEntries(own.map(([name, value]) => [name, filled(value, inherited)])) } : inherited;
}

/**
 * Return the declarations that paint, without custom properties.
 *
 * @param {Record<string, string>} found
 * @param {Record<string, string>} variables
 * @returns {Record<string, string>}
 */
function painted(found, variables) {
  /** @type {Record<string, string>} */
  const style = {};
  for (const [name, value] of Object.entries(found)) {
    if (name === "font") Object.assign(style, fontOf(filled(value, variables)));
    else if (PAINT.includes(name)) style[name] = filled(value, variables);
  }
  return style;
}

/** Replace `var(--name)`. @param {string} value @param {Record<string, string>} variables @returns {string} */
function filled(value, variables) {
  const once = value.replace(/var\((--[\w-]+)\)/g, (_, name) => variables[name] ?? "");
  return once.includes("var(") ? filled(once, variables) : once;
}

/** Take `700 30px serif` apart. @param {string} font */
function fontOf(font) {
  const [, weight = "400", size = "", family = ""] = /^(?:(\d{3})\s+)?([\d.]+px)(?:\s*\/\s*[\d.]+)?\s+([\s\S]+)$/.exec(font) ?? [];
  return size ? { "font-weight": weight, "font-size": size, "font-family": family } : {};
}

/** @param {string} text */
const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
