/** Copy and paste: lines on one side, cases on the other; by Ctrl and a letter, or by the buttons above. */

const KEYS = { a: "Control+A", c: "Control+C", v: "Control+V" };
const ACTIONS = [["all", "Tout sélectionner"], ["copy", "Copier"], ["paste", "Coller"]];

/** The whole screen of this kind; what the machine's own clipboard holds never comes in. */
export function mountPasting(root, given) {
  const { app, scenario, emit, readonly, kit } = given;
  const ref = scenario.ref[app];
  const node = kit.h("div", { class: `sim-keyboard kind-paste${readonly ? " is-readonly" : ""}` });
  root.replaceChildren(node);
  if (!readonly) watch(node, (part, key) => emit({ part, do: "trace", value: key ? ["", key] : [""] }));
  const screen = kit.drawScreen(node, given, (world) => draw({ app, ref, kit }, world[app]));
  return { ...screen, destroy: () => (screen.destroy(), node.remove()) };
}

function draw(desk, own) {
  const { app, ref, kit: { h, button } } = desk;
  const clip = ref.sources.find(({ id }) => id === own.clip);
  return h("div", { class: "lines" },
    h("p", { class: "lead" }, ref.lead),
    h("div", { class: "words" }, h("p", { class: "note", role: "status" }, own.note ? ref.notes[own.note][0] : "")),
    h("div", { class: "actions", role: "group", "aria-label": "Édition" }, ACTIONS.map(([name, label]) => button(`${app}/${name}`, "action", label))),
    h("div", { class: "columns" },
      column(desk, "source", ref.from, ref.sources.map((source) => drawEntry(desk, own, source, source.text))),
      column(desk, "target", ref.to, ref.targets.map((target) => drawEntry(desk, own, target, textOf(ref, own.values[target.id]))))),
    h("p", { class: "clip" }, clip ? `Copié : ${clip.text}` : "Rien n'est copié."));
}

function column({ kit: { h } }, kind, title, children) {
  return h("div", { class: `column ${kind}` }, h("h2", {}, title), children);
}

function drawEntry({ app, kit: { h } }, own, one, text) {
  return h("label", { class: "line" }, h("span", { class: "label" }, one.label),
    h("input", { type: "text", class: own.focus === one.id ? "entry is-here" : "entry", readonly: true, "data-part": `${app}/${one.id}`, "data-gesture": "keys", "data-chosen": own.selected === one.id, "data-value": text, value: text }));
}

function textOf({ sources }, id) {
  return sources.find((source) => source.id === id)?.text ?? "";
}

const isMenuKey = ({ key, shiftKey }) => key === "ContextMenu" || (key === "F10" && shiftKey);

/**
 * Keys with Ctrl, what is drawn over with the mouse, and the browser's own menu, all told alike. A click or Enter says
 * which line one is in: Tab on the way to the buttons says nothing, else one could not reach them by keys alone. The menu key
 * (or Maj+F10) chooses the line and goes to the buttons; arrows walk them, Échap comes back.
 */
function watch(node, tell) {
  let from = null;
  node.addEventListener("focusin", (event) => entry(event) && (from = event.target));
  const walkMenu = (event) => {
    const buttons = [...node.querySelectorAll(".actions button")];
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") from?.focus();
    else if (step) buttons[(buttons.indexOf(event.target) + step + buttons.length) % buttons.length].focus();
    else return;
    event.preventDefault();
  };

  const entry = (event) => event.target.closest?.(".entry");
  const part = (event) => entry(event)?.dataset.part;
  node.addEventListener("click", (event) => part(event) && tell(part(event)));
  node.addEventListener("keydown", (event) => {
    if (part(event) && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      return tell(part(event));
    }
    if (part(event) && isMenuKey(event)) {
      event.preventDefault();
      tell(part(event));
      return node.querySelector(".actions button").focus();
    }
    if (event.target.closest?.(".actions")) return walkMenu(event);
    const key = KEYS[event.key.toLowerCase()];
    if (!part(event) || !key || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    event.preventDefault();
    if (key === "Control+A") event.target.select();
    tell(part(event), key);
  });
  node.addEventListener("mouseup", (event) => {
    const field = entry(event);
    const drawn = field && field.selectionEnd - field.selectionStart;
    if (drawn) tell(field.dataset.part, drawn === field.value.length ? "Control+A" : "Part");
  });
  for (const [name, key] of [["copy", "Control+C"], ["paste", "Control+V"]]) {
    node.addEventListener(name, (event) => part(event) && (event.preventDefault(), tell(part(event), key)));
  }
}
