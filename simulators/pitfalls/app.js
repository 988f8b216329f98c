/** A form with its pitfalls, drawn from the state; it judges nothing. */

const MINUTES = 2;
const TICK = 1000;

/** Mount this app in `root`. */
export function mount(root, given) {
  const ref = given.scenario.ref[given.app];
  const clock = { end: 0 };
  const screen = given.kit.drawScreen(root, given, (world) => draw({ ...given, ref, clock }, world[given.app]));
  const timer = setInterval(() => {
    const shown = root.querySelector(".left");
    if (shown) given.kit.setText(shown, tellLeft(clock));
  }, TICK);
  return { ...screen, destroy: () => (clearInterval(timer), screen.destroy()) };
}

/** Time is short, as on real sites: two minutes run down, one button gives more. At their end the page waits all the same. */
function drawExpiring({ app, clock, kit: { h, button } }) {
  if (!clock.end) clock.end = Date.now() + MINUTES * 60 * TICK;
  return h("div", { class: "expiring", "data-key": "expiring" },
    h("p", { role: "alert" }, "Votre session va bientôt se fermer."), h("p", { class: "left", role: "timer" }, tellLeft(clock)), button(`${app}/extend`, "main", "Prolonger"));
}

function tellLeft({ end }) {
  const left = Math.max(0, Math.round((end - Date.now()) / TICK));
  if (!left) return "Le temps est passé. Vos réponses sont encore là.";
  return `Encore ${Math.floor(left / 60)} min ${String(left % 60).padStart(2, "0")} s.`;
}

function draw(form, own) {
  const { app, ref, kit: { h } } = form;
  if (!own.expiring) form.clock.end = 0;
  const page = ref.pages.find(({ id }) => id === own.page);
  const faults = Object.entries(own.errors);
  const top = page.errors === "top";
  return h("div", { class: `sim-pitfalls ${form.kit.tint(ref.brand)}`, "data-screen": page.id },
    h("header", {}, h("p", { class: "site-name" }, ref.brand), ref.address && h("p", { class: "place" }, ref.address)),
    own.expiring ? drawExpiring(form) : null,
    h("h2", { tabindex: "-1", "data-focus": true }, page.title),
    faults.length ? h("div", { class: "faults", "data-key": "faults", role: top ? null : "alert" }, h("p", {}, h("strong", {}, "À revoir :")), h("ul", {}, faults.map(([name, say]) => h("li", {}, `${labelOf(page, name)} : ${say}`)))) : null,
    (page.text ?? []).map((text) => h("p", { "data-key": text }, text)),
    h("div", { class: "blocks", "data-key": "blocks" }, page.blocks.map((block) => drawBlock(form, block, own, top))),
    h("p", { class: "note", "data-key": "note", role: "status" }, own.note && (own.note !== "check" || !top) ? ref.notes[own.note] : ""));
}

const labelOf = (page, name) => page.blocks.find(({ id }) => id === name)?.label ?? "";

function drawBlock(form, block, own, top) {
  const { app, kit: { h, button } } = form;
  if (block.kind === "button") return button(`${app}/${block.id}`, block.plain ? "plain" : "main", block.label);
  const fault = own.errors[block.id];
  const asked = DRAWN[block.kind](form, block, own);
  return h("div", { class: `block kind-${block.kind}${fault && !top ? " to-see" : ""}`, "data-key": block.id }, asked, fault && !top ? h("p", { class: "fault" }, fault) : null);
}

const DRAWN = { text: drawText, choice: drawChoice, list: drawList, tick: drawTick, many: drawMany, file: drawFile, proof: drawProof };

const star = ({ kit: { h } }, block) => (block.star ? h("span", { class: "star", "aria-hidden": "true" }, " *") : null);

function drawText(form, block, own) {
  const { app, kit: { h } } = form;
  return h("label", {}, h("span", { class: "label" }, block.label, star(form, block)), block.help && h("span", { class: "help" }, block.help),
    entry(form, `${app}/${block.id}`, own.values[block.id]), block.model && h("span", { class: "model" }, `Modèle : ${block.model}`));
}

