// Draws the map of each view in a file and prints what is on it: `node map_of_views.mjs FILE`, for test_map_of_record.py.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { findAll } from "../../clients/counterpoise_clients/web/h.mjs";
import { groundOf } from "../../clients/counterpoise_clients/web/map/ground.mjs";
import { map } from "../../clients/counterpoise_clients/web/map/map.mjs";
import { drawnPart, worldOfView } from "../../clients/counterpoise_clients/web/map/world.mjs";

const { outlines, order, looks } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const drawn = looks.map(({ view, threats }, at) => {
  const narrow = at % 2 === 1;
  const world = worldOfView(view, threats);
  const picture = map(groundOf(outlines, order, narrow), world, { id: "m", order, narrow, onChoose() {} }, drawnPart(world, view.own.id, false));
  const groups = findAll(picture, "g");
  const all = (name) => groups.map((node) => node.attributes[name]).filter(Boolean);
  return {
    states: all("data-state"),
    pacts: all("data-pact"),
    fears: all("data-fear"),
    crises: all("data-crisis"),
    wars: all("data-war"),
    locks: groups.filter((node) => node.attributes.class === "lock").length,
    hash: createHash("sha256").update(JSON.stringify(picture)).digest("hex"),
  };
});
process.stdout.write(JSON.stringify(drawn));
