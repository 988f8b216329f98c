/** Ask again every two seconds, only while the page is visible, and say nothing when nothing changed (ETag, 304). */

const EVERY = 2000;
const SLOWEST = 30000;

/**
 * `poll(url, got, {away, back})`: `url` is a string or a function; `got(data, now)` gets the JSON and the server's time
 * (ms), `data` null when unchanged. Returns `{stop(), again()}`.
 */
export function poll(url, got, { away = () => {}, back = () => {} } = {}) {
  let etag = "";
  let timer = 0;
  let failures = 0;
  let stopped = false;
  let asking = false;
  const ask = async () => {
    clearTimeout(timer);
    if (stopped || asking || document.visibilityState === "hidden") return;
    asking = true;
    try {
      const headers = etag ? { Accept: "application/json", "If-None-Match": etag } : { Accept: "application/json" };
      const answer = await fetch(typeof url === "function" ? url() : url, { headers, cache: "no-store", credentials: "same-origin" });
      if (answer.status !== 304 && !answer.ok) throw new Error(String(answer.status));
      const data = answer.status === 304 ? null : await answer.json();
      etag = answer.headers.get("ETag") ?? "";
      if (failures) back();
      failures = 0;
      if (!stopped) got(data, Date.parse(answer.headers.get("Date")) || Date.now());
    } catch {
      failures += 1;
      away();
    }
    asking = false;
    timer = setTimeout(ask, Math.min(EVERY * 2 ** failures, SLOWEST));
  };
  const seen = () => document.visibilityState === "visible" && ask();
  addEventListener("visibilitychange", seen);
  addEventListener("online", ask);
  ask();
  return {
    again: ask,
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      removeEventListener("visibilitychange", seen);
      removeEventListener("online", ask);
    },
  };
}
