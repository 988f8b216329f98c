/** A mailbox: folders, a list, a message, a page to write on, files to choose from. Drawn from the state; it judges nothing. */
import { drawPick, drawWrite, nameOf } from "./write.js";

const FOLDERS = [["inbox", "Boîte de réception"], ["sent", "Envoyés"], ["deleted", "Supprimés"]];
const PEN = "M4 20l1-5L16 4l4 4L9 19z";
const CLIP = "M8 12l6-6a3 3 0 0 1 4 4l-8 8a5 5 0 0 1-7-7l8-8";
const LOOK = "M12 3l9 17H3zM12 9v5m0 3v.5";
const TICK = "M4 12l5 6L20 6";

/** Mount this app in `root`. */
export function mount(root, given) {
  const ref = given.scenario.ref[given.app] ?? {};
  return given.kit.drawScreen(root, given, (world) => drawMail({ ...given, ref, world, mine: world[given.app] ?? {} }));
}

function drawMail(box) {
  const { h } = box.kit;
  const page = box.mine.page ?? "list";
  const screens = { list: drawList, message: drawMessage, write: drawWrite, pick: drawPick };
  return h("div", { class: "sim-mail", "data-key": "mail", "data-screen": `${page} ${box.mine.folder} ${box.mine.open ?? ""} ${box.mine.tries ?? 0}` },
    h("div", { class: "box" }, drawSide(box, page), h("div", { class: "main-side", "data-key": `page-${page}` }, screens[page](box))));
}

function drawSide(box, page) {
  const { app, mine, kit: { h, icon, button } } = box;
  const unread = mailsOf(box).filter(({ id }) => !(mine.read ?? []).includes(id) && !(mine.deleted ?? []).includes(id)).length;
  const reading = page === "list" || page === "message";
  return h("nav", { class: "side", "aria-label": "Dossiers" },
    h("p", { class: "site-name" }, "MonCourrier"),
    reading && mine.draft && button(`${app}/resume`, "main", icon(PEN), "Reprendre mon message"),
    reading && button(`${app}/new`, mine.draft ? "plain" : "main", icon(PEN), "Nouveau message"),
    h("ul", {}, FOLDERS.map(([id, name]) => {
      const folder = button(`${app}/${id}`, "folder", name, id === "inbox" && unread > 0 && h("span", { class: "count" }, `${unread} à lire`));
      if (reading && (mine.folder ?? "inbox") === id) folder.setAttribute("aria-current", "page");
      return h("li", {}, folder);
    })));
}

/** Every mail received so far, the newest first. */
export function mailsOf({ ref, mine }) {
  const got = [...new Set(mine.got ?? [])].map((id) => (ref.later ?? []).find((mail) => mail.id === id)).filter(Boolean);
  const seen = [...(mine.read ?? []), ...(mine.deleted ?? [])];
  const arrived = mine.late ? got.filter(({ id }) => seen.includes(id)) : got;
  return [...arrived.reverse(), ...(ref.inbox ?? [])];
}

const WORDS = [["safe", "Fiable"], ["trap", "Piège"], ["unsure", "Je ne sais pas"]];
const WAYS = [["ask", "Je demande à quelqu'un"], ["site", "Je vais moi-même sur le site"]];

/** A button that stays pressed. */
function drawChoice({ app, kit: { button } }, part, name, on) {
  const choice = button(`${app}/${part}`, "choice", name);
  choice.setAttribute("aria-pressed", on ? "true" : "false");
  return choice;
}

/** Three words for a message; a doubt asks what one does next. */
function drawSort(box, mail) {
  const { mine, kit: { h } } = box;
  const chosen = mine.sorted?.[mail.id];
  return h("fieldset", { class: "sort", "data-key": "sort" }, h("legend", {}, "Ce message est…"),
    h("div", { class: "bar" }, WORDS.map(([id, name]) => drawChoice(box, `sort-${id}`, name, chosen === id))),
    chosen === "unsure" && h("div", { class: "bar" }, WAYS.map(([id, name]) => drawChoice(box, id, name, mine.then?.[mail.id] === id))));
}

function rowsOf(box) {
  const { mine } = box;
  const folder = mine.folder ?? "inbox";
  if (folder === "sent") return (mine.sent ?? []).map((mail, rank) => ({ ...mail, id: `s${rank}`, name: `À : ${mail.to}` })).reverse();
  return mailsOf(box).filter(({ id }) => (mine.deleted ?? []).includes(id) === (folder === "deleted"));
}

