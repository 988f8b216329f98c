/** A page that scrolls, and in it a frame that scrolls by itself: which one moves is where the pointer stands. */
import { hiddenHeight, lift, watchScroll } from "./notice.js";

/** The page with its frame, the box under the frame, the button at the end. */
export function buildFrame({ app, ref, send, readonly, kit }) {
  const { h } = kit;
  const texts = (lines) => lines.map((line) => h("p", {}, line));
  const frame = scrolling(h, `${app}/frame`, "framed", ref.inside.title, h("h3", {}, ref.inside.title), ...texts(ref.inside.paragraphs));
  const agree = h("button", { type: "button", class: "tick", role: "checkbox", "aria-checked": "false", "data-part": `${app}/agree`, "data-gesture": "click", onclick: readonly ? null : () => send("agree", "click") }, h("span", { class: "box", "aria-hidden": "true" }), ref.box);
  const end = h("button", { type: "button", class: "lift last", "data-part": `${app}/send`, "data-gesture": "click", onclick: readonly ? null : () => send("send", "click") }, ref.button);
  const page = scrolling(h, `${app}/page`, "notice sheet", ref.title, h("h2", {}, ref.title), ...texts(ref.before), frame,
    h("div", { class: "lifts" }, lift(kit, frame, -1, "▲ Cadre"), lift(kit, frame, 1, "▼ Cadre")), agree, ...texts(ref.after), end);
  const places = [watch(frame, readonly, (trace) => send("frame", "trace", trace)), watch(page, readonly, (trace) => send("page", "trace", trace))];
  return {
    node: h("div", { class: "page" }, page, h("div", { class: "lifts" }, lift(kit, page, -1, "▲ Page"), lift(kit, page, 1, "▼ Page"))),
    update({ inner, outer, agreed, sent }) {
      places[0].draw(inner);
      places[1].draw(outer);
      agree.setAttribute("aria-checked", String(agreed));
      agree.querySelector(".box").textContent = agreed ? "✓" : "";
      kit.setText(end, sent ? ref.sent : ref.button);
    },
    ready: () => places.forEach((place) => place.again()),
    destroy: () => places.forEach((place) => clearTimeout(place.where.timer)),
  };
}

function scrolling(h, part, kind, label, ...children) {
  return h("div", { class: kind, tabindex: "0", role: "region", "aria-label": label, "data-part": part, "data-gesture": "scroll" }, ...children);
}

/** Where one box is scrolled to, and how the state draws it. A scroll within the frame is not one of the page. */
function watch(box, readonly, emit) {
  const where = { sent: 0, timer: 0, drawn: 0 };
  if (!readonly) watchScroll(box, where, emit);
  const again = () => (box.scrollTop = (where.drawn / 100) * hiddenHeight(box));
  return { where, again: () => where.drawn > 0 && again(), draw: (place) => place !== where.sent && ((where.drawn = where.sent = place), again()) };
}
