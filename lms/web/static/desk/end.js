/** The end: what was reached, its reference, what one can do now, and the one next action. */
import { h, picto, tell } from "../browser.js";
import { words } from "./frame.js";

/** Draw the proof once; the simulated screen stays below it, to be looked at. */
export function drawEnd({ nodes, ended, player, locale }) {
  player?.stop();
  if (nodes.end) return;
  const { say, reference, can, proof, next, again, train } = ended;
  nodes.end = h("section", { class: "desk-end", tabindex: "-1", "aria-label": words.ended },
    h("h2", { class: "desk-end-say" }, picto("fini"), ...tell(say || words.ended, [], locale)),
    reference && h("p", { class: "desk-reference" }, `${words.reference} : `, h("strong", {}, reference)),
    can?.length && h("p", {}, words.nowYouCan),
    can?.length && h("ul", { class: "can-do desk-can" }, ...can.map((one) => h("li", {}, picto("valider"), one))),
    proof?.url && h("p", {}, h("a", { class: "button", href: proof.url }, proof.label)),
    next?.url && h("p", {}, h("a", { class: "button button-next", href: next.url }, next.label)),
    train?.url && h("p", {}, train.say, h("br"), h("a", { class: "button", href: train.url }, train.label)),
    again?.url && h("p", {}, h("a", { class: "button button-plain", href: again.url }, again.label)));
  nodes.host.classList.add("is-ended");
  nodes.host.prepend(nodes.end);
  nodes.help.hidden = true;
  nodes.end.focus({ preventScroll: true });
  nodes.end.scrollIntoView({ block: "start" });
}
