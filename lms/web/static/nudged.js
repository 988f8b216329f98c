/**
 * What the trainer writes while a learner reads a page without a desk: one bar at its foot, until «J'ai vu». On a desk
 * its own nudges say it.
 */
import { bind, h, told } from "./browser.js";
import { poll } from "./poll.js";
import { askWith, keepPutAway, readPutAway } from "./put_away.js";

const PLACE = "/learn/nudges";

/** A sentence or an exercise as a row of the bar. */
function draw(bar, { id, kind, text, url }) {
  const intro = kind === "offer" ? told("offers", "Votre animateur vous propose un exercice :") : told("says", "Votre animateur vous dit :");
  const ways = h("div", { class: "sharing-ways" },
    url && h("a", { class: "button", href: url, onclick: () => keepPutAway(id) }, bind(text)),
    h("button", { type: "button", class: "button button-plain", onclick: () => (keepPutAway(id), bar.remove()) }, told("seen", "J'ai vu")));
  bar.replaceChildren(h("div", { class: "sharing-one is-asked" }, h("p", {}, h("strong", {}, bind(intro)), url ? "" : ` ${bind(text)}`), ways));
  document.body.append(bar);
}

function watch() {
  const bar = h("section", { id: "nudged", class: "sharing", role: "status" });
  const ask = askWith(PLACE, document.querySelector("[data-attempt]")?.dataset.attempt);
  let last = readPutAway();
  poll(() => ask(last), (data) => {
    for (const nudge of data?.nudges ?? []) {
      if (nudge.id <= last) continue;
      last = nudge.id;
      if (nudge.kind !== "point") draw(bar, nudge); // there is no part to point at
    }
  });
}

watch();
