/** Things that ask for different gestures, side by side: a street map, a row of menus, the desk of a computer. */
import { backdrop, picture, place } from "./draw.js";
import { watchGestures } from "./watch.js";

/** See scenes.py for what an item is. The screen is drawn from what is done and open; gestures are watched on its frame. */
export function buildScene({ app, ref, send, readonly, kit }) {
  const node = kit.h("div", { class: `look-${ref.look}`, "data-repeat": true });
  const now = { own: null };
  let drawn = null;
  const stop = readonly ? () => {} : watchGestures(node, ref, now, (id, trace) => send(id, "trace", trace));
  return {
    node,
    update(own) {
      now.own = own;
      if (drawn) return drawn.update(own);
      drawn = kit.drawScreen(node, { state: own, emit() {}, readonly }, (world) => draw({ app, ref, kit }, world));
    },
    destroy: () => (stop(), drawn?.destroy()),
  };
}

function draw(desk, own) {
  const { ref, kit: { h } } = desk;
  const top = ref.items.filter((item) => !item.within);
  const panels = own.open.map((id) => ref.items.find((item) => item.id === id)).map((item) => drawPanel(desk, item, own));
  if (ref.look === "bar") {
    return h("div", { class: "barred" }, h("div", { class: "bar", role: "group", "aria-label": ref.title }, top.map((item) => drawThing(desk, item, own))), h("div", { class: "below" }, panels));
  }
  const things = top.map((item) => drawThing(desk, item, own));
  things.forEach((thing, at) => place(thing, top[at]));
  return h("div", { class: "scene" }, backdrop(ref.scene), things, panels);
}

/** A thing: its picture, its words; `data-gesture` says how it is reached now. */
function drawThing({ app, ref, kit: { h } }, item, own) {
  const open = own.open.includes(item.id);
  const gesture = item.gesture === "double" ? "dblclick" : item.gesture === "hover" && open && item.then ? "click" : item.gesture;
  const shown = own.done.includes(item.after?.id) ? item.after.picture : item.picture;
  return h("button", {
    type: "button", class: `thing look-${item.gesture}${item.round ? " round" : ""}`, "data-part": `${app}/${item.id}`, "data-gesture": gesture,
    "data-repeat": true, "data-open": open, "data-chosen": own.selected === item.id, "aria-expanded": hasPanel(ref, item) ? String(open) : null,
    "aria-label": item.round || !item.label ? item.label ?? item.blind : null,
  }, shown && picture(shown), item.round || !item.label ? null : h("span", { class: "caption" }, item.label));
}

function hasPanel(ref, item) {
  return Boolean(item.text || item.then || ref.items.some(({ within }) => within === item.id));
}

/** What an open thing shows: a menu, a bubble, or a window with its title. */
function drawPanel(desk, item, own) {
  const { ref, kit: { h } } = desk;
  const inside = ref.items.filter(({ within }) => within === item.id).map((one) => drawThing(desk, one, own));
  const text = item.text && h("p", {}, item.text);
  const kind = item.panel ? "window" : inside.length ? "menu" : "bubble";
  const panel = h("div", { class: kind, "data-key": `in-${item.id}`, role: kind === "bubble" ? "status" : "group", "aria-label": item.panel ?? item.label },
    kind === "window" ? h("p", { class: "title" }, item.panel ?? item.label) : null, item.shows && picture(item.shows), text, inside.length ? h("div", { class: "inside" }, inside) : null);
  if (kind === "menu" && ref.look !== "bar") place(panel, { x: Math.min(68, Math.max(32, item.x)), y: Math.min(item.y, 50), size: 0 });
  return panel;
}
