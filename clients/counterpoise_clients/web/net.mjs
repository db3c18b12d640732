// The websocket: hello, resume, outbox, heartbeat, reconnect. It touches no page; it passes actions to `report(action)`.

import { closing } from "./words.mjs";

/** @typedef {import("./keep.mjs").Keeper} Keeper */
/** @typedef {import("./keep.mjs").Credentials} Credentials */
/** @typedef {import("./keep.mjs").OrderFrame} OrderFrame */
/** @typedef {import("./keep.mjs").Position} Position */
/** @typedef {import("./store.mjs").Action} Action */
/** @typedef {Omit<Wire.Order, "id"> | Omit<Wire.Command, "id"> | Omit<Wire.Withdraw, "id"> | Omit<Wire.Read, "id"> | Omit<Wire.Propose, "id"> | Omit<Wire.Drop, "id"> | Omit<Wire.PassOn, "id"> | Omit<Wire.ToModerator, "id">} OrderMessage */

export const PROTOCOL = 2;
export const SUBPROTOCOL = "counterpoise.v2.json";
const PING_MS = 8000;
const PONG_MS = 7000;
/** A connection that has been silent for so long is no longer called connected. */
const DOUBT_MS = 2500;
const WELCOME_MS = 30_000;
/** After a click that needs an answer, the connection is probed so soon. */
const PROBE_AFTER_SENDING_MS = 2000;
/** A page that wakes up, or whose network has changed, waits so long for a sign of life. */
const WAKE_PONG_MS = 5000;
/** The state of a socket that is open. A later one is closing or closed. */
const OPEN = 1;
const BACKOFF_FIRST_MS = 250;
const BACKOFF_MAX_MS = 15_000;

