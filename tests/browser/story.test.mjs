// The story of the debrief: its words in both languages, its moments, its bands and days.

import assert from "node:assert/strict";
import test from "node:test";
import { findAll } from "../../clients/counterpoise_clients/web/h.mjs";
import { momentFragment } from "../../clients/counterpoise_clients/web/router.mjs";
import { chooseLanguage } from "../../clients/counterpoise_clients/web/text/text.mjs";
import { gravest } from "../../clients/counterpoise_clients/web/ui/debrief/misjudged.mjs";
import { dayOfTick } from "../../clients/counterpoise_clients/web/ui/debrief/moments.mjs";
import { ticksOf } from "../../clients/counterpoise_clients/web/ui/debrief/networks.mjs";
import { didWords, partings } from "../../clients/counterpoise_clients/web/ui/debrief/steps.mjs";
import { wordsOf } from "../../clients/counterpoise_clients/web/ui/debrief/story.mjs";
import { cellsOf, dayShown } from "../../clients/counterpoise_clients/web/ui/debrief/threat_days.mjs";
import { finding as heatFinding } from "../../clients/counterpoise_clients/web/viz/heat.mjs";
import { bandsOf, lanesOf } from "../../clients/counterpoise_clients/web/viz/lanes.mjs";
import { partsOf, timeline } from "../../clients/counterpoise_clients/web/viz/timeline.mjs";
import { withLongDates } from "../../clients/counterpoise_clients/web/words.mjs";

const NAMES = { JOR: "Jordan", IRQ: "Iraq", EGY: "Egypt" };
const NUMBERS = { share: 0.31, chance: 0.06, level: 0.8, threatened: 1, since: 2, seen: 0.5, true: 0.7, own: 0.2, theory: 0.3, came: 0.5 };
const CODES = ["aligned", "joined_threat", "missed", "foretold", "promise_broken", "feared", "nobody_feared", "followed", "sides", "misjudged", "predictions", "ties", "no_ties"];

for (const language of ["de", "en"])
  test(`every finding has whole sentences in ${language}`, async () => {
    await chooseLanguage(language);
    for (const code of CODES)
      for (const states of [["JOR", "IRQ", "EGY"], ["JOR", "EGY", "EGY"]]) {
        const { title, text } = wordsOf({ code, states, date: "1967-04-01", numbers: NUMBERS }, NAMES);
        assert.match(title, /\S/);
        for (const words of [title, text]) assert.doesNotMatch(words, /[{}]|undefined|NaN|story\./, `${code}: ${words}`);
      }
  });

test("a finding says who signed with whom, since when it feared, and the odds", () => {
  const finding = { code: "aligned", states: ["JOR", "IRQ", "EGY"], date: "1967-04-01", numbers: NUMBERS };
  const { title, text } = wordsOf(finding, NAMES);
  assert.equal(title, "Jordan signed with Iraq while it feared Egypt most");
  assert.match(text, /^2 windows before, Jordan had come to fear Egypt more than anyone \(threat 0\.80\).*gave this one 31 %, chance 6\.0 %\.$/);
});

test("the names of a war's sides end within the timeline", () => {
  const war = { begins: "1973-10-06", ends: "1973-10-25", attackers: ["EGY", "SYR", "IRQ"], defenders: ["ISR", "USA", "FRN"] };
  const found = { begins: "1972-01-01", ends: "1974-01-01", injects: [], wars: [war], crises: [], alliances: [] };
  const told = { war: () => "", alliance: () => "", crisis: () => "", inject: () => "" };
  const picture = timeline(found, { told, least: 220, dense: true });
  const words = findAll(picture, "text").find((text) => text.children.includes("EGY SYR IRQ – ISR USA FRN"));
  const width = Number(findAll(picture, "svg")[0].attributes.width);
  assert.ok(words && words.attributes.x + 25 * 8 <= width);
});

test("a sentence of the server has its dates as the page writes them", () => {
  assert.equal(withLongDates("It was wrong: Egypt signed with Israel (1975-07-01)."), "It was wrong: Egypt signed with Israel (1 July 1975).");
});

test("a step names the pact that a state left in its window, and counts where the timeline does not tell", () => {
  const union = { commitment: "union", members: ["EGY", "SYR"], ends: "1961-09-28", joined: [], left: [] };
  const old = { ...union, ends: "1960-09-28" };
  const decisions = ["1961-07-01", "1961-10-01"].map((date) => ({ date, actor: "SYR" }));
  const report = { timeline: { unchanged: [old], alliances: [union] }, decisions };
  const row = { date: "1961-07-01", did: "NEU", left: 1, partners: [], conceded: false };
  assert.deepEqual(partings(report, "SYR", row), [{ commitment: "union", others: ["EGY"] }]);
  assert.match(JSON.stringify(didWords(row, NAMES, partings(report, "SYR", row))), /left the union of states with Egypt/);
  assert.deepEqual(partings(report, "SYR", { ...row, left: 2 }), []);
  assert.match(JSON.stringify(didWords(row, NAMES)), /left a pact/);
});

