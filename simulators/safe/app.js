/** A safe for papers. Drawn from the state; it judges nothing. */
import { drawAdd, drawDescribe, drawPaper, drawPapers, drawPick } from "./papers.js";
import { drawContacts, drawJournal, drawPerson, drawShare } from "./shares.js";

const TABS = [["papers", "Papiers"], ["contacts", "Contacts"], ["appointments", "Rendez-vous"], ["journal", "Journal"], ["code", "Code de secours"]];
const LOCK = "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3";

/** Mount this app in `root`. */
export function mount(root, given) {
  const ref = given.scenario.ref[given.app] ?? {};
  return given.kit.drawScreen(root, given, (world) => drawSafe({ ...given, ref, mine: world[given.app] }));
}

function drawSafe(desk) {
  const { h, icon } = desk.kit;
  const { page } = desk.mine;
  const screens = { door: drawDoor, papers: drawPapers, add: drawAdd, pick: drawPick, describe: drawDescribe, paper: drawPaper, contacts: drawContacts,
    person: drawPerson, share: drawShare, appointments: drawAppointments, journal: drawJournal, code: drawCode };
  return h("div", { class: "sim-safe", "data-key": "safe", "data-screen": `${page} ${desk.mine.open ?? ""} ${desk.mine.draft?.id ?? ""}` },
    h("div", { class: "brand", "data-key": "brand" }, h("strong", {}, icon(LOCK), "Ma Boîte à Papiers"), page !== "door" && h("span", {}, desk.ref.owner)),
    TABS.some(([id]) => id === page) && drawTabs(desk),
    h("div", { class: "page", "data-key": page }, screens[page](desk)));
}

function drawTabs({ app, mine, kit: { h, button } }) {
  return h("nav", { "aria-label": "Ma boîte", "data-key": "tabs" }, h("ul", { class: "tabs" },
    TABS.map(([id, name]) => h("li", {}, id === mine.page ? h("span", { class: "tab", "aria-current": "page" }, name) : button(`${app}/go-${id}`, "tab", name))),
    h("li", {}, button(`${app}/leave`, "tab leave", "Se déconnecter"))));
}

function drawDoor({ app, mine, ref, kit: { h, drawing, button } }) {
  return [
    h("h2", { tabindex: "-1", "data-focus": true }, mine.ended ? "Votre boîte s'est refermée" : "Bonjour"),
    drawing("chest", "0 0 100 80", [["lid", "M14 34V22a12 12 0 0 1 12-12h48a12 12 0 0 1 12 12v12z"], ["box", "M10 34h80v38H10z"], ["sheet", "M30 34V18h40v16z"], ["hole", "M50 46a5 5 0 0 1 3 9v7h-6v-7a5 5 0 0 1 3-9z"]]),
    h("p", {}, mine.ended ? "Vous étiez absent un moment. Votre papier est gardé." : `La boîte de ${ref.owner} est fermée.`),
    h("div", { class: "bar" }, button(`${app}/enter`, "main", "Ouvrir ma boîte")),
  ];
}

function drawAppointments({ app, mine, ref, kit: { h, button } }) {
  const all = ref.appointments ?? [];
  return [
    h("h2", { tabindex: "-1", "data-focus": true }, "Mes rendez-vous"),
    all.length === 0 && h("p", {}, "Aucun rendez-vous."),
    h("ul", { class: "rows" }, all.map((one) => h("li", { "data-key": one.id, class: "row" },
      h("div", {}, h("strong", {}, one.when), h("p", {}, one.what), h("p", {}, one.place)),
      mine.reminded.includes(one.id) ? h("p", { class: "well" }, "Rappel la veille : oui") : button(`${app}/remind-${one.id}`, "plain", "Me le rappeler la veille")))),
  ];
}

function drawCode({ app, mine, ref, kit: { h, button } }) {
  return [
    h("h2", { tabindex: "-1", "data-focus": true }, "Code de secours"),
    h("p", {}, "Téléphone perdu ? Ce code ouvre votre boîte."),
    h("p", { class: "code" }, ref.code),
    h("p", {}, "Écrivez-le sur un papier. Gardez ce papier chez vous."),
    mine.coded ? h("p", { class: "well", role: "status" }, "C'est noté sur papier.") : h("div", { class: "bar" }, button(`${app}/noted`, "main", "Je l'ai écrit sur papier")),
  ];
}
