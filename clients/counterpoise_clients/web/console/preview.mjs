// What an inject would do: who reads what, what changes, what the wall shows, and what a chosen seat would see.

import { h } from "../h.mjs";
import { number, t, tOr } from "../text/text.mjs";
import { mapPanel } from "../map/panel.mjs";
import { worldOfView } from "../map/world.mjs";
import { sentence } from "../ui/sentences.mjs";

/**
 * Return whether a preview is of this inject, as this seat would see it.
 *
 * @param {Wire.Preview | null} preview
 * @param {Record<string, any>} inject
 * @param {string} viewer
 */
export function isPreviewOf(preview, inject, viewer) {
  if (!preview || preview.seat !== viewer) return false;
  const plain = (/** @type {any} */ one) => JSON.stringify(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)));
  return plain(preview.inject) === plain(inject);
}

/** Draw a preview. */
export function previewWords(preview, state, names, act) {
  const told = preview.incidents.filter((incident) => incident.audience === null || incident.audience.length);
  const open = told.filter((incident) => incident.audience === null);
  const viewer = preview.seat;
  const read = told.filter((incident) => incident.audience === null || incident.audience.includes(viewer));
  return h(
    "div",
    { class: "preview", id: "preview", key: "preview", role: "group", "aria-label": t("console.preview") },
    part("reads", t("console.previewReads"), told.map((one) => [audienceWords(one.audience, names), ": ", h("q", null, sentence(one, names))])),
    part("changes", t("console.previewChanges"), preview.changes.map((change) => changeWords(change, names))),
    preview.later.length ? part("later", t("console.previewLater"), preview.later.map((change) => changeWords(change, names))) : null,
    part("wall", t("console.previewWall"), open.map((one) => sentence(one, names))),
    viewer && preview.view
      ? [
          part("seat", t("console.previewSeat", { name: names[viewer] ?? viewer }), read.map((one) => sentence(one, names))),
          h(
            "details",
            { key: "seat-map" },
            h("summary", null, t("console.previewMap", { name: names[viewer] ?? viewer })),
            mapPanel({
              id: "preview-map",
              title: t("console.previewMap", { name: names[viewer] ?? viewer }),
              source: preview,
              world: () => worldOfView(preview.view, preview.threats),
              state,
              act,
            }),
          ),
        ]
      : null,
  );
}

const part = (key, title, lines) =>
  h(
    "div",
    { key, class: "preview-part", "data-part": key },
    h("h3", null, title),
    lines.length ? h("ul", { class: "plain" }, lines.map((line, place) => h("li", { key: String(place) }, line))) : h("p", null, t("console.nothing")),
  );

const audienceWords = (audience, names) => (audience === null ? t("console.everyone") : audience.map((id) => names[id] ?? id).join(", "));

/** Say a change. */
export function changeWords(change, names) {
  const [first = "", second = ""] = change.actors.map((id) => names[id] ?? id);
  const values = {
    first,
    second,
    states: change.actors.map((id) => names[id] ?? id).join(", "),
    what: tOr(`console.what-${change.what}`, change.what.replaceAll("_", " ")),
    before: valueWords(change.before),
    after: valueWords(change.after),
  };
  const kind = ["pact", "war", "crisis"].includes(change.kind)
    ? `${change.kind}-${change.after === null ? "ends" : change.before === null ? "begins" : "changes"}`
    : change.kind;
  return tOr(`console.change-${kind}`, `${change.kind}: ${values.states} ${values.before} → ${values.after}`, values);
}

function valueWords(value) {
  if (value === null) return t("console.value-none");
  if (typeof value === "boolean") return t(value ? "console.value-yes" : "console.value-no");
  return typeof value === "number" ? number(Math.round(value * 1000) / 1000) : tOr(`console.value-${value.replaceAll(" ", "-")}`, value.replaceAll("_", " "));
}
