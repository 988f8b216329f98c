/** A drawn phone: messages, calls, contacts. Drawn from the state; it judges nothing. */

const TABS = [["texts", "Messages", "M4 5h16v11H9l-5 4z"], ["calls", "Appels", "M6 3l3 5-2 2c1 3 4 6 7 7l2-2 5 3c0 3-3 4-5 3C9 19 5 14 3 8c0-2 1-4 3-5z"], ["people", "Contacts", "M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM4 21c1-5 4-7 8-7s7 2 8 7"]];
const BACK = "M14 5l-7 7 7 7";
const TICK = "M4 12l5 6L20 6";
const LOOK = "M12 3l9 17H3zM12 9v5m0 3v.5";
const WORDS = [["safe", "Fiable"], ["trap", "Piège"], ["unsure", "Je ne sais pas"]];

/** Mount this app in `root`. */
export function mount(root, given) {
  const ref = given.scenario.ref[given.app] ?? {};
  return given.kit.drawScreen(root, given, (world) => drawPhone({ ...given, ref, world, mine: world[given.app] ?? {} }));
}

function drawPhone(box) {
  const { ref, mine, kit: { h } } = box;
  const caller = (ref.callers ?? []).find(({ id }) => id === mine.ring);
  const page = mine.call ? "call" : caller ? "ring" : mine.page ?? "list";
  const screens = { call: drawCall, ring: () => drawRing(box, caller), text: drawText, list: drawList };
  return h("div", { class: "sim-phone", "data-key": "phone", "data-screen": `${page} ${mine.tab} ${mine.open ?? ""} ${mine.ring ?? ""}` },
    h("div", { class: "case" }, h("div", { class: "status", "aria-hidden": "true" }, h("span", {}, "15:00"), h("span", {}, "▂▄▆ ▮")), h("div", { class: "glass", "data-key": page }, screens[page](box)),
      (page === "list" || page === "text") && drawTabs(box)));
}

function drawTabs({ app, mine, kit: { h, icon, button } }) {
  return h("nav", { class: "tabs", "aria-label": "Le téléphone" }, TABS.map(([id, name, path]) => {
    const tab = button(`${app}/tab-${id}`, "tab", icon(path), h("span", {}, name));
    if ((mine.tab ?? "texts") === id) tab.setAttribute("aria-current", "page");
    return tab;
  }));
}

/** Every SMS on the screen, the newest first. */
function textsOf({ ref, mine }) {
  const got = [...new Set(mine.got ?? [])].map((id) => (ref.later ?? []).find((text) => text.id === id)).filter(Boolean);
  const arrived = mine.late ? got.filter(({ id }) => (mine.read ?? []).includes(id)) : got;
  return [...arrived.reverse(), ...(ref.texts ?? [])].filter(({ id }) => !(mine.deleted ?? []).includes(id));
}

function drawList(box) {
  const { app, mine, kit: { h, button } } = box;
  const [id, title] = TABS.find(([tab]) => tab === (mine.tab ?? "texts"));
  const rows = { texts: drawTexts, calls: drawVoices, people: drawPeople }[id](box);
  return [
    h("h2", { tabindex: "-1", "data-focus": true }, title),
    id === "texts" && mine.late && h("p", { class: "note", role: "status" }, "Le réseau est lent. Appuyez encore sur « Messages »."),
    rows.length ? h("ul", { class: "rows", "data-key": id }, rows) : h("p", {}, "Il n'y a rien ici."),
    id === "texts" && (mine.deleted ?? []).length > 0 && h("div", { class: "bar", "data-key": "back" }, button(`${app}/restore`, "plain", "Remettre les messages supprimés")),
  ];
}

function drawTexts(box) {
  const { app, mine, ref, world, kit: { h, icon, button, fill } } = box;
  return textsOf(box).map((text) => {
    const fresh = !(mine.read ?? []).includes(text.id);
    const word = WORDS.find(([id]) => id === mine.sorted?.[text.id])?.[1];
    return h("li", { "data-key": text.id }, button(`${app}/row-${text.id}`, fresh ? "item fresh" : "item",
      h("span", { class: "sender" }, text.name, fresh && h("span", { class: "count" }, "à lire")),
      text.date && h("span", { class: "date" }, text.date),
      h("span", { class: "about" }, fill(text.body, world)),
      ref.sorting && word && h("span", { class: "word" }, icon(TICK), word)));
  });
}

