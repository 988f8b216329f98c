/** The person's own screen: listen, say it again, decide. Large and plain. */
const SAID = {
  stopped: ["On s'arrête là", "Rien n'est signé. Une autre personne vous représente déjà."],
  ended: ["Le mandat est fini", "Plus personne ne peut agir à votre place."],
  given: ["Le mandat est donné", "Restez à côté. Vous pouvez dire stop quand vous voulez."],
  use: ["Le mandat sert", "Restez à côté. Vous pouvez dire stop quand vous voulez."],
  wait: ["Bonjour", "On va vous expliquer le mandat, à voix haute."],
  ready: ["Vous avez tout redit", "On prépare le mandat devant vous."],
};

export function drawPerson(desk) {
  const page = desk.mine.page ?? "wait";
  const drawn = { plain: drawPlain, questions: drawQuestions, sign: drawChoice, choice: drawChoice }[page] ?? drawSaid;
  return { screen: page, nodes: [desk.kit.h("div", { class: "page plain-words", "data-key": page }, drawn(desk, page))] };
}

const title = ({ kit: { h } }, words) => h("h2", { tabindex: "-1", "data-focus": true }, words);

function drawSaid(desk, page) {
  const [head, words] = SAID[page];
  return [title(desk, head), desk.kit.h("p", {}, words), desk.kit.button(`${desk.app}/wait`, "plain", "D'accord")];
}

function drawPlain(desk) {
  const { app, kit: { h, button }, ref } = desk;
  return [title(desk, "Le mandat, en clair"), ref.plain.map((one) => h("p", {}, one)), button(`${app}/heard`, "main", "J'ai écouté")];
}

function drawQuestions(desk) {
  const { app, kit: { h }, ref, mine } = desk;
  const answer = (id, one) => h("label", { "data-option": one.id, "data-key": one.id }, h("input", { type: "radio", name: `${app}-${id}`, value: one.id, "data-of": `${app}/question-${id}`, "data-do": "choose", "data-checked": mine.answers[id] === one.id ? "true" : null }), one.text);
  const again = (id) => id in mine.answers && !mine.right.includes(id) ? h("p", { class: "note", role: "status", "data-key": "again" }, "Presque. On le redit ensemble.") : null;
  return [title(desk, "Avec vos mots"), ref.questions.map(({ id, ask, answers }) =>
    h("fieldset", { "data-key": id, "data-part": `${app}/question-${id}` }, h("legend", {}, ask), answers.map((one) => answer(id, one)), again(id)))];
}

function drawChoice(desk, page) {
  const { app, kit: { h, button }, mine } = desk;
  const words = mine.consent === true ? "Vous avez dit oui." : mine.consent === false ? "Vous avez dit non. C'est votre droit." : "C'est vous qui décidez.";
  const buttons = page === "choice" ? [button(`${app}/accept`, "main", "J'accepte"), button(`${app}/refuse`, "plain", "Je refuse")] : [button(`${app}/sign`, "main", "Se connecter avec ClefCitoyenne")];
  return [title(desk, "À vous de choisir"), h("p", {}, words), h("div", { class: "bar" }, buttons)];
}
