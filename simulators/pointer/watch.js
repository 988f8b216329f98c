/** Gestures on a scene, told to `emit(id, trace)`; which one a thing asks for stands on it, what it was is judged elsewhere. */
import { Trace, offset } from "./draw.js";

const DWELL = 320;
const AWAY = 900;
const LONG = 600;
const AGAIN = 500;

/** Watch `node`; returns how to stop. `now.own` is the state that stands there. */
export function watchGestures(node, ref, now, emit) {
  const hand = { rest: null, press: null, last: null, timers: [] };
  const told = (thing, trace) => thing && emit(thing.dataset.part.split("/")[1], trace);
  watchRest(node, hand, told);
  if (ref.closes) watchAway(node, now, hand, emit);
  watchPresses(node, hand, now, told);
  watchRight(node, hand, told);
  node.addEventListener("click", (event) => event.detail === 0 && told(find(event), [["key", "Enter"]]));
  return () => hand.timers.forEach(clearTimeout);
}

const find = (event, gesture = "") => event.target.closest(gesture ? `[data-gesture=${gesture}]` : "[data-gesture]");

function later(hand, act, time) {
  const timer = setTimeout(act, time);
  hand.timers = [...hand.timers.slice(-9), timer];
  return timer;
}

/** Resting on a thing is told; going through is not. */
function watchRest(node, hand, told) {
  const stop = () => hand.rest && (clearTimeout(hand.rest.timer), (hand.rest = null));
  node.addEventListener("pointerover", (event) => {
    const thing = find(event, "hover");
    if (thing === hand.rest?.thing) return;
    stop();
    if (!thing || event.pointerType === "touch" || thing.hasAttribute("data-open")) return;
    const trace = new Trace();
    trace.add("over", event, thing);
    const rest = (hand.rest = { thing, last: event });
    rest.timer = later(hand, () => {
      const { clientX, clientY } = rest.last;
      told(thing, trace.add("over", { clientX, clientY, timeStamp: trace.began + DWELL }, thing));
      hand.rest = null;
    }, DWELL);
  });
  node.addEventListener("pointermove", (event) => hand.rest && (hand.rest.last = event));
  node.addEventListener("pointerleave", stop);
}

/** As on many sites: a menu that the pointer has left closes, after a calm moment. */
function watchAway(node, now, hand, emit) {
  let timer = 0;
  node.addEventListener("pointerenter", () => clearTimeout(timer));
  node.addEventListener("pointerleave", (event) => {
    const [menu] = now.own.open;
    if (!menu || event.pointerType === "touch") return;
    clearTimeout(timer);
    timer = later(hand, () => emit(menu, [["leave", 0, 0, AWAY]]), AWAY);
  });
}

function watchPresses(node, hand, now, told) {
  node.addEventListener("pointerdown", (event) => {
    if (event.button > 0 || !event.isPrimary) return;
    const thing = find(event) ?? findNear(node, event);
    if (!thing) return;
    const again = hand.last?.thing === thing && event.timeStamp - hand.last.at < (thing.dataset.gesture === "dblclick" ? now.own.delay + 600 : AGAIN);
    const trace = again ? hand.last.trace : new Trace();
    clearTimeout(hand.last?.timer);
    if (!again) hand.last?.end?.();
    trace.add("press", event, thing);
    hand.press = { thing, trace, again, finger: event.pointerType === "touch" };
    if (hand.press.finger && thing.dataset.gesture === "right") hand.press.timer = later(hand, () => (told(thing, [["tap", 0, 0, LONG], ["key", "Enter"]]), (hand.press = null)), LONG);
  });
  node.addEventListener("pointerup", (event) => lift(event, hand, now, told));
  node.addEventListener("pointercancel", () => (clearTimeout(hand.press?.timer), (hand.press = null)));
}

/** A click is told at once; what waits for a second one is told with it, or alone once nothing came. */
function lift(event, hand, now, told) {
  const { press } = hand;
  if (!press) return;
  clearTimeout(press.timer);
  hand.press = null;
  const { thing, again } = press;
  const trace = press.trace.add("lift", event, thing);
  if (press.finger && thing.dataset.gesture === "hover") return told(thing, [["tap", 0, 0, 0]]);
  hand.last = null;
  if (thing.dataset.gesture !== "dblclick") {
    told(thing, trace);
    if (!again) hand.last = { thing, trace: press.trace, at: event.timeStamp };
  } else if (again) told(thing, trace);
  else {
    const end = () => ((hand.last = null), told(thing, trace));
    hand.last = { thing, trace: press.trace, at: event.timeStamp, end, timer: later(hand, end, now.own.delay + 600) };
  }
}

/** The right button, the key of the menu, or a finger that stays: the browser tells all three alike. */
function watchRight(node, hand, told) {
  node.addEventListener("contextmenu", (event) => {
    event.preventDefault();
    const thing = find(event) ?? document.activeElement?.closest("[data-gesture]");
    clearTimeout(hand.press?.timer);
    hand.press = null;
    if (thing && node.contains(thing)) told(thing, [["right", ...offset(event, thing), 0]]);
  });
}

/** Beside everything: the nearest small target was meant. */
function findNear(node, event) {
  const away = (thing) => Math.hypot(...offset(event, thing));
  return [...node.querySelectorAll(".round")].sort((a, b) => away(a) - away(b))[0] ?? null;
}
