// The people of a class: who waits, who plays what, and the controls that admit, seat and move them.

import { h, keptWhile } from "../h.mjs";
import { language, t } from "../text/text.mjs";
import { button, dialog, nameField, open, panel, table } from "../ui/parts.mjs";
import { sinceWords } from "./since.mjs";

/** Return whether every world of a class has ended: nobody can be dealt a seat or let in, until a world is added. */
export const isOver = (board) => board.worlds.length > 0 && board.worlds.every((world) => world.phase === "ended");

/** Draw the panel of people. */
export function people(state, act, now) {
  const { board } = state;
  const came = board.people.filter((person) => person.entered);
  const waiting = came.filter((person) => person.place !== "seated");
  const seated = came.filter((person) => person.place === "seated");
  const missing = board.people.filter((person) => !person.entered);
  const rows = (some, id) => personTable(state, act, now, some, id);
  return panel(
    "people",
    t("class.people"),
    {
      aside: h(
        "div",
        { class: "buttons" },
        waiting.some((person) => person.place === "waiting")
          ? button(t("class.admit-all"), () => act.admit([]), { id: "do-admit" })
          : null,
        waiting.length && !isOver(board) ? button(t("class.deal-all"), act.deal, { kind: "primary", id: "do-deal" }) : null,
      ),
    },
    came.length ? null : h("p", { class: "quiet" }, t("class.nobody-yet")),
    waiting.length
      ? [h("h3", { key: "waiting-heading" }, t("class.waiting-people", { count: waiting.length })), rows(waiting, "waiting")]
      : null,
    folded("seated", t("class.seated-people", { count: seated.length }), seated, rows),
    folded("missing", t("class.missing-people", { count: missing.length }), missing, rows),
    keptWhile("class-managing", [board, state.ui.names, language()], () => board.people.map((person) => managing(person, state, act))),
  );
}

const folded = (id, title, some, rows) =>
  some.length ? h("details", { class: "folded", key: id, id: `people-${id}` }, h("summary", null, title), rows(some, id)) : null;

function personTable(state, act, now, some, id) {
  return table({
    caption: t(`class.table-${id}`),
    class: "person-table tight",
    rows: some,
    key: (person) => person.person,
    columns: [
      { label: t("class.column-name"), head: true, cell: (person) => nameOf(person, state.board) },
      { label: t("class.column-place"), cell: (person) => placeWords(person, state) },
      { label: t("class.column-seen"), cell: (person) => seenWords(person, state, now) },
      { label: t("class.column-do"), full: true, cell: (person) => controls(person, state, act) },
    ],
  });
}

function nameOf(person, board) {
  const name = person.name.toLowerCase();
  const others = board.people.filter((one) => one.person !== person.person && one.name.toLowerCase() === name).length;
  return [
    person.name,
    person.number ? h("span", { class: "quiet small number-of" }, person.number) : null,
    others ? h("span", { class: "bad-words small number-of" }, t("class.same-name", { count: others })) : null,
  ];
}

function placeWords(person, { board }) {
  if (person.seat) return seatName(board, person.world, person.seat);
  if (!person.entered) return t("class.not-here-yet");
  return t(person.place === "admitted" ? "class.admitted" : "class.waits");
}

/** Say a seat with its world: "A · Arden". */
export function seatName(board, world, seat) {
  const found = board.worlds.find((one) => one.world === world);
  const name = found?.seats.find((one) => one.seat === seat)?.name ?? seat;
  return board.worlds.length > 1 ? `${world} · ${name}` : name;
}

function seenWords(person, state, now) {
  if (!person.entered) return "–";
  if (person.present) return h("span", { class: "seen-words good-words" }, `● ${t("class.here")}`);
  const at = state.seenAt[person.person];
  const words = at ? t("class.away-since", { since: sinceWords((now - at) / 1000) }) : t("class.away");
  return h("span", { class: "seen-words" }, `○ ${words}`);
}

