import assert from "node:assert/strict";
import { test } from "node:test";
import { sanctionTags, sanctionWords } from "../../clients/counterpoise_clients/web/ui/sanctions.mjs";
import { spoilsWords, voteWords } from "../../clients/counterpoise_clients/web/ui/situation.mjs";
import { centres, relations, standing } from "../../clients/counterpoise_clients/web/ui/states.mjs";
import { dateAfter } from "../../clients/counterpoise_clients/web/words.mjs";

const NAMES = { ARD: "Arden", BEL: "Belmar", COR: "Corvane" };
const name = (id) => NAMES[id] ?? id;
const VIEW = {
  tick: 100,
  date: "1904-02-28",
  own: { id: "ARD" },
  alignments: [{ id: 7, members: ["ARD", "BEL"], commitment: "defence", name: "The Two" }],
  sanctions: [
    { sender: "BEL", target: "ARD", scope: "trade", since: 3 },
    { sender: "ARD", target: "BEL", scope: "arms", since: 4 },
    { sender: "COR", target: "BEL", scope: "arms", since: 5 },
  ],
};
const OTHER = { id: "BEL", stated_intent: "neutral", occupier: null };

test("a date some days off counts leap days, in both directions", () => {
  assert.equal(dateAfter("1904-02-28", 2), "1904-03-01");
  assert.equal(dateAfter("1904-03-01", -2), "1904-02-28");
  assert.equal(dateAfter("1903-02-28", 1), "1903-03-01");
});

test("a sanction says who denies whom what", () => {
  assert.equal(sanctionWords(VIEW.sanctions[0], name), "Belmar does not trade with Arden");
  assert.equal(sanctionWords(VIEW.sanctions[1], name), "Arden sells Belmar no arms");
});

test("a state is tagged with the sanctions between it and the seat, not with those of others", () => {
  assert.deepEqual(
    sanctionTags(OTHER, VIEW).map(([words]) => words),
    ["sanctions you: no trade", "you sanction it: no arms"],
  );
  assert.deepEqual(sanctionTags({ id: "COR" }, VIEW), []);
});

test("a state that refused an offer, holds land or is claimed from says so", () => {
  const words = relations({ ...OTHER, refused: true, claimed: "territory", occupier: "ARD", occupied: 0.2 }, VIEW).map(
    ([told]) => told,
  );
  for (const expected of ["refused your offer", "you claim territory", "you hold 20 % of it"]) assert.ok(words.includes(expected));
  const plain = relations(OTHER, { ...VIEW, sanctions: [] });
  assert.deepEqual(plain, []);
});

test("spoils name the side, the money and the claims that would be met", () => {
  const won = { side: "BEL", money: 24.6, claims: ["COR"] };
  assert.equal(spoilsWords(won, name), "If Belmar wins with you: about 25 % of a year's budget, and what you claim of Corvane.");
  assert.equal(spoilsWords({ ...won, claims: [] }, name), "If Belmar wins with you: about 25 % of a year's budget.");
});

test("a vote says who asks, whether the seat has voted and until when", () => {
  const vote = { alignment: 7, question: "admit", state: "COR", asker: "COR", deadline: 102, consented: true };
  assert.equal(
    voteWords(vote, VIEW, NAMES),
    "A vote: Corvane asks to join. Admit Corvane: The Two with Belmar. You have consented. All other members must consent by 1 March 1904.",
  );
  const own = { ...vote, question: "expel", state: "BEL", asker: "ARD", consented: false };
  assert.match(voteWords(own, VIEW, NAMES), /^A vote: You move to expel\. Expel Belmar: The Two with Belmar\. All other/);
});

test("each standing has words of its own, and the better wins more legitimacy", () => {
  const words = [1, 0.5, 0, -0.5, -1].map(standing);
  assert.equal(new Set(words).size, 5);
  assert.deepEqual(
    words.map((told) => /legitimacy (rises|falls)/.exec(told)?.[1] ?? ""),
    ["rises", "rises", "", "falls", "falls"],
  );
  assert.equal(centres(1), "One centre of power alone");
  assert.equal(centres(3), "3 centres of power must agree");
});
