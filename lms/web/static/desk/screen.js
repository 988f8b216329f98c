/**
 * A simulated screen drawn from a state: it is built anew and what stands is patched to it, so that focus and caret stay.
 * `data-do` on an element says what touching its `data-part` does: click, type or choose.
 */
import { bringIntoView } from "./view.js";

const REST = 1000;
const DECIDE = ["Enter", " ", "Tab"];

/** Draw `build(world)` in `root` now and at every update; tell `emit` what is touched, unless `readonly`. */
export function drawScreen(root, { state, emit, readonly }, build) {
  const screen = { typing: null, moving: false, shown: null };
  const send = (part, gesture, value) => !readonly && emit({ part, do: gesture, value });
  const flush = () => flushTyped(screen, send);
  const listeners = readonly ? [] : Object.entries(buildListeners(root, screen, send, flush));
  for (const [name, listen] of listeners) root.addEventListener(name, listen);
  const update = (world) => {
    const fresh = build(world);
    if (readonly) for (const field of fresh.querySelectorAll("input, select, textarea")) close(field);
    const inside = root.contains(document.activeElement);
    patchChildren(root, [fresh], screen);
    if (screen.shown !== null && fresh.dataset.screen !== screen.shown && !readonly) turn(root, inside);
    screen.shown = fresh.dataset.screen;
  };
  update(state);
  const destroy = () => {
    clearTimeout(screen.typing?.timer);
    for (const [name, listen] of listeners) root.removeEventListener(name, listen);
    root.replaceChildren();
  };
  return { update, flush, destroy };
}

/** What was typed, or reached by arrows, and not told yet. */
function flushTyped(screen, send) {
  if (!screen.typing) return;
  const { input } = screen.typing;
  letGo(screen);
  if (input.dataset.do === "choose") send(input.dataset.of, "choose", input.value);
  else send(input.dataset.part, "type", input.value);
}

function hold(screen, input, flush) {
  clearTimeout(screen.typing?.timer);
  screen.typing = { input, timer: setTimeout(flush, REST) };
}

function letGo(screen) {
  clearTimeout(screen.typing?.timer);
  screen.typing = null;
}

const together = (one, other) => Boolean(one?.dataset?.of) && one.dataset.of === other?.dataset?.of;

function buildListeners(root, screen, send, flush) {
  return {
    click: (event) => click(event, root, (part) => (flush(), send(part, "click"))),
    input: ({ target }) => {
      if (target.dataset.do === "type") hold(screen, target, flush);
    },
    change: ({ target }) => {
      if (target.dataset.do !== "choose") return;
      // Arrows pass by answers on the way to one: only where they rest is chosen.
      if (screen.moving) return hold(screen, target, flush);
      if (together(screen.typing?.input, target)) letGo(screen);
      send(target.dataset.of, "choose", target.type === "checkbox" && !target.checked ? "" : target.value);
    },
    focusout: ({ target, relatedTarget }) => {
      if (screen.typing?.input === target) together(relatedTarget, target) || flush();
      else if (target.dataset.do === "type" && target.value !== target.dataset.value) target.value = target.dataset.value;
    },
    keydown: (event) => {
      screen.moving = event.target.matches("input[type=radio], select") && !DECIDE.includes(event.key);
      if (event.key === "Enter" && event.target.matches("input[data-do=type]")) (event.preventDefault(), flush());
      else if (event.key === "Enter" && together(screen.typing?.input, event.target)) flush();
    },
    keyup: () => (screen.moving = false),
  };
}

function click(event, root, touch) {
  const link = event.target.closest("[data-to]");
  if (link) {
    event.preventDefault();
    const field = root.querySelector(`#${CSS.escape(link.dataset.to)}`);
    (field?.matches("fieldset") ? field.querySelector("input") : field)?.focus();
    return;
  }
  const part = event.target.closest("[data-do=click]");
  if (part) touch(part.dataset.part);
}

/** Disabled controls are hard to read: what one only looks at stays readable and does nothing. */
function close(field) {
  field.setAttribute("tabindex", "-1");
  field.setAttribute("aria-readonly", "true");
  field.classList.add("only-shown");
  if (field.matches("input[type=text], textarea")) field.setAttribute("readonly", "");
}

/** A new screen: its title (or what is to be looked at again) gets the focus that the old one had. */
function turn(root, inside) {
  const title = root.querySelector("[data-focus]");
  if (!title) return;
  const lost = inside && (!document.activeElement || document.activeElement === document.body || title.matches("[role=alert]"));
  if (lost) title.focus({ preventScroll: true });
  if (inside) bringIntoView(title);
}

function patch(old, fresh, screen) {
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name) && name !== "class" && name !== "style") old.removeAttribute(name);
  // The desk marks what it points at with `is-…` classes: they are its own.
  const kept = [...old.classList].filter((name) => name.startsWith("is-"));
  for (const { name, value } of fresh.attributes) {
    const wanted = name === "class" ? [value, ...kept].join(" ") : value;
    if (old.getAttribute(name) !== wanted) old.setAttribute(name, wanted);
  }
  patchChildren(old, [...fresh.childNodes], screen);
  settle(old, screen);
}

/** What a control shows: the state's, except in the field where one is typing. */
function settle(field, screen) {
  if (field.matches("input[type=checkbox], input[type=radio]")) {
    if (!together(screen.typing?.input, field)) field.checked = field.hasAttribute("data-checked");
  } else if (field.matches("input, textarea, select")) {
    const busy = screen.typing?.input === field || (field === document.activeElement && field.dataset.do === "type");
    if (!busy && field.value !== field.dataset.value) field.value = field.dataset.value ?? "";
  }
}

const keyOf = (node) => node.dataset?.key ?? node.dataset?.part ?? node.id ?? "";

function same(old, fresh) {
  return old.nodeType === fresh.nodeType && old.nodeName === fresh.nodeName && keyOf(old) === keyOf(fresh);
}

function patchChildren(parent, wanted, screen) {
  let at = parent.firstChild;
  for (const fresh of wanted) {
    let old = at;
    while (old && !same(old, fresh)) old = old.nextSibling;
    if (!old) {
      parent.insertBefore(fresh, at);
      if (fresh.nodeType === Node.ELEMENT_NODE) for (const field of [fresh, ...fresh.querySelectorAll("input, textarea, select")]) settle(field, screen);
      continue;
    }
    while (at !== old) at = drop(parent, at);
    if (old.nodeType === Node.TEXT_NODE) old.data !== fresh.data && (old.data = fresh.data);
    else patch(old, fresh, screen);
    at = old.nextSibling;
  }
  while (at) at = drop(parent, at);
}

function drop(parent, node) {
  const next = node.nextSibling;
  node.remove();
  return next;
}
