/** A drawn phone: the page in front, fingers on it, and under it buttons that do what fingers do. */
import { ART } from "./art.js";
import { buildKeys } from "./keys.js";
import { watchFingers } from "./fingers.js";

const WAYS = { left: ["◀", "Glisser à gauche"], right: ["▶", "Glisser à droite"], up: ["▲", "Glisser vers le haut"], down: ["▼", "Glisser vers le bas"], more: ["+", "Plus grand"], less: ["−", "Plus petit"], hold: ["●", "Rester appuyé"] };
const WAYS_OF = { x: ["right", "left"], y: ["down", "up"] };

/** See «Simulators» in the docs: draws from `state` alone and emits gestures, never results. */
export function mount(root, given) {
  const { app, scenario, emit, readonly, kit } = given;
  const node = kit.h("div", { class: `sim-touch${readonly ? " is-readonly" : ""}` });
  root.replaceChildren(node);
  const send = (part, trace) => emit({ part, do: "trace", value: trace });
  const stop = readonly ? () => {} : watchFingers(node, send);
  const keys = buildKeys(kit, node, readonly);
  const screen = kit.drawScreen(node, given, (world) => draw({ app, ref: scenario.ref[app], kit, keys }, world[app]));
  return { ...screen, destroy: () => (stop(), screen.destroy(), node.remove()) };
}

function draw(desk, own) {
  const { app, ref, kit: { h, button } } = desk;
  const page = ref.pages.find(({ id }) => id === own.page);
  const placed = page.things.filter(({ on }) => !on || String(own.at[on.of] ?? 0) === String(on.at));
  const lines = placed.filter(({ gesture }) => gesture === "type");
  const line = lines.find(({ id }) => !own.done.includes(id));
  const things = placed.filter((thing) => thing === line || !lines.includes(thing));
  const wrote = lines.filter(({ id }) => own.done.includes(id)).map(({ id, text }) => h("p", { class: "wrote", "data-key": `wrote-${id}` }, `✓ ${text}`));
  return h("div", { class: "desk-of-phone" },
    h("p", { class: "lead" }, ref.lead), h("p", { class: "note", role: "status", "data-said": own.note }, ref.notes[own.note] ?? ref.other),
    h("div", { class: "phone", role: "group", "aria-label": page.title },
      h("div", { class: "status", "aria-hidden": "true" }, h("span", {}, "15:00"), h("span", {}, "▂▄▆ ▮")),
      h("p", { class: "title" }, page.title),
      h("div", { class: `page look-${page.look}`, "data-key": page.id }, wrote, things.map((thing) => drawThing(desk, thing, own))),
      line ? desk.keys.draw() : null,
      h("div", { class: "foot" }, page.back ? button(`${app}/back`, "back", "◁ Retour") : h("span", { class: "line", "aria-hidden": "true" }))),
    drawWays(desk, things));
}

/** One thing: a picture with its name, what is swiped or zoomed, or a line to write on. */
function drawThing(desk, thing, own) {
  const { app, kit: { h } } = desk;
  const part = `${app}/${thing.id}`;
  if (thing.gesture === "type") return drawLine(desk, thing, part, own);
  const face = [thing.picture && draws(desk, thing.picture), h("span", { class: "name" }, thing.label), thing.text && h("span", { class: "text" }, thing.text)];
  if (thing.gesture === "tap") return h("button", { type: "button", class: "thing", "data-part": part, "data-do": "click" }, face);
  if (thing.gesture === "hold") return h("button", { type: "button", class: "thing held", "data-part": part, "data-gesture": "hold", "data-repeat": true, "data-chosen": own.chosen === thing.id }, face);
  return drawViews(desk, thing, part, own);
}

function drawViews(desk, thing, part, own) {
  const { h } = desk.kit;
  const at = own.at[thing.id] ?? 0;
  const views = thing.views ?? [thing];
  const view = views[at];
  const dots = thing.gesture === "swipe" && views.length > 1 ? h("span", { class: "dots", "aria-hidden": "true" }, views.map((_, rank) => h("i", { "data-now": rank === at }))) : null;
  return h("button", { type: "button", class: `viewed ${thing.gesture}`, "data-part": part, "data-gesture": thing.gesture, "data-axis": thing.axis, "data-repeat": true },
    view.picture && draws(desk, view.picture), h("span", { class: "name" }, view.label), view.text && h("span", { class: `text ${thing.gesture === "zoom" ? `far-${views.length - 1 - at}` : ""}` }, view.text), dots);
}

function drawLine({ kit: { h } }, thing, part, own) {
  const text = own.values[thing.id] ?? "";
  return h("label", { class: "line", "data-key": thing.id }, h("span", { class: "name" }, thing.label), h("span", { class: "model", "aria-hidden": "true" }, thing.text),
    h("input", { type: "text", class: "entry", autocomplete: "off", autocapitalize: "off", autocorrect: "off", spellcheck: "false", inputmode: "none", maxlength: "60", "aria-label": `${thing.label}. Modèle : ${thing.text}`, "data-part": part, "data-do": "type", "data-value": text, value: text }));
}

function draws({ kit }, name) {
  return kit.drawing("art", "0 0 96 96", ART[name]);
}

/** The second way of each gesture, for a mouse or a keyboard. */
function drawWays({ app, kit: { h, button } }, things) {
  const names = things.flatMap(({ gesture, axis }) => (gesture === "swipe" ? WAYS_OF[axis] : gesture === "zoom" ? ["less", "more"] : gesture === "hold" ? ["hold"] : []));
  const once = [...new Set(names)];
  return h("div", { class: "ways", role: "group", "aria-label": "Sans les doigts" }, once.length ? h("span", {}, "Sans les doigts :") : null,
    once.map((name) => button(`${app}/way-${name}`, "way", h("b", { "aria-hidden": "true" }, WAYS[name][0]), ` ${WAYS[name][1]}`)));
}
