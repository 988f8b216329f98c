/** A telephone call: what was said, what one may say, how the person feels. The screen at the other end shows when it is over. */
const MOODS = ["La ligne est coupée", "La voix se tend", "La voix hésite", "La voix se pose", "La voix sourit"];
const PHONE = "M6 3h4l2 5-3 2a11 11 0 0 0 5 5l2-3 5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 4 5a2 2 0 0 1 2-2z";
const HIDDEN = "M3 12s4-6 9-6 9 6 9 6-4 6-9 6-9-6-9-6zM4 4l16 16";
const MOUTHS = ["M36 66q14-12 28 0", "M36 64q14-7 28 0", "M36 62h28", "M36 60q14 8 28 0", "M36 58q14 15 28 0"];

/** Mount this app in `root`. */
export function mount(root, given) {
  return given.kit.drawScreen(root, given, (world) => drawCall({ ...given, ref: given.scenario.ref[given.app], mine: world[given.app] }));
}

function drawCall(desk) {
  const { kit: { h }, mine } = desk;
  const screen = mine.ringing ? "ringing" : mine.over ? "over" : "talk";
  return h("div", { class: "sim-call", "data-key": "call", "data-screen": screen },
    drawPerson(desk), mine.ringing ? drawRinging(desk) : h("div", { class: "both", "data-key": "both" }, drawTalk(desk), drawScreenSide(desk)));
}

function drawPerson({ kit: { h, drawing }, ref, mine }) {
  const mood = mine.hung ? 0 : Math.max(1, mine.mood);
  const face = drawing("face", "0 0 100 100", [["skin", "M50 10a40 40 0 1 1 0 80 40 40 0 1 1 0-80"], ["eyes", "M35 40v8M65 40v8"], ["mouth", MOUTHS[mood]]]);
  return h("header", { class: "caller", "data-key": "who" }, mine.ringing ? null : face,
    h("div", {}, h("h2", { tabindex: "-1", "data-focus": true }, mine.over ? `Appel terminé avec ${ref.who}` : ref.who),
      mine.ringing ? null : h("p", { class: "mood" }, MOODS[mood])));
}

function drawRinging({ app, kit: { h, icon, button }, ref }) {
  return h("div", { class: "ringing", "data-key": "ringing" }, h("p", {}, ref.scene), h("p", {}, h("strong", {}, "Le téléphone sonne.")),
    button(`${app}/pick-up`, "main", icon(PHONE), "Décrocher"));
}

function drawTalk(desk) {
  const { kit: { h }, mine, ref } = desk;
  const turns = mine.talk.map((one, number) => h("li", { "data-key": `turn-${number}` },
    one.mine ? h("p", { class: "mine" }, h("strong", {}, "Vous"), one.mine) : null,
    h("p", { class: "theirs" }, h("strong", {}, ref.who), one.theirs),
    one.note ? h("p", { class: "note" }, one.note) : null));
  const last = mine.talk.length - 1;
  const past = last > 0 ? h("details", { class: "past", "data-key": "past" }, h("summary", {}, `Ce qui a été dit (${last})`), h("ol", {}, turns.slice(0, -1))) : null;
  return h("section", { class: "talk", "data-key": "talk", "aria-label": "L'appel" }, past,
    h("div", { role: "log", "aria-label": "Les derniers mots", "data-key": "now" }, h("ol", {}, turns.slice(-1))), drawLines(desk));
}

/** A screen, or what somebody without one has before her. */
function sees(ref) {
  return ref.sees ?? { title: `L'écran de ${ref.who}`, hidden: "Vous ne voyez pas l'écran.", look: "Voir son écran" };
}

function drawLines({ app, kit: { h, icon, button }, mine, ref }) {
  if (mine.over) return mine.screen ? null : h("div", { class: "lines", "data-key": "over" }, button(`${app}/look`, "main", sees(ref).look));
  if (mine.hung) return h("div", { class: "lines", "data-key": "hung" }, button(`${app}/ring`, "main", icon(PHONE), "Rappeler et s'excuser"));
  const words = (id) => ref.lines.find((one) => one.id === id).text;
  return h("div", { class: "lines", "data-key": "lines" }, h("h3", {}, "Que dites-vous ?"),
    h("ul", {}, mine.offer.map((id) => h("li", { "data-key": id }, button(`${app}/${id}`, "line", words(id))))));
}

function drawScreenSide({ kit: { h, icon }, mine, ref }) {
  const known = h("div", { class: "known", "data-key": "known" }, h("h3", {}, "Ce que vous savez"),
    mine.known.length ? h("ul", {}, mine.known.map((one) => h("li", {}, one))) : h("p", {}, "Rien encore. Demandez."));
  const hidden = h("div", { class: "hidden", "data-key": "hidden" }, icon(HIDDEN), h("p", {}, sees(ref).hidden));
  const shown = (mine.screen ?? []).map((one) => h("div", { class: "page", "data-key": one.title }, h("h4", {}, one.title),
    one.lines.map((line) => h("p", {}, line)), one.red ? h("p", { class: "red" }, one.red) : null));
  return h("section", { class: "side", "data-key": "side", "aria-label": sees(ref).title },
    drawWords(h, mine.words), h("h3", {}, sees(ref).title), mine.screen ? h("div", { class: "shown", "data-key": "shown" }, shown) : hidden, known);
}

/** The words one chose, weighed once the call is over. */
function drawWords(h, words) {
  if (!words) return null;
  const marks = words.marks.length ? h("p", {}, `Repères donnés : ${words.marks.length}. ${words.marks.map((one) => `« ${one} »`).join(", ")}.`) : h("p", {}, "Aucun repère donné.");
  const unknown = words.unknown.map((one) => h("li", {}, h("strong", {}, `« ${one.word} »`), ` : dites plutôt « ${one.say} ».`));
  return h("div", { class: "known words", "data-key": "words" }, h("h3", {}, "Vos mots"), marks,
    unknown.length ? h("p", {}, `Mots à expliquer : ${unknown.length}.`) : h("p", {}, "Aucun mot du métier sans explication."), unknown.length ? h("ul", {}, unknown) : null);
}
