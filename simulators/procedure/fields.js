/** One field of a form: its label above, what it holds, what is to be looked at again. */
import { drawOffers } from "./offers.js";

const LOOK = "M12 3l9 17H3zM12 9v5m0 3v.5";
const EYE = "M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12zM12 9a3 3 0 1 0 .1 0";
const MODES = { money: "decimal", digits: "numeric", code: "numeric", phone: "tel", mail: "email", date: "text", month: "text" };
const SHAPES = { date: "JJ/MM/AAAA", month: "MM/AAAA" };

/** Whether a field is asked now: its `when` holds in the world. */
export function isAsked(field, world) {
  return holds(field.when ?? {}, world);
}

function holds(spec, value) {
  if (Array.isArray(spec)) return spec.some((one) => holds(one, value));
  if (spec === null || typeof spec !== "object") return (value ?? null) === spec;
  return Object.entries(spec).every(([key, test]) => {
    if (key === "not") return !holds(test, value);
    if (key === "in") return test.includes(value ?? null);
    if (key === "any") return test.some((one) => holds(one, value));
    if (key === "filled") return ![null, undefined, ""].includes(value) === test;
    return holds(test, key.split(".").reduce((inner, step) => inner?.[step], value));
  });
}

const optionsOf = (field) => (field.choices ?? []).map((choice) => (typeof choice === "string" ? { value: choice, label: choice } : choice));

/** A value as people write it: 1 034,50 €; the words of a choice. */
export function showValue(field, value = "") {
  if (field.choices) return optionsOf(field).find((one) => one.value === value)?.label ?? "";
  if (!value) return "";
  if (field.kind === "password") return "••••••";
  // 1034.50 is read as 1 034,50.
  return field.kind === "money" ? `${value.replace(".", ",").replace(/\d(?=(\d{3})+(,|$))/g, "$& ")} ${field.unit ?? "€"}` : value;
}

/** What is to be looked at again, with a link to each field. */
export function drawFaults({ app, ref, mine, kit: { h, icon } }, names) {
  const title = names.length > 1 ? `${names.length} réponses à revoir` : "1 réponse à revoir";
  return h("div", { class: "faults", role: "alert", tabindex: "-1", "data-focus": true, "data-key": "faults" },
    h("h3", {}, icon(LOOK), title),
    h("ul", {}, names.filter((name) => ref.fields[name]).map((name) => {
      const field = ref.fields[name];
      const label = [field.group, field.label].filter(Boolean).join(" : ");
      return h("li", {}, h("a", { href: `#${app}-${name}`, "data-to": `${app}-${name}` }, label));
    })), mine.sent ? null : h("p", {}, "Vos autres réponses sont gardées."));
}

/** A field with its label above. */
export function drawField(site, name, field) {
  const id = `${site.app}-${name}`;
  const fault = site.mine.errors?.[name];
  const described = [field.help || SHAPES[field.kind] ? `${id}-help` : "", fault ? `${id}-fault` : ""].filter(Boolean).join(" ");
  const told = { site, name, field, id, value: site.mine.values?.[name] ?? "", fault, described };
  if (!field.choices) return drawTyped(told);
  return field.list ? drawList(told) : drawChoices(told);
}

function drawNotes({ site: { kit: { h, icon } }, field, id, fault }) {
  const help = field.help ?? (SHAPES[field.kind] && `Le jour d'abord : ${SHAPES[field.kind]}`.replace("Le jour d'abord : MM", "Le mois d'abord : MM"));
  return [
    help && h("p", { class: "help", id: `${id}-help` }, help),
    fault && h("p", { class: "fault", id: `${id}-fault` }, icon(LOOK), fault),
  ];
}

const star = ({ site: { kit: { h } }, field }) => !field.optional && h("span", { class: "star", "aria-hidden": "true" }, "*");

function drawTyped(told) {
  const { h } = told.site.kit;
  const { site, name, field, id, value, fault, described } = told;
  if (field.kind === "password") return drawPassword(told);
  if (field.kind === "long") return drawLong(told);
  const shown = field.kind === "money" ? value.replace(".", ",") : value;
  const input = h("input", {
    id, type: "text", inputmode: MODES[field.kind], autocomplete: "off", spellcheck: "false", "data-part": `${site.app}/${name}`, "data-do": "type",
    "data-value": shown, "aria-describedby": described || null, "aria-invalid": fault ? "true" : null, "aria-required": field.optional ? null : "true",
    class: ["date", "month", "money", "code"].includes(field.kind) ? "short" : "",
  });
  return h("div", { class: "question", "data-key": name }, h("label", { for: id }, field.label, star(told)), drawNotes(told),
    h("div", { class: "entry" }, input, field.unit && h("span", { class: "unit" }, field.unit)),
    drawOffers(site, name, field), field.prefilled && h("p", { class: "help" }, "Déjà écrit par la caisse. À vérifier."));
}

