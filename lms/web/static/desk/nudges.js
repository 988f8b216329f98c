/** What the trainer shows or writes while this learner works: highlights and sentences, each seen once. */
import { h } from "../browser.js";
import { poll } from "../poll.js";
import { partName, pointAt, words } from "./frame.js";

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
  const url = desk.urls.nudges;
  if (url) poll(() => `${url}${url.includes("?") ? "&" : "?"}after=${last}`, (data) => show(data?.nudges));
}

function drawNudge({ nodes }, { kind, part, text }) {
  const close = () => {
    pointAt(nodes, null, "is-nudged");
    nodes.nudge.replaceChildren();
  };
  if (kind === "point") pointAt(nodes, part, "is-nudged");
  const intro = kind === "point" ? words.shows : words.says;
  const sentence = text || (kind === "point" ? partName(nodes, part) : "");
  nodes.nudge.replaceChildren(
    h("p", {}, h("strong", {}, intro), ` ${sentence}`),
    h("button", { type: "button", class: "button button-plain", onclick: close }, words.seen));
  nodes.guide.classList.remove("is-folded");
}
