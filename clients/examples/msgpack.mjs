// MessagePack, as far as the protocol uses it: nil, booleans, numbers, text, lists, and maps with text as keys.

/** Return the bytes of a value. */
export function encode(value) {
  const parts = [];
  put(value, parts);
  return Buffer.concat(parts);
}

function put(value, parts) {
  if (value === null) parts.push(Buffer.of(0xc0));
  else if (typeof value === "boolean") parts.push(Buffer.of(value ? 0xc3 : 0xc2));
  else if (typeof value === "number") parts.push(numberBytes(value));
  else if (typeof value === "string") {
    const text = Buffer.from(value);
    parts.push(head(text.length, 0xa0, 32, 0xda), text);
  } else if (Array.isArray(value)) {
    parts.push(head(value.length, 0x90, 16, 0xdc));
    for (const item of value) put(item, parts);
  } else {
    const entries = Object.entries(value);
    parts.push(head(entries.length, 0x80, 16, 0xde));
    for (const item of entries.flat()) put(item, parts);
  }
}

/** Return the head of a text, list or map: its size in the first byte, in two bytes more, or in four. */
function head(size, small, smallEnd, wide) {
  if (size < smallEnd) return Buffer.of(small | size);
  const bytes = Buffer.alloc(size < 65536 ? 3 : 5, size < 65536 ? wide : wide + 1);
  if (size < 65536) bytes.writeUInt16BE(size, 1);
  else bytes.writeUInt32BE(size, 1);
  return bytes;
}

function numberBytes(value) {
  if (Number.isInteger(value) && value >= 0 && value < 128) return Buffer.of(value);
  const bytes = Buffer.alloc(9, Number.isSafeInteger(value) ? 0xd3 : 0xcb);
  if (Number.isSafeInteger(value)) bytes.writeBigInt64BE(BigInt(value), 1);
  else bytes.writeDoubleBE(value, 1);
  return bytes;
}

/** Return the value in some bytes. */
export function decode(bytes) {
  let at = 0;
  const read = (method, size) => {
    const found = bytes[method](at);
    at += size;
    return Number(found);
  };
  const text = (size) => bytes.toString("utf8", at, (at += size));
  const list = (size) => Array.from({ length: size }, value);
  const map = (size) => Object.fromEntries(Array.from({ length: size }, () => [value(), value()]));
  const readers = {
    0xc0: () => null,
    0xc2: () => false,
    0xc3: () => true,
    0xca: () => read("readFloatBE", 4),
    0xcb: () => read("readDoubleBE", 8),
    0xcc: () => read("readUInt8", 1),
    0xcd: () => read("readUInt16BE", 2),
    0xce: () => read("readUInt32BE", 4),
    0xcf: () => read("readBigUInt64BE", 8),
    0xd0: () => read("readInt8", 1),
    0xd1: () => read("readInt16BE", 2),
    0xd2: () => read("readInt32BE", 4),
    0xd3: () => read("readBigInt64BE", 8),
    0xd9: () => text(read("readUInt8", 1)),
    0xda: () => text(read("readUInt16BE", 2)),
    0xdb: () => text(read("readUInt32BE", 4)),
    0xdc: () => list(read("readUInt16BE", 2)),
    0xdd: () => list(read("readUInt32BE", 4)),
    0xde: () => map(read("readUInt16BE", 2)),
    0xdf: () => map(read("readUInt32BE", 4)),
  };
  function value() {
    const first = bytes[at++];
    if (first < 0x80) return first;
    if (first < 0x90) return map(first & 0x0f);
    if (first < 0xa0) return list(first & 0x0f);
    if (first < 0xc0) return text(first & 0x1f);
    if (first >= 0xe0) return first - 0x100;
    const reader = readers[first];
    if (!reader) throw new Error(`expected MessagePack as the protocol uses it, got the byte 0x${first?.toString(16)}`);
    return reader();
  }
  return value();
}
