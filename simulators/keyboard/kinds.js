/** The two shapes of a drill: lines to write one after the other, and a form with several fields. */
import { countWritten, findNext } from "./next.js";

/** One line at a time: its model above, the field below, and the lines already written. */
export function buildLines({ app, ref, makeField, kit }) {
  const { h } = kit;
  const field = makeField({ part: "", label: "", model: "" });
  const model = h("p", { class: "model", "aria-hidden": "true" });
  const label = h("span", { class: "label" });
  const written = h("ol", { class: "written", "aria-label": "Déjà écrit" });
  const at = { line: -1 };
  const line = () => ref.lines[at.line];
  return {
    node: h("div", { class: "lines" }, written, h("label", { class: "line" }, label, model, field.input)),
    fields: () => [field],
    current: () => (line() ? field : null),
    findNext: () => (line() ? findNext(field.text, field.caret, line().text, Boolean(ref.exact)) : null),
    drawModel: () => line() && drawModel(kit, model, line(), field, ref),
    update(own) {
      if (own.line !== at.line) {
        at.line = own.line;
        begin(kit, field, label, line(), app, own.text);
        written.replaceChildren(...ref.lines.slice(0, own.line).map(({ text }) => h("li", {}, `✓ ${text}`)));
      } else field.draw(own.text);
    },
  };
}

function begin({ setText }, field, label, line, app, text) {
  const node = field.input.closest(".line");
  node.hidden = !line;
  if (!line) return delete field.input.dataset.part;
  field.model = line.text;
  field.name(`${app}/${line.id}`, `${line.label}. Modèle : ${line.text}`);
  setText(label, line.label);
  field.renew(text);
}

/** The model, what is well written underlined, the next sign in a box. */
function drawModel({ h }, node, { text }, field, ref) {
  const done = Math.min(countWritten(field.text, text, Boolean(ref.exact)), text.length);
  const shown = (part) => part.replaceAll(" ", "␣");
  node.replaceChildren(h("span", { class: "was" }, text.slice(0, done)), h("span", { class: "now" }, shown(text.slice(done, done + 1))), text.slice(done + 1));
}

/** Several fields at once; Tab leads from one to the next. */
export function buildForm({ app, ref, makeField, send, readonly, kit: { h } }) {
  const fields = ref.fields.map(({ id, label, text }) => Object.assign(makeField({ part: `${app}/${id}`, label: `${label}. Modèle : ${text}`, model: text }), { id }));
  const state = { focus: fields[0].id, own: null };
  if (!readonly) fields.forEach((field) => watchFocus(field, fields, state, send));
  const current = () => fields.find(({ input }) => input === document.activeElement) ?? fields.find(({ id }) => id === state.focus);
  return {
    node: h("div", { class: "form" }, ...fields.map((field, at) => h("label", { class: "line" }, h("span", { class: "label" }, ref.fields[at].label), field.input, h("span", { class: "copy", "aria-hidden": "true" }, ref.fields[at].text)))),
    fields: () => fields,
    current,
    findNext: () => findNext(current().text, current().caret, current().model, Boolean(ref.exact)) ?? crossing(fields, current(), state.own),
    go: (field, way) => fields[fields.indexOf(field) + way]?.input.focus(),
    update(own) {
      Object.assign(state, { own, focus: own.focus });
      for (const field of fields) {
        field.draw(own.values[field.id] ?? "");
        field.input.closest(".line").classList.toggle("is-current", field.id === own.focus);
      }
    },
  };
}

/** Once a field is right: Tab to the next, and from the last one back with Maj and Tab. */
function crossing(fields, field, own) {
  if (!own || own.returned.length) return null;
  return { key: field === fields.at(-1) ? "Shift+Tab" : "Tab" };
}

/** A field reached by a click is told as such; Tab tells itself. */
function watchFocus(field, fields, state, send) {
  field.input.addEventListener("pointerdown", () => {
    const before = fields.find(({ input }) => input === document.activeElement);
    if (before && before !== field) setTimeout(() => send(field, [field.text, "Mouse"]));
  });
  field.input.addEventListener("focus", () => (state.focus = field.id));
}
