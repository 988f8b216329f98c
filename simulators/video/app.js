/** A video call, all drawn: no microphone, no camera, nothing is captured. Drawn from the state; it judges nothing. */
const MIC = "M12 3a3 3 0 0 1 3 3v6a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3zM6 11a6 6 0 0 0 12 0M12 17v4";
const CAMERA = "M3 7h12v10H3zM15 11l6-4v10l-6-4z";
const CHAT = "M4 5h16v11H9l-5 4z";
const SHARE = "M3 5h18v12H3zM12 15V8m-3 3 3-3 3 3M8 20h8";
const LEAVE = "M4 15c4-5 12-5 16 0l-3 2-3-3h-4l-3 3z";
const FACE = [["back", "M0 0h120v80H0z"], ["skin", "M60 16a15 15 0 1 1 0 31a15 15 0 1 1 0-31"], ["body", "M26 80a34 30 0 0 1 68 0z"]];

/** Mount this app in `root`. */
export function mount(root, given) {
  return given.kit.drawScreen(root, given, (world) => drawVideo({ ...given, ref: given.scenario.ref[given.app], mine: world[given.app] }));
}

function drawVideo(desk) {
  const { h, icon } = desk.kit;
  const { page, permission } = desk.mine;
  const screens = { door: drawDoor, test: drawTest, wait: drawWait, call: drawCall, chat: drawChat, pick: drawPick, left: drawLeft };
  const held = desk.ref.layout === "phone" || window.innerWidth < 600;
  return h("div", { class: held ? "sim-video held" : "sim-video", "data-key": "video", "data-screen": page === "test" ? `test ${permission}` : page },
    h("div", { class: "brand", "data-key": "brand" }, icon(CAMERA), h("strong", {}, "VisioSimple")), h("div", { class: "page", "data-key": page }, screens[page](desk)));
}

const title = ({ kit: { h } }, words) => h("h2", { tabindex: "-1", "data-focus": true }, words);

/** Before the call: the person's picture, and beside it what to do. */
function drawLobby({ ref, kit: { h, drawing } }, children) {
  return h("div", { class: "lobby", "data-key": "lobby" }, h("div", {}, children),
    h("figure", { class: "tile" }, drawing("face", "0 0 120 80", FACE), h("figcaption", {}, h("strong", {}, ref.host.name), h("span", {}, ref.host.role))));
}

function drawDoor(desk) {
  const { app, ref, kit: { h, button } } = desk;
  return [title(desk, `Appel avec ${ref.host.name}`), drawLobby(desk, [h("p", {}, ref.host.role), h("div", { class: "bar" }, button(`${app}/test`, "main", "Préparer l'appel"))])];
}

function drawTest(desk) {
  const { app, mine, kit: { h, icon, button } } = desk;
  if (mine.permission === null) return [title(desk, "VisioSimple demande votre accord"), h("p", {}, "Utiliser le micro et la caméra pendant l'appel ?"), h("p", {}, "Entraînement : rien n'est filmé, rien n'est écouté."),
    h("div", { class: "bar" }, button(`${app}/allow`, "main", "Autoriser"), button(`${app}/refuse`, "plain", "Refuser"))];
  if (mine.permission === "refused") return [title(desk, "Le micro et la caméra sont bloqués"), h("p", {}, "L'autre personne ne peut pas vous entendre."), h("div", { class: "bar" }, button(`${app}/settings`, "main", "Changer mon choix"))];
  const one = (part, path, name, done, say) => h("li", { "data-key": part }, button(`${app}/${part}`, "card", icon(path), name), h("p", { role: "status" }, done ? say : "Pas encore essayé."));
  return [title(desk, "Essayer le micro et la caméra"), h("ul", { class: "cards" }, one("try-mic", MIC, "Essayer le micro", mine.mic, "Le micro marche."), one("try-camera", CAMERA, "Essayer la caméra", mine.camera, "La caméra marche.")),
    h("div", { class: "bar" }, button(`${app}/join`, "main", "Rejoindre l'appel"))];
}

