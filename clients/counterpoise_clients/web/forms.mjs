// Forms made from the catalogue's JSON Schemas. Pure data, no page.
//
// `fieldsOf(entry)` reads a move's schema, and `collect(...)` makes the move from what the user has entered. A new kind of
// move needs no code here.

import { CHOICES, choicesFor } from "./form_choices.mjs";
import { t, tOr } from "./text/text.mjs";
import { CLASSES, COMMITMENTS, codeWords, percent, titled } from "./words.mjs";

/** @typedef {Record<string, any>} Schema a JSON Schema */
/** @typedef {{ kind?: string, area?: "moves" | "injects", title?: string, description?: string, schema: Schema, group?: string, risk?: string, price?: string, final?: boolean,
 *   answers?: boolean }} CatalogueEntry */
/** @typedef {Record<string, any>} Draft the values that the user has entered, by field name */
/** @typedef {import("./words.mjs").Names} Names */

/**
 * @typedef {{ name: string, label: string, help: string, type: "choice"|"enum"|"switch"|"number"|"date"|"text"|"shares"|"list",
 *   choices: string, reason: string, words: string, options: string[], nullable: boolean, required: boolean, otherwise: any,
 *   min: number|null, max: number|null, fewest: number, whole: boolean, maxLength: number|null, place: number, others: Field[], legal?: any[] }} Field `legal`: the values that the server has said to be legal
 */

/**
 * Return the fields of a catalogue entry.
 *
 * @param {CatalogueEntry} entry
 * @returns {Field[]}
 */
export function fieldsOf(entry) {
  const root = resolve(entry?.schema ?? {}, entry?.schema ?? {});
  const required = new Set(root.required ?? []);
  const fields = Object.entries(root.properties ?? {})
    .filter(([name]) => name !== "kind")
    .map(([name, schema]) => fieldOf(entry, name, schema, entry.schema, required.has(name)));
  const states = fields.filter((field) => field.choices === "actors" && field.type === "choice" && !field.nullable);
  states.forEach((field, place) => Object.assign(field, { place, others: states.filter((other) => other !== field) }));
  return fields;
}

/**
 * Return a schema with its `$ref` or single `allOf` replaced by what it stands for.
 *
 * @param {Schema} schema
 * @param {Schema} root the schema that holds `$defs`
 * @returns {Schema}
 */
function resolve(schema, root) {
  let found = schema;
  for (let depth = 0; depth < 8; depth += 1) {
    if (found.$ref) found = { ...root.$defs?.[found.$ref.split("/").at(-1)], ...omit(found, "$ref") };
    else if (found.allOf?.length === 1) found = { ...found.allOf[0], ...omit(found, "allOf") };
    else return found;
  }
  return found;
}

/**
 * @param {Schema} object
 * @param {string} name
 * @returns {Schema}
 */
function omit(object, name) {
  const { [name]: _gone, ...rest } = object;
  return rest;
}

/**
 * @param {CatalogueEntry} entry
 * @param {string} name
 * @param {Schema} raw
 * @param {Schema} root
 * @param {boolean} required
 * @returns {Field}
 */
