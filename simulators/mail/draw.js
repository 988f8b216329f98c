/**
 * Drawing from a state: a screen is built anew and what stands is patched to it, so that focus and caret stay.
 * The same file stands beside each module that uses it: a simulator's folder imports nothing from outside.
 * `data-do` on an element says what touching its `data-part` does: click, type or choose.
 */

const REST = 1000;
const SVG = "http://www.w3.org/2000/svg";

/** An element; false and null attributes and children are left out. */
export function h(tag, given = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined && value !== null && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  const shown = children.flat(3).filter((child) => child !== null && child !== undefined && child !== false && child !== "");
  made.append(...shown.map((child) => (typeof child === "string" ? space(child) : child)));
  return made;
}

/** French spaces that do not break: before « : ; ? ! », inside quotes, in figures and before their sign. */
function space(text) {
  return text.replace(/ (?=[:;?!»€])|(?<=«) |(?<=\d) (?=\d)/g, "\u00a0");
}

/** A drawing of one stroke on a 24 px grid, for people who look before they read. */
export function icon(path) {
  const made = document.createElementNS(SVG, "svg");
  for (const [name, value] of Object.entries({ viewBox: "0 0 24 24", "aria-hidden": "true", class: "icon" })) made.setAttribute(name, value);
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  made.append(line);
  return made;
}

/** A button that touches `app/part`. */
export function button(part, kind, ...children) {
  return h("button", { type: "button", "data-part": part, "data-do": "click", class: kind }, ...children);
}

/** A text with `{{app.path}}` told from the world. */
export function fill(text, world) {
  const find = (whole, path) => path.split(".").reduce((value, step) => value?.[step], world) ?? "";
  return String(text ?? "").replace(/\{\{\s*([\w.-]+)\s*\}\}/g, find);
}

/** Paragraphs of a text: an empty line parts them, a single one breaks them. */
export function paragraphs(text) {
  return text.split(/\n\s*\n/).map((one) => h("p", {}, one.split("\n").flatMap((line, rank) => (rank ? [h("br"), line] : [line]))));
}

/** Draw `build(world)` in `root` now and at every update; tell `emit` what is touched, unless `readonly`. */
export function play(root, { state, emit, readonly }, build) {
  const screen = { typing: null, shown: null, world: state };
  const send = (part, gesture, value) => !readonly && emit({ part, do: gesture, value });
  const flush = () => {
    if (!screen.typing) return;
    const { input, timer } = screen.typing;
    clearTimeout(timer);
    screen.typing = null;
    send(input.dataset.part, "type", input.value);
  };
  const on = {
    click: (event) => click(event, root, (part) => (flush(), send(part, "click"))),
    input: ({ target }) => {
      if (target.dataset.do !== "type") return;
      clearTimeout(screen.typing?.timer);
      screen.typing = { input: target, timer: setTimeout(flush, REST) };
    },
    change: ({ target }) => {
      if (target.dataset.do === "choose") send(target.dataset.of, "choose", target.type === "checkbox" && !target.checked ? "" : target.value);
    },
    focusout: ({ target }) => {
      if (screen.typing?.input === target) flush();
      else if (target.dataset.do === "type" && target.value !== target.dataset.value) target.value = target.dataset.value;
    },
    keydown: (event) => event.key === "Enter" && event.target.matches("input[data-do=type]") && (event.preventDefault(), flush()),
  };
  if (!readonly) for (const [name, listen] of Object.entries(on)) root.addEventListener(name, listen);
  const draw = (world) => {
    screen.world = world;
    const fresh = build(world);
    if (readonly) for (const field of fresh.querySelectorAll("input, select, textarea")) close(field);
    const inside = root.contains(document.activeElement);
    patchChildren(root, [fresh], screen);
    if (screen.shown !== null && fresh.dataset.screen !== screen.shown && !readonly) turn(root, inside);
    screen.shown = fresh.dataset.screen;
  };
  draw(state);
  const destroy = () => {
    clearTimeout(screen.typing?.timer);
    for (const [name, listen] of Object.entries(on)) root.removeEventListener(name, listen);
    root.replaceChildren();
  };
  return { update: draw, flush, destroy };
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
  const { top } = title.getBoundingClientRect();
  if (inside && (top < 0 || top > innerHeight)) title.scrollIntoView({ block: "center" });
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
    field.checked = field.hasAttribute("data-checked");
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
