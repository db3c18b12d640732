// A bot on standard input and output, for games on one machine:
// counterpoise run checkerboard --bots "COR=cmd:node clients/examples/stdio_bot.mjs"

import { createInterface } from "node:readline";
import { decide } from "./decide.mjs";

const say = (message) => console.log(JSON.stringify(message));

for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line);
  if (message.t === "start") say({ t: "ready", new_game: true }); // decide keeps nothing from one game to the next
  else if (message.t === "decide") say({ t: "moves", moves: decide(message.view, message.threats) });
}