/** Return 128 random bits in hex. `getRandomValues` also works on plain http. */
export function newId(random = (/** @type {Uint8Array} */ bytes) => crypto.getRandomValues(bytes)) {
  return [...random(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Return the milliseconds to wait before the next attempt: doubling, capped, with full jitter.
 *
 * @param {number} attempt 0 is the first attempt after a loss
 * @param {number} closeCode
 * @param {() => number} [chance] for tests
 */
export function backoff(attempt, closeCode, chance = Math.random) {
  if (closeCode === 1012 && attempt === 0) return chance() * 2000;
  const least = closeCode === 1013 || closeCode === 4004 ? 5000 : 0;
  return least + chance() * Math.min(BACKOFF_MAX_MS, BACKOFF_FIRST_MS * 2 ** attempt);
}

/** @param {Wire.Welcome} welcome */
const placeOf = (welcome) => `${welcome.role}/${welcome.seat}`;

/** What holds timers by name; to start one stops the one before it. */
export class Timed {
  /** @param {{ setTimeout?: any, clearTimeout?: any }} [shell] replacements for tests */
  constructor(shell = {}) {
    /** @type {(job: () => void, ms: number) => any} */
    this.setTimer = shell.setTimeout ?? globalThis.setTimeout.bind(globalThis);
    /** @type {(timer: any) => void} */
    this.clearTimer = shell.clearTimeout ?? globalThis.clearTimeout.bind(globalThis);
    /** @type {Record<string, any>} */
    this.timers = {};
  }

  /**
   * @param {string} name
   * @param {number} ms
   * @param {() => void} job
   */
  startTimer(name, ms, job) {
    this.stopTimer(name);
    this.timers[name] = this.setTimer(() => {
      this.timers[name] = null;
      job();
    }, ms);
  }

  /** @param {string} name */
  stopTimer(name) {
    if (this.timers[name]) this.clearTimer(this.timers[name]);
    this.timers[name] = null;
  }
}

/** The connection of one tab to one session. */
export class Connection extends Timed {
  /**
   * @param {string} url
   * @param {Keeper} keep
   * @param {(action: Action) => void} report
   * @param {{ WebSocket?: any, setTimeout?: any, clearTimeout?: any }} [shell] replacements for tests
   */
  constructor(url, keep, report, shell = {}) {
    super(shell);
    this.url = url;
    this.keep = keep;
    this.report = report;
    /** @type {new (url: string, protocols: string[]) => WebSocket} */
    this.Socket = shell.WebSocket ?? globalThis.WebSocket;
    /** @type {WebSocket | null} */
    this.socket = null;
    /** @type {Credentials | null} those in the hello of this socket */
    this.credentials = null;
    this.attempt = 0;
    /** @type {string | null} */
    this.place = null;
    this.isWelcomed = false;
    this.hasHistory = false;
    /** Whether play is over, and whether the page has come back since, to read the debrief. */
    this.isOver = this.isBack = false;
    /** @type {Position | null} */
    this.expected = null;
  }

  /** Connect now, without waiting for the backoff. */
  open() {
    this.stopTimer("retry");
    if (this.socket) return;
    const credentials = this.keep.credentials();
    if (!credentials) {
      this.report({ t: "local.connection", state: "nowhere" });
      return;
    }
    this.report({ t: "local.connection", state: "connecting" });
    const socket = new this.Socket(this.url, [SUBPROTOCOL]);
    this.socket = socket;
    this.credentials = credentials;
    socket.onopen = () => this.sendHello(socket, credentials);
    socket.onmessage = (event) => this.receive(socket, event.data);
    socket.onclose = (event) => this.handleClose(socket, event.code, event.reason);
    // Whoever asks the moderator waits as long as the moderator takes.
    if (!this.keep.asks()) this.startTimer("answer", WELCOME_MS, () => this.lose());
  }

  /**
   * @param {WebSocket} socket
   * @param {Credentials} credentials
   */
  sendHello(socket, { token, newest, oldest }) {
    // A page that was just loaded has no history and asks for all of it. The newest receipt is then checked here.
    this.expected = this.hasHistory ? null : newest;
    const { vseq, receipt } = this.hasHistory ? newest : oldest;
    this.send(socket, {
      t: "hello",
      protocol: PROTOCOL,
      token,
      last_vseq: vseq,
      last_receipt: receipt,
      name: this.keep.name(),
      client: "browser",
      ...(this.keep.asks() ? { asks: this.keep.asks() } : {}),
    });
  }

  /**
   * @param {WebSocket} socket
   * @param {Wire.ClientMessage} message
   */
  send(socket, message) {
    socket.send(JSON.stringify(message));
  }

  /**
   * Send a message that the page sends again after a reconnect: ready, look, ask_debrief. Return whether it was sent.
   *
   * @param {Wire.ClientMessage} message
   */
  say(message) {
    if (!this.isWelcomed || !this.socket || this.socket.readyState > OPEN) return false;
    this.send(this.socket, message);
    if (message.t !== "ping" && !this.timers.soon) this.startTimer("soon", PROBE_AFTER_SENDING_MS, () => this.probe());
    return true;
  }

  /**
   * Store what has an id, an order or a command, then send it; it is sent again after every reconnect until it is answered.
   *
   * @param {OrderMessage} message
   * @param {Wire.Json} meta
   */
  order(message, meta = {}) {
    const frame = /** @type {OrderFrame} */ ({ ...message, id: newId() });
    const place = String(this.place);
    this.keep.setOutbox(place, [...this.keep.outbox(place), { frame, meta }]);
    this.report({ t: "local.sent", order: { ...meta, ...frame } });
    this.say(frame);
    return frame.id;
  }

  /**
   * @param {WebSocket} socket
   * @param {string} data
   */
  receive(socket, data) {
    if (socket !== this.socket) return;
    /** @type {Wire.ServerMessage} */
    let message;
    try {
      message = JSON.parse(data);
    } catch {
      return;
    }
    this.stopTimer("answer");
    if (this.timers.doubt) this.stopTimer("doubt");
    else if (this.isWelcomed) this.report({ t: "local.silent", silent: false });
    if (this.hasDiverged(message)) {
      if (message.t === "welcome") this.keepToken(message);
      this.hasHistory = true;
      this.reconnect();
      return;
    }
    if (message.t === "result") this.isOver = true;
    if (message.t === "welcome") this.acceptWelcome(message);
    else this.recordProgress(message);
    this.report({ ...message, at: Date.now() });
    if (message.t === "welcome") this.resendOutbox(placeOf(message));
  }

  /** @param {Wire.Welcome} message */
  keepToken(message) {
    this.keep.setToken(placeOf(message), message.next_token, message.seed_commitment, this.credentials);
  }

  /** @param {Wire.Welcome} message */
  acceptWelcome(message) {
    const place = placeOf(message);
    this.place = place;
    this.keepToken(message);
    if (message.resume !== "delta") this.keep.resetPosition(place, message.vseq, message.receipt);
    this.hasHistory = true;
    this.isWelcomed = true;
    this.attempt = 0;
    // Shows the server that the new token is stored. The old one is void then, and nobody else can use the link.
    this.probe();
  }

  /**
   * Return whether the server's messages leave out the newest position that this browser has stored.
   *
   * The page then reconnects with that position, so that the server notices that it has forgotten something.
   *
   * @param {Wire.ServerMessage} message
   */
  hasDiverged(message) {
    const expected = this.expected;
    if (!expected?.vseq || !("vseq" in message)) return false;
    const isShorter = message.t === "welcome" && message.vseq < expected.vseq;
    const receipt = "receipt" in message ? message.receipt : "";
    return isShorter || (message.vseq === expected.vseq && Boolean(receipt) && receipt !== expected.receipt);
  }

  /** @param {string} place */
  resendOutbox(place) {
    this.report({ t: "local.connection", state: "open", place });
    for (const { frame, meta } of this.keep.outbox(place)) {
      this.report({ t: "local.sent", order: { ...meta, ...frame } });
      this.say(frame);
    }
  }

  /** @param {Wire.ServerMessage} message */
  recordProgress(message) {
    if (!this.place) return;
    if ("vseq" in message && "receipt" in message && message.receipt)
      this.keep.setPosition(this.place, message.vseq, message.receipt);
    if ((message.t === "ack" || message.t === "error") && message.id) {
      this.keep.setOutbox(
        this.place,
        this.keep.outbox(this.place).filter(({ frame }) => frame.id !== message.id),
      );
    }
  }

  /**
   * Send a ping now, and again after a while. A connection on which nothing comes back in time is lost.
   *
   * @param {number} [within] milliseconds
   */
  probe(within = PONG_MS) {
    if (!this.say({ t: "ping", n: 0 })) return;
    if (!this.timers.answer) this.startTimer("answer", within, () => this.lose());
    if (!this.timers.doubt) this.startTimer("doubt", DOUBT_MS, () => this.report({ t: "local.silent", silent: true }));
    this.startTimer("ping", PING_MS, () => this.probe());
  }

  /** Give up a silent connection at once. The browser would wait for the far end to close it, and a dead link has none. */
  lose() {
    const socket = this.socket;
    if (!socket) return;
    this.handleClose(socket, 1006, "");
    socket.close();
  }

  /**
   * @param {WebSocket} socket
   * @param {number} code
   * @param {string} reason
   */
  handleClose(socket, code, reason) {
    const credentials = this.credentials;
    if (socket !== this.socket || !credentials) return;
    this.socket = null;
    const wasWelcomed = this.isWelcomed;
    this.isWelcomed = false;
    for (const timer of ["ping", "answer", "soon", "doubt"]) this.stopTimer(timer);
    // Another tab of this browser has gone on with the seat since this one read the stored token.
    const newest = this.keep.credentials();
    if (code === 4001 && !wasWelcomed && newest && newest.place === credentials.place && newest.token !== credentials.token) {
      this.open();
      return;
    }
    // For a used-up link that is opened again, the stored token is tried first and the link's token second.
    if (code === 4001 && !wasWelcomed && credentials.spare && credentials.place !== null) {
      this.keep.forgetPlace(credentials.place);
      this.open();
      return;
    }
    if (code === 4001 && !wasWelcomed) this.keep.forgetLink();
    if (code === 1000 && this.isOver && !this.isBack) {
      this.isBack = true;
      this.open();
      return;
    }
    const words = closing(code, reason);
    if (!words.again) {
      this.report({ t: "local.connection", state: "closed", code, words });
      return;
    }
    const wait = backoff(this.attempt, code);
    this.attempt += 1;
    this.report({ t: "local.connection", state: "waiting", code, words });
    this.startTimer("retry", wait, () => this.open());
  }

  /** Reset the stored position and reconnect. The page calls it after it has told the user that the server lost data. */
  startOver() {
    if (this.place) this.keep.resetPosition(this.place, 0, "");
    this.attempt = 0;
    this.reconnect();
  }

  /** Close the connection and connect again with the stored credentials. */
  reconnect() {
    this.attempt = 0;
    if (this.socket) this.socket.close();
    else this.open();
  }

  /** Connect at once if a retry is waiting, and probe an open connection: the network has changed, or the page is visible again. */
  wake() {
    if (this.timers.retry) {
      this.attempt = 0;
      this.open();
    } else this.probe(WAKE_PONG_MS);
  }
}
