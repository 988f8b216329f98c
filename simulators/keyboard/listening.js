/** A dictation: a voice says the line, one writes what one hears; the model shows itself only when asked for. */

/** One line at a time; once written, both stand side by side, without a mark. */
export function buildListening({ app, ref, makeField, emit, readonly, voice, kit }) {
  const { h, setText } = kit;
  const end = () => (field.flush(), emit({ part: `${app}/written`, do: "click" }));
  const field = makeField({ part: "", label: "", model: "" }, { enter: readonly ? null : end });
  const label = h("span", { class: "label" });
  const listen = h("button", { type: "button", class: "listen", "data-say": "" }, "▶ Écouter");
  const show = h("button", { type: "button", "aria-expanded": "false", onclick: () => turn(model.hidden) }, "Voir le modèle");
  const model = h("p", { class: "model", hidden: true });
  const pairs = h("ol", { class: "pairs", "aria-label": "Déjà écrit" });
  const done = h("button", { type: "button", class: "done", "data-part": `${app}/written`, "data-do": "click", onclick: readonly ? null : end }, "J'ai écrit");
  const turn = (shown) => {
    model.hidden = !shown;
    show.setAttribute("aria-expanded", String(shown));
  };
  const writing = h("div", { class: "lines" }, h("div", { class: "heard" }, listen, show), h("label", { class: "line" }, label, field.input), model, done);
  const at = { line: -1 };
  const begin = (own) => {
    const line = ref.lines[(at.line = own.line)];
    writing.hidden = !line;
    pairs.replaceChildren(...own.wrote.map((text, rank) => h("li", {}, h("b", {}, `✓ ${text}`), ` · ${ref.lines[rank].text}`)));
    if (!line) return delete field.input.dataset.part;
    turn(false);
    listen.dataset.say = line.text;
    if (voice?.[line.text]) listen.dataset.audio = voice[line.text];
    setText(label, line.label);
    setText(model, line.text);
    field.name(`${app}/${line.id}`, line.label);
    field.renew(own.text);
  };
  return {
    node: h("div", { class: "lines" }, pairs, writing),
    fields: () => [field],
    current: () => (ref.lines[at.line] ? field : null),
    findNext: () => null,
    update: (own) => (own.line === at.line ? field.draw(own.text) : begin(own)),
  };
}
