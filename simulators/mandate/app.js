/** A mandate on two screens: the professional's, step by step, and the person's, in plain words. It judges nothing. */
import { drawPerson } from "./person.js";

const THEMES = ["papiers", "famille", "social", "travail", "logement", "transports", "argent", "justice", "étranger", "loisirs"];
const LENGTHS = [["1", "1 jour"], ["31", "1 mois (31 jours)"], ["182", "6 mois (182 jours)"], ["365", "1 an (365 jours)"]];
const STEPS = [["read", "Lire"], ["themes", "Thèmes"], ["length", "Durée"], ["identify", "Identité"], ["recap", "Récapitulatif"]];
const NOTES = {
  themes: "Choisissez au moins un thème.",
  protection: "Posez d'abord la question, puis notez la réponse.",
  stop: "Le mandat s'arrête ici. Rien n'a été signé.",
  consent: "Presque. La personne n'a pas encore dit oui, sur son écran.",
  box: "Presque. Il reste la case à cocher.",
  code: "Presque. Le code de la carte a six chiffres.",
  beyond: "Presque. Ce thème n'est pas dans le mandat. Demandez d'abord à la personne.",
  kept: "Presque. Un mot de passe ne se note pas, même avec un mandat.",
};
const SHIELD = "M12 3l8 3v6c0 5-4 8-8 9-4-1-8-4-8-9V6z";

/** Mount this app in `root`. */
export function mount(root, given) {
  const ref = given.scenario.ref[given.app];
  return given.kit.drawScreen(root, given, (world) => drawSide({ ...given, ref, mine: world[given.app] }));
}

function drawSide(desk) {
  const { kit: { h, icon }, ref, mine } = desk;
  const person = ref.role === "person";
  const body = person ? drawPerson(desk) : drawPro(desk);
  return h("div", { class: "sim-mandate", "data-key": "mandate", "data-screen": person ? body.screen : mine.page },
    h("div", { class: "brand", "data-key": "brand" }, icon(SHIELD), h("strong", {}, "MandatAide"), h("span", {}, person ? `Écran de ${ref.name}` : "Écran du professionnel")),
    person ? body.nodes : body);
}

function drawPro(desk) {
  const { kit: { h }, mine } = desk;
  const screens = { read: drawRead, themes: drawThemes, length: drawLength, identify: drawIdentity, recap: drawRecap, given: drawGiven, use: drawUse, revoked: drawRevoked, stopped: drawStopped };
  const at = STEPS.findIndex(([id]) => id === mine.page);
  const steps = at < 0 ? null : h("ol", { class: "steps", "data-key": "steps", "aria-label": "Étapes" }, STEPS.map(([id, label], number) =>
    h("li", { "data-key": id, class: number <= at ? "on" : "", "aria-current": number === at ? "step" : null }, label)));
  const note = mine.note ? h("p", { class: "note", role: "status", "data-key": "note" }, NOTES[mine.note]) : null;
  return [steps, h("div", { class: "page", "data-key": mine.page }, screens[mine.page](desk), note)];
}

const title = ({ kit: { h } }, words) => h("h2", { tabindex: "-1", "data-focus": true, "data-key": "title" }, words);

function bar({ app, kit: { h, button } }, ...buttons) {
  return h("div", { class: "bar", "data-key": "bar" }, buttons.map(([part, label, kind]) => button(`${app}/${part}`, kind ?? "plain", label)));
}

function drawRead(desk) {
  const { app, kit: { h, button }, ref, mine } = desk;
  const one = ({ id, text }) => h("li", { "data-key": id }, h("p", {}, text),
    button(`${app}/read-${id}`, mine.read.includes(id) ? "plain said" : "plain", mine.read.includes(id) ? "Lu à voix haute" : "Lire à voix haute"));
  return [title(desk, `Informer ${ref.who}`), h("p", { class: "need" }, ref.need), h("ol", { class: "reading" }, ref.reading.map(one)),
    bar(desk, ["to-themes", "Continuer vers les thèmes", "main"])];
}

function drawThemes(desk) {
  const { app, kit: { h }, ref, mine } = desk;
  const one = (name) => h("button", { type: "button", class: "theme", "data-key": name, "data-part": `${app}/theme-${name}`, "data-do": "click", "aria-pressed": String(mine.themes.includes(name)) }, name);
  return [title(desk, "Quels thèmes le mandat couvre-t-il ?"), h("p", { class: "need" }, ref.need), h("div", { class: "themes" }, THEMES.map(one)),
    bar(desk, ["back", "Retour"], ["to-length", "Continuer vers la durée", "main"])];
}

