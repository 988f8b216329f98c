/** What a file becomes before it is sent, and the counter that takes it or says why not. */

const FAULTS = {
  stopped: ["Presque. L'envoi s'est arrêté en route.", "Votre fichier est encore là. Donnez-le de nouveau."],
  heavy: ["Presque. Ce fichier est trop lourd.", "Ouvrez-le, puis appuyez sur « Réduire »."],
  format: ["Presque. Ce genre de fichier n'est pas accepté.", "Ouvrez-le, puis enregistrez-le en .jpg."],
  unreadable: ["Presque. On ne peut pas tout lire sur cette photo.", "Choisissez une photo entière et nette."],
};

/** What an open file offers, in the order of the mechanics. */
export function changesOf(file) {
  const found = (file.formats ?? []).filter((kind) => !file.name.endsWith(`.${kind}`)).map((kind) => [`into-${kind}`, `Enregistrer en .${kind}`]);
  if (file.sizes) found.push(["resize", "Réduire"]);
  if (file.pages) found.push(["print", "Imprimer"]);
  return found;
}

/** How heavy a file is, as computers say it. */
export function weigh(file) {
  return file.size ? `${file.size} Mo` : "";
}

export function drawResize({ app, kit: { h, button } }, file) {
  return [
    h("h2", { tabindex: "-1", "data-focus": true }, "Réduire la photo"),
    h("p", {}, "Taille actuelle : ", h("strong", {}, weigh(file))),
    h("p", {}, "Une photo plus légère part mieux."),
    h("ul", { class: "targets" }, (file.sizes ?? []).map(({ id, label, size }) => h("li", {}, button(`${app}/size-${id}`, "item", h("span", { class: "name" }, label), h("span", { class: "date" }, `${size} Mo`))))),
    h("div", { class: "bar" }, button(`${app}/cancel`, "plain", "Annuler")),
  ];
}

export function drawDeposit({ app, ref, mine, kit: { h, icon, button } }, files, kinds) {
  const counter = ref.deposit ?? {};
  const given = mine.given ?? [];
  const last = files.find(({ id }) => id === mine.last);
  const told = mine.fault ? FAULTS[mine.fault] : last && [`${last.name} : bien reçu.`];
  return [
    h("div", { class: "bar" }, button(`${app}/close`, "plain", "Fermer")),
    h("h2", { tabindex: "-1", "data-focus": true }, counter.title),
    counter.text && h("p", {}, counter.text),
    h("p", {}, [counter.limit && `${counter.limit} Mo au plus. `, counter.formats && `Fichiers acceptés : ${counter.formats.map((kind) => `.${kind}`).join(", ")}`]),
    h("div", { class: told ? `told ${mine.fault ? "near" : "well"}` : "", role: "status", "data-key": "told" }, (told ?? []).map((line) => h("p", {}, line))),
    h("ul", { class: "rows" }, files.map((file) => h("li", { "data-key": file.id }, button(`${app}/give-${file.id}`, "item",
      h("span", { class: "name" }, icon(kinds[file.kind] ?? kinds.document), file.name), h("span", { class: "date" }, given.includes(file.id) ? "Reçu" : weigh(file)))))),
  ];
}
