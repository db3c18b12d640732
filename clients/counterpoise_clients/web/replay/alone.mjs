// Starts the page of `counterpoise replay --serve`: one or more journals beside each other on one cursor.

import { h, patch } from "../h.mjs";
import { chooseLanguage, t } from "../text/text.mjs";
import { languages } from "../ui/languages.mjs";
import { sourceBeside } from "./beside.mjs";
import { mountReplay } from "./page.mjs";
import { placeOf } from "./place.mjs";
import { filmSource } from "./source.mjs";

const base = new URL("..", import.meta.url);
const place = placeOf(location.hash);
const root = /** @type {HTMLElement} */ (document.getElementById("app"));
const fixed = `of=${place.of.join("+")}&key=${place.key}`;
const main = document.createElement("main");
main.id = "main";
main.className = "replay";
main.tabIndex = -1;
const bar = document.createElement("header");
bar.className = "top";
root.append(bar, main);

function drawBar() {
  patch(
    bar,
    h("div", { class: "brand" }, h("span", { class: "mark", "aria-hidden": "true" }, "⚖"), h("h1", null, t("replay.title"))),
    h("nav", { class: "pages", "aria-label": t("header.pages") }, languages({ language: (code) => chooseLanguage(code).then(redraw) })),
  );
  document.title = t("replay.title");
}

function redraw() {
  drawBar();
  replay?.draw();
}

drawBar();
/** What is shown; nothing if the address names no journal. Tests read the time of its drawings. */
const replay = place.of.length
  ? mountReplay(main, {
      sources: place.of.map((name) => filmSource(base, name, () => place.key)),
      place,
      besideOf: place.of.length === 1 ? (companion) => sourceBeside(base, place.of[0], () => place.key, companion) : undefined,
      hasCommand: true,
      linkOf: (fragment) => new URL(`replay#${fixed}&${fragment}`, base).href,
      onPlace: (fragment) => history.replaceState(null, "", `#${fixed}&${fragment}`),
    })
  : null;
if (!replay) patch(main, h("p", { role: "alert" }, t("replay.noJournal")));
Object.assign(window, { replay });
addEventListener("hashchange", () => replay?.go(placeOf(location.hash)));
