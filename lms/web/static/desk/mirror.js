/**
 * The trainer's view of a learner's screen: the same modules, `readonly`, drawn from what the server last knew.
 * A click on a part shows that part to the learner; a sentence goes to him too. Without `urls.nudge` one only looks.
 */
import { bind, h, postJson, readIsland, setText } from "../browser.js";
import { poll } from "../poll.js";
import { buildFrame, drawFeedback, drawFrame, frontOf, partName, pointAt, words } from "./frame.js";
import { mountApp } from "./room.js";
import { drawWindow } from "./window.js";

const WORDS = { shown: (part) => `Montré à l'écran : ${part}.`, sent: "Votre phrase est arrivée.", offered: "Votre proposition est arrivée.", away: "La connexion est coupée. Nous essayons encore.", lost: "Rien n'est parti. Essayez encore." };

/** Start the mirror on this page. */
export async function startMirror(island = readIsland(), host = document.getElementById("desk")) {
  Object.assign(words, island.words);
  const desk = { ...island, nodes: buildFrame(host, { ...island, readonly: true }), rooms: new Map(), emit: () => {} };
  desk.nodes.help.remove();
  await draw(desk);
  if (desk.urls.nudge) coverWithGlass(desk); // who looks from afar shows nothing there
  for (const id of ["nudge-say", "nudge-point", "nudge-offer"]) document.getElementById(id)?.addEventListener("submit", (event) => send(desk, event));
  poll(desk.urls.live ?? desk.urls.screen, (data) => data && take(desk, data), {
    away: () => tell("nudge-state", WORDS.away),
    back: () => tell("nudge-state", ""),
  });
  return desk;
}

/** Another attempt has other modules: the page starts again. Else only what changed is drawn. */
async function take(desk, { island, sentence, proposal }) {
  if (island?.attempt !== desk.attempt || island.world?.seat !== desk.world?.seat) return location.reload();
  Object.assign(desk, island, { urls: desk.urls });
  tell("screen-sentence", bind(sentence ?? ""));
  drawProposal(proposal);
  await draw(desk);
}

/** Why it does not go on, and the exercise that fits; hidden while nobody knows. */
function drawProposal(proposal) {
  const form = document.getElementById("nudge-offer");
  if (!form) return;
  form.hidden = !proposal;
  form.elements.part.value = proposal?.activity ?? "";
  tell("cause", proposal?.say ?? "");
}

async function draw(desk) {
  const front = frontOf(desk.world, desk.apps);
  for (const room of desk.rooms.values()) room.update(desk.world);
  drawFrame(desk.nodes, desk);
  drawWindow(desk, true);
  drawFeedback(desk.nodes, desk.feedback, desk.guide);
  if (!desk.rooms.has(front)) desk.rooms.set(front, await mountApp(desk, desk.apps.find(({ app }) => app === front), true));
  pointAt(desk.nodes, desk.ended ? null : desk.guide?.part || desk.feedback?.part, "is-pointed", true);
  listParts(desk);
}

/** Readonly controls swallow clicks; a glass above them takes the click and finds the part below. */
function coverWithGlass(desk) {
  const glass = h("div", { class: "desk-glass" });
  glass.addEventListener("click", ({ clientX, clientY }) => {
    const below = document.elementsFromPoint(clientX, clientY).map((one) => one.closest(".desk-app [data-part]")).find(Boolean);
    if (below) nudge(desk, { kind: "point", part: below.dataset.part });
  });
  desk.nodes.app.append(glass);
  for (const tab of desk.nodes.tabs.values()) tab.addEventListener("click", () => nudge(desk, { kind: "point", part: tab.dataset.part }));
}

/** The keyboard's way: every part on screen as a button with its own words. Untouched while nothing changed. */
function listParts({ nodes }) {
  const list = document.getElementById("mirror-parts");
  const template = document.getElementById("mirror-part");
  if (!list || !template) return;
  const found = [...nodes.frame.querySelectorAll("[data-part]")].filter((one) => !one.closest("[hidden]"));
  const wanted = found.map(({ dataset }) => [dataset.part, partName(nodes, dataset.part)]).filter(([, name]) => name);
  if (list.dataset.shown === JSON.stringify(wanted)) return;
  list.dataset.shown = JSON.stringify(wanted);
  list.replaceChildren(...wanted.map(([part, name]) => {
    const one = template.content.firstElementChild.cloneNode(true);
    one.value = part;
    setText(one.querySelector("[data-fill=text]") ?? one, name);
    return one;
  }));
}

async function send(desk, event) {
  event.preventDefault();
  const { target, submitter } = event;
  const fields = Object.fromEntries(new FormData(target, submitter));
  if (await nudge(desk, fields)) target.reset();
}

async function nudge(desk, { kind, part = "", text = "" }) {
  const csrf = desk.csrf ?? document.querySelector("input[name=csrf_token]")?.value ?? "";
  const fields = { kind, part, text };
  const result = await postJson(desk.urls.nudge, fields, { "X-CSRFToken": csrf });
  if (!result.ok) return tell("nudge-state", result.say || WORDS.lost), false;
  if (fields.kind === "point") pointAt(desk.nodes, fields.part, "is-nudged", true);
  tell("nudge-state", { point: WORDS.shown(partName(desk.nodes, fields.part)), offer: WORDS.offered }[fields.kind] ?? WORDS.sent);
  return true;
}

function tell(id, sentence) {
  const place = document.getElementById(id);
  if (place && sentence !== undefined) setText(place, sentence);
}

if (document.getElementById("desk")) startMirror();
