// The bits of a QR code (ISO/IEC 18004): bytes, padded to the version's size, with Reed-Solomon codewords. Pure.

/** Error correction level M: up to 15 % of the squares may be unreadable. Codewords for correction in each block, by version. */
const CORRECTION = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22];
/** Blocks, by version. */
const BLOCKS = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9];
export const VERSION_MAX = CORRECTION.length;
const BYTE_MODE = 0b0100;
const PADDING = [0xec, 0x11];

/**
 * Return how many squares of a version hold data and correction.
 *
 * @param {number} version
 */
function freeSquares(version) {
  const marks = Math.floor(version / 7) + 2;
  let count = (16 * version + 128) * version + 64;
  if (version >= 2) count -= (25 * marks - 10) * marks - 55;
  return version >= 7 ? count - 36 : count;
}

/** @param {number} version */
const dataLength = (version) =>
  Math.floor(freeSquares(version) / 8) - CORRECTION[version - 1] * BLOCKS[version - 1];

/** @param {number} version */
const countBits = (version) => (version < 10 ? 8 : 16);

/**
 * Return the smallest version that holds so many bytes, or 0 if none does.
 *
 * @param {number} bytes
 */
export function versionFor(bytes) {
  for (let version = 1; version <= VERSION_MAX; version += 1)
    if (4 + countBits(version) + 8 * bytes <= 8 * dataLength(version)) return version;
  return 0;
}

/**
 * Return the codewords of a version in the order in which they are drawn.
 *
 * @param {Uint8Array} bytes
 * @param {number} version
 */
export function codewords(bytes, version) {
  const data = padded(bytes, version);
  const correction = CORRECTION[version - 1];
  const divisor = generator(correction);
  const count = BLOCKS[version - 1];
  const short = Math.floor(data.length / count);
  const longer = data.length % count;
  /** @type {number[][]} */
  const blocks = [];
  for (let number = 0, at = 0; number < count; number += 1) {
    const length = short + (number >= count - longer ? 1 : 0);
    blocks.push(data.slice(at, at + length));
    at += length;
  }
  const checks = blocks.map((block) => remainder(block, divisor));
  return [...interleaved(blocks), ...interleaved(checks)];
}

/** @param {number[][]} blocks */
function interleaved(blocks) {
  const longest = Math.max(...blocks.map((block) => block.length));
  return Array.from({ length: longest }, (_, at) => blocks.filter((block) => at < block.length).map((block) => block[at])).flat();
}

/**
 * @param {Uint8Array} bytes
 * @param {number} version
 */
function padded(bytes, version) {
  const capacity = dataLength(version);
  /** @type {number[]} */
  const bits = [];
  const put = (/** @type {number} */ value, /** @type {number} */ length) => {
    for (let bit = length - 1; bit >= 0; bit -= 1) bits.push((value >> bit) & 1);
  };
  put(BYTE_MODE, 4);
  put(bytes.length, countBits(version));
  for (const byte of bytes) put(byte, 8);
  put(0, Math.min(4, 8 * capacity - bits.length));
  put(0, (8 - (bits.length % 8)) % 8);
  const data = [];
  for (let at = 0; at < bits.length; at += 8) data.push(bits.slice(at, at + 8).reduce((sum, bit) => 2 * sum + bit, 0));
  for (let turn = 0; data.length < capacity; turn += 1) data.push(PADDING[turn % 2]);
  return data;
}

/**
 * Multiply in the field of 256 elements with the polynomial of the standard.
 *
 * @param {number} a
 * @param {number} b
 */
function times(a, b) {
  let product = 0;
  for (let bit = 7; bit >= 0; bit -= 1) {
    product = (product << 1) ^ ((product >>> 7) * 0x11d);
    product ^= ((b >>> bit) & 1) * a;
  }
  return product;
}

/** @param {number} degree */
function generator(degree) {
  const result = Array(degree).fill(0);
  result[degree - 1] = 1;
  let root = 1;
  for (let turn = 0; turn < degree; turn += 1) {
    for (let at = 0; at < degree; at += 1) {
      result[at] = times(result[at], root);
      if (at + 1 < degree) result[at] ^= result[at + 1];
    }
    root = times(root, 2);
  }
  return result;
}

/**
 * @param {number[]} data
 * @param {number[]} divisor
 */
function remainder(data, divisor) {
  /** @type {number[]} */
  const result = Array(divisor.length).fill(0);
  for (const byte of data) {
    const factor = byte ^ /** @type {number} */ (result.shift());
    result.push(0);
    divisor.forEach((coefficient, at) => {
      result[at] ^= times(coefficient, factor);
    });
  }
  return result;
}
