import assert from "node:assert/strict";
import { test } from "node:test";
import { alignmentLabel, choicesFor } from "../../clients/counterpoise_clients/web/form_choices.mjs";
import { answersTo, collect, fieldsAt, fieldsOf, lacking, summary, valueOf } from "../../clients/counterpoise_clients/web/forms.mjs";
import { errorField, errorSentence } from "../../clients/counterpoise_clients/web/words.mjs";

const actor = { type: "string", "x-choices": "actors", description: "a state's code" };
const ENTRY = {
  title: "Propose",
  description: "",
  schema: {
    type: "object",
    properties: {
      kind: { const: "propose" },
      to: actor,
      commitment: { enum: ["defence", "arms"] },
      against: { anyOf: [actor, { type: "null" }], default: null },
      secret: { type: "boolean", default: false },
      amount: { type: "number", minimum: 0, maximum: 1 },
      note: { type: "string", maxLength: 10, minLength: 1 },
    },
    required: ["kind", "to", "commitment", "amount", "note"],
  },
};
const NAMES = { ARD: "Arden", BEL: "Belmar", COR: "Corvane" };
const VIEW = {
  tick: 0,
  own: { id: "ARD", name: "Arden" },
  others: [
    { id: "BEL", name: "Belmar" },
    { id: "COR", name: "Corvane" },
  ],
  crises: [],
  wars: [],
  proposals: [],
  alignments: [],
  calls: [],
  aid: [],
};

test("every kind of schema becomes the matching kind of field, and the kind itself none", () => {
  const types = Object.fromEntries(fieldsOf(ENTRY).map((field) => [field.name, field.type]));
  assert.deepEqual(types, {
    to: "choice",
    commitment: "enum",
    against: "choice",
    secret: "switch",
    amount: "number",
    note: "text",
  });
});

test("two state fields of one form have different defaults, and a default avoids the state chosen in the other", () => {
  const fields = fieldsOf({
    schema: { properties: { observer: actor, other: actor, third: actor }, required: ["observer", "other", "third"] },
  });
  const view = { ...VIEW, others: [...VIEW.others, { id: "DUN", name: "Dunmark" }] };
  const shown = (draft) => fields.map((field) => valueOf(field, draft, view, NAMES));
  assert.deepEqual(shown({}), ["BEL", "COR", "DUN"]);
  assert.deepEqual(shown({ other: "BEL" }), ["COR", "BEL", "DUN"]);
  assert.deepEqual(shown({ observer: "COR" }), ["COR", "BEL", "DUN"]);
  assert.deepEqual(shown({ observer: "COR", other: "COR" }), ["COR", "COR", "BEL"]);
  const { move } = collect("misperceive", fields, {}, view, NAMES);
  assert.deepEqual(move, { kind: "misperceive", observer: "BEL", other: "COR", third: "DUN" });
  const alone = { ...view, others: view.others.slice(0, 1) };
  assert.deepEqual(fields.map((field) => valueOf(field, {}, alone, NAMES)), ["BEL", "BEL", "BEL"]);
});

test("a schema behind a reference is followed", () => {
  const schema = { $ref: "#/$defs/X", $defs: { X: ENTRY.schema } };
  assert.equal(fieldsOf({ ...ENTRY, schema }).length, 6);
});

test("choices are those the view shows", () => {
  const [to] = fieldsOf(ENTRY);
  assert.deepEqual(
    choicesFor(to, VIEW, NAMES).map((choice) => choice.value),
    ["BEL", "COR"],
  );
});

test("a nullable choice starts empty, and an impossible draft value is dropped", () => {
  const [to, , against] = fieldsOf(ENTRY);
  assert.equal(valueOf(against, {}, VIEW, NAMES), "");
  assert.equal(valueOf(to, { to: "ZZZ" }, VIEW, NAMES), "BEL");
});

test("a filled form makes the move with plain values", () => {
  const draft = { to: "COR", commitment: "arms", against: "BEL", secret: true, amount: "0.25", note: " hi " };
  const { move, problems } = collect("propose", fieldsOf(ENTRY), draft, VIEW, NAMES);
  assert.deepEqual(problems, {});
  assert.deepEqual(move, {
    kind: "propose",
    to: "COR",
    commitment: "arms",
    against: "BEL",
    secret: true,
    amount: 0.25,
    note: "hi",
  });
});

test("each missing or out-of-range field has a problem", () => {
  const { problems } = collect("propose", fieldsOf(ENTRY), { amount: "3" }, VIEW, NAMES);
  assert.deepEqual(Object.keys(problems).sort(), ["amount", "note"]);
});

test("a form without choices says so", () => {
  const entry = { schema: { properties: { war: { type: "integer", "x-choices": "wars" } }, required: ["war"] } };
  assert.match(lacking(fieldsOf(entry), VIEW, NAMES), /nothing to choose now: War/);
});

test("shares are sent for the states that the user has set", () => {
  const entry = {
    schema: {
      properties: {
        ratings: {
          type: "object",
          propertyNames: actor,
          additionalProperties: { type: "number", minimum: 0, maximum: 1 },
        },
      },
      required: ["ratings"],
    },
  };
  const { move } = collect("assess", fieldsOf(entry), { ratings: { BEL: 0.5 } }, VIEW, NAMES);
  assert.deepEqual(move.ratings, { BEL: 0.5 });
});

