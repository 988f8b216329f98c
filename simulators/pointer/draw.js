/** Drawings, distances and gestures of the drills. */
import { PICTURES, SCENES } from "./art.js";
import { MORE_PICTURES, MORE_SCENES } from "./places.js";

/** A thing one acts on; its name is read aloud, its drawing is not. */
export function picture(name) {
  return parse(`<svg viewBox="0 0 96 96">${PICTURES[name] ?? MORE_PICTURES[name]}</svg>`);
}

/** What stands behind the things. */
export function backdrop(name) {
  const drawn = parse(`<svg viewBox="0 0 800 500" preserveAspectRatio="none">${SCENES[name] ?? MORE_SCENES[name]}</svg>`);
  drawn.classList.add("backdrop");
  return drawn;
}

function parse(markup) {
  const source = markup.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" aria-hidden="true" ');
  return document.importNode(new DOMParser().parseFromString(source, "image/svg+xml").documentElement, true);
}

/** Where an event is, in whole pixels from the centre of `node`. */
export function offset(event, node) {
  const box = node.getBoundingClientRect();
  return [Math.round(event.clientX - box.left - box.width / 2), Math.round(event.clientY - box.top - box.height / 2)];
}

/** Set a thing at `x`, `y` percent of its scene, `size` pixels wide. */
export function place(node, { x, y, size }) {
  node.style.setProperty("inset-inline-start", `${x}%`);
  node.style.setProperty("inset-block-start", `${y}%`);
  node.style.setProperty("--size", `${size}px`);
}

/** Samples of one gesture, timed from its first. */
export class Trace {
  constructor() {
    this.samples = [];
    this.began = 0;
  }

  /** Note `what` at the event, seen from the centre of `node`; `more` follows the coordinates. */
  add(what, event, node) {
    if (!this.samples.length) this.began = event.timeStamp;
    this.samples.push([what, ...offset(event, node), Math.round(event.timeStamp - this.began)]);
    return this.samples;
  }
}

/** A click without pointer comes from the keyboard, or from a screen reader. */
export function onKey(node, act) {
  node.addEventListener("click", (event) => event.detail === 0 && act([["key", "Enter"]]));
}
