// The squares of a QR code (ISO/IEC 18004), level M, in bytes. Pure.

import { codewords, versionFor } from "./codewords.mjs";

/** Whether a mask turns a square over. @type {((x: number, y: number) => boolean)[]} */
const MASKS = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

/**
 * Return the squares of the code of a text, row by row, true for dark; null for a text that is too long.
 *
 * @param {string} text
 * @param {number | null} [mask] by default the one that is read best
 * @returns {boolean[][] | null}
 */
export function squares(text, mask = null) {
  const bytes = new TextEncoder().encode(text);
  const version = versionFor(bytes.length);
  if (!version) return null;
  const plain = new Grid(version);
  plain.fill(codewords(bytes, version));
  const tried = (mask === null ? MASKS.map((_, number) => number) : [mask]).map((number) => plain.masked(number));
  return tried.reduce((best, one) => (penalty(one) < penalty(best) ? one : best));
}

class Grid {
  /** @param {number} version */
  constructor(version) {
    this.version = version;
    this.size = 17 + 4 * version;
    this.dark = Array.from({ length: this.size }, () => Array(this.size).fill(false));
    /** Squares that hold no data. */
    this.fixed = Array.from({ length: this.size }, () => Array(this.size).fill(false));
    this.drawMarks();
  }

  /**
   * @param {number} x
   * @param {number} y
   * @param {boolean} dark
   */
  set(x, y, dark) {
    if (x < 0 || y < 0 || x >= this.size || y >= this.size) return;
    this.dark[y][x] = dark;
    this.fixed[y][x] = true;
  }

  drawMarks() {
    const last = this.size - 1;
    for (let at = 0; at < this.size; at += 1) {
      this.set(6, at, at % 2 === 0);
      this.set(at, 6, at % 2 === 0);
    }
    for (const [x, y] of [[3, 3], [last - 3, 3], [3, last - 3]]) this.drawRings(x, y, 4, [2, 4]);
    const places = this.smallMarks();
    for (const x of places)
      for (const y of places)
        if (!((x === 6 && y === 6) || (x === 6 && y === last - 6) || (x === last - 6 && y === 6)))
          this.drawRings(x, y, 2, [1]);
    this.drawFormat(0);
    if (this.version >= 7) this.drawVersion();
  }

  /**
   * @param {number} x
   * @param {number} y
   * @param {number} reach
   * @param {number[]} light the rings that are light
   */
  drawRings(x, y, reach, light) {
    for (let dy = -reach; dy <= reach; dy += 1)
      for (let dx = -reach; dx <= reach; dx += 1)
        this.set(x + dx, y + dy, !light.includes(Math.max(Math.abs(dx), Math.abs(dy))));
  }

  /** Return where the middles of the small marks stand, on either axis. */
  smallMarks() {
    if (this.version === 1) return [];
    const count = Math.floor(this.version / 7) + 2;
    const step = 2 * Math.ceil((this.size - 13) / (2 * count - 2));
    const places = Array.from({ length: count - 1 }, (_, number) => this.size - 7 - number * step);
    return [6, ...places.reverse()];
  }

  /** @param {number} mask */
  drawFormat(mask) {
    const bits = withCheck(mask, 10, 0x537) ^ 0x5412;
    const bit = (/** @type {number} */ number) => ((bits >> number) & 1) === 1;
    const last = this.size - 1;
    for (let at = 0; at <= 5; at += 1) this.set(8, at, bit(at));
    this.set(8, 7, bit(6));
    this.set(8, 8, bit(7));
    this.set(7, 8, bit(8));
    for (let at = 9; at < 15; at += 1) this.set(14 - at, 8, bit(at));
    for (let at = 0; at < 8; at += 1) this.set(last - at, 8, bit(at));
    for (let at = 8; at < 15; at += 1) this.set(8, last - 14 + at, bit(at));
    this.set(8, last - 7, true);
  }

  drawVersion() {
    const bits = withCheck(this.version, 12, 0x1f25);
    for (let at = 0; at < 18; at += 1) {
      const [far, near] = [this.size - 11 + (at % 3), Math.floor(at / 3)];
      this.set(far, near, ((bits >> at) & 1) === 1);
      this.set(near, far, ((bits >> at) & 1) === 1);
    }
  }

  /**
   * Draw codewords in columns of two, from the right, up and down by turns.
   *
   * @param {number[]} words
   */
  fill(words) {
    let at = 0;
    for (let right = this.size - 1; right >= 1; right -= 2) {
      if (right === 6) right = 5;
      const isUp = ((right + 1) & 2) === 0;
      for (let step = 0; step < this.size; step += 1)
        for (const x of [right, right - 1]) {
          const y = isUp ? this.size - 1 - step : step;
          if (this.fixed[y][x]) continue;
          this.dark[y][x] = at < 8 * words.length && ((words[at >> 3] >> (7 - (at & 7))) & 1) === 1;
          at += 1;
        }
    }
  }

  /**
   * Return the squares under a mask.
   *
   * @param {number} mask
   */
  masked(mask) {
    this.drawFormat(mask);
    return this.dark.map((row, y) => row.map((dark, x) => (this.fixed[y][x] ? dark : dark !== MASKS[mask](x, y))));
  }
}

/**
 * Return bits with their check bits after them.
 *
 * @param {number} bits
 * @param {number} length of the check
 * @param {number} polynomial
 */
function withCheck(bits, length, polynomial) {
  let rest = bits;
  for (let turn = 0; turn < length; turn += 1) rest = (rest << 1) ^ ((rest >>> (length - 1)) * polynomial);
  return (bits << length) | rest;
}

/**
 * Return how badly squares are read: long runs, blocks, what looks like a mark of a corner, and an uneven share of dark squares.
 *
 * @param {boolean[][]} rows
 */
function penalty(rows) {
  const size = rows.length;
  const lines = [...rows, ...rows.map((_, x) => rows.map((row) => row[x]))].map((row) => row.map(Number).join(""));
  let sum = 0;
  for (const line of lines) {
    for (const run of line.match(/0{5,}|1{5,}/g) ?? []) sum += run.length - 2;
    for (const mark of ["10111010000", "00001011101"]) for (let at = line.indexOf(mark); at >= 0; at = line.indexOf(mark, at + 1)) sum += 40;
  }
  for (let y = 1; y < size; y += 1)
    for (let x = 1; x < size; x += 1)
      if (rows[y][x] === rows[y][x - 1] && rows[y][x] === rows[y - 1][x] && rows[y][x] === rows[y - 1][x - 1]) sum += 3;
  const dark = rows.flat().filter(Boolean).length;
  return sum + 10 * Math.floor(Math.abs((20 * dark) / (size * size) - 10));
}
