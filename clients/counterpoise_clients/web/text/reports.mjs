// The texts of the reports of forks, trials and tournaments: they are loaded with the pages that need them.

import { addArea } from "./text.mjs";

await addArea("reports", { en: () => import("./en/reports.mjs"), de: () => import("./de/reports.mjs") });
