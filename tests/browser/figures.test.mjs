import assert from "node:assert/strict";
import { test } from "node:test";
import { findAll, h, textOf } from "../../clients/counterpoise_clients/web/h.mjs";
import { finding as forestFinding, reading, forest, ticksOf } from "../../clients/counterpoise_clients/web/viz/forest.mjs";
import { dots, finding as dotFinding, tally, ticksTo } from "../../clients/counterpoise_clients/web/viz/dots.mjs";
import { end as endOf, finding as rangeFinding, ranges } from "../../clients/counterpoise_clients/web/viz/ranges.mjs";
import { leaning, odds, oddsText } from "../../clients/counterpoise_clients/web/viz/odds.mjs";
import { finding as shareFinding, shares } from "../../clients/counterpoise_clients/web/viz/shares.mjs";
import { signed } from "../../clients/counterpoise_clients/web/ui/reports/fork.mjs";
import { heat, next } from "../../clients/counterpoise_clients/web/viz/heat.mjs";
import { columnOf, lanes, lanesOf } from "../../clients/counterpoise_clients/web/viz/lanes.mjs";
import { finding as lineFinding, lines, spread } from "../../clients/counterpoise_clients/web/viz/line.mjs";
import { finding as timeFinding, packed, scaleOf, timeline } from "../../clients/counterpoise_clients/web/viz/timeline.mjs";
import { network, tiesOf } from "../../clients/counterpoise_clients/web/viz/network.mjs";
import { headline } from "../../clients/counterpoise_clients/web/ui/debrief/headline.mjs";
import { chancesOf, expectation, fixed, hypothesesOf, isPooled, ledger, matrixOf, span } from "../../clients/counterpoise_clients/web/ui/debrief/report.mjs";
import { seriesOf } from "../../clients/counterpoise_clients/web/ui/debrief/indices.mjs";
import { eventsOf, wordsFor } from "../../clients/counterpoise_clients/web/ui/debrief/timeline.mjs";
import { few, lines as glanceLines } from "../../clients/counterpoise_clients/web/ui/glance.mjs";
import { network as networkPanel } from "../../clients/counterpoise_clients/web/ui/network.mjs";
import { withOneLineAQuestion } from "../../clients/counterpoise_clients/web/ui/incidents.mjs";
import { setLanguage } from "../../clients/counterpoise_clients/web/text/text.mjs";
import { sentence } from "../../clients/counterpoise_clients/web/ui/sentences.mjs";

const IDS = ["ARD", "BEL", "COR"];
const MATRIX = Object.fromEntries(
  IDS.map((a) => [a, Object.fromEntries(IDS.filter((b) => b !== a).map((b) => [b, { threat: 0.42 }]))]),
);

test("the heatmap has a cell with a number for every ordered pair, and one cell in the tab order", () => {
  const cells = findAll(heat(IDS, MATRIX, { names: {}, chosen: null, choose() {} }), "g").filter(
    (node) => node.attributes["data-cell"],
  );
  assert.equal(cells.length, 6);
  assert.ok(cells.every((cell) => textOf(cell) === ".42"));
  assert.equal(cells.filter((cell) => cell.attributes.tabindex === "0").length, 1);
});

test("the heatmap and the tables of the debrief write numbers as the language does", async () => {
  await setLanguage("de");
  const drawn = heat(["ARD", "BEL"], { ARD: { BEL: { threat: 0.89 } } }, { names: {}, chosen: null, choose() {} });
  const told = [fixed(0.5, 2), span([-0.25, 1])];
  await setLanguage("en");
  assert.deepEqual(told, ["0,50", "-0,25 bis 1,00"]);
  assert.equal(fixed(null, 2), "–");
  const cells = findAll(drawn, "g").filter((node) => node.attributes["data-cell"]);
  assert.deepEqual(cells.map(textOf), ["0,89", "–"]);
  assert.match(cells[0].attributes["aria-label"], /0,89/);
  assert.match(drawn.attributes?.["aria-label"] ?? textOf(findAll(drawn, "title")[0]), /0,89/);
});

test("arrow keys step over the diagonal and stop at the edge", () => {
  assert.deepEqual(next(3, 0, 1, [1, 0]), [2, 1]);
  assert.deepEqual(next(3, 1, 2, [0, 1]), [1, 2]);
});

