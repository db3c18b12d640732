// What the browser stores of classes: the way back into each, and the name that the person gave last.

/** @typedef {Pick<Storage, "getItem" | "setItem" | "removeItem">} Store */
/** @typedef {{ code: string, title: string, token: string, role: "student" | "staff" }} KeptClass */

const KEY = "counterpoise/classes";
const NAME = "counterpoise/class-name";

/**
 * Return the storage of all classes of this browser.
 *
 * @param {Store} store localStorage, or a replacement for tests
 */
export function classKeeper(store) {
  /** @returns {KeptClass[]} */
  const read = () => {
    try {
      return JSON.parse(store.getItem(KEY) ?? "[]");
    } catch {
      return [];
    }
  };
  /** @param {string} key @param {string} value */
  const write = (key, value) => {
    try {
      store.setItem(key, value);
    } catch {
      // Without storage the page works until it is closed.
    }
  };
  /** @param {string} code @param {string} role */
  const others = (code, role) => read().filter((one) => one.code !== code || one.role !== role);
  return {
    /** @param {KeptClass["role"]} role newest first */
    all: (role) => read().filter((one) => one.role === role),
    /** @param {string} code @param {KeptClass["role"]} role */
    find: (code, role) => read().find((one) => one.code === code && one.role === role) ?? null,
    /** @param {KeptClass} kept */
    put: (kept) => write(KEY, JSON.stringify([kept, ...others(kept.code, kept.role)])),
    /** @param {string} code @param {KeptClass["role"]} role */
    forget: (code, role) => write(KEY, JSON.stringify(others(code, role))),
    name: () => store.getItem(NAME) ?? "",
    /** @param {string} name */
    setName: (name) => write(NAME, name),
  };
}

/**
 * Return the lobbies of the classes of this browser, for somebody who has lost a seat in a world of one; none in other sessions.
 *
 * @param {string} session
 * @param {URL} base the root of the pages
 * @param {Store} store
 */
export const lobbiesOf = (session, base, store) =>
  session.startsWith("class-")
    ? classKeeper(store).all("student").map(({ code, title }) => ({ href: new URL(`join#${code}`, base).href, title: title || code }))
    : [];