test("a moment is a tick and a seat, and a tick is a day", () => {
  assert.equal(momentFragment(4539, "JOR"), "#t=4539&as=JOR");
  assert.equal(dayOfTick("1955-01-01", 31), "1955-02-01");
  assert.deepEqual(ticksOf({ begins: "1901-01-01", ends: "1901-01-11" }), [0, 2, 4, 6, 8, 10]);
  assert.deepEqual(ticksOf({ begins: "1901-01-01", ends: "1901-01-01" }), [0]);
});

test("the title of the matrix counts the states that look, not those that are feared", () => {
  const ids = ["ARD", "BEL", "COR"];
  const matrix = { ARD: { COR: { threat: 0.9 } }, BEL: { COR: { threat: 0.8 } }, COR: { ARD: { threat: 0.3 } } };
  assert.match(heatFinding(ids, matrix, {}), /2 of 3 states fear COR most/);
});

test("the title of the matrix names all who are feared alike, and counts what is as great", () => {
  const ids = ["ARD", "BEL", "COR"];
  const matrix = { ARD: { COR: { threat: 0.904 } }, BEL: { ARD: { threat: 0.897 }, COR: { threat: 0.2 } } };
  const title = heatFinding(ids, matrix, {});
  assert.equal(title, "The greatest threat is the one ARD sees in COR, 0.90, and one other is as great. ARD and COR are each feared most by 1 of 2 states.");
});

test("a state that feared one of two equal dangers feared rightly", () => {
  const day = { seen: [[null, 40, 50], [null, null, null], [null, null, null]], true: [[null, 70, 70], [10, null, 0], [0, 0, null]] };
  assert.deepEqual(gravest(["ARD", "BEL", "COR"], day), [{ state: "ARD", feared: ["COR"], seen: 50, truly: 70, reason: ["BEL", "COR"], most: 70, isRight: true }]);
});

test("lanes are parted into even bands that hold every decision once", () => {
  const decisions = Array.from({ length: 25 }, (_, at) => ({ actor: "ARD", window: at, date: `19${10 + at}-01-01`, class: "NEU" }));
  const bands = bandsOf(lanesOf(decisions), 12);
  assert.deepEqual(bands.map((band) => band.windows.length), [9, 9, 7]);
  const marks = bands.flatMap((band) => band.lanes[0].marks);
  assert.equal(marks.length, 25);
  assert.ok(marks.every(({ column }) => column >= 0 && column < 9));
});

test("the parts of a timeline hold every event once, and a war wherever it reaches", () => {
  const found = {
    begins: "1901-01-01",
    ends: "1907-01-01",
    injects: [{ date: "1901-01-01" }, { date: "1907-01-01" }],
    wars: [{ begins: "1903-01-01", ends: "1906-01-01" }],
    crises: [{ begins: "1904-01-01" }],
    alliances: [{ begins: "1902-01-01", ends: "1905-01-01", joined: [{ on: "1903-01-01" }], left: [] }],
  };
  const parts = partsOf(found, 3);
  assert.equal(parts.length, 2);
  assert.deepEqual(parts.map((part) => part.injects.map((inject) => inject.number)), [[1], [2]]);
  assert.deepEqual(parts.map((part) => part.wars.length), [1, 1]);
  assert.deepEqual(parts.map((part) => part.crises.length), [0, 1]);
  assert.deepEqual(parts.map((part) => [part.alliances[0].begins, part.alliances[0].ends]), [["1902-01-01", null], [null, "1905-01-01"]]);
});

test("the matrix and the table of truth show the day that is looked at", () => {
  const states = ["ARD", "BEL"];
  const days = [
    { date: "1901-01-01", seen: [[null, 40], [60, null]], true: [[null, 70], [60, null]] },
    { date: "1902-01-01", seen: [[null, 50], [null, null]], true: null },
  ];
  const report = { story: { threats: { states, days } } };
  assert.equal(dayShown({ report, ui: { threatDay: "1901-05-05" } }), days[0]);
  assert.equal(dayShown({ report, ui: { threatDay: "" } }), days[1]);
  assert.deepEqual(cellsOf(states, days[1]), { ARD: { BEL: { threat: 0.5 } } });
  assert.deepEqual(gravest(states, days[0])[0], { state: "ARD", feared: ["BEL"], seen: 40, truly: 70, reason: ["BEL"], most: 70, isRight: true });
  assert.deepEqual(gravest(states, days[1]), []);
});
