// The texts of the page of an arena: they are loaded with the pages that need them.

import { addArea } from "./text.mjs";

await addArea("arena", { en: () => import("./en/arena.mjs"), de: () => import("./de/arena.mjs") });
