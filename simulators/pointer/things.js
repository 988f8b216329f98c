/** Drills where things stand in a scene: rest on them, click on them, double-click them. */
import { Trace, backdrop, offset, onKey, picture, place } from "./draw.js";

const DWELL = 320;
const REACH = 40;

/** Hover: a lamp lights when the pointer rests on it; going through is not enough. */
export function buildHover({ app, ref, send, readonly, kit }) {
  const { h } = kit;
  const things = new Map(ref.items.map((item) => [item.id, buildThing(kit, app, item, "hover")]));
  if (!readonly) for (const [id, thing] of things) watchRest(thing, (trace) => send(id, "trace", trace));
  return {
    node: h("div", { class: "scene" }, backdrop(ref.scene), ...things.values()),
    update: ({ lit }) => things.forEach((thing, id) => {
      thing.classList.toggle("is-on", lit.includes(id));
      describe(thing, lit.includes(id) ? ", allumée" : ", éteinte");
    }),
    destroy: () => things.forEach((thing) => clearTimeout(Number(thing.dataset.timer))),
  };
}

function watchRest(thing, emit) {
  let trace = null;
  let last = null;
  let timer = 0;
  const stop = () => (clearTimeout(timer), (trace = null), thing.classList.remove("is-near"));
  thing.addEventListener("pointerenter", (event) => {
    if (event.pointerType === "touch" || thing.classList.contains("is-on")) return;
    trace = new Trace();
    trace.add("over", (last = event), thing);
    thing.classList.add("is-near");
    timer = setTimeout(() => {
      const waited = { clientX: last.clientX, clientY: last.clientY, timeStamp: trace.began + DWELL };
      emit(trace.add("over", waited, thing));
      stop();
    }, DWELL);
  });
  thing.addEventListener("pointermove", (event) => (last = event));
  thing.addEventListener("pointerleave", stop);
  thing.addEventListener("pointerup", (event) => {
    if (event.pointerType === "touch") emit(new Trace().add("tap", event, thing));
    else if (!thing.classList.contains("is-on")) emit(new Trace().add("press", event, thing));
    stop();
  });
  onKey(thing, emit);
}

/** Ladder: one ripe tomato at a time; it shrinks as one climbs. Presses anywhere in the scene are told to the judge. */
export function buildLadder({ app, ref, send, readonly, kit: { h, setText } }) {
  const target = h("button", { type: "button", class: "thing is-target", "data-part": `${app}/target`, "data-gesture": "click" }, picture(ref.picture));
  const green = ref.places.map(([x, y]) => buildSpot(h, x, y));
  const count = h("p", { class: "count", role: "status" });
  const picked = h("div", { class: "picked", "aria-hidden": "true" });
  const scene = h("div", { class: "scene", "data-repeat": true }, backdrop(ref.scene), ...green, target);
  const all = ref.ladder.reduce((sum, rung) => sum + Number(rung.count), 0);
  if (!readonly) watchPresses(scene, target, (trace) => send("target", "trace", trace));
  return {
    node: h("div", {}, scene, h("div", { class: "basket" }, count, picked)),
    update({ hits }) {
      const [x, y] = ref.places[hits % ref.places.length];
      place(target, { x, y, size: findSize(ref.ladder, hits) });
      target.hidden = hits >= all;
      target.setAttribute("aria-label", ref.label);
      green.forEach((spot, index) => (spot.hidden = index <= hits));
      setText(count, `${ref.basket} : ${hits} sur ${all}`);
      while (picked.childElementCount > hits) picked.lastChild.remove();
      while (picked.childElementCount < hits) picked.append(picture(ref.picture));
    },
  };
}

function buildSpot(h, x, y) {
  const spot = h("span", { class: "spot" });
  place(spot, { x, y, size: 28 });
  return spot;
}

/** The size of the rung one stands on. */
function findSize(ladder, hits) {
  for (const rung of ladder) {
    hits -= Number(rung.count);
    if (hits < 0) return rung.size;
  }
  return ladder.at(-1).size;
}

