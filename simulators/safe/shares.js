/** The people of the safe, what each may see, and what was done when. */
import { FOLDERS, drawChoice, drawFault, folderName } from "./papers.js";

const PERSON = "M12 4a4 4 0 1 0 0 8a4 4 0 1 0 0-8M4 21a8 7 0 0 1 16 0";
const TIMES = [["day", "1 jour"], ["month", "1 mois"], ["half", "6 mois"]];
const RIGHTS = [["see", "Voir les papiers"], ["give", "Voir et déposer"]];
const wordOf = (list, id) => list.find(([one]) => one === id)?.[1] ?? "";

export function drawContacts({ app, mine, ref, kit: { h, icon, button } }) {
  return [
    h("h2", { tabindex: "-1", "data-focus": true }, "Mes contacts"),
    h("ul", { class: "rows" }, (ref.people ?? []).map(({ id, name, role, place }) => h("li", { "data-key": id }, button(`${app}/person-${id}`, "item",
      h("span", { class: "name" }, icon(PERSON), name), h("span", { class: "note" }, [role, place].filter(Boolean).join(", ")),
      mine.shares.some(({ who }) => who === id) && h("span", { class: "mark" }, "voit un dossier"))))),
  ];
}

export function drawPerson({ app, mine, ref, kit: { h, button } }) {
  const person = ref.people.find(({ id }) => id === mine.open);
  const shares = mine.shares.filter(({ who }) => who === person.id);
  const any = mine.papers.some(({ space }) => space === "shared");
  return [
    h("div", { class: "bar" }, button(`${app}/back`, "plain", "Retour")),
    h("h2", { tabindex: "-1", "data-focus": true }, person.name),
    h("p", {}, [person.role, person.place].filter(Boolean).join(", ")),
    h("h3", {}, "Ce que cette personne voit"),
    shares.length === 0 && h("p", { "data-key": "none" }, "Rien pour le moment."),
    h("ul", { class: "rows" }, shares.map((share) => h("li", { class: "row", "data-key": share.folder },
      h("div", {}, h("strong", {}, `Dossier ${folderName(share.folder)}`), h("p", {}, `Pour ${wordOf(TIMES, share.time)}. ${wordOf(RIGHTS, share.right)}.`)),
      button(`${app}/revoke-${share.folder}`, "plain", "Retirer le partage")))),
    any ? h("div", { class: "bar" }, button(`${app}/share`, "main", "Partager un dossier")) : h("p", { class: "told" }, "Aucun papier n'est dans l'espace partagé."),
  ];
}

export function drawShare(desk) {
  const { app, mine, ref, kit: { h, button } } = desk;
  const person = ref.people.find(({ id }) => id === mine.open);
  return [
    h("h2", { tabindex: "-1", "data-focus": true }, `Partager avec ${person.name}`),
    h("p", {}, "Seuls les papiers partagés du dossier se voient."),
    drawChoice(desk, "folder", "Quel dossier ?", FOLDERS, mine.offer.folder),
    drawChoice(desk, "time", "Pendant combien de temps ?", TIMES, mine.offer.time),
    drawChoice(desk, "right", "Que peut faire cette personne ?", RIGHTS, mine.offer.right),
    drawFault(desk),
    h("div", { class: "bar" }, button(`${app}/send`, "main", "Partager"), button(`${app}/cancel`, "plain", "Annuler")),
  ];
}

export function drawJournal({ mine, ref, kit: { h } }) {
  const who = (id) => ref.people?.find((one) => one.id === id)?.name ?? "";
  const lines = { kept: ({ name }) => `Vous gardez : ${name}`, changed: ({ name }) => `Vous modifiez : ${name}`, removed: ({ name }) => `Vous supprimez : ${name}`,
    shared: (one) => `Vous partagez : dossier ${folderName(one.name)}, avec ${who(one.who)}`, revoked: (one) => `Vous retirez le partage : dossier ${folderName(one.name)}, à ${who(one.who)}`,
    seen: (one) => `${who(one.who)} regarde : dossier ${folderName(one.name)}` };
  return [
    h("h2", { tabindex: "-1", "data-focus": true }, "Journal de la boîte"),
    h("p", {}, "Tout ce qui se passe dans votre boîte est écrit ici."),
    mine.journal.length === 0 && h("p", {}, "Rien pour le moment."),
    h("ol", { class: "journal" }, mine.journal.map((one) => h("li", {}, lines[one.what](one)))),
  ];
}