function drawVoices({ app, ref, mine, world, kit: { h, button, fill } }) {
  return (ref.voices ?? []).map((voice) => {
    const heard = (mine.heard ?? []).includes(voice.id);
    return h("li", { "data-key": voice.id }, button(`${app}/voice-${voice.id}`, heard ? "item" : "item fresh",
      h("span", { class: "sender" }, voice.name ?? voice.number), voice.date && h("span", { class: "date" }, voice.date),
      h("span", { class: "about" }, heard ? "Message vocal écouté" : "Écouter le message vocal")),
    heard && h("p", { class: "bubble", role: "status" }, fill(voice.said, world)));
  });
}

function drawPeople({ app, ref, kit: { h, button } }) {
  return (ref.contacts ?? []).map(({ id, name, number }) => h("li", { "data-key": id }, button(`${app}/dial-${id}`, "item",
    h("span", { class: "sender" }, name), h("span", { class: "date" }, "Appeler"), h("span", { class: "about" }, number))));
}

function drawText(box) {
  const { app, mine, world, kit: { h, icon, button, fill, paragraphs } } = box;
  const text = textsOf(box).find(({ id }) => id === mine.open);
  const back = button(`${app}/close`, "plain", icon(BACK), "Retour");
  if (!text) return [back];
  return [
    h("div", { class: "bar" }, back),
    h("h2", { tabindex: "-1", "data-focus": true }, text.name, h("span", { class: "number" }, text.number)),
    h("div", { class: "bubble" }, paragraphs(fill(text.body, world)),
      text.link && button(`${app}/link`, "link", text.link),
      (text.links ?? []).map((link) => button(`${app}/go-${link.app}`, "link", fill(link.label, world)))),
    (mine.sent ?? []).filter(({ to }) => to === text.id).map(({ body }, rank) => h("p", { class: "bubble own", "data-key": `own-${rank}` }, body)),
    (mine.followed ?? []).includes(text.id) && h("p", { class: "note", role: "status" }, icon(LOOK), "La page ne s'ouvre pas ici."),
    mine.note && h("p", { class: "note", role: "status", "data-key": "note" }, icon(LOOK), mine.note),
    (mine.reported ?? []).includes(text.id) && h("p", { class: "told", role: "status", "data-key": "told" }, icon(TICK), "Message signalé au 33700."),
    box.ref.sorting && drawSort(box, text),
    drawReply(box),
    h("div", { class: "bar", "data-key": "bar" }, button(`${app}/report`, "plain", "Signaler"), button(`${app}/delete`, "plain", "Supprimer")),
  ];
}

function drawSort({ app, mine, kit: { h, button } }, text) {
  const chosen = mine.sorted?.[text.id];
  const press = (node, on) => (node.setAttribute("aria-pressed", on ? "true" : "false"), node);
  return h("fieldset", { class: "sort", "data-key": "sort" }, h("legend", {}, "Ce message est…"),
    WORDS.map(([id, name]) => press(button(`${app}/sort-${id}`, "choice", name), chosen === id)),
    chosen === "unsure" && [["ask", "Je demande à quelqu'un"], ["site", "Je vais moi-même sur le site"]]
      .map(([id, name]) => press(button(`${app}/${id}`, "choice", name), mine.then?.[text.id] === id)));
}

function drawReply({ app, mine, kit: { h, button } }) {
  const id = `${app}-body`;
  const field = h("textarea", { id, rows: "2", autocomplete: "off", spellcheck: "false", "data-part": `${app}/body`, "data-do": "type", "data-value": mine.draft ?? "" });
  return h("div", { class: "reply", "data-key": "reply" }, h("label", { for: id }, "Répondre"), field, button(`${app}/send`, "main", "Envoyer"));
}

function drawRing({ app, kit: { h, button } }, caller) {
  return [
    h("p", { class: "state", role: "status" }, "Appel entrant"),
    h("h2", { class: "caller", tabindex: "-1", "data-focus": true }, caller.name ?? "Numéro inconnu", h("span", { class: "number" }, caller.number)),
    h("div", { class: "hand" }, button(`${app}/decline`, "stop", "Refuser"), button(`${app}/answer`, "take", "Répondre")),
  ];
}

function drawCall({ app, ref, mine, world, kit: { h, button, fill, paragraphs } }) {
  const who = [...(ref.callers ?? []), ...(ref.contacts ?? [])].find(({ id }) => id === mine.call) ?? {};
  return [
    h("p", { class: "state", role: "status" }, "Appel en cours"),
    h("h2", { class: "caller", tabindex: "-1", "data-focus": true }, who.name ?? "Numéro inconnu", h("span", { class: "number" }, who.number)),
    who.said && h("div", { class: "bubble" }, paragraphs(fill(who.said, world))),
    h("div", { class: "hand" }, button(`${app}/hang`, "stop", "Raccrocher")),
  ];
}