test("a form asks for as many shares as its schema does, and the list of orders counts them", () => {
  const ratings = { type: "object", "x-fewest": 3, minProperties: 1, propertyNames: actor, additionalProperties: { type: "number" } };
  const fields = fieldsOf({ schema: { properties: { ratings }, required: ["ratings"] } });
  const given = (shares) => collect("assess", fields, { ratings: shares }, VIEW, NAMES);
  assert.equal(given({ BEL: 0.5, COR: 0.1 }).problems.ratings, "Estimate at least 3 states.");
  assert.deepEqual(given({ BEL: 0.5, COR: 0.1, DUN: 0 }).problems, {});
  assert.equal(summary({ kind: "assess", ratings: { BEL: 0.5 } }, undefined, NAMES).detail, "1 state");
  assert.equal(summary({ kind: "assess", ratings: { BEL: 0.5, COR: 0 } }, undefined, NAMES).detail, "2 states");
});

test("an optional list is null until the user chooses something", () => {
  const audience = { anyOf: [{ type: "array", items: actor }, { type: "null" }], default: null };
  const fields = fieldsOf({ schema: { properties: { audience } } });
  assert.equal(collect("announce", fields, {}, VIEW, NAMES).move.audience, null);
  assert.deepEqual(collect("announce", fields, { audience: ["BEL"] }, VIEW, NAMES).move.audience, ["BEL"]);
});

test("a tick is entered and sent as a date, and can be empty", () => {
  const until = { anyOf: [{ type: "integer", minimum: 1, "x-moment": true }, { type: "null" }], default: null };
  const fields = fieldsOf({ schema: { properties: { until } } });
  assert.equal(fields[0].type, "date");
  assert.equal(collect("form", fields, { until: "1911-12-01" }, VIEW, NAMES).move.until, "1911-12-01");
  assert.equal(collect("form", fields, {}, VIEW, NAMES).move.until, null);
});

test("a call offers one button for each answer of the move that answers it", () => {
  const moves = {
    respond: {
      schema: {
        properties: {
          kind: { const: "respond" },
          crisis: { type: "integer", "x-choices": "crises" },
          response: { enum: ["concede", "escalate"] },
        },
        required: ["crisis", "response"],
      },
    },
    support: {
      schema: {
        properties: { crisis: { type: "integer", "x-choices": "crises" }, side: actor },
        required: ["crisis", "side"],
      },
    },
    honour: {
      schema: {
        properties: { war: { type: "integer", "x-choices": "calls", "x-reason": "ally" }, honour: { type: "boolean" } },
        required: ["war", "honour"],
      },
    },
  };
  assert.deepEqual(
    answersTo({ reason: "crisis", subject: 4 }, moves).map((answer) => answer.move),
    [
      { kind: "respond", crisis: 4, response: "concede" },
      { kind: "respond", crisis: 4, response: "escalate" },
    ],
  );
  assert.deepEqual(
    answersTo({ reason: "ally", subject: 9 }, moves).map((answer) => answer.label),
    ["Honour the promise", "Go back on it"],
  );
});

test("an error path names its field", () => {
  assert.equal(errorField({ path: "$.move.to" }), "to");
  assert.equal(errorField({ path: "$.inject.level" }), "level");
  assert.equal(errorField({ path: "$.move" }), "");
  assert.equal(errorField({ path: "$" }), "");
});

test("an error sentence shows the names of states and leaves other capitals unchanged", () => {
  const error = { code: "illegal", path: "$.move.to", expected: "a state at war with ARD, not WAR", got: "'BEL'" };
  assert.equal(
    errorSentence(error, { ARD: "Arden", BEL: "Belmar" }),
    "Not possible now: it needs a state at war with Arden, not WAR, and there is Belmar.",
  );
});

test("a form leaves out the words that the level of talk does not allow", () => {
  const words = (readers) => ({ type: "string", maxLength: 200, default: "", "x-words": readers });
  const fields = fieldsOf({ schema: { properties: { to: actor, text: words("everyone"), name: words("some") } } });
  const shown = (level) => fieldsAt(fields, level).map((field) => field.name);
  assert.deepEqual(shown("free"), ["to", "text", "name"]);
  assert.deepEqual(shown("public"), ["to", "text"]);
  assert.deepEqual(shown("offers"), ["to"]);
  assert.deepEqual(shown("none"), ["to"]);
});

test("an alignment whose name says its partner does not say the partner again", () => {
  const names = { COR: "Corvane", ESK: "Eskland", BEL: "Belmar" };
  const arms = { members: ["COR", "ESK"], name: "Corvane's arms for Eskland", commitment: "arms" };
  assert.equal(alignmentLabel(arms, names, "COR"), "Corvane's arms for Eskland");
  assert.match(alignmentLabel({ ...arms, members: ["COR", "ESK", "BEL"] }, names, "COR"), /with Eskland, Belmar/);
});
