// The websocket of a class: first frame, requests, heartbeat, reconnect. It touches no page; it passes actions to `report(action)`.

import { backoff, newId, Timed } from "../net.mjs";
import { closing } from "../words.mjs";

export const SUBPROTOCOL = "counterpoise.class.v1.json";
const PING_MS = 20_000;
const ANSWER_MS = 10_000;
/** A page that wakes up, or whose network has changed, waits so long for a sign of life. */
const WAKE_MS = 5000;

/** The connection of one page to one class. */
export class ClassConnection extends Timed {
  /**
   * @param {string} url
   * @param {() => Record<string, any> | null} first returns the first frame, or null if there is nothing to say yet
   * @param {(action: any) => void} report
   * @param {{ WebSocket?: any, setTimeout?: any, clearTimeout?: any }} [shell] replacements for tests
   */
  constructor(url, first, report, shell = {}) {
    super(shell);
    this.url = url;
    this.first = first;
    this.report = report;
    /** @type {new (url: string, protocols: string[]) => WebSocket} */
    this.Socket = shell.WebSocket ?? globalThis.WebSocket;
    /** @type {WebSocket | null} */
    this.socket = null;
    this.attempt = 0;
    this.isIn = false;
    /** Requests that are not answered yet, by id; they are sent again after a reconnect. @type {Map<string, any>} */
    this.waiting = new Map();
  }

  /** Connect now, without waiting for the backoff. */
  open() {
    this.stopTimer("retry");
    const first = this.first();
    if (this.socket || !first) return;
    this.report({ t: "local.connection", state: "connecting" });
    const socket = new this.Socket(this.url, [SUBPROTOCOL]);
    this.socket = socket;
    socket.onopen = () => this.send(first);
    socket.onmessage = (event) => socket === this.socket && this.receive(event.data);
    socket.onclose = (event) => this.handleClose(socket, event.code, event.reason);
    this.startTimer("answer", ANSWER_MS, () => this.lose());
  }

  /** Leave the class's socket, and say nothing more. */
  close() {
    const socket = this.socket;
    this.socket = null;
    this.isIn = false;
    for (const timer of Object.keys(this.timers)) this.stopTimer(timer);
    socket?.close();
  }

  /** Connect again, with the first frame of now. */
  reopen() {
    this.close();
    this.attempt = 0;
    this.open();
  }

  /**
   * Send a request, now or after the next reconnect, until it is answered. Return its id.
   *
   * @param {Record<string, any>} command
   */
  ask(command) {
    const id = newId();
    const frame = { ...command, id };
    this.waiting.set(id, frame);
    this.report({ t: "local.sent", id, command });
    if (this.isIn) this.send(frame);
    return id;
  }

  /** @param {Record<string, any>} frame */
  send(frame) {
    this.socket?.send(JSON.stringify(frame));
  }

  /** @param {string} data */
  receive(data) {
    const message = JSON.parse(data);
    this.stopTimer("answer");
    this.startTimer("ping", PING_MS, () => this.probe());
    if (message.id) this.waiting.delete(message.id);
    this.report({ ...message, at: Date.now() });
    if (message.t === "entered" || message.t === "opened") this.comeIn();
  }

  comeIn() {
    this.isIn = true;
    this.attempt = 0;
    this.report({ t: "local.connection", state: "open" });
    for (const frame of this.waiting.values()) this.send(frame);
  }

  /**
   * Ping. A connection on which nothing comes back in time is lost.
   *
   * @param {number} [within] milliseconds
   */
  probe(within = ANSWER_MS) {
    if (!this.isIn) return;
    this.send({ t: "ping", n: 0 });
    if (!this.timers.answer) this.startTimer("answer", within, () => this.lose());
  }

  /** Give up a silent connection at once; the browser would wait for the far end to close it. */
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
    if (socket !== this.socket) return;
    this.socket = null;
    this.isIn = false;
    for (const timer of ["ping", "answer"]) this.stopTimer(timer);
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

  /** Connect at once if a retry is waiting, and probe an open connection: the network has changed, or the page is visible again. */
  wake() {
    if (this.timers.retry) {
      this.attempt = 0;
      this.open();
    } else this.probe(WAKE_MS);
  }
}