test("the network draws every state and every tie, fixed places for all", () => {
  const view = {
    own: { id: "ARD" },
    others: [
      { id: "BEL", rivalry: true },
      { id: "COR", rivalry: false },
    ],
    alignments: [{ members: ["ARD", "COR"], commitment: "defence", lead: null, secret: false, name: "" }],
    wars: [{ attackers: ["BEL"], defenders: ["COR"] }],
    crises: [],
  };
  const ties = tiesOf(view);
  assert.deepEqual(
    ties.map((tie) => tie.kind),
    ["defence", "war", "rivalry"],
  );
  const actors = IDS.map((id) => ({ id, name: `State ${id}`, role: "regional" }));
  const places = (drawn) =>
    findAll(drawn, "text")
      .filter((node) => textOf(node).startsWith("State "))
      .map((node) => [node.attributes.x, node.attributes.y]);
  const full = network(actors, ties, "ARD");
  assert.equal(findAll(full, "g").filter((node) => node.attributes["data-actor"]).length, 3);
  assert.equal(findAll(full, "path").length, 3);
  assert.equal(places(full).length, 3, "states are named, not coded");
  assert.deepEqual(places(full), places(network(actors, [], "ARD")));
});

test("an alliance of many is a tie between each two members; a guarantee is a tie with the protector only", () => {
  const base = { own: { id: "ARD" }, others: [], wars: [], crises: [] };
  const bloc = { members: IDS, commitment: "defence", lead: null, secret: false, name: "" };
  assert.equal(tiesOf({ ...base, alignments: [bloc] }).length, 3);
  assert.equal(tiesOf({ ...base, alignments: [{ ...bloc, lead: "ARD" }] }).length, 2);
});

test("an interval that contains zero is reported as no clear difference", () => {
  assert.equal(reading({ skill: 0.4, ci: [-0.01, 0.8] }), "cannot tell apart");
  assert.equal(reading({ skill: 0.4, ci: [0.1, 0.8] }), "better than the base rate");
  assert.equal(reading({ skill: -0.4, ci: [-0.8, -0.1] }), "worse than the base rate");
  assert.equal(reading({ skill: 0.4, ci: null }), "no interval");
  assert.equal(reading({ skill: 0, ci: [0, 0] }), "the base rate");
  assert.equal(reading({ telling: false, skill: 0.4, ci: [0.1, 0.8] }), "too few choices to tell");
});

test("a baseline that does better is reported as a baseline", () => {
  const rows = [
    { name: "status_quo", label: "States go on as they are", standing: "baseline", skill: 0.4, ci: [0.1, 0.8] },
    { name: "base_rate", label: "Base rate", standing: "baseline", skill: 0, ci: [0, 0] },
    { name: "a", label: "A", standing: "hypothesis", skill: 0.1, ci: [-0.1, 0.3] },
  ];
  const told = forestFinding(rows);
  assert.match(told, /^No hypothesis forecasts better than the base rate; 1 of 1 cannot be told apart/);
  assert.match(told, /Of the baselines, which know no theory, better than it: States go on as they are\.$/);
  const labels = findAll(forest(rows), "text").map(textOf);
  assert.ok(labels.includes("States go on as they are (baseline)"));
  assert.ok(labels.includes("base rate"));
  assert.ok(!labels.includes("reference"));
});

test("the forest plot has a row for every hypothesis and a tick at zero", () => {
  const rows = [
    { name: "a", label: "A", skill: 0.2, ci: [0.1, 0.3] },
    { name: "b", label: "B", skill: null, ci: null },
  ];
  const drawn = findAll(forest(rows), "g").filter((node) => node.attributes["data-hypothesis"]);
  assert.equal(drawn.length, 2);
  assert.ok(ticksOf(-0.3, 0.4).includes(0));
});

const decision = (actor, window, kind, more = {}) => ({
  index: window,
  actor,
  window,
  date: `190${window}-01-01`,
  class: kind,
  options: ["BAL:BEL", "NEU"],
  choice: kind === "NEU" ? "NEU" : "BAL:BEL",
  threatened: true,
  forecasts: { h: [0.7, 0.3] },
  ...more,
});

