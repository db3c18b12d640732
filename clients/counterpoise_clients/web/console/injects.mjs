// The drawer: what a moderator can make happen. What the scenario has prepared, what it has in store, and any inject by its form;
// nothing goes out before its preview was on the screen.

import { h } from "../h.mjs";
import { collect, fieldsOf } from "../forms.mjs";
import { catalogueOf } from "../seat.mjs";
import { t } from "../text/text.mjs";
import { errorSentence, longDate } from "../words.mjs";
import { controls, strays } from "../ui/fields.mjs";
import { button, panel, select } from "../ui/parts.mjs";
import { isPreviewOf, previewWords } from "./preview.mjs";
import "../text/injects.mjs";

/** The name of an inject in the reader's language; the server's where the catalogue has none. */
export const injectTitle = (kind, injects) => injects[kind]?.title ?? kind;

/** Draw the drawer; nothing once the session has ended. */
export function injectDrawer(state, names, act) {
  const { injects, prepared } = catalogueOf(state);
  const { ui, news } = state.console;
  if (!Object.keys(injects).length || state.status?.phase === "ended" || !ui.drawer) return null;
  const wanted = wantedInject(state, names, injects);
  return panel(
    "injects",
    t("console.makeHappen"),
    {
      class: "injects",
      aside: button("✕", () => act.console({ drawer: false }), { kind: "small", id: "close-drawer", "aria-label": t("console.closeDrawer") }),
    },
    h("p", { class: "help" }, t("console.drawerHelp")),
    waitingList(news?.waiting ?? [], injects, names, act),
    preparedList(prepared, state, names, act),
    comingList(news?.coming ?? [], injects, state, names, act),
    wanted.exact ? null : ownForm(state, wanted, injects, names, act),
    wanted.exact ? exactWords(wanted, injects, names, act) : null,
    sending(state, wanted, names, act),
  );
}

/** Return what the drawer is about to send: a prepared inject as it is, or what the form says. */
function wantedInject(state, names, injects) {
  const exact = state.ui.drafts["inject/exact"]?.inject ?? null;
  if (exact) return { exact: true, inject: exact, unfilled: {}, form: `inject/${exact.kind}` };
  const kinds = ownKinds(injects);
  const kind = kinds.includes(state.ui.inject) ? state.ui.inject : kinds[0];
  const draft = state.ui.drafts[`inject/${kind}`];
  const { move, problems } = collect(kind, fieldsOf(injects[kind]), draft, wideView(state), names);
  return { exact: false, inject: move, unfilled: problems, kind, draft, form: `inject/${kind}` };
}

// A coming event is cancelled from the list of what is to come, where it has a name.
const ownKinds = (injects) => Object.keys(injects).filter((kind) => kind !== "cancel_event");

function choose(act, inject) {
  act.draft("inject/exact", "inject", inject);
  act.console({ insteadOf: -1 });
}

/** What the scenario's author has in store for the moderator to let happen. */
function preparedList(prepared, state, names, act) {
  if (!prepared.length) return null;
  return h(
    "div",
    { class: "prepared", role: "group", "aria-label": t("console.prepared"), key: "prepared" },
    h("h3", null, t("console.prepared")),
    prepared.map((one, place) =>
      h(
        "div",
        { key: one.title, class: "prepared-one" },
        button(one.title, () => choose(act, one.inject), {
          id: `ask-prepared-${place}`,
          "aria-pressed": String(same(state.ui.drafts["inject/exact"]?.inject, one.inject)),
        }),
        became(one, state, names),
      ),
    ),
  );
}

/** What became of a prepared inject when it was last wanted; nothing before that. */
function became(one, state, names) {
  const last = state.orders.findLast(
    (order) => order.t === "command" && order.command.kind === "inject" && same(order.command.inject, one.inject),
  );
  if (last?.error) return h("span", { class: "problem" }, `✗ ${errorSentence(last.error, names)}`);
  return last?.state === "saved" ? h("span", { class: "help" }, t("console.done")) : null;
}

