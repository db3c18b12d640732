// The records of a class as one file, without a server, to be read and printed.

import { h, pageData, pagePart, patch } from "../../h.mjs";
import { chooseLanguage, t } from "../../text/text.mjs";
import { languages } from "../languages.mjs";
import { button } from "../parts.mjs";
import { nameOf, sheetsOf } from "./sheets.mjs";

const { sheets } = pageData("records");
const root = pagePart("app");
const act = { language: (code) => chooseLanguage(code).then(draw) };

function draw() {
  patch(
    root,
    h(
      "header",
      { class: "top", key: "header" },
      h("div", { class: "brand" }, h("h1", null, t("records.title"))),
      h("nav", { class: "pages", "aria-label": t("header.pages") }, button(t("records.print"), () => print(), { kind: "page" }), languages(act)),
    ),
    h(
      "main",
      { id: "main", key: "records", class: "records" },
      h("p", { class: "quiet no-print" }, t("records.forYou")),
      h("nav", { class: "no-print", "aria-label": t("records.people") }, h("ul", { class: "contents-list" }, sheets.map((sheet, at) => h("li", { key: String(at) }, h("a", { href: `#sheet-${at}` }, nameOf(sheet)))))),
      sheetsOf(sheets),
    ),
  );
}

draw();