test("lanes put each decision into its window's column with its letter", () => {
  const decisions = [decision("ARD", 1, "BAL"), decision("BEL", 2, "NEU")];
  assert.deepEqual(
    lanesOf(decisions).lanes.map((lane) => lane.marks[0].column),
    [0, 1],
  );
  const marks = findAll(lanes(decisions, { names: {} })[0], "g").filter((node) =>
    node.attributes.class?.startsWith("lane-mark"),
  );
  assert.deepEqual(
    marks.map((mark) => textOf(mark).slice(-1)),
    ["B", "N"],
  );
});

test("forecasts read the same from shares, millionths and maps", () => {
  const base = decision("ARD", 1, "NEU");
  const expected = [
    { option: "BAL:BEL", chance: 0.7 },
    { option: "NEU", chance: 0.3 },
  ];
  assert.deepEqual(chancesOf(base, "h"), expected);
  assert.deepEqual(chancesOf({ ...base, forecasts: { h: [700000, 300000] } }, "h"), expected);
  assert.deepEqual(chancesOf({ ...base, forecasts: { h: { "BAL:BEL": 0.7, NEU: 0.3 } } }, "h"), expected);
});

test("the ledger shows disagreements with the most surprising first", () => {
  const rows = [
    decision("ARD", 1, "BAL"),
    decision("ARD", 2, "NEU"),
    decision("BEL", 3, "NEU", { forecasts: { h: [0.9, 0.1] } }),
  ];
  assert.deepEqual(
    ledger(rows, { only: "disagreements", hypothesis: "h", actor: "" }).map((row) => row.index),
    [3, 2],
  );
  assert.equal(ledger(rows, { only: "all", hypothesis: "h", actor: "BEL" }).length, 1);
  assert.equal(expectation(rows[0], "h").agrees, true);
});

test("a report without a matrix has none", () => {
  assert.equal(matrixOf({}), null);
  assert.deepEqual(matrixOf({ matrix: { date: "1901-01-01", threat: MATRIX } }).ids, IDS);
});

test("an incident of an unknown kind still has a sentence", () => {
  assert.equal(
    sentence({ kind: "canal_closed", actors: ["ARD"], detail: { reason: "war" } }, { ARD: "Arden" }),
    "Canal closed: Arden (reason war).",
  );
  assert.equal(
    sentence(
      { kind: "message", actors: ["ARD", "BEL"], detail: { text: "Hold on." } },
      { ARD: "Arden", BEL: "Belmar" },
    ),
    "Arden to Belmar: “Hold on.”",
  );
});

test("a description cannot carry a style attribute or markup into the page", () => {
  const node = h("p", null, "<b>x</b>", null, [1, [false, "y"]]);
  assert.deepEqual(node.children, ["<b>x</b>", "1", "y"]);
});

test("a year without an index breaks its line, and an index without a year is not drawn", () => {
  const rows = [
    { date: "1901-01-01", cbi: 0.4, soi: null },
    { date: "1902-01-01", cbi: null, soi: null },
    { date: "1903-01-01", cbi: 0.5, soi: null },
  ];
  const { dates, series } = seriesOf(rows);
  assert.deepEqual(
    series.map((one) => one.key),
    ["cbi"],
  );
  const drawn = lines(series, dates, [-1, 1]);
  const [path] = findAll(drawn, "path");
  assert.equal(path.attributes.d.match(/M/g).length, 2);
  assert.equal(findAll(drawn, "circle").length, 2);
  assert.match(textOf(findAll(drawn, "title")[0]), /Checkerboard from 0\.40 to 0\.50/);
});

test("the finding of a line chart distinguishes change, no change and no data", () => {
  assert.equal(lineFinding([{ label: "A", values: [1, 1.001] }]), "A stays at 1.00.");
  assert.equal(lineFinding([{ label: "A", values: [null] }]), "No index could be computed.");
});

test("labels at the ends of lines neither overlap nor leave the figure", () => {
  const placed = spread([50, 50, 260, 262], 20, 265);
  const sorted = placed.toSorted((a, b) => a - b);
  assert.ok(sorted.every((place, index) => index === 0 || place - sorted[index - 1] >= 20));
  assert.ok(sorted[0] >= 20 && sorted.at(-1) <= 265);
});

