/** The training frame: our side (guide) and, inside the honey border, the simulated screen; and what points at its parts. */
import { h, picto, setAttribute, setText, tell } from "../browser.js";
import { speaker } from "../voice.js";
import { bringIntoView, watchBand } from "./view.js";

/** Every sentence that the desk says by itself; a page may bring its own under `island.words`. */
export const words = {
  training: "Entraînement",
  instruction: "Consigne",
  screen: "Écran",
  step: (n, all) => `Étape ${n} sur ${all}`,
  modes: { show: "Montrez-moi", guided: "Avec moi", assisted: "Je demande", alone: "Seul·e" },
  tones: { info: "À savoir", almost: "Presque", right: "C'est juste", done: "C'est fait" },
  fold: "Réduire",
  unfold: "Tout lire",
  help: "Aide",
  helpClose: "Fermer l'aide",
  hint: "Un indice",
  withMe: "Faites-le avec moi",
  withMeOn: "Je vous guide, pas à pas.",
  showMe: "Montrez-moi",
  showing: "Je fais ce geste pour vous.",
  call: "J'appelle l'animateur",
  calling: "Votre animateur est prévenu.",
  calledSince: (minutes) => `Votre animateur est prévenu depuis ${minutes} min.`,
  callLate: "En attendant, essayez « Montrez-moi ».",
  callAway: "La connexion est coupée. Levez la main.",
  lost: "Je suis perdu",
  lostHere: (title, place) => `Vous êtes dans « ${title} », écran ${place}.`,
  restart: "Recommencer",
  leave: "Arrêter ici",
  away: "La connexion est coupée. Ce que vous avez fait est gardé.",
  awayWait: "L'exercice continue tout seul dès son retour.",
  back: "La connexion est revenue. Vous pouvez continuer.",
  stale: "L'écran a changé. Regardez encore une fois.",
  refused: "Cet exercice n'est plus ouvert ici. Rechargez la page.",
  held: "Ce qui n'est pas envoyé reste sur cet ordinateur. Quand le travail est ouvert, revenez ici : le reste part tout seul.",
  reload: "Recharger la page",
  broken: (app) => `L'écran « ${app} » ne s'affiche pas. Rechargez la page.`,
  pause: "Pause",
  resume: "Reprendre",
  next: "Suivant",
  shows: "Votre animateur vous montre :",
  says: "Votre animateur vous dit :",
  offers: "Votre animateur vous propose un exercice :",
  seen: "J'ai vu",
  ended: "C'est fait.",
  reference: "Référence",
  nowYouCan: "Maintenant, vous savez :",
  askVoice: "Voulez-vous écouter les consignes ?",
  askYes: "Oui, écouter",
  askNo: "Non, je lis",
};

/** The page's own words in another language: `{0}` and `{1}` are filled in. */
export function takeWords(given = {}) {
  for (const [name, text] of Object.entries(given)) {
    words[name] = typeof words[name] === "function" ? (...values) => text.replace(/\{(\d)\}/g, (whole, at) => values[at] ?? whole) : text;
  }
}

/** An exercise that is only in French says all of its sentence in French. */
const FRENCH = { ...words.tones };
const SHAPES = { info: "message", almost: "presque", right: "valider", done: "fini" };

/** Build the frame in `host`. Returns its live nodes by name. */
export function buildFrame(host, { apps, mode, title, readonly, locale, scenario }) {
  const nodes = {
    host, locale,
    mode: h("p", { class: "desk-mode" }, words.modes[mode] ?? ""),
    sitter: h("p", { class: "desk-sitter", lang: "fr", hidden: true }),
    steps: h("p", { class: "desk-steps steps" }),
    say: h("p", { class: "desk-say", role: "status" }),
    play: h("div", { class: "desk-play", hidden: true }),
    feedback: h("div", { class: "desk-feedback", role: "status", "aria-live": "polite" }),
    nudge: h("div", { class: "desk-nudge", role: "status", "aria-live": "polite" }),
    offline: h("div", { class: "desk-offline", role: "status", "aria-live": "polite", hidden: true }),
    help: h("div", { class: "desk-help" }),
    code: h("p", { class: "desk-code" }),
    address: h("span", { class: "desk-address" }),
    app: h("div", { class: "desk-app" }),
    speaker: speaker(""),
  };
  nodes.fold = buildFold(nodes);
  nodes.guide = h("section", { class: "desk-guide", "aria-label": words.instruction },
    nodes.mode, nodes.sitter, nodes.steps, nodes.say, nodes.speaker.button, nodes.speaker.slow, nodes.play, nodes.fold, nodes.nudge, nodes.code);
  nodes.bar = h("div", { class: "desk-bar" }, picto("cadenas"), nodes.address);
  nodes.frame = h("section", { class: "desk-frame", "aria-label": `${words.training} : ${title ?? ""}`, "data-label": words.training });
  fillFrame(nodes, apps, scenario?.seats);
  host.classList.add("desk", readonly ? "is-mirror" : "is-played");
  setAttribute(host, "data-mode", mode);
  host.replaceChildren(h("div", { class: "desk-side" }, nodes.guide, nodes.feedback), nodes.help, nodes.frame, nodes.offline);
  if (!readonly) watchBand(nodes.guide.parentElement);
  return nodes;
}