function choices({ app, kit: { h } }, part, legend, given, list) {
  return h("fieldset", { "data-key": part, "data-part": `${app}/${part}` }, h("legend", {}, legend), list.map(([value, label]) =>
    h("label", { "data-option": value, "data-key": value }, h("input", { type: "radio", name: `${app}-${part}`, value, "data-of": `${app}/${part}`, "data-do": "choose", "data-checked": given === value ? "true" : null }), label)));
}

function drawLength(desk) {
  return [title(desk, "Pour combien de temps ?"), choices(desk, "length", "Durée du mandat", desk.mine.length, LENGTHS),
    bar(desk, ["back", "Retour"], ["to-identify", "Continuer vers l'identité", "main"])];
}

function drawIdentity(desk) {
  const { app, kit: { h, button }, ref, mine } = desk;
  const answer = mine.asked ? [h("p", { class: "said", "data-key": "said" }, h("strong", {}, `${ref.who} : `), ref.protection),
    choices(desk, "protection", "Mesure de protection (sauvegarde, tutelle, curatelle)", mine.protection, [["no", "Non"], ["yes", "Oui"]])] : button(`${app}/ask`, "plain", "Demander : « Une décision de justice vous protège-t-elle ? »");
  return [title(desk, "La personne est devant vous"), h("p", {}, `Présence : ${ref.who}, dans votre bureau. ${mine.seen.signed ? "Identité confirmée." : "Elle se connecte elle-même, plus loin."}`), answer,
    bar(desk, ["back", "Retour"], ["to-recap", "Continuer", "main"])];
}

function drawRecap(desk) {
  const { app, kit: { h }, ref, mine } = desk;
  const id = `${app}-code`;
  const span = LENGTHS.find(([value]) => value === mine.length)[1];
  const yes = mine.seen.consent;
  return [title(desk, "Récapitulatif"),
    h("dl", {}, h("dt", {}, "Pour"), h("dd", {}, ref.who), h("dt", {}, "Thèmes"), h("dd", {}, mine.themes.join(", ") || "aucun"), h("dt", {}, "Durée"), h("dd", {}, span),
      h("dt", {}, "Son accord"), h("dd", {}, yes === true ? "Oui, donné sur son écran" : yes === false ? "Non" : "Pas encore donné")),
    h("button", { type: "button", class: "theme", "data-key": "box", "data-part": `${app}/box`, "data-do": "click", "aria-pressed": String(mine.box) }, "J'ai lu l'information et la personne a donné son accord."),
    h("div", { class: "field", "data-key": "code" }, h("p", {}, `Votre carte affiche : ${ref.card}`), h("label", { for: id }, "Code à six chiffres"),
      h("input", { id, type: "text", inputmode: "numeric", autocomplete: "off", "data-part": `${app}/code`, "data-do": "type", "data-value": mine.code })),
    bar(desk, ["back", "Retour"], ["confirm", "Confirmer le mandat", "main"])];
}

function drawGiven(desk) {
  const { kit: { h }, ref, mine } = desk;
  const span = LENGTHS.find(([value]) => value === mine.length)[1];
  return [title(desk, "Attestation de mandat"), h("p", {}, `${ref.who} vous autorise à l'aider pour : ${mine.themes.join(", ")}.`), h("p", {}, `Durée : ${span}. Chaque connexion est notée. Elle peut dire stop quand elle veut.`),
    bar(desk, ["revoke", "Mettre fin au mandat"], ["use", "Utiliser le mandat", "main"])];
}

function drawUse(desk) {
  const { app, kit: { h, button }, ref, mine } = desk;
  const done = mine.done.includes("act");
  return [title(desk, `Avec ${ref.who}, à côté de vous`), done ? h("p", { class: "said", role: "status", "data-key": "done" }, `C'est fait : ${ref.act.label}.`) : null,
    h("ul", { class: "acts" }, [["act", ref.act.label], ["beyond", ref.beyond.label], ["keep", "Noter son mot de passe pour la prochaine fois"]].map(([part, label]) => h("li", { "data-key": part }, button(`${app}/${part}`, "card", label)))),
    bar(desk, ["revoke", "Mettre fin au mandat", done ? "main" : "plain"])];
}

function drawRevoked(desk) {
  return [title(desk, "Le mandat est terminé"), desk.kit.h("p", {}, "Vous ne pouvez plus agir pour cette personne. Effacez ce qui ne sert plus."), bar(desk, ["anew", "Préparer un autre mandat"])];
}

function drawStopped(desk) {
  const { kit: { h }, ref, mine } = desk;
  return [title(desk, "Ce mandat ne se signe pas"), h("p", {}, "Une personne protégée ne signe pas ce mandat. Quelqu'un la représente."),
    mine.done.includes("referred") ? h("p", { class: "said", role: "status", "data-key": "done" }, `Vous appelez ${ref.representative} avec elle.`) : null,
    bar(desk, ["back", "Retour"], ["refer", `Orienter vers ${ref.representative}`, "main"])];
}