function watchPresses(scene, target, emit) {
  let trace = null;
  scene.addEventListener("pointerdown", (event) => {
    if (event.button > 0 || !event.isPrimary) return;
    trace = new Trace();
    trace.add("press", event, target);
    target.classList.toggle("is-down", target.contains(event.target));
  });
  scene.addEventListener("pointerup", (event) => {
    target.classList.remove("is-down");
    if (trace) emit(trace.add("lift", event, target));
    trace = null;
  });
  scene.addEventListener("pointercancel", () => (trace = null));
  onKey(target, emit);
}

/** Double click: two presses on one thing; a slip of the hand still belongs to the thing that was pressed first. */
export function buildDouble({ app, ref, send, readonly, kit }) {
  const { h } = kit;
  const things = new Map(ref.items.map((item) => [item.id, buildThing(kit, app, item, "dblclick")]));
  const scene = h("div", { class: "scene", "data-repeat": true }, backdrop(ref.scene), ...things.values());
  const pair = { delay: 900 };
  if (!readonly) watchPairs(scene, things, pair, (id, trace) => send(id, "trace", trace));
  return {
    node: scene,
    update({ open, selected, delay }) {
      pair.delay = delay;
      for (const item of ref.items) showOpen(kit, things.get(item.id), item, open.includes(item.id), selected === item.id);
    },
    destroy: () => clearTimeout(pair.timer),
  };
}

function showOpen({ setText }, thing, item, open, selected) {
  thing.classList.toggle("is-on", open);
  thing.classList.toggle("is-selected", selected && !open);
  setText(thing.querySelector(".caption"), open ? item.inside : item.caption ?? item.label);
  describe(thing, open ? `, ouvert : ${item.inside}` : "");
}

function watchPairs(scene, things, pair, emit) {
  const end = () => {
    clearTimeout(pair.timer);
    if (pair.trace) emit(pair.id, pair.trace.samples);
    pair.trace = null;
  };
  scene.addEventListener("pointerdown", (event) => {
    if (event.button > 0 || !event.isPrimary) return;
    const near = findNear(things, event);
    if (pair.trace && near && near !== pair.id) end();
    const id = pair.trace ? pair.id : near;
    if (!id) return;
    clearTimeout(pair.timer);
    pair.trace ??= new Trace();
    Object.assign(pair, { id, presses: pair.trace.samples.filter(([what]) => what === "press").length + 1 });
    pair.trace.add("press", event, things.get(id));
    things.forEach((thing, other) => thing.classList.toggle("is-selected", other === id && !thing.classList.contains("is-on")));
  });
  scene.addEventListener("pointerup", (event) => {
    if (!pair.trace) return;
    pair.trace.add("lift", event, things.get(pair.id));
    if (pair.presses > 1) end();
    else pair.timer = setTimeout(end, pair.delay + 600);
  });
  scene.addEventListener("pointercancel", end);
  things.forEach((thing, id) => onKey(thing, (trace) => {
    clearTimeout(pair.timer);
    pair.trace = null;
    emit(id, trace);
  }));
}

/** The thing under the pointer, or the nearest within a trembling hand's reach. */
function findNear(things, event) {
  let best = [REACH, null];
  for (const [id, thing] of things) {
    const [x, y] = offset(event, thing);
    const away = Math.hypot(x, y) - thing.offsetWidth / 2;
    if (away < best[0]) best = [away, id];
  }
  return best[1];
}

function buildThing({ h }, app, item, gesture) {
  const thing = h("button", { type: "button", class: "thing", "data-part": `${app}/${item.id}`, "data-gesture": gesture, "data-repeat": true },
    picture(item.picture), h("span", { class: "caption" }, item.caption ?? item.label));
  thing.dataset.label = item.label;
  describe(thing, "");
  place(thing, item);
  return thing;
}

function describe(thing, state) {
  const label = thing.dataset.label + state;
  if (thing.getAttribute("aria-label") !== label) thing.setAttribute("aria-label", label);
}
