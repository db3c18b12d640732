// Descriptions of elements, and the code that turns them into a document.
//
// Plain objects describe everything on the page: `h("p", { class: "note" }, "text")`. Functions that build descriptions
// touch no document, so they run under `node --test`. `patch` changes a document to match a description and leaves
// matching nodes as they are: focus, scroll, open menus and half-typed fields survive a redraw.

/** @typedef {{ tag: string, attributes: Record<string, any>, children: Child[] }} Description */
/** @typedef {Description | string} Child */
/** @typedef {Element & { value?: string, checked?: boolean }} Control an element that can be a form control */

const SVG = "http://www.w3.org/2000/svg";
/** The description that each element shows. @type {WeakMap<Node, Description>} */
const described = new WeakMap();
/** The current listener of each element by event. @type {WeakMap<Node, Record<string, ((event: Event) => void) | null>>} */
const listeners = new WeakMap();

/**
 * Describe an element.
 *
 * @param {string} tag element name
 * @param {Record<string, any> | null} [attributes] `key`, or else `id`, distinguishes siblings; `on…` are listeners; false, null and
 *   undefined leave an attribute out, and true writes it empty; `value` and `checked` are what the control shows
 * @param {...any} children descriptions, strings, numbers, nested arrays; null and booleans are skipped
 * @returns {Description}
 */
export function h(tag, attributes, ...children) {
  return { tag, attributes: attributes ?? {}, children: flatten(children) };
}

/** What ``keptWhile`` made last under each name. @type {Map<string, { inputs: any[], made: any }>} */
const kept = new Map();

/**
 * Return what `make` describes, or what it described last if all its inputs are the same: `patch` passes over nodes whose description
 * is the same object. A page that counts seconds redraws every second, and little of it depends on the time.
 *
 * @template T
 * @param {string} name one for each place on the page
 * @param {any[]} inputs everything that `make` reads, compared by identity
 * @param {() => T} make
 * @returns {T}
 */
export function keptWhile(name, inputs, make) {
  const before = kept.get(name);
  if (before && before.inputs.length === inputs.length && before.inputs.every((input, at) => input === inputs[at])) return before.made;
  const made = make();
  kept.set(name, { inputs, made });
  return made;
}

/**
 * @param {any[]} children
 * @returns {Child[]}
 */
function flatten(children) {
  /** @type {Child[]} */
  const flat = [];
  for (const child of children) {
    if (child === null || child === undefined || child === false || child === true) continue;
    if (Array.isArray(child)) flat.push(...flatten(child));
    else flat.push(typeof child === "object" ? child : String(child));
  }
  return flat;
}

/**
 * Return the text of a description, as the page shows it.
 *
 * @param {Child} node
 * @returns {string}
 */
export function textOf(node) {
  if (typeof node === "string") return node;
  return node.children.map(textOf).join("");
}

/**
 * Return every description with this tag inside `node`, in document order.
 *
 * @param {Child} node
 * @param {string} tag
 * @returns {Description[]}
 */
export function findAll(node, tag) {
  if (typeof node === "string") return [];
  const inside = node.children.flatMap((child) => findAll(child, tag));
  return node.tag === tag ? [node, ...inside] : inside;
}

/**
 * Change the children of `parent` to match the descriptions.
 *
 * @param {Element} parent
 * @param {...any} children
 */
export function patch(parent, ...children) {
  const wanted = flatten(children);
  const old = [...parent.childNodes];
  /** @type {Map<any, ChildNode>} */
  const keyed = new Map();
  /** @type {ChildNode[]} */
  const unkeyed = [];
  for (const node of old) {
    const key = keyOf(described.get(node)?.attributes);
    if (key === undefined) unkeyed.push(node);
    else keyed.set(key, node);
  }
  /** @type {Set<ChildNode>} */
  const kept = new Set();
  const nodes = wanted.map((child) => {
    const match = takeMatch(child, keyed, unkeyed);
    if (match) kept.add(match);
    return match ? update(match, child) : make(child, parent);
  });
  for (const node of old) if (!kept.has(node)) node.remove();
  let cursor = parent.firstChild;
  for (const node of nodes) {
    if (node === cursor) cursor = node.nextSibling;
    else parent.insertBefore(node, cursor);
  }
}

/**
 * Return what distinguishes an element from its siblings. One with an id is never turned into another: a press that was on its way
 * would reach the other.
 *
 * @param {Record<string, any> | undefined} attributes
 */
const keyOf = (attributes) => attributes?.key ?? attributes?.id;

