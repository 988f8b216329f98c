/** The voice on the desk: asked once, then each new instruction is said by itself if that was the wish. */
import { h } from "../element.js";
import { canSay, rememberVoice, voiceWish } from "../voice.js";
import { words } from "./words.js";

/** Ask once whether instructions are to be said. Resolves with the answer, or at once when known or impossible. */
export function askVoice(desk) {
  const sounds = Object.keys(desk.voice ?? {}).length > 0 || canSay();
  if (voiceWish() || !sounds || desk.ended) return Promise.resolve();
  return new Promise((resolve) => {
    const choose = (wish) => {
      rememberVoice(wish);
      asked.remove();
      if (wish === "on") desk.nodes.speaker.play();
      desk.nodes.say.focus();
      resolve();
    };
    const asked = h("div", { class: "desk-ask", role: "group", "aria-label": words.askVoice }, h("p", {}, words.askVoice),
      h("button", { type: "button", class: "button", onclick: () => choose("on") }, words.askYes),
      h("button", { type: "button", class: "button", onclick: () => choose("off") }, words.askNo));
    desk.nodes.guide.append(asked);
  });
}

/** Say the instruction when it is a new one and the voice is wished. */
export function saySoon(desk) {
  const text = desk.nodes.say.textContent;
  if (text === desk.said) return;
  const first = desk.said === undefined;
  desk.said = text;
  if (voiceWish() === "on" && !desk.ended && !(first && desk.mode === "show")) desk.nodes.speaker.play();
}
