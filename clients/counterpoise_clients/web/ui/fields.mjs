// The controls of a form, one for each type of field; the same for moves and injects.

import { h } from "../h.mjs";
import { choicesFor, suggestionsFor } from "../form_choices.mjs";
import { isSlider, valueOf } from "../forms.mjs";
import { number, t } from "../text/text.mjs";
import { capital } from "../words.mjs";

/**
 * Draw the controls of a form.
 *
 * @param {{ id: string, fields: any[], draft: any, problems: Record<string, string>, view: any, names: Record<string, string>,
 *   set: (field: string, value: any) => void }} form
 */
export function controls(form) {
  return form.fields.map((field) => control(form, field));
}

/** Draw the problems that belong to no field of the form: with the whole order, its window, its sender. */
export function strays(fields, problems) {
  const known = new Set(fields.map((field) => field.name));
  return Object.entries(problems)
    .filter(([name]) => !known.has(name))
    .map(([name, words]) =>
      h("p", { key: `stray-${name}`, class: "problem" }, h("span", { "aria-hidden": "true" }, "⚠ "), words),
    );
}

/** Draw the controls of a form in which one tap chooses: every list of values is a row of chips. */
export function chipControls(form) {
  return form.fields.map((field) => (field.type === "choice" || field.type === "enum" ? chips(form, field) : control(form, field)));
}

function chips(form, field) {
  const id = `${form.id}-${field.name}`;
  const problem = form.problems[field.name] ?? "";
  const value = valueOf(field, form.draft, form.view, form.names);
  const choices = choicesFor(field, form.view, form.names);
  const none = field.nullable ? [{ value: "", label: t("decide.none") }] : [];
  const described = [field.help ? `${id}-help` : "", problem ? `${id}-problem` : ""].filter(Boolean).join(" ") || null;
  return h(
    "fieldset",
    { key: id, id, class: "chips", "aria-describedby": described, "aria-invalid": problem ? "true" : null },
    h("legend", null, field.label),
    [...none, ...choices].map((choice) => {
      const key = `${id}-${choice.value === "" ? "none" : choice.value}`;
      const isChosen = String(choice.value) === value;
      return h(
        "label",
        { key, for: key, class: `chip ${isChosen ? "chosen" : ""}` },
        h("input", { type: "radio", id: key, name: id, value: String(choice.value), checked: isChosen, onchange: () => form.set(field.name, String(choice.value)) }),
        choice.label,
      );
    }),
    choices.length || field.nullable ? null : h("p", { class: "quiet" }, t("decide.nothing_to_choose")),
    field.help ? h("p", { id: `${id}-help`, class: "help" }, capital(field.help)) : null,
    problem ? h("p", { id: `${id}-problem`, class: "problem" }, h("span", { "aria-hidden": "true" }, "⚠ "), problem) : null,
  );
}

function control(form, field) {
  const id = `${form.id}-${field.name}`;
  const problem = form.problems[field.name] ?? "";
  const described = [field.help ? `${id}-help` : "", problem ? `${id}-problem` : ""].filter(Boolean).join(" ") || null;
  const common = { id, name: field.name, "aria-describedby": described, "aria-invalid": problem ? "true" : null };
  const value = valueOf(field, form.draft, form.view, form.names);
  const draw = DRAW[field.type] ?? DRAW.text;
  const notes = [
    field.help ? h("p", { id: `${id}-help`, class: "help" }, `${capital(field.help)}${range(field)}`) : null,
    problem
      ? h("p", { id: `${id}-problem`, class: "problem" }, h("span", { "aria-hidden": "true" }, "⚠ "), problem)
      : null,
  ];
  const set = (next) => form.set(field.name, next);
  if (field.type === "shares" || field.type === "list") {
    return h(
      "fieldset",
      { key: id, class: "field group", "aria-describedby": described },
      h("legend", null, field.label),
      draw(form, field, common, value, set),
      notes,
    );
  }
  if (field.type === "switch") {
    return h(
      "div",
      { key: id, class: "field switch" },
      draw(form, field, common, value, set),
      h("label", { for: id }, field.label),
      notes,
    );
  }
  return h(
    "div",
    { key: id, class: "field" },
    h(
      "label",
      { for: id },
      field.label,
      field.required || field.nullable ? null : h("span", { class: "quiet" }, ` ${t("forms.optional")}`),
    ),
    draw(form, field, common, value, set),
    notes,
  );
}