function fieldOf({ kind = "", area = "moves" }, name, raw, root, required) {
  const outer = resolve(raw, root);
  /** @type {Schema[]} */
  const branches = (outer.anyOf ?? [outer]).map((/** @type {Schema} */ branch) => resolve(branch, root));
  const nullable = branches.some((branch) => branch.type === "null") || (outer.enum ?? []).includes(null);
  const schema = branches.find((branch) => branch.type !== "null") ?? {};
  const choices = schema["x-choices"] ?? outer["x-choices"] ?? "";
  const [label, help] = [tOr(`moves.field.${name}`, titled(name)), helpOf(outer.description ?? schema.description ?? "")];
  const isInject = area === "injects";
  /** @type {Field} */
  const field = {
    name,
    label: isInject ? tOr(`injects.field.${name}`, label) : label,
    help: isInject ? tOr(`injects.help.${kind}.${name}`, help) : tOr(`moves.help.${kind}.${name}`, help),
    type: "text",
    choices,
    reason: schema["x-reason"] ?? outer["x-reason"] ?? "",
    words: schema["x-words"] ?? outer["x-words"] ?? "",
    options: (schema.enum ?? []).filter((/** @type {unknown} */ value) => value !== null),
    nullable,
    required,
    otherwise: outer.default,
    min: schema.minimum ?? schema.exclusiveMinimum ?? null,
    max: schema.maximum ?? schema.exclusiveMaximum ?? null,
    fewest: 0,
    whole: schema.type === "integer",
    maxLength: schema.maxLength ?? null,
    place: 0,
    others: [],
  };
  if (choices in CHOICES) field.type = "choice";
  else if (schema.const !== undefined) Object.assign(field, { type: "enum", options: [schema.const] });
  else if (field.options.length) field.type = "enum";
  else if (schema.type === "boolean") field.type = "switch";
  else if (schema["x-moment"] ?? outer["x-moment"]) field.type = "date";
  else if (schema.type === "number" || schema.type === "integer") field.type = "number";
  else if (schema.type === "object") sharesOf(field, schema, root);
  else if (schema.type === "array") listOf(field, schema, root);
  return field;
}

/**
 * Return a field's help, without the descriptions of codes and ids: the user chooses those from a list.
 *
 * @param {string} text
 */
const helpOf = (text) => (text === "a state's code" || text.startsWith("the number of the thing") ? "" : text);

/**
 * @param {Field} field
 * @param {Schema} schema
 * @param {Schema} root
 */
function sharesOf(field, schema, root) {
  const values = resolve(schema.additionalProperties ?? {}, root);
  const [min, max] = [values.minimum ?? 0, values.maximum ?? 1];
  const fewest = field.required ? (schema["x-fewest"] ?? schema.minProperties ?? 1) : 0;
  Object.assign(field, { type: "shares", choices: "actors", min, max, fewest });
}

/**
 * @param {Field} field
 * @param {Schema} schema
 * @param {Schema} root
 */
function listOf(field, schema, root) {
  const items = resolve(schema.items ?? {}, root);
  Object.assign(field, { type: "list", choices: items["x-choices"] ?? "", options: items.enum ?? [] });
}

const COUNTED = new Set([
  "crises",
  "wars",
  "proposals",
  "alignments",
  "pacts",
  "others_pacts",
  "membership_votes",
  "calls",
]);
/**
 * Return why a move is not possible now, or "" if it is: a required field has nothing to choose from.
 *
 * @param {Field[]} fields
 * @param {Wire.View | null} view
 * @param {Names} names
 */
export function lacking(fields, view, names) {
  for (const field of fields) {
    if (field.type !== "choice" || field.nullable || !field.required) continue;
    if (!choicesFor(field, view, names).length) return t("forms.lacking", { what: field.label });
  }
  return "";
}

/**
 * Return the fields that may be filled in at a level of talk: without those for words that it does not allow.
 *
 * @param {Field[]} fields
 * @param {string} level
 */
export const fieldsAt = (fields, level) =>
  fields.filter(({ words }) => !words || level === "free" || (level === "public" && words === "everyone"));

/**
 * Return whether a field is a required share, which the page shows as a slider.
 *
 * @param {Field} field
 */
export const isSlider = (field) => field.type === "number" && field.min === 0 && field.max === 1 && !field.nullable;

/**
 * Return the first value that no other field of the form has: two states of one form are seldom meant to be the same.
 *
 * @param {Field} field
 * @param {string[]} values
 * @param {Draft | undefined} draft
 */
function firstFree(field, values, draft) {
  const chosen = new Set(field.others.map((other) => draft?.[other.name]));
  const untouched = [field, ...field.others].filter((one) => !values.includes(String(draft?.[one.name])));
  const free = values.filter((value) => !chosen.has(value));
  const before = untouched.filter((one) => one !== field && one.place < field.place).length;
  return free[before] ?? free[0];
}

