/**
 * What waits to be sent, in localStorage: one key an event, so that two tabs never overwrite each other.
 * Each entry is `{url, token, event}`; the token can only write to that attempt. Without storage, all stays in memory.
 */
const PREFIX = "declic.waiting.";

/** Every attempt that has something waiting: `Map(attempt → [{key, url, token, event}])`, in the order of making. */
export function readWaiting() {
  const found = new Map();
  for (const key of keys().sort()) {
    const entry = readEntry(key);
    if (!entry) continue;
    const attempt = key.slice(PREFIX.length).split(" ")[0];
    found.set(attempt, [...(found.get(attempt) ?? []), { key, ...entry }]);
  }
  return found;
}

/** Keep one event; returns its key. `order` is unique and growing within this page. */
export function keep(attempt, order, entry) {
  const key = `${PREFIX}${attempt} ${String(Date.now()).padStart(15, "0")} ${String(order).padStart(6, "0")} ${entry.event.id}`;
  try {
    localStorage.setItem(key, JSON.stringify(entry));
  } catch {
    // Storage is full or forbidden: the event still waits in memory.
  }
  return key;
}

/** Forget one event: it was acknowledged, or can never be. */
export function forget(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // As above.
  }
}

function keys() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    return [];
  }
}

function readEntry(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    forget(key);
    return null;
  }
}
