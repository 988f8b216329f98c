/** A window over the app in front, in the learner's language; the words of a real one stand beside. */
import { h } from "../browser.js";
import { speaker } from "../voice.js";
import { frontOf } from "./frame.js";
import { bringIntoView } from "./view.js";

/** Show the window that stands there, or take away the one that does no more. */
export function drawWindow(desk, readonly = false) {
  const { nodes, window: told } = desk;
  const room = nodes.room.get(frontOf(desk.world, desk.apps));
  const old = nodes.app.querySelector(".desk-window");
  if (!told) return old && close(old, [desk.before, room.querySelector("[data-focus]"), ...room.querySelectorAll("[data-part]")], room);
  const focused = document.activeElement;
  room.hidden = true;
  if (old?.dataset.window === `${told.part} ${told.name}`) return undefined;
  const inside = !readonly && (nodes.frame.contains(focused) || focused === document.body);
  const fresh = build(desk, told, readonly);
  if (old) old.replaceWith(fresh);
  else {
    desk.before = focused;
    nodes.app.append(fresh);
  }
  if (!inside) return undefined;
  fresh.focus({ preventScroll: true });
  return bringIntoView(fresh);
}

/** What was below is there again, and the focus goes to the first of these places that can have it. */
function close(old, places, room) {
  const inside = old.contains(document.activeElement);
  old.remove();
  for (const place of inside ? places : []) {
    if (!room.contains(place)) continue;
    place.focus();
    if (place === document.activeElement) return;
  }
}

function build(desk, { part, name, title, text, button: label, say, own }, readonly) {
  const { lang, dir } = own;
  const foreign = lang !== "fr";
  const button = h("button", { type: "button", class: "desk-window-button", "data-part": part, onclick: !readonly && (() => desk.emit({ part, do: "click" })) },
    h("span", { lang: "fr", dir: "ltr" }, label), own.button !== label && h("span", { lang, dir }, own.button));
  const listen = speaker(say, desk.voice?.[say]).button;
  return h("div", { class: `desk-window desk-window-${name}`, role: "alertdialog", "aria-labelledby": "window-title", "aria-describedby": "window-text", tabindex: "-1", "data-window": `${part} ${name}`,
      onkeydown: ({ key }) => key === "Escape" && button.click() },
    h("div", foreign ? { lang, dir } : {}, h("h2", { id: "window-title" }, own.title), h("p", { id: "window-text" }, own.text), !readonly && listen),
    foreign && h("p", { class: "desk-window-french", lang: "fr", dir: "ltr" }, h("strong", {}, title), " ", text),
    button);
}