/**
 * Return the value that a field shows: the draft's value if it is still possible, else the default, else the first choice.
 *
 * @param {Field} field
 * @param {Draft | undefined} draft
 * @param {Wire.View | null} view
 * @param {Names} names
 * @returns {any}
 */
export function valueOf(field, draft, view, names) {
  const held = draft?.[field.name];
  if (field.type === "switch") return held ?? Boolean(field.otherwise);
  if (field.type === "shares") return held ?? {};
  if (field.type === "list") return held ?? (Array.isArray(field.otherwise) ? field.otherwise : []);
  if (field.type === "choice" || field.type === "enum") {
    const values = choicesFor(field, view, names).map((choice) => String(choice.value));
    if (held !== undefined && (values.includes(String(held)) || (held === "" && field.nullable))) return String(held);
    const otherwise = field.otherwise === undefined || field.otherwise === null ? undefined : String(field.otherwise);
    if (otherwise !== undefined && values.includes(otherwise)) return otherwise;
    return field.nullable ? "" : (firstFree(field, values, draft) ?? values[0] ?? "");
  }
  if (held !== undefined) return held;
  if (field.otherwise !== undefined && field.otherwise !== null) return String(field.otherwise);
  return isSlider(field) ? "0.5" : "";
}

/**
 * Make the move of a kind from a draft.
 *
 * @param {string} kind
 * @param {Field[]} fields
 * @param {Draft | undefined} draft
 * @param {Wire.View | null} view
 * @param {Names} names
 * @returns {{ move: Record<string, any>, problems: Record<string, string> }} problems by field name; without problems the move can be sent
 */
export function collect(kind, fields, draft, view, names) {
  /** @type {Record<string, any>} */
  const move = { kind };
  /** @type {Record<string, string>} */
  const problems = {};
  for (const field of fields) {
    const [value, problem] = read(field, valueOf(field, draft, view, names));
    if (problem) problems[field.name] = problem;
    else if (value !== undefined) move[field.name] = value;
  }
  return { move, problems };
}

/**
 * Return a field's value for the move, and the problem with it, or "".
 *
 * @param {Field} field
 * @param {any} raw
 * @returns {[value: any, problem: string]}
 */
function read(field, raw) {
  if (field.type === "switch") return [Boolean(raw), ""];
  if (field.type === "list" && raw.length) return [raw, ""];
  if (field.type === "list") return field.nullable ? [null, ""] : [raw, field.required ? t("forms.chooseOne") : ""];
  if (field.type === "shares") return readShares(field, raw);
  if (raw === "" || raw === null || raw === undefined) {
    if (field.nullable) return [null, ""];
    if (!field.required && field.otherwise !== undefined) return [undefined, ""];
    return [undefined, field.type === "choice" ? t("forms.nothingToChoose") : t("forms.fillIn")];
  }
  if (field.type === "choice") return [COUNTED.has(field.choices) ? Number(raw) : raw, ""];
  if (field.type === "enum") return [field.options.find((option) => String(option) === String(raw)) ?? raw, ""];
  if (field.type === "number") return readNumber(field, raw);
  const text = String(raw).trim();
  if (!text && field.required) return [undefined, t("forms.fillIn")];
  if (field.maxLength !== null && text.length > field.maxLength)
    return [undefined, t("forms.tooLong", { most: field.maxLength })];
  return [text, ""];
}

/**
 * @param {Field} field
 * @param {any} raw
 * @returns {[value: number | undefined, problem: string]}
 */
function readNumber(field, raw) {
  const value = Number(raw);
  if (!Number.isFinite(value)) return [undefined, t("forms.number")];
  if (field.whole && !Number.isInteger(value)) return [undefined, t("forms.wholeNumber")];
  if (field.min !== null && value < field.min) return [undefined, t("forms.atLeast", { least: field.min })];
  if (field.max !== null && value > field.max) return [undefined, t("forms.atMost", { most: field.max })];
  return [value, ""];
}

/**
 * @param {Field} field
 * @param {Record<string, any>} raw
 * @returns {[value: Record<string, number> | undefined, problem: string]}
 */