function controls(person, state, act) {
  const id = `seat-of-${person.person}`;
  const value = state.ui.seats[person.person] ?? "";
  const isSeated = person.place === "seated";
  const sit = (event) => {
    event.preventDefault();
    act.assign(person, value);
  };
  return h(
    "form",
    { class: "seating", onsubmit: sit },
    person.place === "waiting" && person.entered
      ? button(t("class.admit"), () => act.admit([person]), {
          kind: "small",
          "aria-label": t("class.admit-person", { name: person.name }),
        })
      : null,
    h("label", { class: "hidden", for: id }, t("class.seat-for", { name: person.name })),
    h(
      "select",
      { id, value, onchange: (event) => act.chooseSeat(person.person, event.target.value) },
      h("option", { key: "", value: "" }, t("class.choose-seat")),
      seatOptions(state.board),
    ),
    h(
      "button",
      {
        type: "submit",
        class: "button small",
        "aria-disabled": value ? null : "true",
        "aria-label": t(isSeated ? "class.move-person" : "class.seat-person", { name: person.name }),
      },
      t(isSeated ? "class.move" : "class.seat"),
    ),
    button("…", () => open(`manage-${person.person}`), {
      kind: "small",
      "aria-haspopup": "dialog",
      "aria-label": t("class.more-about", { name: person.name }),
    }),
  );
}

// The same for everybody, and as long as the same people hold the same seats.
function seatOptions(board) {
  const held = keptWhile("class-held", [board], () =>
    JSON.stringify(board.worlds.map((world) => [world.world, world.seats.map((seat) => [seat.seat, heldBy(seat, board)])])),
  );
  return keptWhile("class-options", [held, language()], () => board.worlds.map((world) => worldOptions(world, board)));
}

const heldBy = (seat, board) =>
  seat.people.map((id) => board.people.find((person) => person.person === id)?.name ?? "").filter(Boolean);

const worldOptions = (world, board) =>
  h(
    "optgroup",
    { key: world.world, label: t("class.world", { world: world.world }) },
    world.seats.map((seat) => {
      const place = `${world.world}/${seat.seat}`;
      const held = heldBy(seat, board);
      return h("option", { key: place, value: place }, held.length ? t("class.seat-taken", { seat: seat.name, people: held.join(", ") }) : seat.name);
    }),
  );

// What is seldom needed, or not to be pressed by chance, stands in a dialog.
function managing(person, state, act) {
  const others = state.board.people.filter((one) => one.person !== person.person);
  const known = others.find((one) => one.person === person.same_as);
  const shut = (then) => (event) => {
    event.currentTarget.closest("dialog").close();
    then();
  };
  return dialog(
    `manage-${person.person}`,
    person.name,
    h("p", null, placeWords(person, state)),
    renaming(person, state, act),
    h(
      "ul",
      { class: "plain" },
      known
        ? act_(t("class.same-person"), t("class.same-person-help", { name: known.name }), shut(() => act.samePerson(person, known)))
        : null,
      person.place === "seated" && person.entered
        ? act_(t("class.let-move"), t("class.let-move-help"), shut(() => act.letMove(person)))
        : null,
      person.place === "seated" ? act_(t("class.unassign"), t("class.unassign-help"), shut(() => act.unassign(person))) : null,
      act_(t("class.refuse"), t("class.refuse-help"), shut(() => act.refuse(person)), "danger"),
    ),
  );
}

function renaming(person, state, act) {
  const id = `name-of-${person.person}`;
  const rename = (event) => {
    event.preventDefault();
    act.renamePerson(person);
  };
  return h(
    "form",
    { class: "seating", onsubmit: rename },
    h("label", { for: id }, t("class.name-of")),
    h("input", {
      id,
      ...nameField((text) => act.typeName(person.person, text)),
      value: state.ui.names[person.person] ?? person.name,
    }),
    h("button", { type: "submit", class: "button small" }, t("class.rename-person")),
  );
}

const act_ = (label, help, onclick, kind = "") =>
  h("li", { key: label }, button(label, onclick, { kind }), h("p", { class: "help" }, help));
