// The German texts, by area.

export { default as class } from "./class.mjs";
export { default as consent } from "./consent.mjs";
export { default as console } from "./console.mjs";
export { default as decide } from "./decide.mjs";
export { default as gate } from "./gate.mjs";
export { default as header } from "./header.mjs";
export { default as help } from "./help.mjs";
export { default as talk } from "./talk.mjs";
export { default as team } from "./team.mjs";
