/** A drill of the keyboard: the model, the field, the keyboard drawn below with the next key, and a kind word. */
import { buildBoard } from "./board.js";
import { Field } from "./field.js";
import { buildForm, buildLines } from "./kinds.js";
import { buildListening } from "./listening.js";
import { mountPasting } from "./pasting.js";
import { LAYOUTS } from "./layouts.js";
import { sayStrokes, strokesOf } from "./next.js";

const KINDS = { fields: buildForm, listen: buildListening };

/** See «Simulators» in the docs: draws from `state` alone and emits the keys that were pressed, never a result. */
export function mount(root, given) {
  const { app, scenario, state, emit, readonly, kit, voice } = given;
  const ref = scenario.ref[app];
  if (ref.kind === "paste") return mountPasting(root, given);
  const { h } = kit;
  const desk = { app, ref, readonly, kit, emit, voice, caps: false, padOff: false, locked: false, machine: false };
  desk.send = (field, trace) => !readonly && emit({ part: field.input.dataset.part, do: "trace", value: trace });
  const on = { changed: () => drawNext(desk), send: desk.send };
  if (ref.lock) on.turns = (data) => turnCase(desk, data);
  desk.makeField = (shape, more) => new Field({ ...shape, kit, exact: Boolean(ref.exact), readonly }, { ...on, ...more });
  desk.kind = (KINDS[ref.kind] ?? buildLines)(desk);
  desk.board = buildBoard(kit, (key, waits) => pressDrawn(desk, key, waits), readonly);
  buildWords(desk, emit);
  desk.node = h("div", { class: `sim-keyboard kind-${ref.kind}${readonly ? " is-readonly" : ""}` },
    h("div", { class: "head" }, h("p", { class: "lead" }, ref.lead), desk.layout), desk.kind.node, desk.words, desk.board.node);
  root.replaceChildren(desk.node);
  const stop = readonly ? () => {} : watchKeys(desk);
  const update = (world) => draw(desk, world[app]);
  update(state);
  return { update, flush: () => desk.kind.fields().forEach((field) => field.flush()), destroy: () => (stop(), desk.node.remove()) };
}

/** What to press next, a kind word after a slip, and which keyboard is drawn. */
function buildWords(desk, emit) {
  const { app, readonly, kit: { h } } = desk;
  desk.next = h("p", { class: "next" });
  desk.note = h("p", { class: "note", role: "status" });
  desk.words = h("div", { class: "words" }, desk.next, desk.note);
  desk.select = h("select", { "data-part": `${app}/layout`, disabled: readonly || null, onchange: (event) => emit({ part: `${app}/layout`, do: "choose", value: event.target.value }) },
    ...Object.entries(LAYOUTS).map(([name, { label }]) => h("option", { value: name }, label)));
  desk.layout = h("label", { class: "layout" }, "Clavier ", desk.select);
}

function draw(desk, own) {
  const layout = LAYOUTS[own.layout] ?? LAYOUTS.azerty;
  if (desk.select.value !== own.layout) desk.select.value = own.layout;
  desk.board.draw(layout);
  desk.drawn = layout;
  desk.own = own;
  if (desk.ref.lock) setLock(desk, own.caps);
  desk.kind.update(own);
  drawNext(desk);
}

/** Point at the next key from what stands here now; the server need not be asked for that. */
function drawNext(desk) {
  const { setText } = desk.kit;
  if (!desk.drawn) return;
  const next = turnNext(desk, desk.kind.findNext());
  const strokes = strokesOf(desk.drawn, next, desk.board.pending);
  desk.board.point(strokes);
  desk.kind.drawModel?.();
  const said = desk.ref.notes[desk.own.note] ?? [];
  const lamp = desk.caps ? desk.ref.notes.caps : desk.padOff && desk.ref.notes.pad;
  setText(desk.note, lamp ? lamp[0] : (said[Math.min(desk.own.row, said.length) - 1] ?? ""));
  setText(desk.next, sayStrokes(desk.drawn, strokes));
}

function pressDrawn(desk, key, waits) {
  const field = desk.kind.current();
  if (!field) return;
  if (document.activeElement !== field.input) field.input.focus();
  if (waits) return drawNext(desk);
  if (key === "CapsLock" && desk.ref.lock) return strikeLock(desk);
  if (key === "Tab" || key === "Shift+Tab") {
    field.keys.push(key);
    field.dirty = true;
    return desk.kind.go?.(field, key === "Tab" ? 1 : -1);
  }
  field.press(key);
}

/** Show real keys on the drawing; typing without having clicked in the field goes there by itself. */
function watchKeys(desk) {
  const down = (event) => {
    desk.board.show(event.code, true);
    if (desk.ref.lock) event.key === "CapsLock" && !event.repeat && strikeLock(desk);
    else watchCaps(desk, event);
    const field = desk.kind.current();
    desk.machine = event.getModifierState?.("CapsLock") ?? false;
    const nowhere = document.activeElement === document.body || document.activeElement === null;
    if (field && nowhere && event.key.length === 1 && !event.ctrlKey && !event.metaKey) field.input.focus();
    if (event.key === "Dead") desk.board.wait("");
    watchPad(desk, event);
  };
  const up = (event) => {
    desk.board.show(event.code, false);
    if (!desk.ref.lock) watchCaps(desk, event);
  };
  addEventListener("keydown", down);
  addEventListener("keyup", up);
  return () => (removeEventListener("keydown", down), removeEventListener("keyup", up));
}

/** Verr Maj as the exercise has it: it was on before one began, whatever the machine's own lamp says. */
function strikeLock(desk) {
  const field = desk.kind.current();
  if (!field) return;
  field.keys.push("CapsLock");
  field.dirty = true;
  setLock(desk, !desk.locked);
  field.flush();
  drawNext(desk);
}

function setLock(desk, on) {
  desk.locked = on;
  desk.board.setCaps(on);
  desk.board.lock(on);
}

/** What the machine wrote, in the case of the exercise's own Verr Maj. */
function turnCase(desk, data) {
  return desk.locked === desk.machine ? data : swapCase(data);
}

const swapCase = (text) => [...text].map((sign) => (sign === sign.toLowerCase() ? sign.toUpperCase() : sign.toLowerCase())).join("");

/** The key for the next sign while Verr Maj is on; before that, Verr Maj itself where the line wants it otherwise. */
function turnNext(desk, next) {
  if (!desk.ref.lock || !next) return next;
  const line = desk.ref.lines[desk.own.line];
  if ((line.caps === "on") !== desk.locked) return { key: "CapsLock" };
  return next.sign && desk.locked ? { sign: swapCase(next.sign) } : next;
}

/** A figure of the pad that writes none, but moves the caret: Verr Num is off. */
function watchPad(desk, { code, key }) {
  if (!/^Numpad[0-9]$/.test(code) || desk.padOff === (key.length > 1)) return;
  desk.padOff = key.length > 1;
  drawNext(desk);
}

function watchCaps(desk, event) {
  const caps = event.getModifierState?.("CapsLock") ?? false;
  if (caps === desk.caps) return;
  desk.caps = caps;
  desk.board.lock(caps);
  drawNext(desk);
}
