/** The page where a message is written, and the one where a file is chosen. */

const CLIP = "M8 12l6-6a3 3 0 0 1 4 4l-8 8a5 5 0 0 1-7-7l8-8";
const SEND = "M3 11l18-8-7 18-3-7z";
const LOOK = "M12 3l9 17H3zM12 9v5m0 3v.5";
const PAPER = "M6 3h8l4 4v14H6zM14 3v4h4";

/** À, Objet, Message, files, and the button that sends. Nothing marks spelling. */
export function drawWrite(box) {
  const { app, mine, kit: { h, icon, button } } = box;
  const draft = mine.draft ?? {};
  return [
    h("h2", { tabindex: "-1", "data-focus": Object.keys(mine.errors ?? {}).length === 0 }, draft.re ? "Votre réponse" : "Nouveau message"),
    drawField(box, "to", "À", h("input", { type: "text", inputmode: "email" }), draft.to),
    drawCopy(box, draft.copy ?? []),
    drawField(box, "subject", "Objet", h("input", { type: "text" }), draft.subject),
    drawField(box, "body", "Message", h("textarea", { rows: "6" }), draft.body),
    h("div", { class: "files", "data-key": "files" },
      (draft.files ?? []).map((id) => h("div", { class: "file", "data-key": id }, h("span", {}, icon(CLIP), nameOf(box, id)), button(`${app}/unfile-${id}`, "plain", "Retirer"))),
      button(`${app}/attach`, "plain", icon(CLIP), "Joindre un fichier"),
      drawFault(box, "files")),
    h("div", { class: "bar", "data-key": "bar" }, button(`${app}/send`, "main", icon(SEND), "Envoyer"), button(`${app}/discard`, "plain", "Effacer ce message")),
  ];
}

/** Everybody else who gets this answer, and the way to leave them out. */
function drawCopy({ app, kit: { h, button } }, copy) {
  return copy.length > 0 && h("div", { class: "files", "data-key": "copy" },
    h("p", {}, `Copie à ${copy.length} personnes : `, copy.join(", ")), button(`${app}/one`, "plain", "Retirer les autres personnes"));
}

function drawField(box, name, label, control, value) {
  const { app, mine, kit: { h } } = box;
  const id = `${app}-${name}`;
  const fault = mine.errors?.[name];
  const given = { id, autocomplete: "off", spellcheck: "false", autocapitalize: "off", "data-part": `${app}/${name}`, "data-do": "type", "data-value": value ?? "" };
  for (const [key, one] of Object.entries(given)) control.setAttribute(key, one);
  if (fault) {
    control.setAttribute("aria-invalid", "true");
    control.setAttribute("aria-describedby", `${id}-fault`);
  }
  return h("div", { class: "question", "data-key": name }, h("label", { for: id }, label), drawFault(box, name), control);
}

function drawFault({ app, mine, kit: { h, icon } }, name) {
  const fault = mine.errors?.[name];
  return fault && h("p", { class: "fault", role: "alert", tabindex: "-1", "data-focus": true, id: `${app}-${name}-fault` }, icon(LOOK), fault,
    name !== "files" && h("a", { href: `#${app}-${name}`, "data-to": `${app}-${name}` }, "Aller à cette case"));
}

/** The files at hand, wherever they are put away. */
export function drawPick(box) {
  const { app, kit: { h, icon, button } } = box;
  const files = filesOf(box);
  return [
    h("h2", { tabindex: "-1", "data-focus": true }, "Choisissez un fichier"),
    files.length === 0 && h("p", {}, "Il n'y a pas de fichier ici."),
    h("ul", { class: "rows" }, files.map((file) => h("li", { "data-key": file.id },
      button(`${app}/file-${file.id}`, "item", h("span", { class: "sender" }, icon(PAPER), file.name), file.size && h("span", { class: "about" }, `${file.size} Mo`), file.date && h("span", { class: "date" }, file.date))))),
    h("div", { class: "bar" }, button(`${app}/cancel`, "plain", "Revenir au message")),
  ];
}

function filesOf({ ref, world, scenario }) {
  const store = ref.files ?? "files";
  const facts = scenario.ref[store] ?? [];
  const mine = world[store] ?? {};
  const later = Array.isArray(facts) ? [] : facts.later ?? [];
  const got = [...new Set(mine.got ?? [])].map((id) => later.find((file) => file.id === id)).filter(Boolean);
  const there = [...got.reverse(), ...(Array.isArray(facts) ? facts : facts.items ?? [])];
  return there.filter(({ id }) => !(mine.deleted ?? []).includes(id)).map((file) => ({ ...file,
    name: mine.names?.[file.id] ?? file.name, size: (file.sizes ?? []).find(({ id }) => id === mine.sizes?.[file.id])?.size ?? file.size }));
}

/** The name that a file has now. */
export function nameOf({ ref, world, scenario }, id) {
  const store = ref.files ?? "files";
  const facts = scenario.ref[store] ?? [];
  const all = Array.isArray(facts) ? facts : [...(facts.items ?? []), ...(facts.later ?? [])];
  return world[store]?.names?.[id] ?? all.find((file) => file.id === id)?.name ?? id;
}