function entry({ kit: { h } }, part, value = "") {
  return h("input", { type: "text", autocomplete: "off", spellcheck: "false", maxlength: "60", "data-part": part, "data-do": "type", "data-value": value, value });
}

/** Round boxes: one of several. */
function drawChoice(form, block, own) {
  const { app, kit: { h } } = form;
  const part = `${app}/${block.id}`;
  return h("fieldset", { "data-part": part, "aria-label": block.label }, h("legend", {}, block.label, star(form, block)),
    block.options.map((one) => h("label", { class: "choice", "data-option": one.value },
      h("input", { type: "radio", name: part, value: one.value, "data-of": part, "data-do": "choose", "data-checked": own.values[block.id] === one.value }), h("span", {}, one.label))));
}

/** A folded list: its answers are seen once it is open. */
function drawList(form, block, own) {
  const { app, kit: { h } } = form;
  const part = `${app}/${block.id}`;
  return h("label", {}, h("span", { class: "label" }, block.label, star(form, block)), block.help && h("span", { class: "help" }, block.help),
    h("select", { "data-part": part, "data-of": part, "data-do": "choose", "data-value": own.values[block.id] ?? "" },
      [{ value: "", label: "Choisissez…" }, ...block.options].map((one) => h("option", { value: one.value }, one.label))));
}

function box({ kit: { h, button } }, part, on, label) {
  const made = button(part, "box", h("span", { class: "square", "aria-hidden": "true" }, on ? "✓" : ""), h("span", {}, label));
  made.setAttribute("role", "checkbox");
  made.setAttribute("aria-checked", String(Boolean(on)));
  return made;
}

function drawTick(form, block, own) {
  return box(form, `${form.app}/${block.id}`, own.values[block.id], block.label);
}

/** Square boxes: as many as one wants. */
function drawMany(form, block, own) {
  const { app, kit: { h } } = form;
  return h("div", { role: "group", "aria-label": block.label }, h("p", { class: "label" }, block.label, star(form, block)),
    block.options.map((one) => box(form, `${app}/${block.id}-${one.value}`, own.values[`${block.id}-${one.value}`], one.label)));
}

/** The files that one may attach, with their size and kind, as a window shows them. */
function drawFile(form, block, own) {
  const { app, kit: { h } } = form;
  const part = `${app}/${block.id}`;
  const there = block.options.filter(({ when }) => !when || own.done.includes(when));
  return h("fieldset", { "data-part": part, "aria-label": block.label }, h("legend", {}, block.label, star(form, block)), block.help && h("p", { class: "help" }, block.help),
    there.map((one) => h("label", { class: "choice file", "data-option": one.value },
      h("input", { type: "radio", name: part, value: one.value, "data-of": part, "data-do": "choose", "data-checked": own.values[block.id] === one.value }),
      h("span", {}, h("strong", {}, one.label), h("span", { class: "help" }, one.text)))));
}

/** Figures, a picture or a voice, to show that a person is there. */
function drawProof(form, block, own) {
  const { app, kit: { h, button } } = form;
  const variant = block.variants[own.way[block.id] ?? 0];
  return h("div", { class: "proof" }, h("label", {}, h("span", { class: "label" }, block.label, star(form, block)), h("span", { class: "ask" }, variant.ask),
    variant.signs && h("span", { class: "signs", role: "img", "aria-label": "Des lettres penchées" }, [...variant.signs].map((sign) => h("span", {}, sign))),
    entry(form, `${app}/${block.id}`, own.values[block.id])),
  variant.heard && listen(form, variant.heard), button(`${app}/${block.id}-other`, "plain", "Une autre question"));
}

function listen({ voice, kit: { h } }, text) {
  return h("button", { type: "button", class: "listen", "data-say": text, "data-audio": voice?.[text] ?? null }, "▶ Écouter");
}
