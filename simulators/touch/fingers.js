/** Fingers, a mouse or keys on what asks for a gesture; the gesture is told when it is over. */

const LONG = 600;
const WHEEL = 400;
const ARROWS = { ArrowLeft: [-120, 0], ArrowRight: [120, 0], ArrowUp: [0, -120], ArrowDown: [0, 120] };

/** Watch `node`; `send(part, trace)`. Returns how to stop. */
export function watchFingers(node, send) {
  const hand = { fingers: new Map(), thing: null, timer: 0, wheel: 0 };
  const tell = (thing, sample) => send(thing.dataset.part, [sample]);
  node.addEventListener("pointerdown", (event) => down(event, hand, tell));
  node.addEventListener("pointermove", (event) => move(event, hand));
  node.addEventListener("pointerup", (event) => up(event, hand, tell));
  node.addEventListener("pointercancel", () => forget(hand));
  node.addEventListener("contextmenu", (event) => find(event) && event.preventDefault());
  node.addEventListener("dragstart", (event) => event.preventDefault());
  node.addEventListener("keydown", (event) => press(event, tell));
  node.addEventListener("wheel", (event) => turnWheel(event, hand, tell), { passive: false });
  return () => forget(hand);
}

const find = (event) => event.target.closest?.("[data-gesture]");

function forget(hand) {
  clearTimeout(hand.timer);
  hand.thing?.style.removeProperty("translate");
  hand.fingers.clear();
  hand.thing = null;
}

function down(event, hand, tell) {
  const thing = find(event);
  if (!thing || event.button > 0 || (hand.thing && hand.thing !== thing)) return;
  if (!hand.thing) Object.assign(hand, { thing, apart: null, most: 1 });
  hand.fingers.set(event.pointerId, { from: [event.clientX, event.clientY], to: [event.clientX, event.clientY] });
  hand.most = Math.max(hand.most, hand.fingers.size);
  thing.setPointerCapture?.(event.pointerId);
  if (hand.fingers.size === 2) hand.apart = spread(hand);
  if (thing.dataset.gesture !== "hold") return;
  hand.timer = setTimeout(() => {
    forget(hand);
    tell(thing, ["hold", LONG]);
  }, LONG);
}

function move(event, hand) {
  const finger = hand.fingers.get(event.pointerId);
  if (!finger) return;
  finger.to = [event.clientX, event.clientY];
  if (hand.thing.dataset.gesture !== "swipe") return;
  const [x, y] = moved(finger);
  hand.thing.style.setProperty("translate", hand.thing.dataset.axis === "x" ? `${x / 2}px 0` : `0 ${y / 2}px`);
}

function up(event, hand, tell) {
  const finger = hand.fingers.get(event.pointerId);
  if (!finger) return;
  finger.to = [event.clientX, event.clientY];
  const { thing, apart } = hand;
  const sample = apart ? ["pinch", Math.round((100 * spread(hand)) / Math.max(1, apart))] : thing.dataset.gesture === "swipe" ? ["swipe", ...moved(finger)] : ["tap"];
  if (hand.most > 1 && !apart) return forget(hand);
  forget(hand);
  tell(thing, sample);
}

const moved = ({ from, to }) => [Math.round(to[0] - from[0]), Math.round(to[1] - from[1])];

/** How far two fingers are apart. */
function spread(hand) {
  const [one, other] = [...hand.fingers.values()];
  return Math.hypot(one.to[0] - other.to[0], one.to[1] - other.to[1]);
}

/** Arrows swipe, + and − zoom, Enter stays pressed. */
function press(event, tell) {
  const thing = find(event);
  const gesture = thing?.dataset.gesture;
  const sample = gesture === "swipe" && ARROWS[event.key] ? ["swipe", ...ARROWS[event.key]]
    : gesture === "zoom" && "+-=".includes(event.key) ? ["pinch", event.key === "-" ? 60 : 160]
    : gesture === "hold" && event.key === "Enter" && !event.repeat ? ["key", "Enter"] : null;
  if (!sample) return;
  event.preventDefault();
  tell(thing, sample);
}

/** The wheel over a map, one step at a time. */
function turnWheel(event, hand, tell) {
  const thing = find(event);
  if (thing?.dataset.gesture !== "zoom") return;
  event.preventDefault();
  if (event.timeStamp - hand.wheel < WHEEL) return;
  hand.wheel = event.timeStamp;
  tell(thing, ["pinch", event.deltaY < 0 ? 160 : 60]);
}
