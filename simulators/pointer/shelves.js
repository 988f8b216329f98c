/** Drag: each thing goes to its place. A click (or Enter) on the thing, then on the place, does as well. */
import { Trace, offset, onKey, picture } from "./draw.js";

const START = 6;
const SNAP_BACK = 2000;

/** The table, the places, and what is already put away. */
export function buildShelves({ app, ref, send, readonly, kit }) {
  const { h } = kit;
  const items = new Map(ref.items.map((item) => [item.id, buildItem(kit, app, item)]));
  const shelves = new Map(ref.shelves.map((shelf) => [shelf.id, buildShelf(kit, app, shelf, readonly ? null : send)]));
  if (!readonly) items.forEach((item, id) => watchDrag(item, shelves, ref.tolerance, (trace) => send(id, "trace", trace)));
  const table = h("div", { class: "table", role: "group", "aria-label": ref.table }, ...items.values());
  return {
    node: h("div", { class: "room" }, h("p", { class: "heading", "aria-hidden": "true" }, ref.table), table,
      h("div", { class: "shelves" }, ...shelves.values())),
    update: (own) => draw(kit, own, items, shelves, ref),
  };
}

function buildItem({ h }, app, item) {
  return h("button", { type: "button", class: "item", "data-part": `${app}/${item.id}`, "data-gesture": "drag", "aria-pressed": "false" },
    picture(item.picture), h("span", { class: "caption" }, item.label));
}

function buildShelf({ h }, app, shelf, send) {
  return h("button", {
    type: "button", class: "shelf", "data-part": `${app}/${shelf.id}`, "data-gesture": "click",
    onclick: send && (() => send(shelf.id, "click")),
  }, picture(shelf.picture), h("span", { class: "caption" }, shelf.label), h("span", { class: "stored" }));
}

function draw({ h }, { held, placed }, items, shelves, ref) {
  for (const [id, item] of items) {
    item.hidden = id in placed;
    item.setAttribute("aria-pressed", String(held === id));
    letGo(item);
  }
  for (const [id, shelf] of shelves) {
    const here = ref.items.filter((item) => placed[item.id] === id);
    shelf.classList.toggle("is-waiting", held !== null);
    shelf.querySelector(".stored").replaceChildren(...here.map((item) => h("span", { class: "small" }, picture(item.picture), item.label)));
  }
}

export function letGo(item) {
  item.classList.remove("is-carried");
  item.style.removeProperty("transform");
}

export function watchDrag(item, shelves, tolerance, emit) {
  let drag = null;
  item.addEventListener("pointerdown", (event) => {
    if (event.button > 0 || !event.isPrimary) return;
    item.setPointerCapture(event.pointerId);
    const trace = new Trace();
    trace.add("press", event, item);
    drag = { trace, x: event.clientX, y: event.clientY };
  });
  item.addEventListener("pointermove", (event) => drag && carry(item, drag, event, shelves, tolerance));
  item.addEventListener("pointercancel", () => ((drag = null), letGo(item), mark(shelves, null)));
  item.addEventListener("pointerup", (event) => {
    if (!drag) return;
    mark(shelves, null);
    emit(finish(item, drag, event, shelves, tolerance));
    drag = null;
    setTimeout(() => letGo(item), SNAP_BACK);
  });
  onKey(item, emit);
}

function carry(item, drag, event, shelves, tolerance) {
  const [x, y] = [event.clientX - drag.x, event.clientY - drag.y];
  if (!item.classList.contains("is-carried") && Math.hypot(x, y) < START) return;
  item.classList.add("is-carried");
  item.style.setProperty("transform", `translate(${x}px, ${y}px)`);
  mark(shelves, findShelf(shelves, event, tolerance));
}

/** The whole gesture; offsets are taken from where the thing stood before it was carried. */
function finish(item, drag, event, shelves, tolerance) {
  const id = findShelf(shelves, event, tolerance);
  const samples = drag.trace.samples;
  const [, x, y] = samples[0];
  if (id) return [...samples, dropOn(shelves, id, event)];
  const time = Math.round(event.timeStamp - drag.trace.began);
  const still = Math.hypot(event.clientX - drag.x, event.clientY - drag.y) <= tolerance;
  if (still) letGo(item);
  return [...samples, ["lift", Math.round(x + event.clientX - drag.x), Math.round(y + event.clientY - drag.y), time]];
}

function dropOn(shelves, id, event) {
  const box = shelves.get(id).getBoundingClientRect();
  return ["drop", id, ...offset(event, shelves.get(id)), Math.round(box.width), Math.round(box.height)];
}

/** The place under the pointer, or the nearest within the tolerance. */
function findShelf(shelves, event, tolerance) {
  let best = [tolerance + 1, null];
  for (const [id, shelf] of shelves) {
    const box = shelf.getBoundingClientRect();
    const x = Math.max(box.left - event.clientX, 0, event.clientX - box.right);
    const y = Math.max(box.top - event.clientY, 0, event.clientY - box.bottom);
    if (Math.hypot(x, y) < best[0]) best = [Math.hypot(x, y), id];
  }
  return best[1];
}

function mark(shelves, over) {
  shelves.forEach((shelf, id) => shelf.classList.toggle("is-over", id === over));
}