test("the summary shows the top threat, the partners, wars and crises, and the number of new incidents", () => {
  const view = {
    tick: 200,
    own: { id: "ARD" },
    alignments: [
      { members: ["ARD", "COR"], commitment: "defence" },
      { members: ["BEL", "DUN"], commitment: "defence" },
    ],
    wars: [{ attackers: ["BEL"], defenders: ["ARD"] }],
    crises: [{ initiator: "COR", target: "DUN" }],
  };
  const threats = { BEL: { threat: 0.8 }, COR: { threat: 0.2 } };
  const incidents = [
    { tick: 10, actors: ["ARD"] },
    { tick: 190, actors: ["ARD", "BEL"] },
    { tick: 195, actors: ["COR"] },
  ];
  const told = glanceLines({ view, threats }, incidents, { BEL: "Belmar", COR: "Corvane" });
  assert.deepEqual(
    told.map((line) => line.words),
    [
      "Belmar, 0.80, severe; then Corvane, 0.20",
      "Corvane",
      "1 crisis, 1 war (1 yours)",
      "2 events, 1 with you in them",
    ],
  );
  assert.equal(told[2].tone, "bad");
  assert.equal(few(["a", "b", "c", "d", "e"]), "a, b, c and 2 more");
});

test("an offer is described with the right article", () => {
  const told = (commitment) =>
    sentence(
      { kind: "alliance_proposed", actors: ["ARD", "BEL"], detail: { commitment } },
      { ARD: "Arden", BEL: "Belmar" },
    );
  assert.equal(told("arms"), "Arden offers Belmar arms supply.");
  assert.equal(told("offence"), "Arden offers Belmar an offence pact.");
  assert.equal(told("defence"), "Arden offers Belmar a defence pact.");
});

test("the legend explains the leader mark if the figure has one", () => {
  const view = {
    own: { id: "ARD", name: "Arden", role: "regional" },
    others: [{ id: "BEL", name: "Belmar", role: "regional" }],
    wars: [],
    crises: [],
    alignments: [{ members: ["ARD", "BEL"], commitment: "guarantee", lead: "ARD", secret: false, name: "" }],
  };
  const state = { ui: { networkAsTable: false }, welcome: null };
  const drawn = networkPanel(view, state, { ui() {} });
  assert.match(textOf(drawn), /beside the state that leads or protects/);
  const without = { ...view, alignments: [] };
  assert.doesNotMatch(textOf(networkPanel(without, state, { ui() {} })), /leads or protects/);
});

const TIMELINE = {
  begins: "1901-01-01",
  ends: "1903-01-01",
  injects: [
    { date: "1901-06-10", kind: "announce", by: "scenario", title: "Corvane calls up its reserves.", actors: [] },
    { date: "1901-06-10", kind: "shift_power", by: "moderator", title: "Shift power: Corvane", actors: ["COR"] },
  ],
  wars: [
    { attackers: ["COR"], defenders: ["BEL", "ARD"], aim: "policy", begins: "1901-07-01", ends: "1902-07-01", outcome: "WIN", winners: ["COR"] },
    { attackers: ["ARD"], defenders: ["BEL"], aim: "regime", begins: "1902-01-01", ends: null, outcome: null, winners: [] },
  ],
  crises: [
    { initiator: "COR", target: "BEL", aim: "policy", level: 5, begins: "1901-06-20", ends: "1901-07-01", outcome: "WAR" },
  ],
  alliances: [
    { members: ["ARD", "BEL"], commitment: "defence", name: "Old Pact", against: null, secret: false, begins: null, ends: "1902-01-01" },
    { members: ["ARD", "COR"], commitment: "defence", name: "", against: "BEL", secret: true, begins: "1902-02-01", ends: null },
  ],
};

test("the timeline has a lane for each kind of event and a titled mark for each event", () => {
  const told = wordsFor({ ARD: "Arden", BEL: "Belmar", COR: "Corvane" });
  const picture = timeline(TIMELINE, { told });
  const groups = findAll(picture, "g");
  const marks = (lane) =>
    findAll(groups.find((node) => node.attributes.class === `time-lane time-${lane}`), "g").filter((node) =>
      node.attributes.class.startsWith("time-mark"),
    );
  assert.deepEqual(
    ["injects", "wars", "crises", "pacts-made", "pacts-ended"].map((lane) => marks(lane).length),
    [2, 2, 1, 1, 1],
  );
  for (const mark of groups.filter((node) => node.attributes.class.startsWith("time-mark")))
    assert.ok(textOf(findAll(mark, "title")[0]).length > 20);
  const [over, on] = marks("wars").map((mark) => findAll(mark, "rect")[0].attributes);
  assert.ok(over.x + over.width < on.x + on.width, "a war that goes on reaches to the end");
  assert.match(textOf(marks("wars")[0]), /War of Corvane against Belmar and Arden.*won by Corvane/);
  assert.match(textOf(marks("wars")[1]), /and goes on/);
  assert.match(textOf(picture), /^Timeline, 1 January 1901 to 1 January 1903\. 2 events from outside, 2 wars, 1 crisis, 1 alliance made and 1 ended\./);
  assert.equal(timeFinding({ injects: [], wars: [], crises: [], alliances: [] }), "0 events from outside, 0 wars, 0 crises, 0 alliances made and 0 ended.");
});