function drawList(box) {
  const { app, mine, kit: { h, icon, button } } = box;
  const [, title] = FOLDERS.find(([id]) => id === (mine.folder ?? "inbox"));
  const rows = rowsOf(box);
  return [
    h("h2", { tabindex: "-1", "data-focus": true }, title),
    mine.undo && h("div", { class: "told", role: "status", "data-key": "told" },
      h("p", {}, icon(TICK), "Votre message est parti."), button(`${app}/undo`, "plain", "Reprendre ce message")),
    mine.late && h("p", { class: "note", role: "status", "data-key": "late" }, icon(LOOK), "Le réseau est lent. Appuyez encore sur « Boîte de réception »."),
    mine.note && h("p", { class: "note", role: "status", "data-key": "note" }, icon(LOOK), mine.note),
    rows.length === 0 && h("p", {}, "Il n'y a rien ici."),
    h("ul", { class: "rows", "data-key": "rows" }, rows.map((mail) => h("li", { "data-key": mail.id }, drawRow(box, mail)))),
  ];
}

function drawRow({ app, mine, world, kit: { h, icon, button, fill } }, mail) {
  const word = WORDS.find(([id]) => id === mine.sorted?.[mail.id])?.[1];
  const fresh = !mail.id.match(/^s\d+$/) && !(mine.read ?? []).includes(mail.id);
  const files = (mail.files ?? []).length > 0;
  return button(`${app}/row-${mail.id}`, fresh ? "item fresh" : "item",
    h("span", { class: "face", "aria-hidden": "true" }, (mail.name ?? mail.from ?? "").slice(0, 1).toUpperCase()),
    h("span", { class: "sender" }, mail.name ?? mail.from, fresh && h("span", { class: "count" }, "à lire")),
    h("span", { class: "about" }, fill(mail.subject, world) || "(sans objet)", files && icon(CLIP)),
    mail.date && h("span", { class: "date" }, mail.date),
    word && h("span", { class: "word" }, icon(TICK), word));
}

function drawMessage(box) {
  const { app, mine, world, kit: { h, icon, button, fill, paragraphs } } = box;
  const mail = rowsOf(box).find(({ id }) => id === mine.open) ?? mailsOf(box).find(({ id }) => id === mine.open);
  if (!mail) return [button(`${app}/close`, "plain", "Retour à la liste")];
  const own = /^s\d+$/.test(mail.id);
  const gone = (mine.deleted ?? []).includes(mail.id);
  return [
    h("div", { class: "bar" }, button(`${app}/close`, "plain", "Retour à la liste")),
    h("h2", { tabindex: "-1", "data-focus": true }, fill(mail.subject, world) || "(sans objet)"),
    h("p", { class: "from" }, own ? "À : " : "De : ", h("strong", {}, own ? mail.to : mail.name ?? mail.from), !own && mail.name && h("span", { class: "address" }, mail.from)),
    mail.also && h("p", { class: "from" }, "À : vous et ", mail.also.map(({ name }) => name).join(", ")),
    own && (mail.copy ?? []).length > 0 && h("p", { class: "from" }, "Copie : ", mail.copy.join(", ")),
    h("div", { class: "body" }, paragraphs(fill(mail.body, world))),
    (mail.links ?? []).map((link) => button(`${app}/go-${link.app}${link.page ? `~${link.page}` : ""}`, "link", fill(link.label, world))),
    !gone && mail.choices && h("div", { class: "bar", "data-key": "choices" }, mail.choices.map(({ id, label }) => drawChoice(box, `choose-${id}`, label, mine.chosen?.[mail.id] === id))),
    mail.lure && button(`${app}/lure`, "link", mail.lure),
    (mine.followed ?? []).includes(mail.id) && h("p", { class: "note", role: "status", "data-key": "lured" }, icon(LOOK), "La page ne s'ouvre pas ici."),
    drawFiles(box, mail, own),
    box.ref.sorting && !own && !gone && drawSort(box, mail),
    !own && h("div", { class: "bar" }, button(`${app}/reply`, "main", mail.also ? "Répondre à l'expéditeur" : "Répondre"),
      mail.also && button(`${app}/all`, "plain", "Répondre à tous"),
      gone ? button(`${app}/restore`, "plain", "Remettre dans la boîte") : button(`${app}/delete`, "plain", "Supprimer")),
  ];
}

function drawFiles(box, mail, own) {
  const { app, mine, kit: { h, icon, button } } = box;
  if (own) return (mail.files ?? []).map((id) => h("p", { class: "file" }, icon(CLIP), nameOf(box, id)));
  return (mail.files ?? []).map((file) => h("div", { class: "file" }, h("span", {}, icon(CLIP), file.name),
    (mine.saved ?? []).includes(file.id) && h("span", { class: "kept" }, icon(TICK), "Enregistré"),
    button(`${app}/save-${file.id}`, "plain", "Enregistrer")));
}
