// From the catalogue's JSON Schemas to forms: pure data, nothing of the page.
//
// `fieldsOf(entry)` reads a move's schema; `choicesFor(field, view, names)` says what a field may be now, as far as the
// view shows it; `collect(fields, draft, options)` makes the move. A new kind of move needs no line here.

import { CLASSES, COMMITMENTS, LEVELS, percent, spaced, titled } from "./words.mjs";

/**
 * @typedef {{ name: string, label: string, help: string, type: "choice"|"enum"|"switch"|"number"|"date"|"text"|"shares"|"list",
 *   choices: string, reason: string, options: string[], nullable: boolean, required: boolean, otherwise: any,
 *   min: number|null, max: number|null, whole: boolean, maxLength: number|null, place: number, others: Field[] }} Field
 */

/** Return the fields of a catalogue entry `{title, description, schema}`. @returns {Field[]} */
export function fieldsOf(entry) {
  const root = resolve(entry?.schema ?? {}, entry?.schema ?? {});
  const required = new Set(root.required ?? []);
  const fields = Object.entries(root.properties ?? {})
    .filter(([name]) => name !== "kind")
    .map(([name, schema]) => fieldOf(name, schema, entry.schema, required.has(name)));
  const states = fields.filter((field) => field.choices === "actors" && field.type === "choice" && !field.nullable);
  states.forEach((field, place) => Object.assign(field, { place, others: states.filter((other) => other !== field) }));
  return fields;
}

function resolve(schema, root) {
  let found = schema;
  for (let depth = 0; depth < 8; depth += 1) {
    if (found.$ref) found = { ...root.$defs?.[found.$ref.split("/").at(-1)], ...omit(found, "$ref") };
    else if (found.allOf?.length === 1) found = { ...found.allOf[0], ...omit(found, "allOf") };
    else return found;
  }
  return found;
}

function omit(object, name) {
  const { [name]: _gone, ...rest } = object;
  return rest;
}

