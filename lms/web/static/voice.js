/**
 * «Écouter» / «Stop» on every `[data-say]`: a recorded file (`data-audio`) if there is one, else the browser's voice
 * for the page's language, else the button hides. One voice at a time; «Lentement» slows it down.
 */
import { h, picto, setAttribute, told } from "./browser.js";

const SLOW = 0.75;
let current = null;

/** The remembered wish: "on", "off" or null (never asked). The server knows that of a person; else this visit's. */
export function voiceWish() {
  return document.body.dataset.voice || recall("voice");
}

export function rememberVoice(wish) {
  remember("voice", wish);
}

/** Whether `text` can sound here and now. */
export function canSay(audio, place) {
  return Boolean(audio) || Boolean(findVoice(place));
}

/** Say `text` for `button` (which shows «Stop» meanwhile). Resolves once it is over; false when nothing could sound. */
export async function say(button, text, audio) {
  stop();
  const turn = { button, stop: () => {} };
  current = turn;
  button?.setAttribute("data-playing", "");
  const done = (audio && (await playFiles(audio, turn))) || (current === turn && (await playVoice(text, turn)));
  if (current === turn) stop();
  return done;
}

/** Silence. */
export function stop() {
  const turn = current;
  current = null;
  turn?.button?.removeAttribute("data-playing");
  turn?.stop();
}

/** Play files one after the other; several addresses stand with spaces between. */
async function playFiles(urls, turn) {
  for (const url of urls.split(" ")) {
    if (current !== turn) return true;
    if (!(await playFile(url, turn))) return false;
  }
  return true;
}

function playFile(url, turn) {
  return new Promise((resolve) => {
    const sound = new Audio(url);
    sound.defaultPlaybackRate = sound.playbackRate = rate();
    turn.stop = () => (sound.pause(), resolve(true));
    sound.addEventListener("ended", () => resolve(true));
    sound.addEventListener("error", () => resolve(false));
    sound.play().catch((error) => resolve(error.name !== "NotSupportedError"));
  });
}

function playVoice(text, turn) {
  const voice = findVoice(turn.button);
  if (!voice) return false;
  return new Promise((resolve) => {
    const spoken = new SpeechSynthesisUtterance(text);
    Object.assign(spoken, { voice, lang: voice.lang, rate: rate() });
    turn.stop = () => (speechSynthesis.cancel(), resolve(true));
    spoken.onend = () => resolve(true);
    spoken.onerror = () => resolve(false);
    speechSynthesis.speak(spoken);
  });
}

/** A browser voice that speaks the language of this place in the page. */
function findVoice(place) {
  const lang = place?.closest("[lang]")?.lang || document.documentElement.lang || "fr";
  const locale = lang.toLowerCase().slice(0, 2);
  return globalThis.speechSynthesis?.getVoices().find(({ lang }) => lang.toLowerCase().startsWith(locale));
}

function rate() {
  return recall("slow") === "on" ? SLOW : 1;
}

/** A «Écouter» button and its «Lentement» for a sentence that changes: `{button, slow, set(text, url), play(), stop}`. */
export function speaker(text, audio) {
  const button = listenButton();
  const slow = h("button", { type: "button", class: "listen-slow", "data-voice-slow": true, "aria-pressed": String(rate() === SLOW) }, told("slow", "Lentement"));
  const set = (newText, newAudio) => {
    if (button.dataset.say !== newText) stop();
    button.dataset.say = newText;
    setAttribute(button, "data-audio", newAudio);
    button.hidden = slow.hidden = !newText || !canSay(newAudio);
  };
  set(text, audio);
  return { button, slow, set, stop, play: () => (button.hidden ? Promise.resolve(false) : say(button, button.dataset.say, button.dataset.audio)) };
}

/** The theme's own button when the page carries it in `<template id="listen">`. */
function listenButton() {
  const given = document.getElementById("listen")?.content.firstElementChild?.cloneNode(true);
  const plain = () => h("button", { type: "button", class: "listen", "data-say": "" },
    h("span", { class: "listen-start" }, picto("ecouter"), told("listen", "Écouter")), h("span", { class: "listen-stop" }, picto("stop"), told("stop", "Stop")));
  return given ?? plain();
}

/** Show or hide each button under `root` by what can sound here. */
export function refresh(root = document) {
  for (const button of root.querySelectorAll("[data-say]")) {
    button.hidden = !button.dataset.say || !canSay(button.dataset.audio, button);
    const slow = button.nextElementSibling;
    if (slow?.hasAttribute("data-voice-slow")) slow.hidden = button.hidden;
  }
  for (const slow of root.querySelectorAll("[data-voice-slow]")) setAttribute(slow, "aria-pressed", String(rate() === SLOW));
}

function remember(name, value) {
  try {
    shelf().setItem(`declic.${name}.${document.body.dataset.person ?? ""}`, value);
  } catch {
    // No storage: asked again on the next page.
  }
}

function recall(name) {
  try {
    return shelf().getItem(`declic.${name}.${document.body.dataset.person ?? ""}`);
  } catch {
    return null;
  }
}

/** Without a known person the wish lasts for the visit only: the next one here is somebody else. */
function shelf() {
  return document.body.dataset.person ? localStorage : sessionStorage;
}

document.addEventListener("click", (event) => {
  const slow = event.target.closest("[data-voice-slow]");
  if (slow) {
    remember("slow", rate() === SLOW ? "off" : "on");
    refresh();
  }
  const button = event.target.closest("[data-say]");
  if (!button) return;
  if (button.hasAttribute("data-playing")) stop();
  else say(button, button.dataset.say, button.dataset.audio).then((sounded) => sounded || (button.hidden = true));
});
globalThis.speechSynthesis?.addEventListener?.("voiceschanged", () => refresh());
addEventListener("pagehide", stop);
refresh();
