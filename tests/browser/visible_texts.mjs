// Finds the texts that a reader would see and that stand in the source instead of the catalogue.
//
// `node visible_texts.mjs` prints them. A text is a string or template with words, where an element, a label or a title is made of
// it, or that reads like a sentence or a title anywhere else.

import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const WEB = new URL("../../clients/counterpoise_clients/web/", import.meta.url);
/** Attributes and fields that readers see or hear; the others are for the machine. */
const SHOWN = new Set(
  "aria-label aria-description title alt placeholder label caption empty short words text axis up down lead note message".split(" "),
);
const HIDDEN = new Set("class key id kind role href type d viewBox for name t tone value transform points style Authorization".split(" "));
/** The arguments of functions that readers see: their positions. @type {Record<string, number[]>} */
const SHOWN_ARGUMENTS = { tag: [0], button: [0], fact: [0, 1, 2], panel: [1], select: [1], dialog: [1], counted: [1], many: [1, 2] };
const MACHINE_CALLS = /^(?:t|tOr|rich|addEventListener|querySelector|querySelectorAll|closest|getElementById|getAttribute|setAttribute|hasAttribute|startsWith|endsWith|includes|split|replace|replaceAll|indexOf|test|matchMedia|Error|SyntaxError|TypeError|RangeError|RegExp|URL|import|wordsByCode|createElement|getItem|setItem|removeItem|focusOn|focusForm|jump|test|has|get|dispatch|createElementNS|match|matchAll|join|concat|write|read|Event|CustomEvent|supports)$/;
/** A list of classes, some of them made of a value. */
const CLASSES = /^[a-z0-9 |-]*[a-z]-(?:\||\d)[a-z0-9 |-]*$/;
const WORD = /\p{L}{2,}/u;

/** Return the text of a string or template, with a bar for each value. */
export function textOf(node) {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  return node.head.text + node.templateSpans.map((span) => `|${span.literal.text}`).join("");
}

const isText = (node) => ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateExpression(node);
const nameOf = (expression) => (ts.isPropertyAccessExpression(expression) ? expression.name.text : ts.isIdentifier(expression) ? expression.text : "import");

/** Return the texts that a value may be, without the code around them. */
const wordsIn = (node) => (isText(node) ? textOf(node) : ts.isConditionalExpression(node) ? wordsIn(node.whenTrue) + wordsIn(node.whenFalse) : "");

/** Return what is made of a value: "shown", "hidden" or "" if its place does not say. */
function useOf(node) {
  const parent = node.parent;
  if (ts.isParenthesizedExpression(parent) || ts.isArrayLiteralExpression(parent) || ts.isSpreadElement(parent) || ts.isTemplateSpan(parent)) {
    if (!ts.isTemplateSpan(parent)) return useOf(parent);
    // A word for a place in a sentence: `${count} ${count === 1 ? "state" : "states"}`.
    return useOf(parent.parent) || (isText(node) || ts.isConditionalExpression(node) ? (/\s/.test(textOf(parent.parent) + wordsIn(node)) ? "shown" : "") : "");
  }
  if (ts.isConditionalExpression(parent)) return parent.condition === node ? "hidden" : useOf(parent);
  if (ts.isBinaryExpression(parent)) {
    const sign = parent.operatorToken.kind;
    const passes = [ts.SyntaxKind.PlusToken, ts.SyntaxKind.QuestionQuestionToken, ts.SyntaxKind.BarBarToken, ts.SyntaxKind.AmpersandAmpersandToken];
    return passes.includes(sign) ? useOf(parent) : sign === ts.SyntaxKind.EqualsToken ? "" : "hidden";
  }
  if (ts.isPropertyAccessExpression(parent) && ["includes", "indexOf"].includes(parent.name.text)) return "hidden";
  if (ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent) || ts.isLiteralTypeNode(parent)) return "hidden";
  // What is made of a text without the white space around it is made of the text.
  if (ts.isPropertyAccessExpression(parent) && parent.name.text === "trim") return useOf(parent.parent);
  if (ts.isElementAccessExpression(parent) && parent.argumentExpression === node) return "hidden";
  if (ts.isCaseClause(parent) || ts.isTaggedTemplateExpression(parent)) return "hidden";
  if (ts.isPropertyAssignment(parent)) {
    if (parent.name === node) return "hidden";
    const name = parent.name.text ?? "";
    if (SHOWN.has(name)) return "shown";
    return HIDDEN.has(name) || name.startsWith("data-") || name.startsWith("aria-") ? "hidden" : "";
  }
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) {
    const at = (parent.arguments ?? []).indexOf(node);
    const name = nameOf(parent.expression);
    if (name === "h") return at >= 2 ? "shown" : "hidden";
    if (SHOWN_ARGUMENTS[name]?.includes(at)) return "shown";
    return MACHINE_CALLS.test(name) ? "hidden" : "";
  }
  // A column of a table says how its cells are made.
  if (ts.isArrowFunction(parent) && ts.isPropertyAssignment(parent.parent) && parent.parent.name.text === "cell") return "shown";
  return "";
}

function isVisible(node) {
  const text = textOf(node);
  if (!WORD.test(text) || CLASSES.test(text)) return false;
  const use = useOf(node);
  if (use === "hidden") return false;
  if (use === "shown") return true;
  const isSentence = /^[✓✗●○▲▼⚠] \p{L}{2,}/u.test(text) || /\p{L}[\p{L}'’,.:;!?…]*\s+(?:\S+\s+)*\|?\S*\p{L}/u.test(text) || /\|[ ,:;.]*\s\p{L}{2,}|\p{L}{2,}[,:;.]?\s\|/u.test(text);
  return (isSentence || /^\p{Lu}\p{Ll}+/u.test(text)) && !/^[a-z]+[A-Z]\w*$|^use strict$|^[MLHVZ]/.test(text);
}

/**
 * Return the visible texts of a source, outermost first.
 *
 * @param {string} name
 * @param {string} source
 */
export function visibleTexts(name, source) {
  const file = ts.createSourceFile(name, source, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS);
  const found = [];
  const visit = (node) => {
    if (isText(node) && isVisible(node)) {
      found.push({ name, line: file.getLineAndCharacterOfPosition(node.getStart()).line + 1, text: textOf(node), node });
      return;
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Return the sources of the client, without the catalogue. */
export const sources = () =>
  readdirSync(WEB, { recursive: true })
    .filter((name) => name.endsWith(".mjs") && !name.startsWith("text/"))
    .sort()
    .map((name) => ({ name, source: readFileSync(new URL(name, WEB), "utf-8") }));

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const { name, source } of sources())
    for (const { line, text } of visibleTexts(name, source)) process.stdout.write(`${name}:${line}: ${JSON.stringify(text)}\n`);
