// The join code of a class, as people type it.

/**
 * Return a typed code as the server writes it: in capitals, without spaces and hyphens.
 *
 * @param {string} typed
 */
export const cleanCode = (typed) => typed.toUpperCase().replace(/[^A-Z0-9]/g, "");
