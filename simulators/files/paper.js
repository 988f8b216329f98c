/** From the screen to paper and back: the preview, the printer, the table with its pen, the camera. */
import { drawSheet } from "./sheet.js";

const PRINTER = [["body", "M8 34h84v34H8z"], ["sheet", "M24 8h52v26H24z"], ["slot", "M20 58h60v6H20z"], ["out", "M26 62h48v34H26z"], ["line", "M34 74h32M34 82h32M34 18h32M34 26h20"]];
const HOW = [
  ["light", "La lumière", [["flash", "Avec le flash"], ["window", "Près de la fenêtre, sans flash"]]],
  ["frame", "La distance", [["near", "Très près"], ["whole", "La feuille entière"]]],
  ["hold", "Les mains", [["air", "Les bras en l'air"], ["rest", "Les coudes posés"]]],
];

function drawChoice({ app, mine, kit: { h } }, part, label, choices) {
  const name = `${app}/${part}`;
  const now = mine[part] ?? choices[0][0];
  return h("fieldset", { class: "choice", "data-part": name, "data-key": part }, h("legend", {}, label), choices.map(([value, say]) => h("label", { "data-option": value },
    h("input", { type: "radio", name, value, "data-do": "choose", "data-of": name, "data-checked": now === value || null }), h("span", {}, say))));
}

export function drawPrint(desk, file) {
  const { app, mine, kit: { h, button } } = desk;
  const [sheet, last] = [mine.sheet ?? 1, Number(file.pages ?? 1)];
  const id = `${app}-copies`;
  return [
    h("h2", { tabindex: "-1", "data-focus": true }, "Aperçu avant d'imprimer"),
    h("div", { class: "preview" },
      h("div", { class: "stack" }, sheet === 1 ? drawSheet(desk.kit, file, (text) => text) : h("article", { class: "sheet" }, h("p", {}, file.more ?? "Suite du document.")),
        h("p", { class: "count" }, `Page ${sheet} sur ${last}`),
        h("div", { class: "bar" }, sheet > 1 && button(`${app}/sheet-back`, "plain", "Page d'avant"), sheet < last && button(`${app}/sheet-next`, "plain", "Page suivante"))),
      h("div", { class: "settings" }, drawChoice(desk, "range", "Quelles pages ?", [["all", "Toutes les pages"], ["first", "La page 1 seulement"]]),
        h("div", { class: "question" }, h("label", { for: id }, "Nombre de copies"),
          h("input", { id, type: "text", inputmode: "numeric", autocomplete: "off", "data-part": `${app}/copies`, "data-do": "type", "data-value": mine.copies ?? "1" })),
        h("div", { class: "bar" }, button(`${app}/ink`, "main", "Imprimer"), button(`${app}/cancel`, "plain", "Annuler")))),
  ];
}

export function drawPrinted(desk) {
  const { app, ref, mine, kit: { h, drawing, button } } = desk;
  const job = (mine.printed ?? []).at(-1) ?? {};
  const sheets = Number(job.pages ?? 1) * Number(job.copies ?? 1);
  return [
    h("h2", { tabindex: "-1", "data-focus": true }, "L'imprimante a fini"),
    drawing("printer", "0 0 100 100", PRINTER),
    h("p", {}, sheets > 1 ? `${sheets} feuilles sont sorties.` : "1 feuille est sortie."),
    h("div", { class: "bar" }, ref.paper?.file === job.file && button(`${app}/table`, "main", "Prendre la feuille"), button(`${app}/close`, "plain", "Fermer")),
  ];
}

/** The sheet as it lies there; what is written by hand looks so. */
function drawForm({ ref, mine, kit: { h } }) {
  const { title, lines = [] } = ref.paper ?? {};
  return h("article", { class: "sheet by-hand" }, h("h3", {}, title),
    h("dl", {}, lines.map(({ id, label, value }) => [h("dt", {}, label), h("dd", {}, (mine.filled ?? []).includes(id) ? h("span", { class: "ink" }, value) : "…………")])));
}

export function drawTable(desk) {
  const { app, ref, mine, kit: { h, button } } = desk;
  const empty = (ref.paper?.lines ?? []).filter(({ id }) => !(mine.filled ?? []).includes(id));
  return [
    h("div", { class: "bar" }, button(`${app}/close`, "plain", "Fermer"), ref.camera && button(`${app}/camera`, empty.length ? "plain" : "main", "Photographier la feuille")),
    h("h2", { tabindex: "-1", "data-focus": true }, "La feuille est sur la table"),
    drawForm(desk),
    empty.length > 0 && h("p", {}, "Avec un stylo :"),
    h("div", { class: "bar" }, empty.map(({ id, label }) => button(`${app}/pen-${id}`, "plain", `Remplir : ${label}`))),
  ];
}

export function drawCamera(desk) {
  const { app, mine, kit: { h, button } } = desk;
  const look = HOW.map(([part, , choices]) => `${part}-${mine[part] ?? choices[0][0]}`).join(" ");
  return [
    h("div", { class: "bar" }, button(`${app}/close`, "plain", "Fermer")),
    h("h2", { tabindex: "-1", "data-focus": true }, "L'appareil photo"),
    h("div", { class: "preview" }, h("div", { class: `finder ${look}` }, drawForm(desk)),
      h("div", { class: "settings" }, HOW.map(([part, label, choices]) => drawChoice(desk, part, label, choices)),
        h("div", { class: "bar" }, button(`${app}/shoot`, "main", "Prendre la photo")))),
  ];
}
