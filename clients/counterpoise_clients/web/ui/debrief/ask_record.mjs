// Fetches the record of the own seat. It is nobody else's, so that it comes by a request of its own.

/**
 * Ask this server for the record, and hand it to the page.
 *
 * @param {URL} base the root of the pages
 * @param {string} session
 * @param {any} keep what this browser stores of the session
 * @param {(action: any) => void} dispatch
 */
export function askRecord(base, session, keep, dispatch) {
  const held = keep.credentials();
  if (!held) return;
  fetch(new URL(`s/${session}/record`, base), { headers: { Authorization: `Bearer ${held.token}` }, credentials: "omit" })
    .then((response) => (response.ok ? response.json() : null))
    .then((record) => record && dispatch({ t: "local.record", record }))
    .catch(() => {}); // without a network the next debrief asks again
}
