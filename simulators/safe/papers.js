/** The papers: the list by folder, adding, naming, looking. */

export const FOLDERS = [["identite", "Identité"], ["sante", "Santé"], ["logement", "Logement"], ["ressources", "Ressources"], ["emploi", "Emploi"], ["famille", "Famille"], ["autre", "Autre"]];
const FOLDER = "M3 6h7l2 3h9v10H3z";
const PAPER = "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6";
const FROM = [
  ["photo", "Prendre une photo", "M3 8h4l2-3h6l2 3h4v11H3zM12 10a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7"],
  ["file", "Choisir un fichier", FOLDER],
  ["mail", "Reçu par e-mail", "M3 6h18v12H3zM3 7l9 7 9-7"],
];
const FAULTS = { name: "Presque. Donnez un nom à ce papier.", kind: "Presque. Choisissez le type de papier.", folder: "Presque. Choisissez un dossier.", time: "Presque. Choisissez une durée.", right: "Presque. Choisissez ce que la personne peut faire." };

export const folderName = (id) => FOLDERS.find(([one]) => one === id)?.[1] ?? "";

/** Round boxes; the same look everywhere in the safe. */
export function drawChoice({ app, kit: { h } }, part, label, choices, now) {
  const name = `${app}/${part}`;
  return h("fieldset", { class: "choice", "data-part": name, "data-key": part }, h("legend", {}, label), h("div", { class: "options" }, choices.map(([value, say]) => h("label", { "data-option": value },
    h("input", { type: "radio", name, value, "data-do": "choose", "data-of": name, "data-checked": now === value || null }), h("span", {}, say)))));
}

export function drawFault({ mine, kit: { h } }) {
  return h("div", { class: mine.fault ? "told" : "", role: "status", "data-key": "told" }, mine.fault && h("p", {}, FAULTS[mine.fault]));
}

export function drawPapers(desk) {
  const { app, mine, kit: { h, icon, button } } = desk;
  const shared = new Set(mine.shares.map(({ folder }) => folder));
  return [
    h("h2", { tabindex: "-1", "data-focus": true }, "Mes papiers"),
    h("div", { class: "bar" }, button(`${app}/add`, "main", "Ajouter un papier")),
    mine.papers.length === 0 && h("p", {}, "Votre boîte est vide."),
    FOLDERS.filter(([id]) => mine.papers.some(({ kind }) => kind === id)).map(([id, name]) => h("section", { class: "folder", "data-key": id },
      h("h3", {}, icon(FOLDER), name, shared.has(id) && h("span", { class: "mark" }, "montré à quelqu'un")),
      h("ul", { class: "rows" }, mine.papers.filter(({ kind }) => kind === id).map((paper) => h("li", { "data-key": paper.id }, button(`${app}/row-${paper.id}`, "item",
        h("span", { class: "name" }, icon(PAPER), paper.name), paper.end && h("span", { class: "note" }, `fin : ${paper.end}`), h("span", { class: "note" }, paper.space === "shared" ? "partagé" : "privé"))))))),
  ];
}

export function drawAdd({ app, kit: { h, icon, button } }) {
  return [
    h("h2", { tabindex: "-1", "data-focus": true }, "Où est votre papier ?"),
    h("ul", { class: "cards" }, FROM.map(([id, name, path]) => h("li", {}, button(`${app}/from-${id}`, "card", icon(path), name)))),
    h("div", { class: "bar" }, button(`${app}/cancel`, "plain", "Annuler")),
  ];
}

const ASKS = { photo: "Quelle photo gardez-vous ?", file: "Quel fichier ?", mail: "Quel message ?" };

export function drawPick({ app, mine, ref, kit: { h, icon, button } }) {
  const kept = new Set(mine.papers.map(({ id }) => id));
  const here = (ref.sources ?? []).filter((one) => one.from === mine.from && !kept.has(one.id));
  return [
    h("h2", { tabindex: "-1", "data-focus": true }, ASKS[mine.from]),
    here.length === 0 && h("p", {}, "Il n'y a rien d'autre ici."),
    h("ul", { class: mine.from === "photo" ? "photos" : "rows" }, here.map((one) => h("li", { "data-key": one.id }, mine.from === "photo"
      ? button(`${app}/pick-${one.id}`, "card", drawSheet({ h }, one), h("span", {}, one.name))
      : button(`${app}/pick-${one.id}`, "item", h("span", { class: "name" }, icon(mine.from === "mail" ? FROM[2][2] : PAPER), one.name), one.sender && h("span", { class: "note" }, one.sender))))),
    h("div", { class: "bar" }, button(`${app}/cancel`, "plain", "Annuler")),
  ];
}

/** The paper itself, or the photograph of it: sharp and whole, or not. */
function drawSheet({ h }, source) {
  const look = source.from === "photo" ? `photo look-${source.look ?? "good"}` : "sheet";
  return h("span", { class: look, role: "img", "aria-label": source.alt ?? source.title }, [source, source.back].filter(Boolean).map(({ title, lines = [] }) =>
    h("span", { class: "paper" }, h("strong", {}, title), lines.map(([label, value]) => h("span", { class: "line" }, `${label} : ${value}`)))));
}

export function drawDescribe(desk) {
  const { app, mine, ref, kit: { h, button } } = desk;
  const source = [...(ref.sources ?? []), ...(ref.kept ?? [])].find(({ id }) => id === mine.draft.id) ?? {};
  const field = (part, label, help) => h("div", { class: "question", "data-key": part }, h("label", { for: `${app}-${part}` }, label),
    help && h("p", { class: "help", id: `${app}-${part}-help` }, help),
    h("input", { id: `${app}-${part}`, type: "text", autocomplete: "off", spellcheck: "false", "aria-describedby": help && `${app}-${part}-help`, "data-part": `${app}/${part}`, "data-do": "type", "data-value": mine.draft[part] ?? "" }));
  return [
    h("h2", { tabindex: "-1", "data-focus": true }, "Décrire ce papier"),
    h("div", { class: "with-sheet" }, drawSheet({ h }, source), h("div", { class: "fields" },
      field("name", "Nom du papier"),
      drawChoice(desk, "kind", "Type", FOLDERS, mine.draft.kind),
      field("end", "Date de fin, s'il y en a une", "Le jour d'abord : JJ/MM/AAAA"),
      drawChoice(desk, "space", "Qui peut le voir ?", [["private", "Privé : moi"], ["shared", "Partagé : qui je choisis"]], mine.draft.space),
      drawFault(desk),
      h("div", { class: "bar" }, button(`${app}/keep`, "main", "Garder ce papier"), button(`${app}/cancel`, "plain", "Annuler")))),
  ];
}

export function drawPaper({ app, mine, ref, kit: { h, button } }) {
  const paper = mine.papers.find(({ id }) => id === mine.open);
  const source = [...(ref.sources ?? []), ...(ref.kept ?? [])].find(({ id }) => id === mine.open) ?? {};
  return [
    h("div", { class: "bar" }, button(`${app}/back`, "main", "Retour"), button(`${app}/edit`, "plain", "Modifier"), button(`${app}/remove`, "plain", "Supprimer")),
    h("h2", { tabindex: "-1", "data-focus": true }, paper.name),
    h("p", {}, `Dossier : ${folderName(paper.kind)}. ${paper.space === "shared" ? "Espace partagé." : "Espace privé."}`),
    paper.end && h("p", {}, `Date de fin : ${paper.end}`),
    drawSheet({ h }, source),
  ];
}
