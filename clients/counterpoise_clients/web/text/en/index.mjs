// The English texts, by area.

export { default as brief } from "./brief.mjs";
export { default as calls } from "./calls.mjs";
export { default as class } from "./class.mjs";
export { default as consent } from "./consent.mjs";
export { default as console } from "./console.mjs";
export { default as debrief } from "./debrief.mjs";
export { default as decide } from "./decide.mjs";
export { default as figures } from "./figures.mjs";
export { default as forms } from "./forms.mjs";
export { default as gate } from "./gate.mjs";
export { default as header } from "./header.mjs";
export { default as help } from "./help.mjs";
export { default as map } from "./map.mjs";
export { default as moves } from "./moves.mjs";
export { default as news } from "./news.mjs";
export { default as page } from "./page.mjs";
export { default as refusals } from "./refusals.mjs";
export { default as replay } from "./replay.mjs";
export { default as reports } from "./reports.mjs";
export { default as states } from "./states.mjs";
export { default as story } from "./story.mjs";
export { default as talk } from "./talk.mjs";
export { default as team } from "./team.mjs";
export { default as title } from "./title.mjs";
export { default as wall } from "./wall.mjs";
export { default as words } from "./words.mjs";
