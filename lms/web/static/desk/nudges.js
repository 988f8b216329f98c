/** What the trainer shows or writes while this learner works: highlights and sentences, each seen once. */
import { h } from "../browser.js";
import { poll } from "../poll.js";
import { showSharing } from "../sharing.js";
import { foldGuide, partName, pointAt, words } from "./frame.js";

/** Show the nudges that ride on answers, and ask for more every two seconds. */
export function watchNudges(desk) {
  const seen = new Set();
  let last = 0;
  const show = (nudges = []) => {
    for (const nudge of nudges ?? []) {
      if (seen.has(nudge.id)) continue;
      seen.add(nudge.id);
      if (Number(nudge.id) > last) last = Number(nudge.id);
      drawNudge(desk, nudge);
    }
  };
  show(desk.nudges);
  desk.nudges = { show };
  // What was shown is put away once it was done, and at the end.
  desk.listeners.push((data, sent) => {
    const pointed = desk.nodes.nudge.dataset.part;
    if (data.ended || sent.some(({ response }) => pointed && response.part === pointed)) clear(desk);
  });
  const url = desk.urls.nudges;
  if (url) poll(() => `${url}${url.includes("?") ? "&" : "?"}after=${last}`, (data) => (show(data?.nudges), data?.sharing && showSharing(data.sharing)));
}

function clear({ nodes }) {
  pointAt(nodes, null, "is-nudged");
  nodes.nudge.replaceChildren();
  nodes.nudge.removeAttribute("data-part");
}

function drawNudge(desk, { kind, part, text, url }) {
  const { nodes } = desk;
  clear(desk);
  if (kind === "point") nodes.nudge.dataset.part = part;
  if (kind === "point") pointAt(nodes, part, "is-nudged");
  const intro = { point: words.shows, offer: words.offers }[kind] ?? words.says;
  const sentence = text || (kind === "point" ? partName(nodes, part) : "");
  nodes.nudge.replaceChildren(
    h("p", {}, h("strong", {}, intro), url ? "" : ` ${sentence}`),
    url && h("p", {}, h("a", { class: "button", href: url }, sentence)),
    h("button", { type: "button", class: "button button-plain", onclick: () => clear(desk) }, words.seen));
  foldGuide(nodes, false);
  nodes.foldChosen = true;
}
