/** A window over the screen of the app in front: one reads it, and its button closes it. In the learner's language; the words that a real one would have stand beside. */
import { h, setText } from "../browser.js";
import { speaker } from "../voice.js";
import { bringIntoView, frontOf } from "./frame.js";

/** Show the window that stands there now, or take away the one that does no more. */
export function drawWindow(desk, readonly = false) {
  const { nodes, window: told } = desk;
  const room = nodes.room.get(frontOf(desk.world, desk.apps));
  const old = nodes.app.querySelector(".desk-window");
  if (!told) return old && close(old, room);
  room.hidden = true;
  if (old?.dataset.window === `${told.part} ${told.name}`) return undefined;
  const inside = !readonly && (nodes.frame.contains(document.activeElement) || document.activeElement === document.body);
  const fresh = build(desk, told, readonly);
  if (old) old.replaceWith(fresh);
  else nodes.app.append(fresh);
  if (!inside) return undefined;
  fresh.focus({ preventScroll: true });
  return bringIntoView(fresh);
}

/** What was below is there again, with the focus that the window had. */
function close(old, room) {
  const inside = old.contains(document.activeElement);
  old.remove();
  if (inside) room.querySelector("[data-focus]")?.focus();
}

function build(desk, told, readonly) {
  const { own = told } = told;
  const foreign = own.title !== told.title || own.text !== told.text;
  const button = h("button", { type: "button", class: "desk-window-button", "data-part": told.part }, h("span", { lang: "fr", dir: "ltr" }, told.button),
    own.button !== told.button && h("span", learners(desk), own.button));
  if (!readonly) button.addEventListener("click", () => desk.emit({ part: told.part, do: "click" }));
  const listen = speaker(told.say, desk.voice?.[told.say]).button;
  return h("div", { class: `desk-window desk-window-${told.name}`, role: "alertdialog", "aria-label": own.title, tabindex: "-1", "data-window": `${told.part} ${told.name}` },
    h("div", foreign ? learners(desk) : {}, h("h2", {}, own.title), h("p", {}, own.text), !readonly && listen),
    foreign && h("p", { class: "desk-window-french", lang: "fr", dir: "ltr" }, h("strong", {}, told.title), " ", told.text),
    button);
}

/** Within a French screen, what is said in the learner's language. */
const learners = ({ locale }) => ({ lang: locale, dir: locale === "ar" ? "rtl" : "ltr" });
