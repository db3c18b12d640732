// What this browser stores about a session: tokens, the newest receipt, unanswered orders, drafts.
//
// A tab stores which seat it holds (sessionStorage). The seat's token, position and outbox are shared by the tabs of this
// browser (localStorage), so that a reload, or the same page opened again, continues where the last one stopped.
// Two positions are stored. A reconnect continues from the newest; a reload asks for everything again from the oldest,
// because it has lost what the page had in memory.

/** @typedef {{ vseq: number, receipt: string }} Position */
/** @typedef {Wire.Order | Wire.Command | Wire.Withdraw | Wire.Read | Wire.Propose | Wire.Drop | Wire.PassOn | Wire.ToModerator} OrderFrame */
/** @typedef {{ frame: OrderFrame, meta: Wire.Json }} OutboxEntry */
/** @typedef {{ token: string, newest: Position, oldest: Position, place: string | null, spare: string | null }} Credentials */
/** @typedef {{ game?: string, token?: string, vseq?: number, receipt?: string, oldest?: Position }} StoredPlace */
/** @typedef {Pick<Storage, "getItem" | "setItem" | "removeItem">} Store */
/** @typedef {ReturnType<typeof keeper>} Keeper */

/** @type {Position} */
const START = { vseq: 0, receipt: "" };

/** @param {StoredPlace} stored @returns {Position} */
const positionOf = (stored) => ({ vseq: stored.vseq ?? 0, receipt: stored.receipt ?? "" });

/**
 * Return the token in the part of a link after `#`, without what was pasted with it, such as a percent sign or a full stop.
 *
 * @param {string} hash
 */
export function tokenIn(hash) {
  // decodeURIComponent throws on a percent sign that begins no code, so each code is read for itself.
  const plain = hash.replace(/%([0-9a-f]{2})/gi, (_, code) => String.fromCharCode(parseInt(code, 16)));
  return plain.match(/^[A-Za-z0-9_-]+/)?.[0] ?? "";
}

/**
 * Return the storage of one session.
 *
 * @param {string} session
 * @param {Store} tab sessionStorage, or a replacement for tests
 * @param {Store} shared localStorage, or a replacement for tests
 */