function range(field) {
  if (field.type !== "number" || field.min === null || field.max === null) return "";
  // A help that says what each end means, such as "never (0) or always (1)", has said the range.
  if ([field.min, field.max].every((end) => field.help.includes(`(${end})`))) return "";
  return ` ${t("forms.range", { from: field.min, to: field.max })}`;
}

const DRAW = {
  choice: chooser,
  enum: chooser,
  switch: (_form, _field, common, value, set) =>
    h("input", { ...common, type: "checkbox", checked: value, onchange: (event) => set(event.target.checked) }),
  number(_form, field, common, value, set) {
    const share = isSlider(field);
    const step = field.whole ? 1 : share ? 0.05 : "any";
    const input = { min: field.min, max: field.max, step, value, oninput: (event) => set(event.target.value) };
    if (!share) return h("input", { ...common, ...input, type: "number", inputmode: "decimal" });
    return h(
      "div",
      { class: "slider" },
      h("input", { ...common, ...input, type: "range" }),
      h("output", { for: common.id }, number(Number(input.value), 2)),
    );
  },
  date: (_form, _field, common, value, set) =>
    h("input", { ...common, type: "date", value, oninput: (event) => set(event.target.value) }),
  shares: shares,
  list(form, field, common, value, set) {
    return h(
      "div",
      { class: "checks" },
      choicesFor(field, form.view, form.names).map((choice) => {
        const id = `${common.id}-${choice.value}`;
        const on = value.includes(choice.value);
        const flip = () => set(on ? value.filter((one) => one !== choice.value) : [...value, choice.value]);
        return h(
          "span",
          { key: id, class: "check" },
          h("input", { id, type: "checkbox", checked: on, onchange: flip }),
          h("label", { for: id }, choice.label),
        );
      }),
    );
  },
  text(form, field, common, value, set) {
    const input = { ...common, value, maxlength: field.maxLength, oninput: (event) => set(event.target.value) };
    const suggestions = suggestionsFor(field, form.view);
    if (suggestions.length) {
      const list = `${common.id}-list`;
      return [
        h("input", { ...input, type: "text", list, autocomplete: "off" }),
        h(
          "datalist",
          { id: list },
          suggestions.map((value) => h("option", { key: value, value })),
        ),
      ];
    }
    const box =
      (field.maxLength ?? 0) > 80
        ? h("textarea", { ...input, rows: 3 })
        : h("input", { ...input, type: "text", autocomplete: "off" });
    return [box, room(value, field.maxLength)];
  },
};

function chooser(form, field, common, value, set) {
  const choices = choicesFor(field, form.view, form.names);
  return h(
    "select",
    { ...common, value, disabled: !choices.length && !field.nullable, onchange: (event) => set(event.target.value) },
    field.nullable ? h("option", { key: "", value: "" }, t("forms.none")) : null,
    choices.map((choice) => h("option", { key: String(choice.value), value: String(choice.value) }, choice.label)),
    choices.length || field.nullable ? null : h("option", { key: "-", value: "" }, t("forms.nothingNow")),
  );
}

// One slider a state; a state that is not touched is not part of the answer.
function shares(form, field, common, value, set) {
  return h(
    "div",
    { class: "shares" },
    choicesFor(field, form.view, form.names).map((choice) => {
      const id = `${common.id}-${choice.value}`;
      const held = value[choice.value];
      const touched = held !== undefined;
      return h(
        "div",
        { key: id, class: "share-row" },
        h("label", { for: id }, choice.label),
        h("input", {
          id,
          type: "range",
          min: field.min,
          max: field.max,
          step: 0.05,
          value: touched ? held : field.min,
          class: touched ? "" : "untouched",
          oninput: (event) => set({ ...value, [choice.value]: Number(event.target.value) }),
        }),
        h("output", { for: id }, touched ? number(Number(held), 2) : "–"),
      );
    }),
  );
}

/** Draw the room left in a box that takes no more than its most; somebody who pastes more must see that the end is missing. */
export function room(value, most) {
  const used = String(value ?? "").length;
  if (!most || used < 0.9 * most) return null;
  const words = t(used < most ? "forms.room" : "forms.full", { used, most });
  return h("span", { key: "room", class: "quiet small", role: "status" }, words);
}
