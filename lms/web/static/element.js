/** Small ways to build and find elements, without markup in strings (strict CSP, no injection). */

/** An element: `h("p", {class: "say", hidden: true}, "text", child)`. Listeners are given as `onclick: f`. */
export function h(tag, given = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === "function") made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

/** Put `text` in `node` only when it differs, so that nothing is announced or selected anew. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Set or remove an attribute only when it differs. */
export function setAttribute(node, name, value) {
  if (value === null || value === undefined || value === false) node.removeAttribute(name);
  else if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value);
}

/** A pictogram of the theme, when the page carries it in `<template id="picto-…">`; else nothing. */
export function picto(name) {
  return document.getElementById(`picto-${name}`)?.content.firstElementChild?.cloneNode(true) ?? null;
}

/** The JSON of `<script type="application/json" id="…">`. */
export function readIsland(id = "island") {
  return JSON.parse(document.getElementById(id).textContent);
}

/** Whether the person asked for less movement. */
export function calm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
