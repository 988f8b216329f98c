/**
 * What the desk counts of the way it goes: counts and milliseconds, never a text. They leave with the next event, and say
 * why an exercise does not go on: presses beside, a sentence heard again, a long time before the first touch.
 */
import { findPart } from "./frame.js";

const NEAR = 32;
const ABSENT = 180000;
const MEANT = "[data-part], label, a, button, input, select, textarea, summary";

/** Start counting on this desk: `{take(acts), add(name)}`; `take` gives what was counted since the last one. */
export function watchMeasures(desk) {
  const { nodes } = desk;
  const own = { counts: {}, since: performance.now(), text: nodes.say.dataset.text };
  const add = (name) => (own.counts[name] = (own.counts[name] ?? 0) + 1);
  nodes.app.addEventListener("click", (event) => countPress(desk, event, add), true);
  nodes.speaker.button.addEventListener("click", () => !nodes.speaker.button.hasAttribute("data-playing") && add("heard"));
  nodes.fold.addEventListener("click", () => nodes.guide.classList.contains("is-folded") || add("unfolded"));
  // Who looks at another page, or has not seen the sentence yet, is not reading.
  addEventListener("visibilitychange", () => own.since !== null && (own.since = performance.now()));
  desk.listeners.push(() => restart(own, nodes.say.dataset.text));
  return { add, take: (acts) => take(own, acts) };
}

/** A new sentence: the time to its first touch begins. */
function restart(own, text) {
  if (text === own.text) return;
  own.text = text;
  own.since = performance.now();
}

function take(own, acts) {
  const taken = own.counts;
  own.counts = {};
  if (acts && own.since !== null) {
    const dwell = Math.round(performance.now() - own.since);
    own.since = null;
    if (dwell > 0 && dwell < ABSENT) taken.dwell = dwell;
  }
  return taken;
}

/** A press by hand that hit nothing, or a neighbour of the part that is pointed at. Keys press nothing beside. */
function countPress({ nodes, guide }, event, add) {
  if (event.detail === 0 || !event.isTrusted) return;
  const hit = event.target.closest(MEANT);
  const meant = findPart(nodes, guide?.part);
  if (meant && !meant.contains(event.target) && isNear(meant, event)) return hit?.closest("label, legend") ? undefined : add("beside");
  if (hit) return;
  const near = [...nodes.app.querySelectorAll("[data-part]")].some((part) => isNear(part, event));
  add(near ? "beside" : "missed");
}

function isNear(part, { clientX, clientY }) {
  const box = part.getBoundingClientRect();
  if (!box.width) return false;
  return Math.hypot(Math.max(box.left - clientX, 0, clientX - box.right), Math.max(box.top - clientY, 0, clientY - box.bottom)) <= NEAR;
}
