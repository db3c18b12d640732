// Starts the page of an arena: asks for its document again and again, and draws it.

import { h, patch } from "../h.mjs";
import { t } from "../text/text.mjs";
import { arenaPage } from "./page.mjs";
import "../text/arena.mjs";

const EVERY_MS = 3000;
const base = new URL("..", import.meta.url);
const root = document.getElementById("app");

/** @type {any} */
let shown = null;

async function ask() {
  try {
    const answer = await fetch(new URL("arena.json", base), { cache: "no-store" });
    if (answer.status === 404) return draw(h("main", { id: "main", class: "debrief" }, h("h1", null, t("arena.title")), h("p", null, t("arena.none"))));
    shown = await answer.json();
    draw(arenaPage(shown, false));
  } catch {
    if (shown) draw(arenaPage(shown, true));
    else draw(h("main", { id: "main", class: "debrief" }, h("h1", null, t("arena.title")), h("p", { role: "status" }, t("arena.unreachable"))));
  }
}

/** @param {any} described */
function draw(described) {
  document.title = t("arena.title");
  if (root) patch(root, described);
}

await ask();
setInterval(() => document.visibilityState === "visible" && ask(), EVERY_MS);
