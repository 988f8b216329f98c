/** Words of the trainer that were put away in this window do not come back on its next page; how a page asks for more. */
const FRESH = 15 * 60 * 1000; // as long as the server tells of it
const KEY = `declic.nudge.${document.body.dataset.person ?? ""}`;

/** The number of the last one that was put away here; 0 when there is none, or no storage. */
export function readPutAway() {
  try {
    const { number, at } = JSON.parse(sessionStorage.getItem(KEY)) ?? {};
    return Date.now() - at < FRESH ? number : 0;
  } catch {
    return 0;
  }
}

export function keepPutAway(number) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ number, at: Date.now() }));
  } catch {
    // It comes once more on the next page.
  }
}

/** The question's address. The first one of a page says which attempt stands there: the board shows it from then on. */
export function askWith(url, attempt) {
  let first = Boolean(attempt);
  addEventListener("pageshow", () => (first = Boolean(attempt)));
  return (after) => {
    const asked = `${url}?after=${after}${first ? `&open=${encodeURIComponent(attempt)}` : ""}`;
    first = false;
    return asked;
  };
}
