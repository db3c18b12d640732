// The sentences of a debrief: they are loaded with the debrief.

import { addArea } from "./text.mjs";

await addArea("inwords", { en: () => import("./en/inwords.mjs"), de: () => import("./de/inwords.mjs") });
