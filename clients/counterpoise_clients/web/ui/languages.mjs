// The choice of the page's language.

import { LANGUAGES, language } from "../text/text.mjs";
import { button } from "./parts.mjs";

/**
 * Draw a button for each other language, named in that language.
 *
 * @param {{ language: (code: string) => unknown }} act
 */
export function languages(act) {
  const others = Object.entries(LANGUAGES).filter(([code]) => code !== language());
  return others.map(([code, { name }]) =>
    button(code.toUpperCase(), () => act.language(code), { kind: "page", id: `language-${code}`, lang: code, title: name, "aria-label": name, key: code }),
  );
}