/** What the scenario will let happen by itself, to be cancelled or replaced. */
function comingList(coming, injects, state, names, act) {
  if (!coming.length) return null;
  return h(
    "details",
    { class: "coming", key: "coming" },
    h("summary", null, t("console.coming", { count: coming.length })),
    h(
      "ul",
      { class: "plain" },
      coming.map((one) =>
        h(
          "li",
          { key: String(one.index), "data-event": String(one.index) },
          h("span", { class: "quiet" }, one.date ? longDate(one.date) : t("console.onCondition")),
          " ",
          injectWords(one.inject, injects, names),
          h(
            "span",
            { class: "buttons" },
            button(t("console.cancelEvent"), () => choose(act, { kind: "cancel_event", event: one.index }), { kind: "small" }),
            button(t("console.replaceEvent"), () => replace(act, one.index), { kind: "small", "aria-pressed": String(state.console.ui.insteadOf === one.index) }),
          ),
        ),
      ),
    ),
  );
}

function replace(act, index) {
  act.draft("inject/exact", "inject", null);
  act.console({ insteadOf: index });
  requestAnimationFrame(() => document.getElementById("inject-kind")?.focus());
}

/** The injects that wait for the clock. */
function waitingList(waiting, injects, names, act) {
  if (!waiting.length) return null;
  return h(
    "div",
    { class: "waiting-injects", key: "waiting" },
    h("h3", null, t("console.waiting")),
    h(
      "ul",
      { class: "plain" },
      waiting.map((one) =>
        h(
          "li",
          { key: one.id, "data-waiting": one.id },
          injectWords(one.inject, injects, names),
          one.reason ? h("span", { class: "quiet" }, ` (${one.reason})`) : null,
          " ",
          button(t("console.takeBack"), () => act.command({ kind: "take_back", order: one.id }), { kind: "small" }),
        ),
      ),
    ),
  );
}

/** Say an inject in a line: its name, its states and its text. */
export function injectWords(inject, injects, names) {
  const title = injectTitle(inject.kind, injects);
  const said = Object.entries(inject)
    .filter(([field]) => field !== "kind")
    .flatMap(([, value]) => (Array.isArray(value) ? value : [value]))
    .filter((value) => typeof value === "string")
    .map((value) => names[value] ?? value);
  return said.length ? `${title}: ${said.join(", ")}` : title;
}

function exactWords(wanted, injects, names, act) {
  const { kind, ...fields } = wanted.inject;
  const change = () => {
    for (const [field, value] of Object.entries(fields)) act.draft(`inject/${kind}`, field, value);
    act.draft("inject/exact", "inject", null);
    act.ui({ inject: kind });
  };
  return h(
    "div",
    { class: "exact", key: "exact" },
    h("p", null, h("strong", null, injectWords(wanted.inject, injects, names))),
    h("p", { class: "help" }, injects[kind]?.description ?? ""),
    h(
      "div",
      { class: "buttons" },
      kind === "cancel_event" ? null : button(t("console.changeFirst"), change, { kind: "small", id: "change-first" }),
      button(t("console.writeOwn"), () => act.draft("inject/exact", "inject", null), { kind: "small", id: "write-own" }),
    ),
  );
}

function ownForm(state, wanted, injects, names, act) {
  const { kind, draft } = wanted;
  const fields = fieldsOf(injects[kind]);
  const problems = state.ui.problems?.[`inject/${kind}`] ?? {};
  return h(
    "form",
    {
      key: `inject-${kind}`,
      id: "inject-form",
      class: "move-form",
      novalidate: true,
      onsubmit: (event) => {
        event.preventDefault();
        ask(state, wanted, act);
      },
    },
    select(
      "inject-kind",
      state.console.ui.insteadOf < 0 ? t("console.kind") : t("console.kindInstead"),
      kind,
      ownKinds(injects).map((one) => ({ value: one, label: injectTitle(one, injects) })),
      (value) => act.ui({ inject: value }),
    ),
    h("p", { class: "help" }, injects[kind].description),
    controls({
      id: `i-${kind}`,
      fields,
      draft,
      problems,
      view: wideView(state),
      names,
      set: (field, value) => act.draft(`inject/${kind}`, field, value),
    }),
    strays(fields, problems),
  );
}

