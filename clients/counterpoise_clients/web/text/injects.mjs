// The texts of the events that a moderator lets happen: they are loaded with the pages that need them.

import { addArea } from "./text.mjs";

await addArea("injects", { en: () => import("./en/injects.mjs"), de: () => import("./de/injects.mjs") });
