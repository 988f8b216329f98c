/** Help, always at the same place: the same five answers on every screen and in every mode. */
import { h, makeId, picto, postJson, setAttribute } from "../browser.js";
import { drawFeedback, frontOf, screenCode, words } from "./frame.js";
import { bringIntoView } from "./view.js";

/** Build the list of help; the page's own «Aide», at the same corner everywhere, opens it here until the exercise ends. */
export function buildHelp(desk) {
  if (desk.ended) return;
  const list = h("div", { class: "desk-help-list", id: "desk-help-list", role: "group", "aria-label": words.help });
  const open = h("button", { type: "button", "aria-expanded": "false", "aria-controls": list.id });
  const show = (shown) => {
    setAttribute(open, "aria-expanded", String(shown));
    desk.nodes.help.classList.toggle("is-open", shown);
    if (!shown) return open.focus({ preventScroll: true });
    list.querySelector("button").focus({ preventScroll: true });
    bringIntoView(list);
  };
  const choice = (name, label, act) => h("button", { type: "button", class: "button button-plain", onclick: () => (show(false), act()) }, picto(name), label);
  list.append(...choices(desk, choice), h("button", { type: "button", class: "button button-plain desk-help-close", onclick: () => show(false) }, words.helpClose));
  open.addEventListener("click", () => show(open.getAttribute("aria-expanded") !== "true"));
  // It lies above the exercise: whoever goes on there has done with it.
  desk.nodes.frame.addEventListener("pointerdown", () => open.getAttribute("aria-expanded") === "true" && show(false));
  for (const place of [open, list]) place.addEventListener("keydown", (event) => event.key === "Escape" && show(false));
  desk.nodes.help.append(list);
  takeOver(desk, open);
  followAlong(desk);
}

/** The header's link becomes the button that opens the list, and the link again at the end; without a header it stands above the list. */
function takeOver(desk, open) {
  const link = document.getElementById("help");
  open.className = link ? `${link.className} desk-help-open` : "button desk-help-open";
  open.append(...(link ? link.cloneNode(true).childNodes : [picto("aide") ?? "", words.help]));
  if (!link) return desk.nodes.help.before(open);
  link.replaceWith(open);
  open.id = link.id;
  desk.listeners.push((data) => data.ended && open.isConnected && open.replaceWith(link));
}

function choices(desk, choice) {
  const { mode, urls } = desk;
  return [
    mode !== "show" && choice("oeil", words.showMe, () => desk.player.showOne()),
    (mode === "assisted" || mode === "alone") && choice("repondre", words.withMe, () => turnGuided(desk)),
    (mode === "assisted" || mode === "alone") && choice("loupe", words.hint, () => desk.ask("hint")),
    urls.call && choice("main", words.call, () => callTrainer(desk)),
    choice("perdu", words.lost, () => sayWhere(desk)),
    urls.restart && restartForm(desk),
  ].filter(Boolean);
}

/** «Faites-le avec moi»: from now on each next part is pointed at, until the end. */
function turnGuided(desk) {
  desk.withMe = true;
  drawFeedback(desk.nodes, { tone: "info", say: words.withMeOn });
  desk.ask("where");
}

/** While «avec moi» is on, ask again after each touch whose answer points at nothing. */
function followAlong(desk) {
  desk.listeners.push((data, sent) => {
    const acted = sent.some(({ response }) => response.part);
    if (desk.withMe && acted && !desk.ended && !data.guide?.part) desk.ask("where");
  });
}

/** «Je suis perdu»: where I am at once, what to do from the server. */
function sayWhere(desk) {
  const front = frontOf(desk.world, desk.apps);
  const { title } = desk.apps.find(({ app }) => app === front);
  drawFeedback(desk.nodes, { tone: "info", say: words.lostHere(title, desk.code ?? screenCode(desk.apps, front, desk.steps)) });
  desk.ask("lost");
}

/** «J'appelle l'animateur»: says who was told and since when, and what to try meanwhile. */
async function callTrainer(desk) {
  const result = await postJson(desk.urls.call, { token: desk.token, id: makeId() }, { "X-CSRFToken": desk.csrf ?? "" });
  if (!result.ok) return drawFeedback(desk.nodes, { tone: "info", say: result.say || words.callAway });
  const since = Date.now();
  drawFeedback(desk.nodes, { tone: "info", say: result.data.say || words.calling });
  clearInterval(desk.calling);
  desk.calling = setInterval(() => {
    const minutes = Math.floor((Date.now() - since) / 60000);
    if (minutes >= 2) drawFeedback(desk.nodes, { tone: "info", say: `${words.calledSince(minutes)} ${words.callLate}` });
    if (minutes >= 10 || desk.ended) clearInterval(desk.calling);
  }, 60000);
}

/** «Recommencer» costs nothing: a plain form, a fresh exercise. */
function restartForm({ urls, csrf }) {
  return h("form", { method: "post", action: urls.restart, class: "desk-restart" },
    csrf && h("input", { type: "hidden", name: "csrf_token", value: csrf }),
    h("button", { type: "submit", class: "button button-plain" }, picto("recommencer"), words.restart));
}
