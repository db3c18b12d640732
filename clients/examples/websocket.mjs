// A websocket client. Node has one of its own from version 22 on; this one also runs on 20. RFC 6455, without extensions.

import { randomBytes } from "node:crypto";
import http from "node:http";
import https from "node:https";

/**
 * Open a websocket.
 *
 * @param {string} url which begins with ws: or wss:
 * @param {string} subprotocol
 * @returns {Promise<{ send: (data: Buffer) => void, frames: AsyncIterable<Buffer>, closed: { code: number, reason: string } }>}
 *   `frames` ends when the connection does; `closed` then says how
 */
export function openWebSocket(url, subprotocol) {
  const headers = {
    Connection: "Upgrade",
    Upgrade: "websocket",
    "Sec-WebSocket-Key": randomBytes(16).toString("base64"),
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Protocol": subprotocol,
  };
  const request = (url.startsWith("wss:") ? https : http).request(url.replace(/^ws/, "http"), { headers });
  return new Promise((resolve, reject) => {
    request.on("error", reject);
    request.on("response", (response) => reject(new Error(`expected a websocket at ${url}, got ${response.statusCode}`)));
    request.on("upgrade", (_, socket, head) => {
      socket.on("error", () => {}); // the frames end then
      const closed = { code: 1006, reason: "the connection broke" };
      const send = (data, opcode = 2) => socket.write(masked(data, opcode));
      resolve({ send, closed, frames: framesOf(socket, head, send, closed) });
    });
    request.end();
  });
}

/** Return a whole frame of a client. Its content is masked, as the standard asks. */
function masked(data, opcode) {
  const wide = data.length > 65535 ? 8 : data.length > 125 ? 2 : 0;
  const head = Buffer.alloc(2 + wide);
  head[0] = 0x80 | opcode;
  head[1] = 0x80 | (wide === 8 ? 127 : wide === 2 ? 126 : data.length);
  if (wide === 2) head.writeUInt16BE(data.length, 2);
  if (wide === 8) head.writeBigUInt64BE(BigInt(data.length), 2);
  const mask = randomBytes(4);
  return Buffer.concat([head, mask, data.map((byte, place) => byte ^ mask[place % 4])]);
}

async function* framesOf(socket, head, send, closed) {
  const chunks = socket[Symbol.asyncIterator]();
  let data = head;
  const take = async (size) => {
    while (data.length < size) {
      const { value, done } = await chunks.next();
      if (done) throw new Error("the connection broke");
      data = Buffer.concat([data, value]);
    }
    const taken = data.subarray(0, size);
    data = data.subarray(size);
    return taken;
  };
  try {
    for (let parts = []; ; ) {
      const [first, second] = await take(2);
      let size = second & 0x7f;
      if (size === 126) size = (await take(2)).readUInt16BE();
      else if (size === 127) size = Number((await take(8)).readBigUInt64BE());
      const content = await take(size);
      const opcode = first & 0x0f;
      if (opcode === 8) {
        Object.assign(closed, { code: size ? content.readUInt16BE() : 1005, reason: content.toString("utf8", 2) });
        send(content, 8);
        return;
      }
      if (opcode === 9) send(content, 10);
      if (opcode > 2) continue;
      parts.push(content);
      if (!(first & 0x80)) continue;
      yield Buffer.concat(parts);
      parts = [];
    }
  } catch {
    return; // `closed` says that the connection broke
  } finally {
    socket.destroy();
  }
}
