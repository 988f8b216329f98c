/** Cards in a row to put in order: dragged, or taken with one click and put with another; «Annuler» takes a move back. */
import { picture } from "./draw.js";
import { letGo, watchDrag } from "./shelves.js";

/** The row, and the button that undoes; Ctrl+Z does as well. */
export function buildSort({ app, ref, send, readonly, kit }) {
  const { h } = kit;
  const cards = new Map(ref.items.map((item) => [item.id, buildCard(kit, app, item)]));
  const undo = h("button", { type: "button", class: "lift undo", "data-part": `${app}/undo`, "data-gesture": "click", onclick: readonly ? null : () => send("undo", "click") }, "↶ Annuler");
  const row = h("ol", { class: "ordered", "aria-label": ref.table });
  const node = h("div", { class: "sorting" }, undo, row);
  if (!readonly) {
    const others = (id) => new Map([...cards].filter(([other]) => other !== id));
    cards.forEach((card, id) => watchDrag(card, others(id), ref.tolerance, (trace) => send(id, "trace", trace)));
    node.addEventListener("keydown", (event) => event.key.toLowerCase() === "z" && event.ctrlKey && (event.preventDefault(), send("undo", "click")));
  }
  return { node, update: (own) => draw(kit, own, cards, row) };
}

function buildCard({ h }, app, item) {
  return h("button", { type: "button", class: "item card", "data-part": `${app}/${item.id}`, "data-gesture": "drag", "aria-pressed": "false" },
    h("span", { class: "rank", "aria-hidden": "true" }), picture(item.picture), h("span", { class: "caption" }, item.label));
}

/** Cards are moved, not made anew: the one that has the focus keeps it. */
function draw({ h, setText }, { order, held }, cards, row) {
  const active = document.activeElement;
  order.forEach((id, at) => {
    const card = cards.get(id);
    letGo(card);
    card.setAttribute("aria-pressed", String(held === id));
    setText(card.querySelector(".rank"), String(at + 1));
    const place = row.children[at] ?? row.appendChild(h("li"));
    if (place.firstChild !== card) place.prepend(card);
  });
  row.toggleAttribute("data-waiting", held !== null);
  if (row.contains(active) && active !== document.activeElement) active.focus({ preventScroll: true });
}
