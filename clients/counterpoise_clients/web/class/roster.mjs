// The roster: who is expected, read from a file or pasted. The class reads it, and shows what it found before it is taken.

import { h } from "../h.mjs";
import { t } from "../text/text.mjs";
import { panel, table } from "../ui/parts.mjs";
import { noteWords, placeWords, refusalWords } from "./problems.mjs";
import { newest } from "./store.mjs";

const SHOWN = 8;

/**
 * Draw the panel.
 *
 * @param {import("./store.mjs").ClassState} state
 * @param {any} act
 */
export function roster(state, act) {
  const { ui, board } = state;
  const expected = board.people.filter((/** @type {any} */ person) => person.expected);
  const send = (/** @type {any} */ event) => {
    event.preventDefault();
    act.importRoster(ui.roster, { checks: true });
  };
  return panel(
    "roster",
    t("class.roster"),
    null,
    h(
      "p",
      { class: "quiet small" },
      expected.length
        ? t("class.roster-so-far", { count: expected.length, came: expected.filter((/** @type {any} */ person) => person.entered).length })
        : t("class.roster-none"),
    ),
    h(
      "details",
      { class: "folded", key: "import" },
      h("summary", { id: "ask-roster" }, t("class.roster-import")),
      h(
        "form",
        { id: "roster-form", onsubmit: send },
        h(
          "div",
          { class: "field" },
          h("label", { for: "roster-file" }, t("class.roster-file")),
          h("input", {
            id: "roster-file",
            type: "file",
            accept: ".csv,.tsv,.txt,text/csv",
            onchange: (/** @type {any} */ event) => readFile(event, act),
          }),
        ),
        h(
          "div",
          { class: "field" },
          h("label", { for: "roster-text" }, t("class.roster-text")),
          h("textarea", {
            id: "roster-text",
            rows: 6,
            spellcheck: "false",
            "aria-describedby": "roster-help",
            value: ui.roster,
            oninput: (/** @type {any} */ event) => act.ui({ roster: event.target.value }),
          }),
          h("p", { class: "help", id: "roster-help" }, t("class.roster-help")),
        ),
        h("button", { type: "submit", class: "button", id: "check-roster" }, t("class.roster-check")),
      ),
      outcome(state, act),
    ),
  );
}

/**
 * @param {any} event
 * @param {any} act
 */
async function readFile(event, act) {
  const [file] = event.target.files;
  if (!file) return;
  const csv = await file.text();
  act.ui({ roster: csv });
  act.importRoster(csv, { checks: true });
}

// What became of the newest import: a preview with its mistakes, or that it was taken. Text that was changed since has none.
/**
 * @param {import("./store.mjs").ClassState} state
 * @param {any} act
 */
function outcome(state, act) {
  const sent = newest(state, "import_roster");
  if (!sent || sent.command.csv !== state.ui.roster || sent.state === "waiting") return null;
  const read = state.rosterRead?.id === sent.id ? state.rosterRead : null;
  return h(
    "div",
    { id: "roster-outcome", key: "outcome", tabindex: "-1" },
    sent.error ? h("p", { class: "problem", role: "alert" }, rosterWords(sent.error)) : null,
    read ? preview(read, () => act.importRoster(state.ui.roster, { checks: false })) : null,
    sent.command.checks ? null : h("p", { class: "answered", role: "status" }, sent.error ? "" : `✓ ${t("class.roster-taken")}`),
    sent.notes.map((note, place) => h("p", { key: String(place), class: "quiet small" }, noteWords(note))),
  );
}

/** Say what is wrong with a roster, after the place where it is wrong. @param {any} mistake */
const rosterWords = (mistake) => (mistake.path.startsWith("$") ? refusalWords(mistake) : `${placeWords(mistake.path)}: ${refusalWords(mistake)}`);

/**
 * @param {any} how
 * @param {any} take
 */
function preview({ people, mistakes }, take) {
  return [
    h("p", { role: "status" }, t("class.roster-preview", { count: people.length, problems: mistakes.length })),
    h(
      "ul",
      { class: "plain" },
      mistakes.slice(0, SHOWN).map((/** @type {any} */ mistake, /** @type {any} */ place) =>
        h("li", { key: `${place}`, class: "problem" }, rosterWords({ code: "roster", ...mistake })),
      ),
    ),
    table({
      caption: t("class.roster-caption"),
      rows: people.slice(0, SHOWN),
      cards: false,
      class: "roster-table",
      empty: "",
      columns: [
        { label: t("class.column-name"), head: true, cell: (row) => row.name },
        { label: t("class.column-number"), cell: (row) => row.number },
        { label: t("class.column-place"), cell: (row) => [row.world, row.seat].filter(Boolean).join(" · ") },
      ],
    }),
    people.length > SHOWN ? h("p", { class: "quiet small" }, t("class.and-more", { count: people.length - SHOWN })) : null,
    mistakes.length
      ? h("p", { class: "quiet" }, t("class.roster-mend"))
      : h("button", { type: "button", class: "button primary", id: "do-roster", onclick: take }, t("class.roster-take")),
  ];
}
