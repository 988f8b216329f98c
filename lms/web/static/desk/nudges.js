/** What the trainer shows or writes while this learner works: highlights and sentences, each seen once. */
import { h } from "../element.js";
import { poll } from "../poll.js";
import { pointAt } from "./point.js";
import { words } from "./words.js";

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
  desk.nudges = { show };
  show(desk.nudges_first ?? []);
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

/** What the part calls itself, so that the sentence says it too. */
export function partName(nodes, part) {
  const target = nodes.frame.querySelector(`[data-part="${CSS.escape(part ?? "")}"]`);
  const name = target?.getAttribute("aria-label") || target?.labels?.[0]?.textContent || target?.textContent || "";
  const short = name.trim().replace(/\s+/g, " ").slice(0, 60);
  return short ? `« ${short} »` : "";
}