/** A message of several lines; how many letters are left is counted as one writes. */
function drawLong(told) {
  const { h, setText } = told.site.kit;
  const { site, name, field, id, value, fault, described } = told;
  const left = (text) => (text.length > field.most ? `${text.length - field.most} lettres de trop.` : `${text.length} lettres sur ${field.most}.`);
  return h("div", { class: "question", "data-key": name }, h("label", { for: id }, field.label, star(told)), drawNotes(told),
    h("textarea", {
      id, rows: "4", spellcheck: "false", "data-part": `${site.app}/${name}`, "data-do": "type", "data-value": value,
      "aria-describedby": `${id}-left ${described}`.trim(), "aria-invalid": fault ? "true" : null, "aria-required": field.optional ? null : "true",
      oninput: (event) => setText(document.getElementById(`${id}-left`), left(event.target.value)),
    }),
    h("p", { class: "help", id: `${id}-left` }, left(value)));
}

/** Hidden as one types, with an eye to look; how strong it is stands in words. */
function drawPassword(told) {
  const { h, icon, setText } = told.site.kit;
  const { site, name, field, id, value, fault, described } = told;
  const meter = h("p", { class: "help", id: `${id}-meter`, role: "status" }, measure(value));
  const input = h("input", {
    id, type: "password", autocomplete: "off", spellcheck: "false", "data-part": `${site.app}/${name}`, "data-do": "type", "data-value": value,
    "aria-describedby": `${id}-meter ${described}`.trim(), "aria-invalid": fault ? "true" : null, onkeydown: tellCapitals, onkeyup: tellCapitals,
    oninput: field.meter && ((event) => setText(document.getElementById(`${id}-meter`), measure(event.target.value))),
  });
  // What one does not see one writes wrong: the key that makes capitals is told, as the browsers' own windows do.
  function tellCapitals(event) {
    setText(document.getElementById(`${id}-capitals`), event.getModifierState("CapsLock") ? "La touche des grandes lettres (Verr. Maj.) est allumée." : "");
  }
  const look = (event) => {
    const own = document.getElementById(id);
    own.type = own.type === "password" ? "text" : "password";
    event.currentTarget.setAttribute("aria-pressed", String(own.type === "text"));
  };
  return h("div", { class: "question", "data-key": name }, h("label", { for: id }, field.label, star(told)), drawNotes(told),
    h("div", { class: "entry" }, input, h("button", { type: "button", class: "eye", "aria-pressed": "false", onclick: look }, icon(EYE), "Voir")),
    h("p", { class: "help capitals", id: `${id}-capitals`, role: "status" }), field.meter && meter);
}

/** What is still missing, in words: twelve signs of four kinds, or a long sentence. */
function measure(text) {
  if (!text) return "Rien n'est écrit.";
  if (/(\S+ ){6,}\S+/.test(text)) return "Solide : une longue phrase.";
  const missing = [[/[a-z]/, "une petite lettre"], [/[A-Z]/, "une grande lettre"], [/\d/, "un chiffre"], [/[^\w\s]/, "un signe comme ! ou ?"]].filter(([sign]) => !sign.test(text)).map(([, word]) => word);
  const left = 12 - text.length;
  if (left > 0) missing.unshift(left > 1 ? `${left} signes` : "1 signe");
  return missing.length ? `Il manque ${missing.join(", ")}.` : "Solide.";
}

function drawList(told) {
  const { h } = told.site.kit;
  const { site, name, field, id, value, fault, described } = told;
  const part = `${site.app}/${name}`;
  const options = [{ value: "", label: "Choisissez…" }, ...optionsOf(field)];
  return h("div", { class: "question", "data-key": name }, h("label", { for: id }, field.label, star(told)), drawNotes(told),
    h("select", { id, "data-part": part, "data-of": part, "data-do": "choose", "data-value": value, "aria-describedby": described || null, "aria-invalid": fault ? "true" : null, "aria-required": field.optional ? null : "true" },
      options.map((one) => h("option", { value: one.value }, one.label))));
}

/** Round boxes for one of several, a square one for a single choice. */
function drawChoices(told) {
  const { h } = told.site.kit;
  const { site, name, field, id, value, described } = told;
  const part = `${site.app}/${name}`;
  const options = optionsOf(field);
  const type = options.length === 1 ? "checkbox" : "radio";
  const sole = options.length === 1 && options[0].label === field.label; // its own words say it all
  return h("fieldset", { id, class: field.look === "slots" ? "question slots" : sole ? "question sole" : "question", "data-key": name, "data-part": part, "aria-label": field.label, "aria-describedby": described || null },
    !sole && h("legend", {}, field.label, star(told)), drawNotes(told),
    options.map((one) => h("label", { class: "choice", "data-option": one.value },
      h("input", { type, name: id, value: one.value, "data-of": part, "data-do": "choose", "data-checked": one.value === value }), h("span", {}, one.label))));
}