function drawWait(desk) {
  const { app, ref, kit: { h, button } } = desk;
  return [title(desk, "Salle d'attente"), drawLobby(desk, [h("p", {}, `${ref.host.name} vous ouvre la porte.`), h("div", { class: "bar" }, button(`${app}/enter`, "main", "Entrer"))])];
}

function drawCall(desk) {
  const { app, ref, mine, kit: { h, icon, button, drawing } } = desk;
  const now = mine.sharing && (ref.windows.find(({ id }) => id === mine.sharing)?.name ?? "tout l'écran");
  const tool = (part, path, name) => button(`${app}/${part}`, part === "leave" ? "tool leave" : "tool", icon(path), name);
  const tile = (name, note, seen) => h("figure", { class: "tile", "data-key": name }, seen ? drawing("face", "0 0 120 80", FACE) : h("div", { class: "face off" }, "Caméra coupée"), h("figcaption", {}, h("strong", {}, name), note && h("span", {}, note)));
  return [title(desk, "Appel en cours"),
    mine.echo && h("div", { class: "told", "data-key": "echo" }, h("p", {}, "L'appel est ouvert deux fois : le son revient."), button(`${app}/single`, "plain", "Fermer l'autre page")),
    h("div", { class: "told", role: "status", "data-key": "told" }, mine.said && h("p", { class: "said" }, `${ref.host.name} : « ${mine.said} »`), now ? h("p", {}, `Vous montrez : ${now}`) : h("p", {}, mine.muted ? "Votre micro est coupé : on ne vous entend pas." : "Votre micro est ouvert : on vous entend.")),
    h("div", { class: "tiles" }, tile(ref.host.name, ref.host.role, true), tile(`${ref.me} (vous)`, mine.muted ? "micro coupé" : "micro ouvert", mine.seen)),
    h("div", { class: "tools" }, tool("mute", MIC, mine.muted ? "Ouvrir le micro" : "Couper le micro"), tool("film", CAMERA, mine.seen ? "Couper la caméra" : "Ouvrir la caméra"), tool("chat", CHAT, "Écrire"),
      mine.sharing ? tool("stop", SHARE, "Ne plus montrer") : null, ref.windows.length > 0 && tool("share", SHARE, "Montrer un papier"), tool("leave", LEAVE, "Quitter"))];
}

function drawChat(desk) {
  const { app, ref, mine, kit: { h, button } } = desk;
  const id = `${app}-message`;
  return [title(desk, "Messages de l'appel"), h("ul", { class: "chat" }, h("li", {}, h("strong", {}, `${ref.host.name} : `), ref.hello), mine.chat.map((say) => h("li", {}, h("strong", {}, "Vous : "), say))),
    h("label", { for: id }, "Votre message"), h("input", { id, type: "text", autocomplete: "off", "data-part": `${app}/message`, "data-do": "type", "data-value": mine.message }),
    h("div", { class: "bar" }, button(`${app}/post`, "main", "Envoyer"), button(`${app}/close`, "plain", "Fermer"))];
}

function drawPick(desk) {
  const { app, ref, kit: { h, icon, button } } = desk;
  return [title(desk, "Que voulez-vous montrer ?"), h("p", {}, "L'autre personne verra votre choix."), h("ul", { class: "cards" },
    h("li", {}, button(`${app}/take-screen`, "card", icon(SHARE), "Tout l'écran")), ref.windows.map(({ id, name }) => h("li", { "data-key": id }, button(`${app}/take-${id}`, "card", icon("M6 3h8l4 4v14H6z"), `Fenêtre : ${name}`)))),
    h("div", { class: "bar" }, button(`${app}/close`, "plain", "Fermer"))];
}

function drawLeft(desk) {
  const { app, kit: { h, button } } = desk;
  return [title(desk, "Vous avez quitté l'appel"), h("p", {}, "Le micro et la caméra sont arrêtés."), h("div", { class: "bar" }, button(`${app}/return`, "plain", "Revenir dans l'appel"))];
}