export function keeper(session, tab, shared) {
  const root = `counterpoise/${session}`;
  /**
   * @template T
   * @param {Store} store
   * @param {string} name
   * @param {T} otherwise
   * @returns {T}
   */
  const read = (store, name, otherwise) => {
    try {
      return JSON.parse(store.getItem(`${root}/${name}`) ?? "null") ?? otherwise;
    } catch {
      return otherwise;
    }
  };
  /**
   * @param {Store} store
   * @param {string} name
   * @param {unknown} value null removes the entry
   */
  const write = (store, name, value) => {
    try {
      if (value === null) store.removeItem(`${root}/${name}`);
      else store.setItem(`${root}/${name}`, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  };
  /** @param {string} name */
  const keyOf = (name) => `seat/${name}`;
  /** @returns {string | null} */
  const readLink = () => read(tab, "link", /** @type {string | null} */ (null));
  /** @returns {string | null} */
  const readPlace = () => read(tab, "place", /** @type {string | null} */ (null));
  /** @returns {string[]} */
  const readPlaces = () => read(shared, "places", /** @type {string[]} */ ([]));
  /** @returns {Record<string, string>} */
  const readLinks = () => read(shared, "links", /** @type {Record<string, string>} */ ({}));
  /** @param {string} name @returns {StoredPlace} */
  const readStored = (name) => read(shared, keyOf(name), /** @type {StoredPlace} */ ({}));
  return {
    /**
     * Store the token of a join link. The caller clears the address bar.
     *
     * @param {string} token
     */
    setLinkToken(token) {
      write(tab, "link", token);
      write(tab, "place", readLinks()[token.slice(0, 8)] ?? null);
    },
    /** The places that this browser has held in the session, newest first. */
    places: readPlaces,
    /** The place that this tab holds, such as `player/EGY`, or null before the first welcome. */
    place: readPlace,
    /** @param {string} name */
    setPlace: (name) => write(tab, "place", name),
    /**
     * Return the content of the next hello: the stored token, or else the link's.
     *
     * @returns {Credentials | null}
     */
    credentials() {
      const name = readPlace();
      const stored = name === null ? null : readStored(name);
      const link = readLink();
      if (stored?.token)
        return {
          token: stored.token,
          newest: positionOf(stored),
          oldest: stored.oldest ?? START,
          place: name,
          spare: link,
        };
      return link ? { token: link, newest: START, oldest: START, place: null, spare: null } : null;
    },
    /**
     * Remove a stored token that the server refuses, so that the link's token is tried next.
     *
     * @param {string} name
     */
    forgetPlace(name) {
      write(shared, keyOf(name), null);
      write(
        shared,
        "places",
        readPlaces().filter((other) => other !== name),
      );
      write(tab, "place", null);
    },
    forgetLink() {
      write(tab, "link", null);
      write(tab, "asks", null);
    },
    /** What this tab tells the moderator, whose consent it waits for; empty if it does not ask. */
    asks: () => read(tab, "asks", ""),
    /** @param {string} says */
    setAsks: (says) => write(tab, "asks", says || null),
    /** Whether the page may make a tone when the moderator reminds its seat. */
    hasTone: () => read(shared, "tone", false),
    /** @param {boolean} allowed */
    setTone: (allowed) => write(shared, "tone", allowed || null),
    /**
     * Store the next token of a place after its welcome, unless another tab has gone on from the stored one meanwhile: a tab that
     * the browser has put to sleep reads its welcome late.
     *
     * @param {string} name
     * @param {string} token
     * @param {string} game the seed commitment; it distinguishes a new game under an old session name
     * @param {Credentials | null} used those in the hello
     */
    setToken(name, token, game, used = null) {
      const link = readLink();
      if (link) write(shared, "links", { ...readLinks(), [link.slice(0, 8)]: name });
      write(tab, "link", null);
      write(tab, "asks", null);
      write(tab, "place", name);
      let stored = readStored(name);
      if (stored.game !== game) {
        stored = { game };
        write(shared, `outbox/${name}`, null);
        write(shared, `draft/${name}`, null);
        write(shared, `orders/${name}`, null);
      }
      const isOvertaken = used !== null && used.place === name && Boolean(stored.token) && stored.token !== used.token;
      if (!isOvertaken) write(shared, keyOf(name), { ...stored, token });
      write(shared, "places", [name, ...readPlaces().filter((other) => other !== name)]);
    },
    /**
     * Store the position of the newest message of a place.
     *
     * @param {string} name
     * @param {number} vseq
     * @param {string} receipt
     */
    setPosition(name, vseq, receipt) {
      const stored = readStored(name);
      if (vseq < (stored.vseq ?? 0)) return;
      const oldest = stored.oldest?.vseq ? stored.oldest : { vseq, receipt };
      write(shared, keyOf(name), { ...stored, vseq, receipt: receipt || stored.receipt || "", oldest });
    },
    /**
     * Reset the position of a place, because the server starts its messages again from here.
     *
     * @param {string} name
     * @param {number} vseq
     * @param {string} receipt
     */
    resetPosition(name, vseq, receipt) {
      write(shared, keyOf(name), { ...readStored(name), vseq, receipt, oldest: { vseq, receipt } });
    },
    /** @param {string} name @returns {OutboxEntry[]} */
    outbox: (name) => read(shared, `outbox/${name}`, /** @type {OutboxEntry[]} */ ([])),
    /** @param {string} name @param {OutboxEntry[]} orders */
    setOutbox: (name, orders) => write(shared, `outbox/${name}`, orders.length ? orders : null),
    /** @param {string} name @returns {import("./store.mjs").SentOrder[]} */
    orders: (name) => read(shared, `orders/${name}`, /** @type {import("./store.mjs").SentOrder[]} */ ([])),
    /** @param {string} name @param {import("./store.mjs").SentOrder[]} orders */
    setOrders: (name, orders) => write(shared, `orders/${name}`, orders),
    /**
     * The receipts of the session: what the server has signed about the journal, oldest first.
     *
     * @returns {Wire.Checkpoint[]}
     */
    receipts: () => read(shared, "receipts", /** @type {Wire.Checkpoint[]} */ ([])),
    /**
     * Keep a receipt, unless it is known, and return all. Those of an earlier session of the same name are forgotten.
     *
     * @param {Wire.Checkpoint} receipt
     */
    addReceipt(receipt) {
      const known = read(shared, "receipts", /** @type {Wire.Checkpoint[]} */ ([])).filter(
        (one) => one.seed_commitment === receipt.seed_commitment,
      );
      const all = known.some((one) => one.signature === receipt.signature) ? known : [...known, receipt];
      write(shared, "receipts", all);
      return all;
    },
    /** The name that the player has chosen. */
    name: () => read(shared, "name", ""),
    /** @param {string} name */
    setName: (name) => write(shared, "name", name || null),
    /** @param {string} name @returns {import("./store.mjs").Drafts | null} */
    draft: (name) => read(shared, `draft/${name}`, /** @type {import("./store.mjs").Drafts | null} */ (null)),
    /** @param {string} name @param {import("./store.mjs").Drafts} draft */
    setDraft: (name, draft) => write(shared, `draft/${name}`, draft),
  };
}
