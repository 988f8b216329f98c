/**
 * The one ordered queue of an attempt: one request in flight, batches, each event with its own UUID.
 * Nothing leaves the queue before the server acknowledged it; the same id twice counts once there.
 *
 * What waits stands in localStorage too, one key an event, so that two tabs never overwrite each other:
 * `{url, token, event, late}`; the token can only write to that attempt. Without storage, all stays in memory.
 *
 * What is refused for ever is forgotten. What comes too late (`later`) stays two weeks: whoever gets a delay finds it again,
 * and then it goes out by itself. No longer, since others use this computer too: what was once refused so (`late`) goes then without a question.
 */
import { makeId, postJson } from "../browser.js";

const PREFIX = "declic.waiting.";
const BATCH = 40;
const HELD = 14 * 24 * 3600 * 1000;
const WAITS = [500, 1000, 2000, 4000, 8000, 15000];

export class Queue {
  /** `on` = {answer(data, sent), away(say), back(), refused(say, held)}. */
  constructor({ attempt, url, token, on }) {
    Object.assign(this, { attempt, url, token, on });
    this.waiting = readWaiting().get(attempt) ?? [];
    this.made = 0;
    this.inFlight = 0;
    this.failures = 0;
    this.stopped = false;
    this.late = false;
    this.timer = 0;
    addEventListener("online", () => this.retryNow());
    addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.retryNow());
  }

  get away() {
    return this.failures > 0;
  }

  get empty() {
    return this.stopped || this.waiting.length === 0;
  }

  /** Whether such a gesture is still taken: once it is too late, what is typed is only kept. */
  takes(gesture) {
    return !this.stopped || (this.late && gesture === "type");
  }

  /** Whether an event like this one is still without answer. */
  holds(test) {
    return this.waiting.some(({ event }) => test(event));
  }

  /** Put one event at the end and send when possible. `fields` = {rev, response}. */
  push(fields) {
    if (!this.takes(fields.response.do)) return;
    const measures = { ...this.dropOlderText(fields), ...fields.measures };
    const event = { id: makeId(), at: new Date().toISOString(), ...fields, ...(Object.keys(measures).length ? { measures } : {}) };
    const entry = { key: makeKey(this.attempt, this.made++, event), url: this.url, token: this.token, event, late: this.late };
    keep(entry);
    this.waiting.push(entry);
    this.send();
  }

  /** Text typed again into the same part takes the place of the older text, as long as that was not sent; what was measured with it stays. */
  dropOlderText({ response }) {
    const last = this.waiting.at(-1);
    const older = last?.event.response;
    if (!last || last.tried || response.do !== "type" || older.do !== "type" || older.part !== response.part) return;
    // A new id and a new key: another tab may have sent the older text already.
    forget(last.key);
    return this.waiting.pop().event.measures;
  }

  retryNow() {
    clearTimeout(this.timer);
    this.send();
  }

  async send() {
    if (this.inFlight || this.empty) return;
    clearTimeout(this.timer);
    const batch = this.waiting.slice(0, BATCH);
    this.inFlight = batch.length;
    for (const entry of batch) entry.tried = true;
    const result = await postJson(this.url, { token: this.token, events: batch.map(({ event }) => event) });
    this.inFlight = 0;
    if (result.ok) this.accept(result.data, batch);
    else if (result.away) this.wait(result);
    else this.refuse(result);
  }

  accept(data, batch) {
    const done = new Set(data.acknowledged ?? batch.map(({ event }) => event.id));
    for (const { key, event } of this.waiting) if (done.has(event.id)) forget(key);
    this.waiting = this.waiting.filter(({ event }) => !done.has(event.id));
    if (!done.size) return this.wait({});
    if (this.failures) this.on.back();
    this.failures = 0;
    this.on.answer(data, batch.map(({ event }) => event));
    this.send();
  }

  wait({ say }) {
    const pause = WAITS[Math.min(this.failures, WAITS.length - 1)];
    this.failures += 1;
    this.on.away(say);
    this.timer = setTimeout(() => this.send(), pause);
  }

  /** The server takes none of these. Never: they go, so that they cannot block whoever comes next. Not now: they stay, and that is said. */
  refuse({ say, later }) {
    this.stopped = true;
    this.late = later;
    for (const entry of this.waiting) later ? keep({ ...entry, late: true }) : forget(entry.key);
    this.on.refused(say, later && this.waiting.every(({ key }) => readEntry(key)));
    this.waiting = [];
  }
}

/**
 * Send what earlier pages left behind, whoever was there; nothing of it is shown.
 * Called by each page at load; `except` is the attempt that has its own queue on this page.
 */
export async function flushAll(except = "") {
  let away = false;
  for (const [attempt, entries] of readWaiting()) {
    if (attempt === except) continue;
    for (let from = 0; from < entries.length && !away; from += BATCH) away = !(await flushBatch(entries.slice(from, from + BATCH)));
  }
  return !away;
}

async function flushBatch(batch) {
  const { url, token } = batch[0];
  const result = await postJson(url, { token, events: batch.map(({ event }) => event) });
  if (result.away) return false;
  const done = result.data?.acknowledged ?? batch.map(({ event }) => event.id);
  for (const entry of batch) {
    if (result.later) keep({ ...entry, late: true });
    else if (done.includes(entry.event.id)) forget(entry.key);
  }
  return true;
}

function isOver({ late, event }) {
  return late && !(Date.now() - Date.parse(event.at) < HELD);
}

/** Try `flushAll` now and, while something is left, again each time the network comes back or every 30 s. */
export function keepFlushing(except = "") {
  const attempt = async () => {
    if (!(await flushAll(except))) setTimeout(attempt, 30000);
  };
  addEventListener("online", () => flushAll(except));
  attempt();
}

/** Every attempt that has something waiting: `Map(attempt → [{key, url, token, event, late}])`, in the order of making. */
function readWaiting() {
  const found = new Map();
  for (const key of keys().sort()) {
    const entry = readEntry(key);
    if (entry && isOver(entry)) forget(key);
    if (!entry || isOver(entry)) continue;
    const attempt = key.slice(PREFIX.length).split(" ")[0];
    found.set(attempt, [...(found.get(attempt) ?? []), { key, ...entry }]);
  }
  return found;
}

/** The key of one event. `order` is unique and growing within this page. */
function makeKey(attempt, order, { id }) {
  return `${PREFIX}${attempt} ${String(Date.now()).padStart(15, "0")} ${String(order).padStart(6, "0")} ${id}`;
}

/** Keep one event, or keep it anew with another mark. */
function keep({ key, ...entry }) {
  try {
    localStorage.setItem(key, JSON.stringify(entry));
  } catch {
    // Storage is full or forbidden: the event still waits in memory.
  }
}

/** Forget one event: it was acknowledged, or can never be. */
function forget(key) {
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
