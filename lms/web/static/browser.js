/** The few things of the browser that every module shares: elements, UUIDs, JSON posts. No markup in strings (strict CSP). */

const RETRY = new Set([408, 409, 425, 429]);

/** An element: `h("p", {class: "say", hidden: true}, "text", child)`. Listeners are given as `onclick: f`. */
export function h(tag, given = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === "function") made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

/** French spaces that do not break: before « : ; ? ! € », inside quotes, in figures, before what they count. No look-behind: older phones refuse it. */
export function bind(text) {
  return text.replace(/« /g, "«\u00a0").replace(/ ([:;?!»€])/g, "\u00a0$1").replace(/(\d) (?=\d|(?:h|km|Mo|min|m²)(?![a-zà-ÿ]))/g, "$1\u00a0");
}

/** Put `text` in `node` only when it differs, so that nothing is announced or selected anew. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Set or remove an attribute only when it differs. */
export function setAttribute(node, name, value) {
  if (value === null || value === undefined || value === false) node.removeAttribute(name);
  else if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value);
}

/** A pictogram of the theme, when the page carries it in `<template id="picto-…">`; else nothing. */
export function picto(name) {
  return document.getElementById(`picto-${name}`)?.content.firstElementChild?.cloneNode(true) ?? null;
}

/** The JSON of `<script type="application/json" id="…">`. */
export function readIsland(id = "island") {
  return JSON.parse(document.getElementById(id).textContent);
}

let pageWords;

/** A word of our own in the page's language; `french` where the page brings none. */
export function told(name, french) {
  const given = document.getElementById("words");
  pageWords ??= given ? JSON.parse(given.textContent) : {};
  return pageWords[name] ?? french;
}

/**
 * A sentence as nodes: words of a French screen, between « », say that they are French; known words (`marks`: form and
 * address) lead to what they mean.
 */
export function tell(text, marks = [], locale = document.documentElement.lang || "fr") {
  const shown = bind(text);
  const pieces = locale.startsWith("fr") ? [shown] : shown.split(/(«[^«»]*»)/);
  return pieces.flatMap((piece) => (pieces.length > 1 && piece.startsWith("«") ? h("bdi", { lang: "fr", dir: "ltr" }, piece) : linkWords(piece, marks))).filter(Boolean);
}

function linkWords(text, marks) {
  for (const [form, url] of marks) {
    const [before, after] = cut(text, bind(form));
    if (after !== undefined) return [...linkWords(before, marks), h("a", { class: "word", href: url, "data-word": true }, bind(form)), ...linkWords(after, marks)];
  }
  return [text];
}

/** What stands before and after the first whole `form` of a text. */
function cut(text, form) {
  const letter = /[\p{L}\p{N}]/u;
  const at = text.indexOf(form);
  const end = at + form.length;
  const whole = at >= 0 && !letter.test(text[at - 1] ?? " ") && !letter.test(text[end] ?? " ");
  return whole ? [text.slice(0, at), text.slice(end)] : [text];
}

/** Whether the person asked for less movement. */
export function calm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** A version 4 UUID made with `getRandomValues`: `randomUUID` does not exist on http:// in a room's network. */
export function makeId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Post JSON: `{ok, data}`, or `{away: true}` when it is worth trying again, or `{refused: true, say}` when it is not: never, or not before another day (`later`). */
export async function postJson(url, body, headers = {}) {
  const text = JSON.stringify(body);
  let answer;
  try {
    answer = await fetch(url, {
      method: "POST", credentials: "same-origin", cache: "no-store",
      headers: { "Content-Type": "application/json", Accept: "application/json", ...headers },
      // What is sent while the page closes still arrives; browsers allow this for small bodies only.
      body: text, keepalive: text.length < 30000, signal: AbortSignal.timeout?.(20000),
    });
  } catch {
    return { away: true, status: 0 };
  }
  const data = await answer.json().catch(() => null);
  if (answer.ok && data) return { ok: true, data };
  if (answer.ok || answer.status >= 500 || RETRY.has(answer.status)) return { away: true, status: answer.status, say: sentence(data) };
  return { refused: true, status: answer.status, say: sentence(data), later: Boolean((data?.error ?? data)?.later) };
}

/** What the server says to the person in an error. */
function sentence(data) {
  const error = data?.error ?? data ?? {};
  return [error.sentence, error.kept, error.next].filter(Boolean).join(" ");
}
