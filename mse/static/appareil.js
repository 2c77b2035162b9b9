/* The texts that this browser keeps until the server has them. An account finds its own only; signing out
   erases them (mse.js). A text is named by the address that saves it. */

const DAYS = 60; /* age at which a text is forgotten */
export const OFFLINE = "hors-ligne"; /* name of the fiche written without network */

function read(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; /* forbidden by the browser */
  }
}

const known = () => read("mse-compte"); /* last account signed in on this browser, until it signs out */
export const account = document.documentElement.dataset.compte || known();
const PREFIX = `mse:${account}:`;

export const tidy = (text) => String(text ?? "").normalize("NFC").replace(/\s+/g, " ").trim();
export const equal = (one, other) => Object.keys(one).every((name) => tidy(one[name]) === tidy(other[name]));

export function put(name, entry) {
  try {
    if (!account || !known()) return false; /* signed out in another window */
    localStorage.setItem(PREFIX + name, JSON.stringify({ ...entry, le: Date.now() }));
    return true;
  } catch {
    return false; /* full */
  }
}

export function get(name) {
  try {
    return JSON.parse(read(PREFIX + name));
  } catch {
    return null;
  }
}

export function forget(name) {
  try {
    localStorage.removeItem(PREFIX + name);
  } catch { /* nothing was kept */ }
}

export function list() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length));
  } catch {
    return [];
  }
}

export function sweep() {
  const oldest = Date.now() - DAYS * 24 * 3600 * 1000;
  try {
    for (const key of Object.keys(localStorage).filter((name) => name.startsWith("mse:"))) {
      if (!(JSON.parse(localStorage.getItem(key))?.le > oldest)) localStorage.removeItem(key);
    }
  } catch { /* nothing was kept */ }
}

/* Forget a text that the server has: a button of its form sent it, and no answer said so. */
export async function settle(name) {
  const entry = get(name);
  if (!entry || name === OFFLINE) return;
  try {
    const answer = await fetch(name, { headers: { Accept: "application/json" } });
    if (answer.ok && equal(entry.champs, await answer.json())) forget(name);
  } catch { /* no network: ask again on another page */ }
}

/* «ce téléphone» or «cet ordinateur», in the words of the page */
export const nameDevice = (phrase, texts) => phrase.replace(
  "{appareil}", matchMedia("(pointer: coarse)").matches ? texts.telephone : texts.ordinateur);