/** The simulated screen: the apps that are seen from where one sits. Another seat has others, and is filled again. */
export function fillFrame(nodes, apps, seats) {
  nodes.room = new Map(apps.map(({ app }) => [app, h("div", { class: "desk-room", "data-app": app, hidden: true })]));
  nodes.tabs = new Map(apps.map(({ app, title }) => [app, buildTab(app, title)]));
  nodes.seats = (seats?.others ?? []).map(buildSeat);
  nodes.sitter.hidden = !seats;
  nodes.sitter.replaceChildren(...(seats ? [picto("personne"), seats.title] : []));
  nodes.tabBar = h("div", { class: "desk-tabs", role: "group", "aria-label": words.training, hidden: apps.length < 2 }, ...nodes.tabs.values());
  nodes.app.replaceChildren(...nodes.room.values());
  nodes.frame.replaceChildren(...buildSeats(nodes, seats), nodes.bar, nodes.tabBar, nodes.app);
  setLanguage(nodes, nodes.locale);
}

/** Simulated screens are French whatever the page is; what is said is in the language of the exercise. */
function setLanguage(nodes, locale = "fr") {
  const page = document.documentElement.lang || "fr";
  if (page.startsWith("fr")) return;
  const french = { lang: "fr", dir: "ltr" };
  for (const place of [nodes.app, nodes.tabBar, nodes.address]) for (const name in french) place.setAttribute(name, french[name]);
  if (locale === page) return;
  for (const place of [nodes.say, nodes.feedback, nodes.speaker.button]) for (const name in french) place.setAttribute(name, french[name]);
}

/** On a phone the instruction folds to one line; this button unfolds it. The style sheet shows it only there. */
function buildFold(nodes) {
  const fold = h("button", { type: "button", class: "desk-fold button button-plain", "aria-expanded": "true" }, words.fold);
  fold.addEventListener("click", () => {
    nodes.foldChosen = true;
    foldGuide(nodes, !nodes.guide.classList.contains("is-folded"));
  });
  return fold;
}

/** Fold the instruction to one line, or show it whole. Only the style sheet of a narrow screen makes a difference. */
export function foldGuide(nodes, folded) {
  nodes.guide.classList.toggle("is-folded", folded);
  setAttribute(nodes.fold, "aria-expanded", String(!folded));
  setText(nodes.fold, folded ? words.unfold : words.fold);
}

/** Whose place one has, and a button for each other place; nothing on a desk without seats. */
function buildSeats({ seats }, told) {
  return told ? [h("div", { class: "desk-seats", lang: "fr", dir: "ltr" }, picto("personne"), h("p", {}, told.say), ...seats)] : [];
}

function buildSeat({ part, say }) {
  return h("button", { type: "button", class: "button button-plain", "data-part": part }, say.replace(/\.$/, ""));
}

function buildTab(app, name) {
  return h("button", { type: "button", class: "desk-tab", "data-part": `desk/${app}`, "aria-pressed": "false" }, name);
}

