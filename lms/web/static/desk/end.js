/** The end: what was reached, its reference, what one can do now, and the one next action. */
import { h, picto, tell } from "../browser.js";
import { words } from "./frame.js";

/** A link that looks like a button, with its pictogram. */
function lead({ url, label }, shape, kind) {
  return h("a", { class: `button ${kind}`, href: url }, picto(shape), h("span", { class: "button-text" }, label));
}

/** Draw the proof once; the simulated screen stays below it, to be looked at. */
export function drawEnd({ nodes, ended, player, locale }) {
  player?.stop();
  if (nodes.end) return;
  const { say, reference, can, proof, next, again, train } = ended;
  nodes.end = h("section", { class: "desk-end", tabindex: "-1", "aria-label": words.ended },
    h("h2", { class: "desk-end-say" }, picto("fini"), ...tell(say || words.ended, [], locale)),
    reference && h("p", { class: "desk-reference" }, `${words.reference} : `, h("strong", {}, reference)),
    can?.length > 0 && h("p", {}, words.nowYouCan),
    can?.length > 0 && h("ul", { class: "can-do desk-can" }, ...can.map((one) => h("li", {}, picto("valider"), one))),
    next?.url && lead(next, "continuer", "button-next"),
    train?.url && h("p", {}, train.say),
    h("div", { class: "row" }, train?.url && lead(train, "crayon", "button-plain"), proof?.url && lead(proof, "imprimante", "button-plain"), again?.url && lead(again, "recommencer", "button-plain")));
  nodes.host.classList.add("is-ended");
  nodes.host.prepend(nodes.end);
  nodes.help.hidden = true;
  nodes.end.focus({ preventScroll: true });
  nodes.end.scrollIntoView({ block: "start" });
}
