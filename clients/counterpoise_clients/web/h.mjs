// Descriptions of elements, and the one place that turns them into a document.
//
// Everything on the page is described by plain objects: `h("p", { class: "note" }, "text")`. Functions that build them
// touch no document, so they run under `node --test` as they are. `patch` makes a document agree with a description and
// leaves alone what already agrees: focus, scroll, open menus and half-typed fields survive a redraw.

const SVG = "http://www.w3.org/2000/svg";
const described = new WeakMap();
const heard = new WeakMap();

/**
 * Describe an element.
 *
 * @param {string} tag element name
 * @param {Record<string, any> | null} [attributes] `key` tells siblings apart; `on…` are listeners; false, null and
 *   undefined leave an attribute out, true writes it empty; `value` and `checked` are what the control shows
 * @param {...any} children descriptions, strings, numbers, nested arrays; null and false are skipped
 */
export function h(tag, attributes, ...children) {
  return { tag, attributes: attributes ?? {}, children: flatten(children) };
}

function flatten(children) {
  const flat = [];
  for (const child of children) {
    if (child === null || child === undefined || child === false || child === true) continue;
    if (Array.isArray(child)) flat.push(...flatten(child));
    else flat.push(typeof child === "object" ? child : String(child));
  }
  return flat;
}

/** Return the text of a description, as a reader of the page would get it. */
export function textOf(node) {
  if (typeof node === "string") return node;
  return node.children.map(textOf).join("");
}

/** Return every description with this tag inside `node`, in document order. */
export function findAll(node, tag) {
  if (typeof node === "string") return [];
  const inside = node.children.flatMap((child) => findAll(child, tag));
  return node.tag === tag ? [node, ...inside] : inside;
}

/** Make the children of `parent` agree with the descriptions. */
export function patch(parent, ...children) {
  const wanted = flatten(children);
  const old = [...parent.childNodes];
  const keyed = new Map();
  const loose = [];
  for (const node of old) {
    const key = described.get(node)?.attributes?.key;
    if (key === undefined) loose.push(node);
    else keyed.set(key, node);
  }
  const kept = new Set();
  const nodes = wanted.map((child) => {
    const match = takeMatch(child, keyed, loose);
    if (match) kept.add(match);
    return match ? update(match, child) : make(child, parent);
  });
  for (const node of old) if (!kept.has(node)) node.remove();
  let cursor = parent.firstChild;
  for (const node of nodes) {
    if (node === cursor) cursor = cursor.nextSibling;
    else parent.insertBefore(node, cursor);
  }
}

function takeMatch(child, keyed, loose) {
  const key = typeof child === "object" ? child.attributes.key : undefined;
  if (key !== undefined) {
    const node = keyed.get(key);
    return node && node.localName === child.tag ? node : null;
  }
  const position = loose.findIndex((node) => sameKind(node, child));
  return position < 0 ? null : loose.splice(0, position + 1)[position];
}

function sameKind(node, child) {
  return typeof child === "string" ? node.nodeType === 3 : node.nodeType === 1 && node.localName === child.tag;
}

function make(child, parent) {
  if (typeof child === "string") return document.createTextNode(child);
  const inSvg = child.tag === "svg" || parent.namespaceURI === SVG;
  const node = inSvg ? document.createElementNS(SVG, child.tag) : document.createElement(child.tag);
  return update(node, child);
}

function update(node, child) {
  if (typeof child === "string") {
    if (node.data !== child) node.data = child;
    return node;
  }
  const before = described.get(node);
  if (before === child) return node;
  setAttributes(node, before?.attributes ?? {}, child.attributes);
  described.set(node, child);
  patch(node, child.children);
  // A select can show a value only once it has the option.
  if ("value" in child.attributes) show(node, child.attributes.value);
  return node;
}

function show(node, value) {
  const text = value === null || value === undefined ? "" : String(value);
  if (node.value !== text) node.value = text;
}

function setAttributes(node, before, after) {
  for (const name of Object.keys(before)) {
    if (!(name in after)) setAttribute(node, name, null, before[name]);
  }
  for (const [name, value] of Object.entries(after)) {
    if (before[name] !== value || name === "checked") setAttribute(node, name, value, before[name]);
  }
}

function setAttribute(node, name, value, before) {
  if (name === "key" || name === "value") {
    if (name === "value" && node.localName === "option") node.setAttribute("value", value ?? "");
    return;
  }
  if (name === "style" || name === "srcdoc") throw new Error(`${name} is not allowed on this page`);
  if (name.startsWith("on")) return listen(node, name.slice(2), value);
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

// One listener an element and an event for life; a redraw only changes what it calls.
function listen(node, type, handler) {
  if (handler !== null && handler !== undefined && typeof handler !== "function")
    throw new Error(`on${type} must be a function`);
  const handlers = heard.get(node) ?? {};
  if (!(type in handlers)) node.addEventListener(type, (event) => heard.get(node)[type]?.(event));
  handlers[type] = handler ?? null;
  heard.set(node, handlers);
}