test("events of one day do not overlap, and every date lies on the timeline", () => {
  assert.deepEqual(packed([{ x: 0, width: 20 }, { x: 5, width: 20 }, { x: 20, width: 5 }]), { rows: [0, 1, 0], count: 2 });
  const { place, width } = scaleOf(TIMELINE);
  assert.equal(place("1903-01-01") - place("1901-01-01"), width);
  assert.equal(place("1907-01-01"), place("1903-01-01"));
  assert.ok(scaleOf({ begins: "1901-01-01", ends: "1951-01-01" }).width > width);
});

test("the table beside the timeline has a row for each of its marks, by date", () => {
  const rows = eventsOf(TIMELINE, { ARD: "Arden", BEL: "Belmar", COR: "Corvane" });
  assert.deepEqual(
    rows.map((row) => row.kind),
    ["Event", "Event", "Crisis", "War", "War", "Pact ended", "Pact made"],
  );
  assert.equal(rows[0].text, "Corvane calls up its reserves. (by the scenario)");
  assert.match(rows.at(-1).text, /Arden and Corvane make a defence pact against Belmar in secret/);
});

test("injects cross the alignment lanes at their date, one line for each day", () => {
  const windows = [{ date: "1901-01-01" }, { date: "1901-07-01" }, { date: "1902-01-01" }];
  assert.equal(columnOf("1900-01-01", windows), null);
  assert.equal(columnOf("1901-07-01", windows), 1);
  assert.ok(Math.abs(columnOf("1901-04-01", windows) - 0.5) < 0.02);
  const decisions = windows.map(({ date }, window) => ({ window, date, actor: "ARD", class: "BAL" }));
  const crossings = findAll(lanes(decisions, { names: {}, injects: TIMELINE.injects })[0], "g").filter(
    (node) => node.attributes.class === "inject-line",
  );
  assert.equal(crossings.length, 1);
  assert.match(textOf(crossings[0]), /^Event 1, 2, 10 June 1901/);
});

const COUNT = {
  title: "wars begun",
  original: 4,
  baseline: { mean: 1.5, values: [1, 2] },
  changed: { mean: 3, values: [3, 3] },
};
const marksOf = (node, tag) => findAll(node, tag).filter((mark) => mark.attributes.class === "side-mark");

test("a count has a dot for each game, a triangle for each mean and a ring for the journal", () => {
  const drawn = dots(COUNT, "wars");
  assert.equal(marksOf(drawn, "circle").length, 4);
  assert.equal(marksOf(drawn, "path").length, 2);
  assert.equal(findAll(drawn, "circle").filter((mark) => mark.attributes.class === "journal-ring").length, 2);
  assert.equal(dotFinding(COUNT), "wars begun: the journal 4, baseline 1.5, changed 3.0.");
  assert.equal(marksOf(dots({ ...COUNT, changed: null }, "wars"), "path").length, 1);
});

test("so many games that dots would be too small are a bar", () => {
  const many = { ...COUNT, baseline: { mean: 1, values: Array(50).fill(1) }, changed: null };
  assert.equal(marksOf(dots(many, "wars"), "circle").length, 0);
  assert.equal(marksOf(dots(many, "wars"), "rect").length, 1);
  assert.deepEqual(tally([2, 1, 2]), [
    [1, 1],
    [2, 2],
  ]);
  assert.deepEqual(ticksTo(3), [0, 1, 2, 3]);
  assert.equal(ticksTo(100).length, 8);
});

