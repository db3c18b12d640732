// The texts of the pages, in the reader's language. Every text that a reader sees is in `en/` and `de/`, one file for each area.
//
// A key is `area.name`: `t("header.seat")` is `seat` in `en/header.mjs`. A text may have places for values, `{name}`, and
// plural forms, `{count, plural, one {# state} other {# states}}`. Texts are read when the page is drawn: never keep one in a
// constant of a module, or it stays in the language in which the page was opened.

/** @typedef {Record<string, string>} Area */
/** @typedef {Record<string, Area>} Texts */
/** @typedef {string | number} Value */

/** The languages: how each names itself, the locale of its dates and numbers, and its texts. @type {Record<string, { name: string, locale: string, load: () => Promise<any> }>} */
export const LANGUAGES = {
  en: { name: "English", locale: "en-GB", load: () => import("./en/index.mjs") },
  de: { name: "Deutsch", locale: "de-DE", load: () => import("./de/index.mjs") },
};
const STORED = "counterpoise/language";

let code = "en";
/** @type {Texts} */
let texts = {};

/** Areas that only some pages need, with the file of each language. @type {Map<string, Record<string, () => Promise<any>>>} */
const added = new Map();

/** What all texts are now: another object whenever a language or an area was loaded. */
export const wording = () => texts;

/**
 * Load an area of texts that only some pages need, now and with each other language.
 *
 * @param {string} name
 * @param {Record<string, () => Promise<any>>} loads
 */
export async function addArea(name, loads) {
  added.set(name, loads);
  const { default: area } = await loads[code]();
  texts = { ...texts, [name]: area };
}

/** The language of the page, such as `en`. */
export const language = () => code;
/** The locale for dates and numbers, such as `en-GB`. */
export const locale = () => LANGUAGES[code].locale;

/**
 * Load a language and use it from now on. The caller draws the page again.
 *
 * @param {string} wanted
 */
export async function setLanguage(wanted) {
  const areas = [...added].map(async ([name, loads]) => [name, (await loads[wanted]()).default]);
  texts = { ...(await LANGUAGES[wanted].load()), ...Object.fromEntries(await Promise.all(areas)) };
  code = wanted;
  if (globalThis.document) document.documentElement.lang = wanted;
}

/**
 * Use a language, and remember it for this browser.
 *
 * @param {string} wanted
 */
export async function chooseLanguage(wanted) {
  await setLanguage(wanted);
  try {
    localStorage.setItem(STORED, wanted);
  } catch {
    // A browser that stores nothing shows the chosen language until the page is closed.
  }
}

/**
 * Return the language to begin with: the one that was chosen, or else the first of the browser's that there is.
 *
 * @param {string | null} chosen
 * @param {readonly string[]} wanted by the browser, best first
 */
export function firstLanguage(chosen, wanted) {
  const codes = [chosen ?? "", ...wanted.map((one) => one.slice(0, 2).toLowerCase())];
  return codes.find((one) => Object.hasOwn(LANGUAGES, one)) ?? "en";
}

/** @param {string} key */
function found(key) {
  const dot = key.indexOf(".");
  const area = texts[key.slice(0, dot)];
  const name = key.slice(dot + 1);
  return area && Object.hasOwn(area, name) ? area[name] : null;
}

/**
 * Return a text with its values. Numbers are written as the language does; pass a year as text.
 *
 * @param {string} key
 * @param {Record<string, Value>} [values]
 * @returns {string}
 */
export const t = (key, values = {}) => rich(key, values).join("");

/**
 * Return a text of the catalogue, or `otherwise` where it has none: for codes of the server that may be newer than the page.
 *
 * @param {string} key
 * @param {string} otherwise
 * @param {Record<string, Value>} [values]
 */
export const tOr = (key, otherwise, values = {}) => (found(key) === null ? otherwise : t(key, values));

/**
 * Return a text whose values may be elements, as a list of children.
 *
 * @param {string} key
 * @param {Record<string, any>} values
 * @returns {any[]}
 */
export function rich(key, values) {
  const text = found(key);
  if (text === null) return [key];
  let places = known.get(text);
  if (!places) known.set(text, (places = placesOf(text)));
  return filled(text, values, places);
}

