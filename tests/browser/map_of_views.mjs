// Draws the map of each look in a file and prints what is on it: `node map_of_views.mjs FILE`, for test_map_of_record.py.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { findAll } from "../../clients/counterpoise_clients/web/h.mjs";
import { groundOf } from "../../clients/counterpoise_clients/web/map/ground.mjs";
import { map } from "../../clients/counterpoise_clients/web/map/map.mjs";
import { drawnPart, worldOfPublic, worldOfView } from "../../clients/counterpoise_clients/web/map/world.mjs";

const { outlines, order, looks } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const drawn = looks.map((look, at) => {
  const narrow = at % 2 === 1;
  const world = look.facts ? worldOfPublic(look.facts, look.fears) : worldOfView(look.view, look.threats);
  const options = { id: "m", order, narrow, onChoose() {} };
  const picture = map(groundOf(outlines, order, narrow), world, options, drawnPart(world, look.chosen ?? world.own, false));
  const groups = findAll(picture, "g");
  const all = (name) => groups.map((node) => node.attributes[name]).filter(Boolean);
  const ofClass = (word) => groups.filter((node) => String(node.attributes.class).split(" ").includes(word));
  const pips = (level) => findAll(level, "circle").filter((circle) => circle.attributes.class === "pip full").length;
  return {
    states: all("data-state"),
    pacts: Object.fromEntries(ofClass("pact").map((node) => [node.attributes["data-pact"], node.attributes.class.split(" ")[1]])),
    fears: all("data-fear"),
    arrows: ofClass("fear").filter((node) => findAll(node, "path").length === 1).length,
    crises: Object.fromEntries(all("data-crisis").map((key) => [key, ofClass("level").filter((node) => node.attributes.key === key).map(pips)])),
    wars: all("data-war"),
    aid: all("data-aid"),
    access: all("data-access"),
    locks: ofClass("lock").length,
    hash: createHash("sha256").update(JSON.stringify(picture)).digest("hex"),
  };
});
process.stdout.write(JSON.stringify(drawn));