/** Show steps, sentence, app in front and screen code; touches only what differs. */
export function drawFrame(nodes, { apps, scenario, world, guide, steps, voice, marks, instruction, code, locale }) {
  const front = frontOf(world, apps);
  if (steps?.[1]) setText(nodes.steps, words.step(Math.min(steps[0] + 1, steps[1]), steps[1]));
  const say = guide?.say || instruction || "";
  // A new sentence is shown whole; one that was there before the last touch folds, unless the person chose.
  if (nodes.say.dataset.text !== say) nodes.foldChosen = false;
  if (!nodes.foldChosen) foldGuide(nodes, nodes.say.dataset.text === say);
  if (nodes.say.dataset.text !== say) nodes.say.replaceChildren(...tell(say, marks?.[say], locale));
  nodes.speaker.set(say, voice?.[say]);
  setAttribute(nodes.say, "data-text", say);
  for (const [app, room] of nodes.room) {
    room.hidden = app !== front;
    setAttribute(nodes.tabs.get(app), "aria-pressed", String(app === front));
    nodes.tabs.get(app).classList.toggle("is-front", app === front);
  }
  const shown = apps.find(({ app }) => app === front);
  const site = shown?.address ?? scenario?.ref?.[front]?.address;
  nodes.bar.classList.toggle("is-site", Boolean(site)); // files, a phone, a mouse are no web site
  setText(nodes.address, site ?? shown?.title ?? "");
  setText(nodes.code, `${words.screen} ${code ?? screenCode(apps, front, steps)}`);
}

/** The app in front; the first one when the world does not say. */
export function frontOf(world, apps) {
  return apps.some(({ app }) => app === world?.front) ? world.front : apps[0].app;
}

/** What a learner can say on the phone: a letter for the app, a number for the step. */
export function screenCode(apps, front, steps) {
  const letter = String.fromCharCode(65 + apps.findIndex(({ app }) => app === front));
  return `${letter}${Math.min((steps?.[0] ?? 0) + 1, steps?.[1] || 1)}`;
}

/** One feedback sentence with its word, or nothing; nothing too when the instruction above says just that. */
export function drawFeedback(nodes, feedback, guide, { voice, marks, locale } = {}) {
  if (!feedback?.say || feedback.say === guide?.say) {
    nodes.feedback.replaceChildren();
    nodes.feedback.removeAttribute("data-tone");
    return;
  }
  const tones = locale === "fr" ? FRENCH : words.tones;
  const tone = tones[feedback.tone] ? feedback.tone : "info";
  const lead = `${tones[tone]}.`; // many sentences begin with «Presque.» for the ear; it is read once
  const told = feedback.say.startsWith(lead) ? feedback.say.slice(lead.length) : feedback.say;
  setAttribute(nodes.feedback, "data-tone", tone);
  const sound = speaker(feedback.say, voice?.[feedback.say]).button;
  nodes.feedback.replaceChildren(h("div", { class: `feedback feedback-${tone}` }, picto(SHAPES[tone]),
    h("p", {}, h("strong", {}, lead), " ", ...tell(told.trim(), marks?.[feedback.say], locale))), sound);
}

/** The element of a part, or the tab that leads to its app when that app is not in front. */
export function findPart(nodes, part) {
  if (!part) return null;
  const found = nodes.frame.querySelector(`[data-part="${CSS.escape(part)}"]`);
  if (found && !found.closest("[hidden]")) return found;
  const tab = nodes.tabs.get(part.split("/")[0]);
  return tab && tab.getAttribute("aria-pressed") !== "true" && !tab.closest("[hidden]") ? tab : null;
}

/** Point at `part` with `mark` (and at nothing else); brings it into view when it is not, unless the page is to stay `still`. */
export function pointAt(nodes, part, mark = "is-pointed", still = false) {
  const target = findPart(nodes, part);
  for (const old of nodes.frame.querySelectorAll(`.${mark}`)) if (old !== target) old.classList.remove(mark);
  if (!target || target.classList.contains(mark)) return target;
  target.classList.add(mark);
  if (!still) bringIntoView(target);
  return target;
}

/** The words of a field's label, without those of the field when the label wraps it. */
function labelText(target) {
  const label = target?.labels?.[0]?.cloneNode(true);
  for (const field of label?.querySelectorAll("select, input, textarea, button") ?? []) field.remove();
  return label?.textContent;
}

/** What the part calls itself, so that the sentence says it too. */
export function partName(nodes, part) {
  const target = nodes.frame.querySelector(`[data-part="${CSS.escape(part ?? "")}"]`);
  const name = target?.getAttribute("aria-label") || labelText(target) || target?.textContent || "";
  const short = name.trim().replace(/\s+/g, " ").slice(0, 60);
  return short ? `« ${short} »` : "";
}
