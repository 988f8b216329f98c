/** The files of a computer: folders, a list, a document drawn on its sheet. Drawn from the state; it judges nothing. */
import { changesOf, drawDeposit, drawResize, weigh } from "./deposit.js";
import { drawCamera, drawPrint, drawPrinted, drawTable } from "./paper.js";
import { drawSheet } from "./sheet.js";

const FOLDERS = [{ id: "downloads", name: "Téléchargements" }, { id: "documents", name: "Documents" }];
const DELETED = { id: "deleted", name: "Supprimés" };
const FOLDER = "M3 6h7l2 3h9v10H3z";
const KINDS = { document: "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6", picture: "M3 5h18v14H3zM6 16l4-5 3 3 3-4 3 6", table: "M4 5h16v14H4zM4 10h16M10 5v14" };

/** Mount this app in `root`. */
export function mount(root, given) {
  const ref = given.scenario.ref[given.app] ?? [];
  return given.kit.drawScreen(root, given, (world) => drawFiles({ ...given, ref, world, mine: world[given.app] ?? {} }));
}

function drawFiles(desk) {
  const { h } = desk.kit;
  const page = desk.mine.page ?? "list";
  const screens = { list: drawList, open: drawOpen, rename: drawRename, move: drawMove, desk: drawDesk, resize: drawResize, print: drawPrint,
    printed: drawPrinted, table: drawTable, camera: drawCamera, deposit: (here) => drawDeposit(here, filesOf(here).filter(({ folder }) => folder !== DELETED.id), KINDS) };
  const large = desk.mine.window === "large" ? " large" : "";
  return h("div", { class: desk.ref.window ? `sim-files in-window${large}` : "sim-files", "data-key": "files", "data-screen": `${page} ${desk.mine.folder} ${desk.mine.open ?? ""} ${desk.mine.sheet ?? ""}` },
    desk.ref.window && page === "list" && drawTitleBar(desk),
    h("div", { class: "page", "data-key": page }, screens[page](desk, find(desk))));
}

/** The bar of a window: put it aside, make it large, close it. */
function drawTitleBar({ app, mine, kit: { h, icon, button } }) {
  const large = mine.window === "large";
  const one = (part, path, name) => {
    const made = button(`${app}/${part}`, "corner", icon(path));
    made.setAttribute("aria-label", name);
    made.setAttribute("title", name);
    return made;
  };
  return h("div", { class: "title-bar", "data-key": "title-bar" }, h("strong", {}, icon(FOLDER), "Mes fichiers"),
    h("span", { class: "corners" }, one("reduce", "M5 18h14", "Réduire la fenêtre"), one("enlarge", large ? "M8 8V4h12v12h-4M4 8h12v12H4z" : "M4 5h16v14H4z", large ? "Rendre la fenêtre plus petite" : "Agrandir la fenêtre"), one("shut", "M6 6l12 12M18 6L6 18", "Fermer la fenêtre")));
}

function drawDesk({ app, mine, kit: { h, icon, button } }) {
  return [
    h("h2", { tabindex: "-1", "data-focus": true }, "Le bureau"),
    h("div", { class: "desktop" }, button(`${app}/show`, "shortcut", icon(FOLDER), "Mes fichiers")),
    h("p", {}, mine.window === "reduced" ? "La fenêtre est de côté. Rien n'est perdu." : "La fenêtre est fermée. Les fichiers restent là."),
  ];
}

const foldersOf = ({ ref }) => (Array.isArray(ref) ? null : ref.folders) ?? FOLDERS;

/** Every file that is there now, with the name and the folder that the learner gave it. */
function filesOf({ ref, mine, app, world, ...desk }) {
  const items = Array.isArray(ref) ? ref : [...(ref.items ?? []), ...downloadsOf(ref, mine)];
  const last = foldersOf({ ref }).at(-1).id;
  return items.map((file) => ({
    ...file,
    name: nameOf(mine, file),
    size: (file.sizes ?? []).find(({ id }) => id === mine.sizes?.[file.id])?.size ?? file.size,
    folder: (mine.deleted ?? []).includes(file.id) ? DELETED.id : mine.places?.[file.id] ?? file.folder ?? last,
  }));
}

function nameOf(mine, file) {
  const name = mine.names?.[file.id] ?? file.name;
  const kind = mine.formats?.[file.id];
  return kind ? name.replace(/\.[^.]*$/, `.${kind}`) : name;
}

/** What was downloaded, a second copy with its number, as browsers do. */
function downloadsOf(ref, mine) {
  const seen = new Map();
  return (mine.got ?? []).flatMap((id) => {
    const file = (ref.later ?? []).find((one) => one.id === id);
    if (!file) return [];
    const rank = seen.get(id) ?? 0;
    seen.set(id, rank + 1);
    const copy = rank ? { id: `${id}~${rank}`, name: file.name.replace(/(\.\w+)?$/, ` (${rank})$1`) } : {};
    return [{ folder: "downloads", ...file, ...copy }];
  });
}

const dayOf = ({ date = "" }) => date.split("/").reverse().join("");