function ask(state, wanted, act) {
  if (Object.keys(wanted.unfilled).length) {
    act.problems(wanted.form, wanted.unfilled);
    return;
  }
  const { viewer, insteadOf } = state.console.ui;
  act.command({ kind: "preview", inject: wanted.inject, seat: viewer, instead_of: insteadOf });
}

function sending(state, wanted, names, act) {
  const { ui, preview } = state.console;
  const seats = state.status?.seats ?? [];
  const isSeen = isPreviewOf(preview, wanted.inject, ui.viewer);
  const last = state.orders.findLast((order) => order.command?.kind === "preview");
  const problem = wanted.exact && last?.error && same(last.command.inject, wanted.inject) ? errorSentence(last.error, names) : "";
  const send = () => {
    act.command({
      kind: "inject",
      inject: wanted.inject,
      ...(ui.reason.trim() ? { reason: ui.reason.trim() } : {}),
      ...(ui.when === "clock" ? { when: "clock" } : {}),
      ...(ui.insteadOf >= 0 ? { instead_of: ui.insteadOf } : {}),
    });
    act.console({ reason: "", insteadOf: -1 });
    act.draft("inject/exact", "inject", null);
  };
  return h(
    "div",
    { class: "sending", key: "sending" },
    h(
      "div",
      { class: "field" },
      h("label", { for: "inject-reason" }, t("console.injectReason")),
      h("input", {
        id: "inject-reason",
        type: "text",
        maxlength: 200,
        value: ui.reason,
        oninput: (event) => act.console({ reason: event.target.value }),
      }),
    ),
    h(
      "div",
      { class: "pair" },
      select(
        "inject-when",
        t("console.when"),
        ui.when,
        ["now", "clock"].map((value) => ({ value, label: t(`console.when-${value}`) })),
        (value) => act.console({ when: value }),
      ),
      select(
        "inject-viewer",
        t("console.asSeat"),
        ui.viewer,
        [{ value: "", label: t("console.asNobody") }, ...seats.map((seat) => ({ value: seat.seat, label: seat.name }))],
        (value) => act.console({ viewer: value }),
      ),
    ),
    problem ? h("p", { class: "problem", role: "alert" }, problem) : null,
    button(isSeen ? t("console.previewAgain") : t("console.preview"), () => ask(state, wanted, act), {
      kind: isSeen ? "small" : "primary",
      id: "do-preview",
    }),
    isSeen
      ? [
          previewWords(preview, state, names, act),
          button(t(`console.send-${ui.when}`), send, { kind: "primary", id: "do-inject", key: "send" }),
          h("p", { class: "help", key: "undo" }, t(`console.undo-${ui.when}`)),
        ]
      : null,
  );
}

const same = (one, other) => Boolean(one && other) && sorted(one) === sorted(other);
const sorted = (inject) => JSON.stringify(Object.entries(inject).sort(([a], [b]) => (a < b ? -1 : 1)));

/** The view behind inject forms: every state of the scenario, and what the seat looked at last knows. */
function wideView(state) {
  const actors = state.welcome?.scenario?.actors ?? [];
  const seen = state.looked?.view;
  return /** @type {any} */ ({
    own: { id: "", name: "", family: "" },
    others: actors.map((actor) => ({
      id: actor.id,
      name: actor.name,
      family: (seen ? [seen.own, ...seen.others] : []).find((other) => other.id === actor.id)?.family ?? "",
    })),
    alignments: state.console.whole?.alignments ?? seen?.alignments ?? [],
    wars: state.console.whole?.wars ?? seen?.wars ?? [],
    crises: state.console.whole?.crises ?? seen?.crises ?? [],
    proposals: [],
    calls: [],
    aid: [],
    conditions: [],
    campaigns: [],
  });
}