function readShares(field, raw) {
  /** @type {Record<string, number>} */
  const shares = {};
  for (const [actor, value] of Object.entries(raw)) if (value !== "" && value !== null) shares[actor] = Number(value);
  if (Object.keys(shares).length < field.fewest) return [undefined, t("forms.estimate", { count: field.fewest })];
  return [shares, ""];
}

/** @type {Record<string, string>} */
const ANSWERED_BY = { crisis: "crises", demand: "crises", proposal: "proposals", membership: "membership_votes" };

/**
 * Return the one-click answers to a call: one button for each answer of each move that answers such a call.
 *
 * @param {Wire.CallView} call
 * @param {Record<string, CatalogueEntry>} moves
 * @returns {{ label: string, move: Record<string, any> }[]}
 */
export function answersTo(call, moves) {
  const answers = [];
  for (const [kind, entry] of Object.entries(moves)) {
    const fields = fieldsOf(entry);
    const subject = fields.find((field) => isAnswerTo(field, call));
    const rest = fields.filter((field) => field !== subject);
    const answer = rest.find((field) => field.required);
    if (!subject || !answer || rest.filter((field) => field.required).length > 1) continue;
    if (answer.type === "switch") {
      const yes = tOr(`forms.yes.${answer.name}`, t("forms.yes"));
      const no = tOr(`forms.no.${answer.name}`, t("forms.no"));
      answers.push({ label: yes, move: { kind, [subject.name]: call.subject, [answer.name]: true } });
      answers.push({ label: no, move: { kind, [subject.name]: call.subject, [answer.name]: false } });
    } else if (answer.type === "enum") {
      for (const option of answer.options) {
        answers.push({ label: titled(option), move: { kind, [subject.name]: call.subject, [answer.name]: option } });
      }
    }
  }
  return answers;
}

/**
 * @param {Field} field
 * @param {Wire.CallView} call
 */
function isAnswerTo(field, call) {
  if (field.choices === "calls") return field.reason === call.reason;
  return Boolean(field.choices) && field.choices === ANSWERED_BY[call.reason];
}

/**
 * Return a move in a few words, for the list of sent orders.
 *
 * @param {Record<string, any>} move
 * @param {CatalogueEntry | undefined} entry
 * @param {Names} names
 */
export function summary(move, entry, names) {
  // A crisis, an offer or a war that was chosen has a number, which tells people nothing.
  const chosen = entry ? fieldsOf(entry).filter((field) => field.choices) : [];
  const isNumbered = (/** @type {string} */ name, /** @type {any} */ value) => typeof value === "number" && chosen.some((field) => field.name === name);
  const parts = Object.entries(move)
    .filter(([name, value]) => name !== "kind" && value !== null && value !== false && value !== "" && !isNumbered(name, value))
    .map(([name, value]) => fieldText(name, value, names));
  return { title: entry?.title ?? titled(move.kind), detail: parts.filter(Boolean).join(", ") };
}

// Fields with the user's own text, which is shown unchanged.
const FREE_TEXT_FIELDS = ["text", "note", "condition"];

/**
 * @param {string} name
 * @param {any} value
 * @param {Names} names
 * @returns {string}
 */
function fieldText(name, value, names) {
  const part = (/** @type {string} */ words) => tOr(`moves.part.${name}`, `${titled(name)} ${words}`, { value: words });
  if (typeof value === "string" && names[value]) return part(names[value]);
  if (typeof value === "string" && CLASSES[value]) return CLASSES[value][1];
  if (typeof value === "string") {
    const isOwn = FREE_TEXT_FIELDS.includes(name) || value.includes(" ");
    return COMMITMENTS[value] ?? (isOwn ? `“${value}”` : codeWords(value));
  }
  if (value === true) return part("").trim();
  if (typeof value === "number") return part(value > 0 && value < 1 ? percent(value) : String(value));
  if (Array.isArray(value)) return part(value.map((one) => names[one] ?? String(one)).join(", "));
  if (typeof value === "object") return t("forms.states", { count: Object.keys(value).length });
  return "";
}