function shownOf(desk) {
  const { mine } = desk;
  const words = (mine.search ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  const here = mine.folder ?? foldersOf(desk)[0].id;
  const found = words.length
    ? filesOf(desk).filter((file) => file.folder !== DELETED.id && words.every((word) => file.name.toLowerCase().includes(word)))
    : filesOf(desk).filter((file) => file.folder === here);
  return mine.sort === "name" ? found.sort((a, b) => a.name.localeCompare(b.name, "fr")) : found.reverse().sort((a, b) => dayOf(b).localeCompare(dayOf(a)));
}

function drawList(desk) {
  const { app, mine, kit: { h, icon, button } } = desk;
  const here = mine.folder ?? foldersOf(desk)[0].id;
  const all = [...foldersOf(desk), DELETED];
  const files = shownOf(desk);
  const searching = Boolean(mine.search);
  return [
    h("nav", { "aria-label": "Dossiers" }, h("ul", { class: "folders" }, all.map(({ id, name }) => {
      const folder = button(`${app}/folder-${id}`, "folder", icon(FOLDER), name);
      if (id === here && !searching) folder.setAttribute("aria-current", "page");
      return h("li", {}, folder);
    }))),
    h("h2", { tabindex: "-1", "data-focus": true }, searching ? `Résultats pour « ${mine.search} »` : all.find(({ id }) => id === here)?.name),
    drawTools(desk, searching),
    files.length === 0 && h("p", {}, searching ? "Aucun fichier ne porte ce nom." : "Ce dossier est vide."),
    h("ul", { class: "rows", "data-key": "rows" }, files.map((file) => h("li", { "data-key": file.id }, drawRow(desk, file, searching, all)))),
  ];
}

/** Ways from the list to the counter and to the table. */
function doorsOf({ ref, mine }) {
  const table = ref.paper && (mine.printed ?? []).some(({ file }) => file === ref.paper.file);
  return [ref.deposit && ["deposit", ref.deposit.button ?? "Déposer un fichier"], table && ["table", "La feuille sur la table"]].filter(Boolean);
}

function drawTools({ app, ref, mine, kit: { h, button } }, searching) {
  const id = `${app}-search`;
  const sort = (part, name, on) => {
    const made = button(`${app}/sort-${part}`, "plain", name);
    made.setAttribute("aria-pressed", String(on));
    return made;
  };
  return h("div", { class: "tools", "data-key": "tools" },
    h("div", { class: "question" }, h("label", { for: id }, "Chercher un nom"),
      h("input", { id, type: "text", autocomplete: "off", spellcheck: "false", "data-part": `${app}/search`, "data-do": "type", "data-value": mine.search ?? "" })),
    doorsOf({ ref, mine }).map(([part, name]) => button(`${app}/${part}`, "main", name)),
    searching && button(`${app}/clear`, "plain", "Tout montrer"),
    h("div", { class: "sorts", role: "group", "aria-label": "Ranger la liste" }, sort("date", "Le plus récent", mine.sort !== "name"), sort("name", "De A à Z", mine.sort === "name")));
}

function drawRow({ app, kit: { h, icon, button } }, file, searching, all) {
  const place = searching && all.find(({ id }) => id === file.folder)?.name;
  return button(`${app}/row-${file.id}`, "item", h("span", { class: "name" }, icon(KINDS[file.kind] ?? KINDS.document), file.name),
    place && h("span", { class: "place" }, `dans ${place}`), file.size && h("span", { class: "date" }, weigh(file)), file.date && h("span", { class: "date" }, file.date));
}

function find(desk) {
  return filesOf(desk).find(({ id }) => id === desk.mine.open) ?? { id: "", name: "" };
}

function drawOpen(desk) {
  const { app, ref, world, kit: { h, button, fill } } = desk;
  const file = find(desk);
  const gone = file.folder === DELETED.id;
  const fixed = Array.isArray(ref);
  const bar = [["rename", "Renommer"], ["move", "Ranger"], ["delete", "Supprimer"]];
  return [
    h("div", { class: "bar" }, button(`${app}/close`, "main", "Fermer"),
      gone && !fixed && button(`${app}/restore`, "plain", "Remettre"),
      !gone && !fixed && bar.map(([part, name]) => button(`${app}/${part}`, "plain", name)),
      !gone && !fixed && changesOf(file).map(([part, name]) => button(`${app}/${part}`, "plain", name))),
    h("h2", { tabindex: "-1", "data-focus": true }, file.name),
    file.size && h("p", {}, `Taille : ${weigh(file)}`),
    drawSheet(desk.kit, file, (text) => fill(text, world)),
  ];
}

function drawRename(desk) {
  const { app, mine, kit: { h, button } } = desk;
  const id = `${app}-name`;
  return [
    h("h2", { tabindex: "-1", "data-focus": true }, "Donner un nouveau nom"),
    h("p", {}, "Nom actuel : ", h("strong", {}, find(desk).name)),
    h("div", { class: "question" }, h("label", { for: id }, "Nouveau nom"),
      h("input", { id, type: "text", autocomplete: "off", spellcheck: "false", "data-part": `${app}/name`, "data-do": "type", "data-value": mine.naming ?? "" })),
    h("div", { class: "bar" }, button(`${app}/save`, "main", "Enregistrer"), button(`${app}/cancel`, "plain", "Annuler")),
  ];
}

function drawMove(desk) {
  const { app, kit: { h, icon, button } } = desk;
  const file = find(desk);
  return [
    h("h2", { tabindex: "-1", "data-focus": true }, "Dans quel dossier ?"),
    h("p", {}, "Fichier : ", h("strong", {}, file.name)),
    h("ul", { class: "targets" }, foldersOf(desk).filter(({ id }) => id !== file.folder).map(({ id, name }) => h("li", {}, button(`${app}/to-${id}`, "item", h("span", { class: "name" }, icon(FOLDER), name))))),
    h("div", { class: "bar" }, button(`${app}/cancel`, "plain", "Annuler")),
  ];
}
