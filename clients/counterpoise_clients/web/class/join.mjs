// Joining a class: by its code and a name, or, for somebody who is in it on another device, by the code that this one shows.

import { h } from "../h.mjs";
import { t } from "../text/text.mjs";
import { button } from "../ui/parts.mjs";
import { cleanCode } from "./code.mjs";
import { firstProblem } from "./problems.mjs";

/**
 * Draw the form of somebody who is not in the class yet.
 *
 * @param {import("./store.mjs").ClassState} state
 * @param {any} act
 * @param {import("./keep.mjs").KeptClass[]} joined the classes that this browser has joined
 */
export function join(state, act, joined) {
  const problem = problemOf(state.problem);
  const send = (event) => {
    event.preventDefault();
    act.join();
  };
  const type = (name, clean = (text) => text) => ({
    name,
    value: state.draft[name],
    oninput: (event) => act.draft({ [name]: clean(event.target.value) }),
  });
  return h(
    "main",
    { id: "main", key: "join", class: "sheet join", tabindex: "-1" },
    h("h2", null, t("class.join-title")),
    h("p", { class: "quiet" }, t("class.join-lead")),
    h(
      "form",
      { id: "join-form", novalidate: true, onsubmit: send },
      field(problem, t("class.code"), t("class.code-help"), {
        ...type("code", cleanCode),
        class: "code-input",
        maxlength: 40,
        autocapitalize: "characters",
        autocomplete: "off",
        spellcheck: "false",
      }),
      field(problem, t("class.name"), t("class.name-help"), { ...type("name"), autocomplete: "name" }),
      h(
        "details",
        { class: "number-field", key: "number", open: problem?.field === "number" ? true : null },
        h("summary", null, t("class.number-more")),
        field(problem, t("class.number"), t("class.number-help"), { ...type("number"), maxlength: 120, autocomplete: "email" }),
      ),
      h("p", { class: "problem", role: "alert", id: "join-problem" }, problem && !problem.field ? problem.text : ""),
      h(
        "button",
        { type: "submit", class: "button primary big wide-button", id: "do-join", "aria-disabled": state.joinsBy ? "true" : null },
        t(state.joinsBy === "code" ? "class.joining" : "class.join"),
      ),
    ),
    goOnHere(state, act, problem, type),
    joined.length && !state.draft.code
      ? [
          h("h3", null, t("class.joined-before")),
          h(
            "ul",
            { class: "choices" },
            joined.map((one) => h("li", { key: one.code }, button(one.title || one.code, () => act.enter(one.code)))),
          ),
        ]
      : null,
  );
}

function goOnHere(state, act, problem, type) {
  const send = (event) => {
    event.preventDefault();
    act.goOnHere();
  };
  return h(
    "details",
    { class: "already-in", key: "device", open: state.ui.hasDevice ? true : null, ontoggle: (event) => act.ui({ hasDevice: event.target.open }) },
    h("summary", { id: "already-in" }, t("class.already-in")),
    h("p", { class: "quiet" }, t("class.already-in-lead")),
    h(
      "form",
      { id: "device-form", novalidate: true, onsubmit: send },
      field(problem, t("class.device"), t("class.device-help"), {
        ...type("device"),
        class: "code-input",
        maxlength: 40,
        autocapitalize: "characters",
        autocomplete: "off",
        spellcheck: "false",
      }),
      h(
        "button",
        { type: "submit", class: "button wide-button", id: "go-on-here", "aria-disabled": state.joinsBy ? "true" : null },
        t(state.joinsBy === "device" ? "class.opening" : "class.go-on-here"),
      ),
    ),
  );
}

// A problem of the form itself has words; a refusal of the server gets them here, in the language of now.
const problemOf = (problem) => (problem?.t === "refused" ? firstProblem(problem) : problem);

function field(problem, label, help, attributes) {
  const id = `join-${attributes.name}`;
  const wrong = problem?.field === attributes.name ? problem.text : "";
  return h(
    "div",
    { class: "field", key: id },
    h("label", { for: id }, label),
    h("input", {
      id,
      type: "text",
      "aria-describedby": `${id}-help ${id}-problem`,
      "aria-invalid": wrong ? "true" : null,
      ...attributes,
    }),
    h("p", { class: "help", id: `${id}-help` }, help),
    h("p", { class: "problem", id: `${id}-problem`, role: "alert" }, wrong),
  );
}