function fieldOf(name, raw, root, required) {
  const outer = resolve(raw, root);
  const branches = (outer.anyOf ?? [outer]).map((branch) => resolve(branch, root));
  const nullable = branches.some((branch) => branch.type === "null") || (outer.enum ?? []).includes(null);
  const schema = branches.find((branch) => branch.type !== "null") ?? {};
  const choices = schema["x-choices"] ?? outer["x-choices"] ?? "";
  /** @type {Field} */
  const field = {
    name,
    label: titled(name),
    help: helpOf(outer.description ?? schema.description ?? ""),
    type: "text",
    choices,
    reason: schema["x-reason"] ?? outer["x-reason"] ?? "",
    options: (schema.enum ?? []).filter((value) => value !== null),
    nullable,
    required,
    otherwise: outer.default,
    min: schema.minimum ?? schema.exclusiveMinimum ?? null,
    max: schema.maximum ?? schema.exclusiveMaximum ?? null,
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

// What the types themselves say of states and numbers helps nobody who chooses from a list.
const helpOf = (text) => (text === "a state's code" || text.startsWith("the number of the thing") ? "" : text);

function sharesOf(field, schema, root) {
  const values = resolve(schema.additionalProperties ?? {}, root);
  Object.assign(field, { type: "shares", choices: "actors", min: values.minimum ?? 0, max: values.maximum ?? 1 });
}

function listOf(field, schema, root) {
  const items = resolve(schema.items ?? {}, root);
  Object.assign(field, { type: "list", choices: items["x-choices"] ?? "", options: items.enum ?? [] });
}

const COUNTED = new Set(["crises", "wars", "proposals", "alignments", "calls"]);
const pairOf = (names, a, b, word) => `${names[a] ?? a} ${word} ${names[b] ?? b}`;
const all = (names, ids) => ids.map((id) => names[id] ?? id).join(", ");

const CHOICES = {
  actors: (_field, view) => view.others.map((other) => ({ value: other.id, label: `${other.name} (${other.id})` })),
  crises: (_field, view, names) =>
    view.crises.map((crisis) => ({
      value: crisis.id,
      label: `${pairOf(names, crisis.initiator, crisis.target, "against")}, ${LEVELS[crisis.level] ?? crisis.level}`,
      mine: [crisis.initiator, crisis.target].includes(view.own.id),
    })),
  wars: (_field, view, names) =>
    view.wars.map((war) => ({
      value: war.id,
      label: `${all(names, war.attackers)} against ${all(names, war.defenders)}`,
      mine: [...war.attackers, ...war.defenders].includes(view.own.id),
    })),
  proposals: (_field, view, names) =>
    view.proposals
      .filter((proposal) => proposal.to === view.own.id)
      .map((proposal) => ({
        value: proposal.id,
        label: `${COMMITMENTS[proposal.commitment] ?? titled(proposal.commitment)} offered by ${names[proposal.proposer] ?? proposal.proposer}`,
      })),
  alignments: (_field, view, names) =>
    view.alignments
      .filter((alignment) => !view.own.id || alignment.members.includes(view.own.id))
      .map((alignment) => ({ value: alignment.id, label: alignmentLabel(alignment, names, view.own.id) })),
  calls: (field, view, names) =>
    view.calls
      .filter((call) => !field.reason || call.reason === field.reason)
      .map((call) => ({ value: call.subject, label: callLabel(call, view, names) })),
  aid: (_field, view, names) =>
    view.aid
      .filter((aid) => aid.donor === view.own.id)
      .map((aid) => ({
        value: aid.recipient,
        label: `${titled(aid.kind)} aid to ${names[aid.recipient] ?? aid.recipient}`,
      })),
};

/** Name an alignment by what it is and with whom. */
export function alignmentLabel(alignment, names, own = "") {
  const partners = alignment.members.filter((member) => member !== own);
  const shown =
    partners.length > 4 ? `${all(names, partners.slice(0, 4))} and ${partners.length - 4} more` : all(names, partners);
  return `${alignment.name || (COMMITMENTS[alignment.commitment] ?? titled(alignment.commitment))} with ${shown}`;
}

function callLabel(call, view, names) {
  const asker = call.asker ? (names[call.asker] ?? call.asker) : "";
  const war = view.wars.find((found) => found.id === call.subject);
  const against = war ? `: ${all(names, war.attackers)} against ${all(names, war.defenders)}` : "";
  return `${asker || titled(call.reason)}${against}`;
}

/** Return what a field may be now: `[{value, label}]`, in the view's order. */
export function choicesFor(field, view, names) {
  if (field.type === "enum" || (field.type === "list" && field.options.length)) {
    return field.options.map((value) => ({
      value,
      label: COMMITMENTS[value] ?? (CLASSES[value] ? titled(CLASSES[value][1]) : titled(value)),
    }));
  }
  if (!field.choices) return [];
  if (!view) {
    const actors = Object.entries(names).map(([id, name]) => ({ value: id, label: `${name} (${id})` }));
    return field.choices === "actors" ? actors : [];
  }
  return CHOICES[field.choices]?.(field, view, names) ?? [];
}

/** Return what a text field may suggest: the regimes the view shows, for a field that asks for one. */
export function suggestionsFor(field, view) {
  if (field.choices !== "families" || !view) return [];
  return [...new Set([view.own, ...view.others].map((actor) => actor.family).filter(Boolean))];
}

/** Tell why a move cannot be drawn up now, or "" if it can: some field has nothing to choose from. */
export function lacking(fields, view, names) {
  for (const field of fields) {
    if (field.type !== "choice" || field.nullable || !field.required) continue;
    if (!choicesFor(field, view, names).length) return `There is no ${field.label.toLowerCase()} to choose now.`;
  }
  return "";
}

/** Tell whether a field is a share that must be given: it is drawn as a slider. */
export const isSlider = (field) => field.type === "number" && field.min === 0 && field.max === 1 && !field.nullable;

// Two states of one form are hardly ever meant to be the same: what nobody has chosen yet keeps clear of the other's.
function firstFree(field, values, draft) {
  const chosen = new Set(field.others.map((other) => draft?.[other.name]));
  const untouched = [field, ...field.others].filter((one) => !values.includes(String(draft?.[one.name])));
  const free = values.filter((value) => !chosen.has(value));
  const before = untouched.filter((one) => one !== field && one.place < field.place).length;
  return free[before] ?? free[0];
}

/** Return what a field shows: the draft's value if it still is possible, else the default, else the first choice. */
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
 * @returns {{ move: Record<string, any>, problems: Record<string, string> }} problems by field name; none means it can be sent
 */
export function collect(kind, fields, draft, view, names) {
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

function read(field, raw) {
  if (field.type === "switch") return [Boolean(raw), ""];
  if (field.type === "list" && raw.length) return [raw, ""];
  if (field.type === "list") return field.nullable ? [null, ""] : [raw, field.required ? "Choose at least one." : ""];
  if (field.type === "shares") return readShares(field, raw);
  if (raw === "" || raw === null || raw === undefined) {
    if (field.nullable) return [null, ""];
    if (!field.required && field.otherwise !== undefined) return [undefined, ""];
    return [undefined, field.type === "choice" ? "There is nothing to choose." : "Fill this in."];
  }
  if (field.type === "choice") return [COUNTED.has(field.choices) ? Number(raw) : raw, ""];
  if (field.type === "enum") return [field.options.find((option) => String(option) === String(raw)) ?? raw, ""];
  if (field.type === "number") return readNumber(field, raw);
  const text = String(raw).trim();
  if (!text && field.required) return [undefined, "Fill this in."];
  if (field.maxLength !== null && text.length > field.maxLength)
    return [undefined, `At most ${field.maxLength} characters.`];
  return [text, ""];
}

function readNumber(field, raw) {
  const value = Number(raw);
  if (!Number.isFinite(value)) return [undefined, "A number, please."];
  if (field.whole && !Number.isInteger(value)) return [undefined, "A whole number, please."];
  if (field.min !== null && value < field.min) return [undefined, `At least ${field.min}.`];
  if (field.max !== null && value > field.max) return [undefined, `At most ${field.max}.`];
  return [value, ""];
}

function readShares(field, raw) {
  const shares = {};
  for (const [actor, value] of Object.entries(raw)) if (value !== "" && value !== null) shares[actor] = Number(value);
  if (field.required && !Object.keys(shares).length) return [undefined, "Estimate at least one state."];
  return [shares, ""];
}

const ANSWERED_BY = { crisis: "crises", demand: "crises", proposal: "proposals" };
const YES_NO = { accept: ["Accept", "Decline"], honour: ["Honour the promise", "Go back on it"], comply: ["Comply", "Refuse"] };

/**
 * Return the one-click answers to a call: for each move that answers such a call, a button a possible answer.
 *
 * @returns {{ label: string, move: Record<string, any> }[]}
 */
export function answersTo(call, moves) {
  const answers = [];
  for (const [kind, entry] of Object.entries(moves)) {
    const fields = fieldsOf(entry);
    const subject = fields.find((field) => answersSuch(field, call));
    const rest = fields.filter((field) => field !== subject);
    const answer = rest.find((field) => field.required);
    if (!subject || !answer || rest.filter((field) => field.required).length > 1) continue;
    if (answer.type === "switch") {
      const [yes, no] = YES_NO[answer.name] ?? ["Yes", "No"];
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

function answersSuch(field, call) {
  if (field.choices === "calls") return field.reason === call.reason;
  return Boolean(field.choices) && field.choices === ANSWERED_BY[call.reason];
}

/** Say a move in a few words: what the list of sent orders shows. */
export function summary(move, entry, names) {
  const parts = Object.entries(move)
    .filter(([name, value]) => name !== "kind" && value !== null && value !== false && value !== "")
    .map(([name, value]) => sayField(name, value, names));
  return { title: entry?.title ?? titled(move.kind), detail: parts.filter(Boolean).join(", ") };
}

// Fields of people's own words, which nobody may change.
const FREE = ["text", "note", "condition"];

function sayField(name, value, names) {
  if (typeof value === "string" && names[value])
    return name === "to" || name === "of" ? `${name} ${names[value]}` : `${titled(name).toLowerCase()} ${names[value]}`;
  if (typeof value === "string")
    return COMMITMENTS[value]?.toLowerCase() ?? (FREE.includes(name) || value.includes(" ") ? `“${value}”` : spaced(value));
  if (value === true) return titled(name).toLowerCase();
  if (typeof value === "number")
    return value > 0 && value < 1
      ? `${titled(name).toLowerCase()} ${percent(value)}`
      : `${titled(name).toLowerCase()} ${value}`;
  if (typeof value === "object") return `${Object.keys(value).length} states`;
  return "";
}
