/**
 * What every simulator is handed: `mount(root, {…, kit})`. Elements, drawings, and a screen that is drawn from a state and
 * keeps focus and caret. A module may do without it.
 */
import { bind, h as build, setText } from "../browser.js";
import { drawScreen } from "./screen.js";

const SVG = "http://www.w3.org/2000/svg";

/** An element: `h("p", {class: "lead", onclick: f}, "text", child, [more])`. Empty attributes and children are left out, French spaces do not break. */
function h(tag, given = {}, ...children) {
  const shown = children.flat(3).filter((child) => child !== "");
  return build(tag, given, ...shown.map((child) => (typeof child === "string" ? bind(child) : child)));
}

/** A picture of paths `[class, d]`, for people who look before they read; not read aloud. */
function drawing(kind, viewBox, paths) {
  const make = (tag, given) => {
    const made = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(given)) if (value) made.setAttribute(name, value);
    return made;
  };
  const made = make("svg", { viewBox, class: kind, "aria-hidden": "true" });
  made.append(...paths.map(([name, d]) => make("path", { class: name, d })));
  return made;
}

/** A drawing of one stroke on a 24 px grid. */
function icon(path) {
  return drawing("icon", "0 0 24 24", [["", path]]);
}

/** A button that touches `app/part`. */
function button(part, kind, ...children) {
  return h("button", { type: "button", "data-part": part, "data-do": "click", class: kind }, ...children);
}

/** A text with `{{app.path}}` told from the world. */
function fill(text, world) {
  const find = (whole, path) => path.split(".").reduce((value, step) => value?.[step], world) ?? "";
  return String(text ?? "").replace(/\{\{\s*([\w.-]+)\s*\}\}/g, find);
}

/** Paragraphs of a text: an empty line parts them, a single one breaks them. */
function paragraphs(text) {
  return text.split(/\n\s*\n/).map((one) => h("p", {}, one.split("\n").flatMap((line, rank) => (rank ? [h("br"), line] : [line]))));
}

const TINTS = ["", "tint-sea", "tint-forest", "tint-violet", "tint-umber", "tint-slate"];

/** The class that gives a site its colour, none for the theme's own: the same for the same name, whatever the exercise. */
function tint(name) {
  return TINTS[[...String(name ?? "")].reduce((sum, sign) => (sum * 31 + sign.codePointAt(0)) % 9973, 566) % TINTS.length];
}

export const kit = Object.freeze({ h, setText, drawing, icon, button, fill, paragraphs, tint, drawScreen });
