// The addresses of the pages.

import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf, pathOf, viewFor } from "../../clients/counterpoise_clients/web/router.mjs";

test("an address names a page, its session and a part of the page", () => {
  assert.deepEqual(addressOf("/play/s1", "#talk"), { view: "play", session: "s1", tab: "talk" });
  assert.deepEqual(addressOf("/brief/s1"), { view: "brief", session: "s1", tab: "" });
  assert.deepEqual(addressOf("/wall/Class-1/"), { view: "wall", session: "Class-1", tab: "" });
});

test("old links keep working", () => {
  assert.deepEqual(addressOf("/j/s1"), { view: "play", session: "s1", tab: "" });
  assert.deepEqual(addressOf("/j/s1", "#debrief"), { view: "debrief", session: "s1", tab: "" });
  assert.deepEqual(addressOf("/debrief/s1"), { view: "debrief", session: "s1", tab: "" });
});

test("the secret of a link is no part of a page", () => {
  assert.equal(addressOf("/play/s1", "#Wq8nR5tXb3Jc6uYh").tab, "");
  assert.equal(addressOf("/debrief/s1", "#talk").tab, "");
});

test("an address that no page has is none", () => {
  for (const path of ["/", "/play", "/nothing/s1", "/play/a/b", "/play/<b>", "/PLAY/s1", "//play/s1"])
    assert.equal(addressOf(path), null, path);
});

test("what is shown has one address, and the address shows it again", () => {
  for (const path of ["/play/s1#talk", "/play/s1", "/brief/s1", "/wall/s1", "/details/s1", "/debrief/s1", "/debrief/s1#what-if", "/debrief/s1#go-on"]) {
    const [page, fragment] = path.split("#");
    assert.equal(`/${pathOf(addressOf(page, fragment ? `#${fragment}` : ""))}`, path);
  }
});

test("a role sees its own pages, whatever address it opens", () => {
  assert.equal(viewFor("brief", "player"), "brief");
  assert.equal(viewFor("brief", "moderator"), "play");
  assert.equal(viewFor("play", "observer"), "wall");
  assert.equal(viewFor("details", "observer"), "details");
  assert.equal(viewFor("details", "player"), "play");
  assert.equal(viewFor("wall", "player"), "play");
  assert.equal(viewFor("debrief", "observer"), "debrief");
});
