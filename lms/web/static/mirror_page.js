/**
 * The trainer's view of a learner's page without a desk: the page as the server writes it, out of reach, drawn anew
 * when the learner goes on. What the trainer is writing stays.
 */
import { bind, postJson, setText } from "./browser.js";
import { poll } from "./poll.js";

const place = document.getElementById("mirror-page");
const state = document.getElementById("nudge-state");
const AWAY = "La connexion est coupée. Nous essayons encore.";

/** A desk needs its modules, another person's page nothing of this one: these start again. */
async function take({ island, page, sentence }) {
  if (island || !page !== !place.dataset.page) return location.reload();
  const said = document.getElementById("screen-sentence");
  if (said) setText(said, bind(sentence));
  if (page === place.dataset.page) return undefined;
  const answer = await fetch(location.href, { credentials: "same-origin" });
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("mirror-page");
  if (!fresh) return location.reload();
  place.replaceChildren(...document.adoptNode(fresh).childNodes);
  place.dataset.page = fresh.dataset.page;
  return undefined;
}

async function send(event) {
  event.preventDefault();
  const { target } = event;
  const { kind, text, csrf_token: csrf } = Object.fromEntries(new FormData(target));
  const result = await postJson(place.dataset.nudge, { kind, text }, { "X-CSRFToken": csrf });
  setText(state, result.ok ? "Votre phrase est arrivée." : result.say || "Rien n'est parti. Essayez encore.");
  if (result.ok) target.reset();
}

document.getElementById("nudge-say")?.addEventListener("submit", send);
poll(place.dataset.live, (data) => data && take(data), {
  away: () => state && setText(state, AWAY),
  back: () => state && setText(state, ""),
});
