// What this browser remembers of a session: tokens, the newest receipt, unanswered orders, drafts.
//
// A tab remembers which seat it holds (sessionStorage); the seat's token, position and outbox are shared by the tabs of
// this browser (localStorage), so that a reload, or the same page opened again, goes on where the last one stopped.
// Two positions are kept: the newest, which a reconnect goes on from, and the oldest, from which a reload asks for
// everything again that it no longer has in memory.

const NOTHING = { vseq: 0, receipt: "" };
const mark = (held) => ({ vseq: held.vseq ?? 0, receipt: held.receipt ?? "" });

/**
 * @param {string} session
 * @param {Storage} tab sessionStorage, or anything like it
 * @param {Storage} shared localStorage, or anything like it
 */
export function keeper(session, tab, shared) {
  const root = `counterpoise/${session}`;
  const read = (store, name, otherwise) => {
    try {
      return JSON.parse(store.getItem(`${root}/${name}`)) ?? otherwise;
    } catch {
      return otherwise;
    }
  };
  const write = (store, name, value) => {
    try {
      if (value === null) store.removeItem(`${root}/${name}`);
      else store.setItem(`${root}/${name}`, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  };
  const place = (name) => `seat/${name}`;
  return {
    /** Take the token of a join link; the address bar is the caller's to clear. */
    arriveWith(token) {
      write(tab, "link", token);
      write(tab, "place", read(shared, "links", {})[token.slice(0, 8)] ?? null);
    },
    /** The places this browser has held in the session, newest first. */
    places: () => read(shared, "places", []),
    /** The place this tab holds, `player/EGY`, or null before the first welcome. */
    place: () => read(tab, "place", null),
    sit: (name) => write(tab, "place", name),
    /** What to say hello with; the stored token first, the link's if there is no better one. */
    credentials() {
      const name = read(tab, "place", null);
      const held = name === null ? null : read(shared, place(name), null);
      const link = read(tab, "link", null);
      if (held?.token)
        return { token: held.token, newest: mark(held), oldest: held.oldest ?? NOTHING, place: name, spare: link };
      return link ? { token: link, newest: NOTHING, oldest: NOTHING, place: null, spare: null } : null;
    },
    /** Forget a stored token that the server no longer takes; the link's own is tried next. */
    discard(name) {
      write(shared, place(name), null);
      write(
        shared,
        "places",
        read(shared, "places", []).filter((other) => other !== name),
      );
      write(tab, "place", null);
    },
    forgetLink: () => write(tab, "link", null),
    /** Keep the next token of a place after its welcome; `game` tells a new game under an old name from the same one. */
    welcomed(name, token, game) {
      const link = read(tab, "link", null);
      if (link) write(shared, "links", { ...read(shared, "links", {}), [link.slice(0, 8)]: name });
      write(tab, "link", null);
      write(tab, "place", name);
      let held = read(shared, place(name), {});
      if (held.game !== game) {
        held = { game };
        write(shared, `outbox/${name}`, null);
        write(shared, `draft/${name}`, null);
        write(shared, `orders/${name}`, null);
      }
      write(shared, place(name), { ...held, token });
      write(shared, "places", [name, ...read(shared, "places", []).filter((other) => other !== name)]);
    },
    /** Keep how far the server has told this place its story. */
    reached(name, vseq, receipt) {
      const held = read(shared, place(name), {});
      if (vseq < (held.vseq ?? 0)) return;
      const oldest = held.oldest?.vseq ? held.oldest : { vseq, receipt };
      write(shared, place(name), { ...held, vseq, receipt: receipt || held.receipt || "", oldest });
    },
    /** Set the position without regard to the old one: the server starts its story again from here. */
    restart(name, vseq, receipt) {
      write(shared, place(name), { ...read(shared, place(name), {}), vseq, receipt, oldest: { vseq, receipt } });
    },
    outbox: (name) => read(shared, `outbox/${name}`, []),
    setOutbox: (name, orders) => write(shared, `outbox/${name}`, orders.length ? orders : null),
    orders: (name) => read(shared, `orders/${name}`, []),
    setOrders: (name, orders) => write(shared, `orders/${name}`, orders),
    /** What the player wants to be called. */
    name: () => read(shared, "name", ""),
    setName: (name) => write(shared, "name", name || null),
    draft: (name) => read(shared, `draft/${name}`, null),
    setDraft: (name, draft) => write(shared, `draft/${name}`, draft),
  };
}
