// The catalogue of texts: both languages say the same, the pages use every text, and no text stands outside it.

import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import * as german from "../../clients/counterpoise_clients/web/text/de/index.mjs";
import * as english from "../../clients/counterpoise_clients/web/text/en/index.mjs";
import { firstLanguage, language, number, placesOf, rich, setLanguage, t, tOr } from "../../clients/counterpoise_clients/web/text/text.mjs";

const WEB = new URL("../../clients/counterpoise_clients/web/", import.meta.url);
// Some areas are loaded with the pages that need them.
const added = readdirSync(new URL("text/", WEB)).filter((name) => name.endsWith(".mjs") && name !== "text.mjs");
const whole = async (code, texts) => {
  const areas = added.map(async (name) => [name.replace(".mjs", ""), (await import(new URL(`text/${code}/${name}`, WEB))).default]);
  return { ...texts, ...Object.fromEntries(await Promise.all(areas)) };
};
const [de, en] = [await whole("de", german), await whole("en", english)];
const sources = readdirSync(WEB, { recursive: true })
  .filter((name) => name.endsWith(".mjs") && !/^text\/(?:en|de)\//.test(name))
  .map((name) => ({ name, source: readFileSync(new URL(name, WEB), "utf-8") }));
const keysOf = (texts) => Object.entries(texts).flatMap(([area, names]) => Object.keys(names).map((name) => `${area}.${name}`));
const textOf = (texts, key) => texts[key.slice(0, key.indexOf("."))][key.slice(key.indexOf(".") + 1)];
const namesIn = (text) =>
  placesOf(text).flatMap(({ name, forms }) => [name, ...Object.values(forms ?? {}).flatMap(namesIn)]);
// A key in the source is a whole string, or begins a template: t(`help.${term}Words`).
const wholes = new Set(sources.flatMap(({ source }) => [...source.matchAll(/["'`]([a-z]+\.[\w.-]+)["'`]/gi)].map((found) => found[1])));
const patterns = sources
  .flatMap(({ source }) => [...source.matchAll(/`([a-z]+\.[\w.-]*\$\{[^`]*)`/gi)])
  .map((found) => new RegExp(`^${found[1].replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, "\0").replaceAll(".", "\\.").replaceAll("\0", "[\\w.-]+")}$`));

test("both languages have the same areas and names, in the order of the alphabet", () => {
  assert.deepEqual(keysOf(de), keysOf(en));
  for (const area of Object.values(en)) for (const text of Object.values(area)) assert.equal(typeof text, "string");
});

test("a text has the same places for values in both languages", () => {
  for (const key of keysOf(en)) {
    assert.deepEqual(new Set(namesIn(textOf(de, key))), new Set(namesIn(textOf(en, key))), key);
  }
});

test("every plural has a form for one and one for many", () => {
  for (const texts of [en, de])
    for (const key of keysOf(texts))
      for (const { forms } of placesOf(textOf(texts, key))) if (forms) assert.ok(forms.one && forms.other, key);
});

test("the pages use every text", () => {
  assert.deepEqual(
    keysOf(en).filter((key) => !wholes.has(key) && !patterns.some((pattern) => pattern.test(key))),
    [],
  );
});

test("no page asks for a text that there is not", () => {
  const known = new Set(keysOf(en));
  const asked = sources.flatMap(({ name, source }) =>
    [...source.matchAll(/\b(?:t|tOr|rich)\(\s*"([^"]+)"/g)].map((found) => [name, found[1]]),
  );
  assert.deepEqual(
    asked.filter(([, key]) => !known.has(key)),
    [],
  );
});

test("a text takes values, plurals and elements", async () => {
  assert.equal(t("header.dueTitle", { zone: "Europe/Berlin" }), "Time of Europe/Berlin. Open it in a calendar.");
  assert.match(t("help.proofsKept", { date: "5 June 1967", count: 1 }), /keeps 1 proof\. /);
  assert.match(t("help.proofsKept", { date: "5 June 1967", count: 12000 }), /keeps 12,000 proofs\. /);
  const link = { tag: "a" };
  assert.deepEqual(rich("header.dueTitle", { zone: link }), ["Time of ", link, ". Open it in a calendar."]);
  assert.equal(tOr("header.no_such_phase", "no such phase"), "no such phase");
  assert.equal(number(0.5, 2), "0.50");
  await setLanguage("de");
  assert.equal(language(), "de");
  assert.match(t("help.proofsKept", { date: "5. Juni 1967", count: 12000 }), /12\.000 Nachweise/);
  assert.equal(number(0.5, 2), "0,50");
  await setLanguage("en");
});

test("the language is the chosen one, or else the first of the browser's that there is", () => {
  assert.equal(firstLanguage("de", ["en-US"]), "de");
  assert.equal(firstLanguage(null, ["fr-CH", "de-CH", "en"]), "de");
  assert.equal(firstLanguage("xx", ["fr"]), "en");
});

const hasTypeScript = existsSync(new URL("node_modules/typescript", import.meta.url));

test("no text that readers see stands outside the catalogue", { skip: !hasTypeScript }, async () => {
  const { visibleTexts } = await import("./visible_texts.mjs");
  const found = sources.flatMap(({ name, source }) => visibleTexts(name, source));
  assert.deepEqual(
    found.map(({ name, line, text }) => `${name}:${line}: ${text}`),
    [],
    "move these to web/text",
  );
});