/**
 * Return the old node that a description can reuse, or null. Nodes before the match are given up.
 *
 * @param {Child} child
 * @param {Map<any, ChildNode>} keyed
 * @param {ChildNode[]} unkeyed
 * @returns {ChildNode | null}
 */
function takeMatch(child, keyed, unkeyed) {
  const key = typeof child === "object" ? keyOf(child.attributes) : undefined;
  if (key !== undefined) {
    const node = keyed.get(key);
    return node && isSameKind(node, child) ? node : null;
  }
  const position = unkeyed.findIndex((node) => isSameKind(node, child));
  return position < 0 ? null : unkeyed.splice(0, position + 1)[position];
}

/**
 * @param {ChildNode} node
 * @param {Child} child
 */
function isSameKind(node, child) {
  if (typeof child === "string") return node.nodeType === 3;
  return node.nodeType === 1 && /** @type {Element} */ (node).localName === child.tag;
}

/**
 * @param {Child} child
 * @param {Element} parent
 * @returns {ChildNode}
 */
function make(child, parent) {
  if (typeof child === "string") return document.createTextNode(child);
  const inSvg = child.tag === "svg" || parent.namespaceURI === SVG;
  const node = inSvg ? document.createElementNS(SVG, child.tag) : document.createElement(child.tag);
  return update(node, child);
}

/**
 * Change a node of the right kind to match a description, and return it.
 *
 * @param {ChildNode} node
 * @param {Child} child
 * @returns {ChildNode}
 */
function update(node, child) {
  if (typeof child === "string") {
    const text = /** @type {Text} */ (node);
    if (text.data !== child) text.data = child;
    return node;
  }
  const before = described.get(node);
  if (before === child) return node;
  const element = /** @type {Control} */ (node);
  setAttributes(element, before?.attributes ?? {}, child.attributes);
  described.set(element, child);
  patch(element, child.children);
  // Last, because a select can show a value only after it has the option.
  if ("value" in child.attributes) showValue(element, child.attributes.value);
  return element;
}

/**
 * @param {Control} node
 * @param {unknown} value
 */
function showValue(node, value) {
  const text = value === null || value === undefined ? "" : String(value);
  if (node.value !== text) node.value = text;
}

/**
 * @param {Control} node
 * @param {Record<string, any>} before
 * @param {Record<string, any>} after
 */
function setAttributes(node, before, after) {
  for (const name of Object.keys(before)) {
    if (!(name in after)) setAttribute(node, name, null, before[name]);
  }
  for (const [name, value] of Object.entries(after)) {
    if (before[name] !== value || name === "checked") setAttribute(node, name, value, before[name]);
  }
}

/**
 * @param {Control} node
 * @param {string} name
 * @param {any} value
 * @param {any} before
 */
function setAttribute(node, name, value, before) {
  if (name === "key" || name === "value") {
    if (name === "value" && node.localName === "option") node.setAttribute("value", value ?? "");
    return;
  }
  if (name === "style" || name === "srcdoc") throw new Error(`${name} is not allowed on this page`);
  if (name.startsWith("on")) {
    setListener(node, name.slice(2), value);
    return;
  }
  if (name === "checked") {
    if (node.checked !== Boolean(value)) node.checked = Boolean(value);
    return;
  }
  if (value === null || value === undefined || value === false) {
    if (before !== undefined) node.removeAttribute(name);
  } else {
    node.setAttribute(name, value === true ? "" : value);
  }
}

/**
 * Set what happens on an event. Each element gets one DOM listener for each event; a redraw only replaces the handler.
 *
 * @param {Element} node
 * @param {string} type
 * @param {any} handler
 */
function setListener(node, type, handler) {
  if (handler !== null && handler !== undefined && typeof handler !== "function")
    throw new Error(`on${type} must be a function`);
  const handlers = listeners.get(node) ?? {};
  if (!(type in handlers)) node.addEventListener(type, (event) => listeners.get(node)?.[type]?.(event));
  handlers[type] = handler ?? null;
  listeners.set(node, handlers);
}

/**
 * Return the element of the page's HTML file with this id.
 *
 * @param {string} id
 * @returns {HTMLElement}
 * @throws {Error} if the file has none
 */
export function pagePart(id) {
  const part = document.getElementById(id);
  if (!part) throw new Error(`the page has no element with the id ${id}`);
  return part;
}

/** Return the data that stand in an element of a page without a server. @param {string} id */
export const pageData = (id) => JSON.parse(pagePart(id).textContent ?? "");