test("a pair has a dot for each side, and the finding names the pair that the change moved most", () => {
  const rows = [
    { label: "A and B", original: true, baseline: 0.5, changed: 0.25, difference: { mean: -0.25 } },
    { label: "B and C", original: false, baseline: 0.5, changed: 0.5, difference: { mean: 0 } },
  ];
  const drawn = shares(rows, "Who was allied", "allied");
  assert.equal(marksOf(drawn, "circle").length, 4);
  assert.equal(findAll(drawn, "circle").filter((mark) => mark.attributes.class === "journal-ring").length, 1);
  assert.equal(shareFinding(rows), "The largest difference is A and B: -25 percentage points.");
  assert.equal(shareFinding([rows[1]]), "No pair differs between the sides.");
});

test("a difference has its sign, and none if it rounds to nothing", () => {
  assert.deepEqual([signed(0.1, "0.1"), signed(-0.1, "-0.1"), signed(-0.001, "-0.0")], ["+0.1", "-0.1", "0.0"]);
});

test("with too few choices neither the headline nor the plot names a better hypothesis", () => {
  const missing = { kind: "too_few", values: { made: 2, states: 1, least: 11, least_states: 5, choice: "tie_proposed" } };
  const enough = { telling: false, sentence: "Too few choices.", needed: "", as_data: missing };
  const hypotheses = [{ name: "status_quo", title: "Status quo", standing: "baseline", skill: 0.4, ci: [0.1, 0.8] }];
  const report = {
    enough,
    hypotheses: [...hypotheses, { ...hypotheses[0], name: "ideology", title: "Ideology", standing: "hypothesis" }],
    classes: { decisions: 8, threatened: 8 },
  };
  assert.equal(headline(report), "8 decisions, 8 of them under threat. Too few choices to tell which hypothesis forecasts better: 2 ties proposed by 1 state so far; 11 by at least 5 states would be enough.");
  const drawn = findAll(forest(hypothesesOf(report)), "g").filter((node) => node.attributes["data-hypothesis"]);
  assert.deepEqual(
    drawn.map((node) => node.attributes.class),
    ["forest-row unsure", "forest-row unsure"],
  );
  assert.equal(forestFinding(hypothesesOf(report)), "Too few choices to tell them apart.");
  assert.match(headline({ ...report, enough: { ...enough, telling: true } }), /Better than the base rate: Ideology/);
});

test("a pooled report has its counts in the headline, although it lists no decisions", () => {
  const report = { sessions: [], classes: { decisions: 72, threatened: 70 }, hypotheses: [] };
  assert.equal(headline(report), "72 decisions, 70 of them under threat. Nothing was scored yet.");
  assert.ok(isPooled(report) && !isPooled({ decisions: [] }));
});

const RANGES = [
  { label: "AAA and BBB tied", low: 0.5, high: null, observed: 0.75, ci: [0.5, 0.9], met: true, share: true },
  { label: "wars", low: 0, high: 2, observed: 4, ci: [3, 5.5], met: false, share: false },
  { label: "crises", low: 1, high: 2, observed: null, ci: null, met: null, share: false },
];

test("an expectation that is met is a square, one that is not a triangle, and one that cannot be judged has no point", () => {
  const [met, missed, unjudged] = findAll(ranges(RANGES, "Rows", "rows"), "g");
  assert.equal(met.attributes.class, "range-row good");
  assert.equal(findAll(met, "rect").length, 2, "the expected range and the point");
  assert.equal(findAll(missed, "path").length, 1);
  assert.equal(findAll(unjudged, "path").length + findAll(unjudged, "line").length, 1, "only the axis");
  assert.match(textOf(unjudged), /–$/);
  assert.equal(rangeFinding(RANGES), "1 of 2 expectations are met; 1 could not be judged.");
});

test("a share has the axis of all shares, another number an axis that ends beyond it", () => {
  assert.equal(endOf(RANGES[0]), 1);
  assert.ok(endOf(RANGES[1]) > 5.5);
  assert.ok(endOf(RANGES[2]) > 2);
});

test("odds lean to the one hypothesis or its rival, and to neither if no bet gained", () => {
  assert.equal(leaning({ log_evidence: 0.9, log_evidence_reverse: -0.5 }), 0.9);
  assert.equal(leaning({ log_evidence: -0.4, log_evidence_reverse: 0.7 }), -0.7);
  assert.equal(Math.abs(leaning({ log_evidence: -0.2, log_evidence_reverse: -0.1 })), 0);
  assert.deepEqual([0, 0.95, -1.3, 5].map(oddsText), ["1 to 1", "8.9 to 1", "20 to 1", "more than 1000 to 1"]);
});

