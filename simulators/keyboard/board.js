/** The drawn keyboard: shows which key comes next and which one goes down; each key can be clicked or touched. */
import { compose, signsOf } from "./layouts.js";

const NAMED = {
  Backspace: ["⌫ Effacer", 2], Tab: ["Tab ⇥", 1.5], Enter: ["Entrée", 1.5], CapsLock: ["Verr Maj", 1.9], ShiftLeft: ["Maj", 1.4],
  ShiftRight: ["Maj", 2.6], ControlLeft: ["Ctrl", 1.3], AltLeft: ["Alt", 1.3], Space: ["espace", 6], AltRight: ["AltGr", 1.6],
  Delete: ["Suppr", 1.7], ArrowLeft: ["←", 1.5], ArrowRight: ["→", 1.5],
};
const ROUND = [[[], ["Backspace"]], [["Tab"], ["Enter"]], [["CapsLock"], []], [["ShiftLeft"], ["ShiftRight"]]];
const LAST = ["ControlLeft", "AltLeft", "Space", "AltRight", "Delete", "ArrowLeft", "ArrowRight"];
const NARROW = ["Tab", "CapsLock", "Backspace"];
const WIDE_ONLY = ["Backspace", "Tab", "Enter", "CapsLock", "ShiftRight", "ControlLeft", "AltLeft"];

/** `press(token)` gets what a clicked key writes or does. `{node, draw(layout), point(strokes), show(code, down), lock(on)}`. */
export function buildBoard({ h }, press, readonly) {
  const board = { layout: null, shift: false, altgr: false, caps: false, pending: "" };
  const node = h("div", { class: "keys", role: "group", "aria-label": "Clavier dessiné", "data-repeat": true });
  if (!readonly) {
    node.addEventListener("pointerdown", (event) => event.preventDefault());
    node.addEventListener("click", (event) => {
      const key = event.target.closest("[data-code]");
      if (key) strike(board, node, key.dataset.code, press);
    });
  }
  return {
    node,
    get pending() {
      return board.pending;
    },
    draw(layout) {
      if (layout === board.layout) return;
      board.layout = layout;
      node.classList.toggle("is-pad", Boolean(layout.pad));
      node.replaceChildren(...drawRows(h, layout));
    },
    point: (strokes) => point(node, strokes),
    show: (code, down) => keysOf(node, code).forEach((key) => key.classList.toggle("is-down", down)),
    setCaps: (on) => (board.caps = on),
    lock: (on) => keysOf(node, "CapsLock").forEach((key) => key.classList.toggle("is-locked", on || board.caps)),
    wait: (sign) => (board.pending = sign),
  };
}

function drawRows(h, layout) {
  if (layout.pad) {
    const keys = layout.rows.map((row) => h("div", { class: "keys-row" }, ...row.map((key) => drawKey(h, key, layout))));
    return [h("div", { class: "keys-row" }, drawNamed(h, "Backspace", [])), ...keys];
  }
  const rows = layout.rows.map((keys, at) => h("div", { class: "keys-row" },
    ...ROUND[at][0].map((code) => drawNamed(h, code, WIDE_ONLY)), ...keys.map((key) => drawKey(h, key, layout)), ...ROUND[at][1].map((code) => drawNamed(h, code, WIDE_ONLY))));
  const last = h("div", { class: "keys-row" }, ...LAST.map((code) => drawNamed(h, code, WIDE_ONLY)));
  const narrow = h("div", { class: "keys-row only-narrow" }, ...NARROW.map((code) => drawNamed(h, code, [])));
  return [...rows, last, narrow];
}

function drawKey(h, [code, plain, shift, altgr], layout) {
  const letter = (shift === plain.toUpperCase() && shift !== plain) || layout.pad;
  const labels = letter ? [h("b", {}, shift ?? plain)] : [h("span", { class: "shift" }, shift ?? ""), h("b", {}, plain), altgr ? h("span", { class: "altgr" }, altgr) : null];
  const hidden = layout.extra.includes(code) ? " only-wide" : "";
  return h("button", { type: "button", class: `key${letter ? "" : " has-signs"}${hidden}`, tabindex: "-1", "data-code": code }, ...labels);
}

function drawNamed(h, code, wideOnly) {
  const [label, wide] = NAMED[code];
  const key = h("button", { type: "button", class: `key named${wideOnly.includes(code) ? " only-wide" : ""}`, tabindex: "-1", "data-code": code }, label);
  key.style.setProperty("--wide", wide);
  return key;
}

function keysOf(node, code) {
  return node.querySelectorAll(`[data-code="${CSS.escape(code)}"]`);
}

function point(node, strokes) {
  for (const old of node.querySelectorAll(".is-next, .is-held")) old.classList.remove("is-next", "is-held");
  const [stroke] = strokes;
  if (!stroke) return;
  keysOf(node, stroke.code).forEach((key) => key.classList.add("is-next"));
  const held = stroke.shift ? "ShiftLeft" : stroke.altgr ? "AltRight" : "";
  if (held) keysOf(node, held).forEach((key) => key.classList.add("is-held"));
}

/** A clicked key: Maj and AltGr wait for one other key, so that one finger is enough. */
function strike(board, node, code, press) {
  if (code.startsWith("Shift")) return hold(board, node, "shift", ["ShiftLeft", "ShiftRight"]);
  if (code === "AltRight") return hold(board, node, "altgr", ["AltRight"]);
  if (code === "CapsLock") {
    board.caps = !board.caps;
    keysOf(node, code).forEach((key) => key.classList.toggle("is-locked", board.caps));
    return press("CapsLock");
  }
  if (code in NAMED && code !== "Space") {
    if (!["ControlLeft", "AltLeft", "Enter"].includes(code)) press(board.shift && code === "Tab" ? "Shift+Tab" : code);
  } else write(board, code, press);
  release(board, node);
}

function write(board, code, press) {
  const [plain, shift, altgr] = signsOf(board.layout, code);
  const letter = shift === plain.toUpperCase();
  const sign = board.altgr ? altgr : board.shift || (board.caps && letter) ? shift : plain;
  if (!sign) return;
  if (board.layout.dead.includes(sign) && !board.pending) return void press((board.pending = sign), true);
  const made = board.pending ? compose(board.pending, sign) : sign;
  board.pending = "";
  for (const each of made) press(each);
}

function hold(board, node, name, codes) {
  board[name] = !board[name];
  for (const code of codes) keysOf(node, code).forEach((key) => key.classList.toggle("is-down", board[name]));
}

function release(board, node) {
  Object.assign(board, { shift: false, altgr: false });
  for (const code of ["ShiftLeft", "ShiftRight", "AltRight"]) keysOf(node, code).forEach((key) => key.classList.remove("is-down"));
}
