/** The network is away, back, or the server will not have this exercise any more: said calmly, in one place. */
import { h } from "../element.js";
import { words } from "./words.js";

/** What is done is kept; the exercise waits for the network. */
export function drawAway({ nodes }, say) {
  if (!nodes.offline.hidden) return;
  nodes.host.classList.add("is-away");
  nodes.host.removeAttribute("aria-busy");
  nodes.offline.hidden = false;
  nodes.offline.replaceChildren(h("p", {}, h("strong", {}, say || words.away)), h("p", {}, words.awayWait));
}

/** It goes on by itself. */
export function drawBack(desk) {
  const { nodes } = desk;
  nodes.host.classList.remove("is-away");
  nodes.offline.hidden = true;
  nodes.offline.replaceChildren();
}

/** Only a reload helps. */
export function drawRefused({ nodes }, say) {
  nodes.host.classList.remove("is-away");
  nodes.offline.hidden = false;
  const reload = h("button", { type: "button", class: "button button-next", onclick: () => location.reload() }, words.reload);
  nodes.offline.replaceChildren(h("p", {}, say || words.refused), reload);
}
