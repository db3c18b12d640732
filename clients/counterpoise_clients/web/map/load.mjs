// Fetches the outlines of a map from the page's own server: public geography, the same for every viewer.

/**
 * Return the outlines at an address of this server, or false if it does not deliver any.
 *
 * @param {URL} address
 * @returns {Promise<import("./ground.mjs").Outlines | false>}
 */
export async function loadOutlines(address) {
  try {
    const response = await fetch(address, { credentials: "omit" });
    return response.ok ? await response.json() : false;
  } catch {
    return false;
  }
}
