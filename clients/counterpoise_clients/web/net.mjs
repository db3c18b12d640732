// The socket: hello, resume, outbox, heartbeat, reconnect. It knows no screen; it reports to `report(action)`.

import { closing } from "./words.mjs";

export const PROTOCOL = 1;
export const SUBPROTOCOL = "counterpoise.v1.json";
const PING_MS = 20_000;
const PONG_MS = 10_000;
const BACKOFF_FIRST_MS = 250;
const BACKOFF_MOST_MS = 15_000;

/** Return 128 random bits in hex; `getRandomValues` also works on plain http. */
export function newId(random = (bytes) => crypto.getRandomValues(bytes)) {
  return [...random(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Return how long to wait before the next attempt: doubling, capped, with full jitter. */
export function backoff(attempt, closeCode, chance = Math.random) {
  if (closeCode === 1012 && attempt === 0) return chance() * 2000;
  const least = closeCode === 1013 || closeCode === 4004 ? 5000 : 0;
  return least + chance() * Math.min(BACKOFF_MOST_MS, BACKOFF_FIRST_MS * 2 ** attempt);
}

const placeOf = (welcome) => `${welcome.role}/${welcome.seat}`;

/** Open and hold the connection of one tab to one session. */
export class Connection {
  /**
   * @param {string} url
   * @param {ReturnType<typeof import("./keep.mjs").keeper>} keep
   * @param {(action: any) => void} report
   * @param {{ WebSocket?: any, setTimeout?: any, clearTimeout?: any }} [shell] for tests
   */
  constructor(url, keep, report, shell = {}) {
    this.url = url;
    this.keep = keep;
    this.report = report;
    this.Socket = shell.WebSocket ?? globalThis.WebSocket;
    this.later = shell.setTimeout ?? ((job, ms) => globalThis.setTimeout(job, ms));
    this.never = shell.clearTimeout ?? ((timer) => globalThis.clearTimeout(timer));
    this.socket = null;
    this.attempt = 0;
    this.place = null;
    this.welcomed = false;
    this.told = false;
    this.expected = null;
    this.timers = {};
  }

  /** Connect now, whatever the backoff says. */
  open() {
    this.clear("retry");
    if (this.socket) return;
    const credentials = this.keep.credentials();
    if (!credentials) {
      this.report({ t: "local.connection", state: "nowhere" });
      return;
    }
    this.report({ t: "local.connection", state: "connecting" });
    const socket = new this.Socket(this.url, [SUBPROTOCOL]);
    this.socket = socket;
    socket.onopen = () => this.hello(socket, credentials);
    socket.onmessage = (event) => this.receive(socket, event.data);
    socket.onclose = (event) => this.closed(socket, event.code, event.reason, credentials);
  }

  hello(socket, { token, newest, oldest }) {
    // A page just loaded remembers nothing of the story and asks for all of it; the newest receipt is checked here then.
    this.expected = this.told ? null : newest;
    const { vseq, receipt } = this.told ? newest : oldest;
    this.raw(socket, {
      t: "hello",
      protocol: PROTOCOL,
      token,
      last_vseq: vseq,
      last_receipt: receipt,
      name: this.keep.name(),
    });
  }

  raw(socket, message) {
    socket.send(JSON.stringify(message));
  }

  /** Send something that may be lost without harm: ready, look, ask_debrief. Tell whether it went out. */
  say(message) {
    if (!this.welcomed || !this.socket) return false;
    this.raw(this.socket, message);
    return true;
  }

  /** Send an order or a command: kept first, then sent, then sent again after every reconnect until it is answered. */
  order(message, meta = {}) {
    const frame = { ...message, id: newId() };
    this.keep.setOutbox(this.place, [...this.keep.outbox(this.place), { frame, meta }]);
    this.report({ t: "local.sent", order: { ...meta, ...frame } });
    this.say(frame);
    return frame.id;
  }

  receive(socket, data) {
    if (socket !== this.socket) return;
    let message;
    try {
      message = JSON.parse(data);
    } catch {
      return;
    }
    this.clear("pong");
    if (this.differs(message)) {
      if (message.t === "welcome") this.keep.welcomed(placeOf(message), message.next_token, message.seed_commitment);
      this.told = true;
      this.again();
      return;
    }
    if (message.t === "welcome") this.settle(message);
    else this.note(message);
    this.report({ ...message, at: Date.now() });
    if (message.t === "welcome") this.afterWelcome();
  }

  settle(message) {
    this.place = placeOf(message);
    this.keep.welcomed(this.place, message.next_token, message.seed_commitment);
    if (message.resume !== "delta") this.keep.restart(this.place, message.vseq, message.receipt);
    this.told = true;
    this.welcomed = true;
    this.attempt = 0;
    this.beat();
  }

  // The story has to pass through the newest point this browser was told of. Otherwise the server is asked again, with
  // that point itself, and finds out that it has forgotten something.
  differs({ t, vseq, receipt }) {
    const expected = this.expected;
    if (!expected?.vseq) return false;
    const isShorter = t === "welcome" && vseq < expected.vseq;
    return isShorter || (vseq === expected.vseq && Boolean(receipt) && receipt !== expected.receipt);
  }

  afterWelcome() {
    this.report({ t: "local.connection", state: "open", place: this.place });
    for (const { frame, meta } of this.keep.outbox(this.place)) {
      this.report({ t: "local.sent", order: { ...meta, ...frame } });
      this.say(frame);
    }
  }

  note(message) {
    if (!this.place) return;
    if (typeof message.vseq === "number" && message.receipt)
      this.keep.reached(this.place, message.vseq, message.receipt);
    if (message.id && (message.t === "ack" || message.t === "error")) {
      this.keep.setOutbox(
        this.place,
        this.keep.outbox(this.place).filter(({ frame }) => frame.id !== message.id),
      );
    }
  }

  beat() {
    this.set("ping", PING_MS, () => {
      if (!this.say({ t: "ping", n: 0 })) return;
      this.set("pong", PONG_MS, () => this.socket?.close());
      this.beat();
    });
  }

  closed(socket, code, reason, credentials) {
    if (socket !== this.socket) return;
    this.socket = null;
    const was = this.welcomed;
    this.welcomed = false;
    this.clear("ping");
    this.clear("pong");
    // A used-up link opened again: what this browser kept is tried first, the link itself second.
    if (code === 4001 && !was && credentials.spare) {
      this.keep.discard(credentials.place);
      this.open();
      return;
    }
    if (code === 4001 && !was) this.keep.forgetLink();
    const words = closing(code, reason);
    if (!words.again) {
      this.report({ t: "local.connection", state: "closed", code, words });
      return;
    }
    const wait = backoff(this.attempt, code);
    this.attempt += 1;
    this.report({ t: "local.connection", state: "waiting", code, words });
    this.set("retry", wait, () => this.open());
  }

  /** Drop the receipt and start from nothing, after the user has been told that the stories differ. */
  startOver() {
    if (this.place) this.keep.restart(this.place, 0, "");
    this.attempt = 0;
    this.again();
  }

  /** Close and connect again, with what is kept now. */
  again() {
    this.attempt = 0;
    if (this.socket) this.socket.close();
    else this.open();
  }

  /** Try at once if a retry is waiting: the network is back, or the page is looked at again. */
  hurry() {
    if (this.timers.retry) {
      this.attempt = 0;
      this.open();
    }
  }

  set(name, ms, job) {
    this.clear(name);
    this.timers[name] = this.later(() => {
      this.timers[name] = null;
      job();
    }, ms);
  }

  clear(name) {
    if (this.timers[name]) this.never(this.timers[name]);
    this.timers[name] = null;
  }
}
