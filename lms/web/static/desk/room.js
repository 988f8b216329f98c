/** What stands on the desk beside the guide: the apps in their rooms, the pressed look, the network, the voice at the start. */
import { h } from "../browser.js";
import { canSay, rememberVoice, voiceWish } from "../voice.js";
import { words } from "./frame.js";
import { kit } from "./kit.js";
import { bringIntoView } from "./view.js";

/** Load and mount one app in its room; one that fails says so there. */
export async function mountApp(desk, { app, title, module, style }, readonly = false) {
  const root = desk.nodes.room.get(app);
  try {
    const [{ mount }] = await Promise.all([import(new URL(module, location.href)), style && loadStyle(style)]);
    const emit = readonly ? () => {} : (event) => desk.emit(event);
    return mount(root, { app, scenario: desk.scenario, state: desk.world, locale: desk.locale, readonly, emit, kit, voice: desk.voice });
  } catch (error) {
    console.error(error);
    root.replaceChildren(h("p", { role: "alert" }, words.broken(title)));
    return { update() {}, destroy() {} };
  }
}

/** Have what the other apps need at hand before they come to the front: it then shows at once, network or not. */
export function fetchApps(desk) {
  if (desk.fetched) return;
  desk.fetched = true;
  for (const { app, module, style } of desk.apps) {
    if (desk.rooms.has(app)) continue;
    document.head.append(h("link", { rel: "modulepreload", href: module }));
    if (style) loadStyle(style);
  }
}

const styles = new Map();

/** A style sheet, once; resolves when it is there (or will not come). */
function loadStyle(href) {
  const there = [...document.querySelectorAll("link[rel=stylesheet]")].some((link) => link.href === new URL(href, location.href).href);
  if (there && !styles.has(href)) return Promise.resolve();
  if (!styles.has(href)) {
    const link = h("link", { rel: "stylesheet", href });
    styles.set(href, new Promise((resolve) => {
      link.onload = link.onerror = resolve;
    }));
    document.head.append(link);
  }
  return styles.get(href);
}

const SOON = 350;
const NEAR = 24;
const TEXT = "input:not([type=checkbox]):not([type=radio]):not([type=button]):not([type=submit]), textarea, select, [contenteditable=true]";

/** Watch the simulated screen: `is-pressed` from the touch until `release` says so; `again` hears of a press too many. */
export function watchPresses(area, again = () => {}) {
  let last = { at: -Infinity, x: 0, y: 0, target: null };
  let pressed = null;
  const press = (event) => {
    const part = event.target.closest?.("[data-part]");
    if (!part || (event.type === "keydown" && event.key !== "Enter" && event.key !== " ")) return;
    pressed?.classList.remove("is-pressed");
    pressed = part;
    part.classList.add("is-pressed");
    setTimeout(release, 1200, part);
  };
  const release = (part = pressed) => part?.classList.remove("is-pressed");
  // Older adults make twice the double clicks: the second one would hit what has just appeared under the pointer.
  const once = (event) => {
    const keyboard = event.detail === 0;
    if (keyboard || event.target.closest("[data-repeat]")) return;
    // A press into a field is the first of no two: from a name to the choice below it is a finger's breadth.
    if (event.target.matches(TEXT)) return void (last = { at: -Infinity, x: 0, y: 0, target: event.target, field: true });
    // A click on a label brings a second click on its box by itself: that one is the same click.
    if ([...(event.target.labels ?? [])].some((label) => label.contains(last.target))) return;
    // The browser counts by the system's own speed of a double click; two parts in turn under one pointer it does not count.
    const near = Math.hypot(event.clientX - last.x, event.clientY - last.y) < NEAR;
    const twice = (event.detail === 2 && !last.field) || (near && event.timeStamp - last.at < SOON);
    if (twice) {
      if (event.isTrusted) again();
      event.preventDefault();
      event.stopImmediatePropagation();
    } else last = { at: event.timeStamp, x: event.clientX, y: event.clientY, target: event.target };
  };
  area.addEventListener("pointerdown", press, true);
  area.addEventListener("keydown", press, true);
  area.addEventListener("click", once, true);
  return { release: () => setTimeout(release, 80, pressed) };
}

/** What is done is kept; the exercise waits for the network. */
export function drawAway({ nodes }, say) {
  if (!nodes.offline.hidden) return;
  nodes.host.classList.add("is-away");
  nodes.host.removeAttribute("aria-busy");
  nodes.offline.hidden = false;
  nodes.offline.replaceChildren(h("p", {}, h("strong", {}, say || words.away)), h("p", {}, words.awayWait));
}

/** It goes on by itself. */
export function drawBack(desk) {
  const { nodes } = desk;
  nodes.host.classList.remove("is-away");
  nodes.offline.hidden = true;
  nodes.offline.replaceChildren();
}

/** Only a reload helps; `held` when what did not go out stays in this browser. */
export function drawRefused({ nodes }, say, held) {
  nodes.host.classList.remove("is-away");
  nodes.offline.hidden = false;
  const reload = h("button", { type: "button", class: "button button-next", onclick: () => location.reload() }, words.reload);
  nodes.offline.replaceChildren(h("p", {}, say || words.refused), held ? h("p", {}, words.held) : "", reload);
}

/**
 * Ask once whether instructions are to be said. Resolves with the answer, or at once when known or impossible.
 * Who works on without answering is left in peace until the next exercise: the question takes room.
 */
export function askVoice(desk) {
  const sounds = Object.keys(desk.voice ?? {}).length > 0 || canSay();
  if (voiceWish() || !sounds || desk.ended) return Promise.resolve();
  return new Promise((resolve) => {
    const choose = (wish) => {
      rememberVoice(wish);
      keepVoice(desk, wish);
      asked.remove();
      if (wish === "on") desk.nodes.speaker.play();
      resolve();
    };
    const asked = h("div", { class: "desk-ask", role: "group", "aria-label": words.askVoice }, h("p", {}, words.askVoice),
      h("button", { type: "button", class: "button", onclick: () => choose("on") }, words.askYes),
      h("button", { type: "button", class: "button", onclick: () => choose("off") }, words.askNo));
    desk.nodes.guide.append(asked);
    // On a phone the guide stands above the frame and has grown: two frames later its new height is known.
    requestAnimationFrame(() => requestAnimationFrame(() => bringPointedIntoView(desk.nodes)));
    desk.listeners.push((data, sent) => sent.some(({ response }) => response.part) && (asked.remove(), resolve()));
  });
}

/** The wish stays with the person, on every machine; without network this browser remembers it. */
function keepVoice({ urls, csrf }, wish) {
  if (!urls.look) return;
  const body = new URLSearchParams({ voice: wish, csrf_token: csrf ?? "" });
  fetch(urls.look, { method: "POST", body, credentials: "same-origin", redirect: "manual", keepalive: true }).catch(() => {});
}

function bringPointedIntoView({ frame }) {
  const pointed = frame.querySelector(".is-pointed");
  if (pointed) bringIntoView(pointed);
}

/** Say the instruction when it is a new one and the voice is wished. */
export function saySoon(desk) {
  const text = desk.nodes.say.dataset.text;
  if (text === desk.said) return;
  const first = desk.said === undefined;
  desk.said = text;
  if (voiceWish() === "on" && !desk.ended && !(first && desk.mode === "show")) desk.nodes.speaker.play();
}
