// Plays a seat over the network with nothing but the protocol page: node clients/examples/network_bot.mjs LINK
// LINK is a seat's link from `counterpoise host checkerboard`. It reconnects after a loss, and leaves when the game is over.

import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { decide } from "./decide.mjs";
import { decode, encode } from "./msgpack.mjs";
import { openWebSocket } from "./websocket.mjs";

const FINAL = [1000, 1008, 4001, 4002, 4006, 4007, 4009];
const ATTEMPTS = 8;

/** The seat, over all its connections. */
class Seat {
  constructor(link) {
    const [page, token] = link.split("#");
    this.url = `${page.replace(/^http/, "ws").replace("/j/", "/s/")}/ws`;
    this.token = token;
    this.unanswered = new Map();
    this.decided = -1;
    this.due = 0;
    this.attempt = 0;
  }

  /** Play until the connection ends for good; return how it did. */
  async play() {
    for (;;) {
      const closed = await this.connect().catch((error) => ({ code: 0, reason: error.message }));
      if (FINAL.includes(closed.code) || this.attempt === ATTEMPTS) return closed;
      await sleep(Math.random() * Math.min(15_000, 250 * 2 ** this.attempt++));
    }
  }

  async connect() {
    const socket = await openWebSocket(this.url, "counterpoise.v2.msgpack");
    this.socket = socket;
    this.say({ t: "hello", protocol: 2, token: this.token, name: "Node", bot: "node example", client: "sdk" });
    for await (const frame of socket.frames) this.take(decode(frame));
    return socket.closed;
  }

  /** Send a message in its turn: a server takes 20 in a second, and 40 at once. */
  say(message) {
    const now = Date.now();
    this.due = Math.max(now, this.due) + 56;
    const { socket } = this;
    setTimeout(() => socket.send(encode(message)), this.due - now - 1800);
  }

  take(message) {
    if (message.t === "welcome") {
      this.token = message.next_token; // before anything else: it replaces the token that was used
      this.attempt = 0;
      this.say({ t: "ping", n: 0 }); // shows that the new token has come
      for (const order of this.unanswered.values()) this.say(order);
    } else if (message.t === "ack") this.unanswered.delete(message.id);
    else if (message.t === "error") {
      this.unanswered.delete(message.id);
      console.error(`${message.answers} was refused: ${message.path}: ${message.expected || message.got}`);
    } else if (message.t === "observe") {
      this.view = message.view;
      this.threats = message.threats;
      if (message.called) this.answer();
    } else if (message.t === "view_change") {
      const changed = new Map(message.others.map((other) => [other.id, other]));
      Object.assign(this.view, message.fields);
      this.view.others = this.view.others.map((other) => changed.get(other.id) ?? other);
      this.view.incidents = [...this.view.incidents.slice(message.dropped), ...message.incidents];
      Object.assign(this.threats, message.threats);
      if (message.called) this.answer();
    } else if (message.t === "result") {
      console.log(`${this.view.own.id} scored ${message.scores[this.view.own.id].toFixed(1)} on ${message.date}`);
      this.say({ t: "leave" });
    }
  }

  /** Decide once at each stop of the clock, and say that the seat is ready; after a reconnect say that again. */
  answer() {
    const { tick, window } = this.view;
    if (tick !== this.decided) {
      this.decided = tick;
      for (const move of decide(this.view, this.threats)) {
        const order = { t: "order", id: randomBytes(16).toString("hex"), window, move };
        this.unanswered.set(order.id, order);
        this.say(order);
      }
    }
    this.say({ t: "ready", tick });
  }
}

const link = process.argv[2];
if (!link?.includes("#")) {
  console.error("usage: node clients/examples/network_bot.mjs LINK");
  process.exit(2);
}
const { code, reason } = await new Seat(link).play();
console.log(`closed with ${code}: ${reason}`);
process.exit(code === 1000 ? 0 : 1);
