/** What the trainer shows or writes while this learner works: highlights and sentences, each seen once. */
import { bind, h } from "../browser.js";
import { poll } from "../poll.js";
import { askWith, keepPutAway, readPutAway } from "../put_away.js";
import { showSharing } from "../sharing.js";
import { foldGuide, partName, pointAt, words } from "./frame.js";

/** Show the nudges that ride on answers, and ask for more every two seconds. */
export function watchNudges(desk) {
  let last = readPutAway();
  const show = (nudges = []) => {
    for (const nudge of nudges ?? []) {
      if (nudge.id <= last) continue;
      last = nudge.id;
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
  const ask = askWith(url, desk.ended ? "" : desk.attempt);
  if (url) poll(() => ask(last), (data) => (show(data?.nudges), data?.sharing && showSharing(data.sharing)));
}

function clear({ nodes }) {
  pointAt(nodes, null, "is-nudged");
  if (nodes.nudge.dataset.number) keepPutAway(Number(nodes.nudge.dataset.number));
  nodes.nudge.replaceChildren();
  nodes.nudge.removeAttribute("data-part");
  nodes.nudge.removeAttribute("data-number");
}

function drawNudge(desk, { id, kind, part, text, url }) {
  const { nodes } = desk;
  clear(desk);
  nodes.nudge.dataset.number = id;
  if (kind === "point") nodes.nudge.dataset.part = part;
  if (kind === "point") pointAt(nodes, part, "is-nudged");
  const intro = { point: words.shows, offer: words.offers }[kind] ?? words.says;
  const sentence = text || (kind === "point" ? partName(nodes, part) : "");
  nodes.nudge.replaceChildren(
    h("p", {}, h("strong", {}, bind(intro)), url ? "" : ` ${bind(sentence)}`),
    url ? h("p", {}, h("a", { class: "button", href: url, onclick: () => keepPutAway(id) }, sentence)) : "",
    h("button", { type: "button", class: "button button-plain", onclick: () => clear(desk) }, words.seen));
  foldGuide(nodes, false);
  nodes.foldChosen = true;
}