/** The places of each text of the catalogue that was shown: a page shows the same texts again and again. @type {Map<string, Place[]>} */
const known = new Map();

/**
 * Fill the places of a text.
 *
 * @param {string} text
 * @param {Record<string, any>} values
 * @param {Place[]} places of the text
 * @returns {any[]}
 */
function filled(text, values, places) {
  /** @type {any[]} */
  const parts = [];
  let rest = 0;
  for (const place of places) {
    parts.push(text.slice(rest, place.start));
    const value = values[place.name];
    if (place.forms) {
      const form = place.forms[`=${value}`] ?? place.forms[plural(value)] ?? place.forms.other;
      const inside = form.replaceAll("#", number(value));
      parts.push(...filled(inside, values, placesOf(inside)));
    } else parts.push(typeof value === "number" ? number(value) : (value ?? ""));
    rest = place.end;
  }
  parts.push(text.slice(rest));
  return parts.filter((part) => part !== "");
}

/** @typedef {{ name: string, start: number, end: number, forms: Record<string, string> | null }} Place */

/**
 * Return the places of a text in order: names, and plural forms.
 *
 * @param {string} text
 * @returns {Place[]}
 */
export function placesOf(text) {
  /** @type {Place[]} */
  const places = [];
  for (let at = text.indexOf("{"); at >= 0; at = text.indexOf("{", places[places.length - 1].end)) {
    const end = closed(text, at);
    const [name, kind] = text.slice(at + 1, end - 1).split(",", 2);
    const forms = kind?.trim() === "plural" ? formsOf(text.slice(at + 1, end - 1)) : null;
    places.push({ name: name.trim(), start: at, end, forms });
  }
  return places;
}

/**
 * Return the forms of a plural: `one` and `other`, or `=0`.
 *
 * @param {string} inside the text between the outer brackets
 */
function formsOf(inside) {
  /** @type {Record<string, string>} */
  const forms = {};
  let rest = inside.slice(inside.indexOf("plural") + "plural".length + 1);
  for (let at = rest.indexOf("{"); at >= 0; at = rest.indexOf("{")) {
    const end = closed(rest, at);
    forms[rest.slice(0, at).trim()] = rest.slice(at + 1, end - 1);
    rest = rest.slice(end);
  }
  return forms;
}

/**
 * Return the position after the bracket that closes the one at `at`.
 *
 * @param {string} text
 * @param {number} at
 */
function closed(text, at) {
  let depth = 0;
  for (let position = at; position < text.length; position++) {
    if (text[position] === "{") depth += 1;
    if (text[position] === "}" && --depth === 0) return position + 1;
  }
  throw new SyntaxError(`a text has a bracket that is not closed: ${text}`);
}

/**
 * Return the plural form of a number in this language: `one` or `other`.
 *
 * @param {number} count
 */
export const plural = (count) => format("plural", () => new Intl.PluralRules(locale())).select(count);

/** Formats of the language: to make one takes as long as to use it a hundred times. @type {Map<string, any>} */
const formats = new Map();

/**
 * Return a format of the language, made once.
 *
 * @template F
 * @param {string} name distinguishes the formats
 * @param {() => F} make
 * @returns {F}
 */
export function format(name, make) {
  const key = `${code}/${name}`;
  if (!formats.has(key)) formats.set(key, make());
  return formats.get(key);
}

/**
 * Write a number as the language does.
 *
 * @param {number} value
 * @param {number} [decimals] exactly so many; otherwise as many as the number has
 */
export function number(value, decimals) {
  const digits =
    decimals === undefined
      ? { maximumFractionDigits: 12 }
      : { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return format(`number-${decimals}`, () => new Intl.NumberFormat(locale(), { ...digits, useGrouping: "min2" })).format(value);
}

/**
 * Return a number in words with the minus sign of print in place of the hyphen that a browser writes.
 *
 * @param {string} written
 */
export function minus(written) {
  return written.replace(/^-/, "−");
}

/** @returns {string | null} */
function chosen() {
  try {
    return localStorage.getItem(STORED);
  } catch {
    return null;
  }
}

await setLanguage(globalThis.document ? firstLanguage(chosen(), navigator.languages) : "en");