test("the figure of odds has the lines of 10 and 20 to 1 on both sides, and a point for each step of each rival", () => {
  const series = [
    { key: "a-b", label: "B", values: [0.2, 1.5] },
    { key: "a-c", label: "C", values: [0, -2.4] },
  ];
  const how = { some: 10, strong: 20, up: "a", down: "the rival", axis: "Window", title: "Strong for A." };
  const drawn = odds(series, ["1", "4"], how);
  const ticks = findAll(drawn, "text").filter((node) => node.attributes["data-odds"]);
  assert.deepEqual(ticks.map(textOf), ["20 to 1", "20 to 1", "10 to 1", "10 to 1", "even"]);
  assert.equal(findAll(drawn, "circle").length, 4);
  const heights = findAll(drawn, "circle").map((node) => node.attributes.cy);
  assert.ok(heights.every((y) => y > 0 && y < 320));
  assert.ok(heights[1] < ticks[0].attributes.y - 5 && heights[3] > ticks[1].attributes.y - 5);
});

test("for a phone the lines of odds end in numbers, and each number has its name below the picture", () => {
  const series = [
    { key: "a-b", label: "B", values: [0.2, 1.5] },
    { key: "a-c", label: "C", values: [0, -2.4] },
  ];
  const drawn = odds(series, ["1901-01", "1901-07"], { some: 60, strong: 120, up: "a", down: "b", axis: "Start", title: "T", narrow: true });
  const words = findAll(drawn, "text").map(textOf);
  for (const text of ["1", "2", "1  B", "2  C", "1901-07"]) assert.ok(words.includes(text), text);
  const [picture] = findAll(drawn, "svg");
  const [, , width, height] = picture.attributes.viewBox.split(" ").map(Number);
  assert.equal(width, 400);
  assert.ok(findAll(drawn, "text").every((node) => node.attributes.x < width && node.attributes.y < height));
  assert.match(drawn.attributes.class, /least-0/, "it fits and does not scroll");
});

test("numbers of injects that would run into each other stand in storeys above the lanes", () => {
  const windows = ["1901-01-01", "1901-07-01", "1902-01-01"];
  const decisions = windows.map((date, window) => ({ window, date, actor: "ARD", class: "BAL" }));
  const injects = ["1901-06-10", "1901-06-29", "1901-07-05", "1902-01-01"].map((date) => ({ date, title: date }));
  const numbers = findAll(lanes(decisions, { names: {}, injects })[0], "g")
    .filter((node) => node.attributes.class === "inject-line")
    .map((node) => findAll(node, "text")[0]);
  const places = numbers.map(({ attributes }) => [attributes.x, attributes.y]);
  for (const [index, [x, y]] of places.entries())
    for (const [otherX, otherY] of places.slice(index + 1))
      assert.ok(y !== otherY || Math.abs(x - otherX) >= 12, `${x} ${y} and ${otherX} ${otherY}`);
});

test("one question to several seats is one line of a log, and another question is another line", () => {
  const asked = (id, actor, ask, tick = 3) => ({ id, tick, kind: "question_asked", actors: [actor], detail: { ask, about: "", words: "" } });
  const other = { id: 9, tick: 3, kind: "mobilized", actors: ["BEL"], detail: {} };
  const log = [asked(4, "COR", "threats"), other, asked(11, "ARD", "threats"), asked(12, "ARD", "belief"), asked(13, "BEL", "threats", 4)];
  const lines = withOneLineAQuestion(log, ["ARD", "BEL", "COR"]);
  assert.deepEqual(
    lines.map((line) => [line.kind, line.actors]),
    [
      ["question_asked", ["ARD", "COR"]],
      ["mobilized", ["BEL"]],
      ["question_asked", ["ARD"]],
      ["question_asked", ["BEL"]],
    ],
  );
  const names = { ARD: "Arden", COR: "Corvane" };
  assert.equal(sentence(lines[0], names), "Arden and Corvane are asked for the debrief: threats.");
  assert.equal(sentence(lines[2], names), "Arden is asked for the debrief: belief.");
});
