/** A form or a small site: its pages, fields and receipt, drawn from the state. It judges nothing. */
import { drawCards } from "./cards.js";
import { drawField, drawFaults, isAsked, showValue } from "./fields.js";
import { arrange, drawBrand, drawMenu, nameLayout } from "./layouts.js";

const TICK = "M4 12l5 6L20 6";
const SAVE = "M12 3v12m0 0l-5-5m5 5l5-5M4 20h16";

/** Mount this app in `root`. */
export function mount(root, given) {
  const ref = given.scenario.ref[given.app];
  return given.kit.drawScreen(root, given, (world) => drawSite({ ...given, ref, world, mine: world[given.app] ?? {} }));
}

function drawSite(site) {
  const { h } = site.kit;
  const page = findPage(site);
  // Whoever was led here by another app left the faults of another page behind.
  const faults = Object.keys(site.mine.errors ?? {}).filter((name) => site.ref.fields[name]?.page === page.id);
  const tries = Object.values(site.mine.tries ?? {}).reduce((all, one) => all + one, 0);
  const kind = `sim-procedure layout-${nameLayout(site.ref)} ${site.kit.tint(site.ref.brand)}`;
  return h("div", { class: kind, "data-key": "site", "data-screen": `${page.id} ${tries}` },
    arrange(site, page, {
      header: () => h("header", {}, drawBrand(site), drawMenu(site, page)),
      body: () => drawBody(site, page, faults),
      actions: (given) => drawActions(site, page, given),
    }));
}

function drawBody(site, page, faults) {
  const { h, fill } = site.kit;
  return [
    h("h2", { tabindex: "-1", "data-focus": !faults.length }, page.title),
    faults.length > 0 && drawFaults(site, faults),
    (page.text ?? []).map((text) => h("p", {}, fill(text, site.world))),
    page.receipt && drawReceipt(site),
    page.cards?.some(({ state }) => state) && drawCards(site, page),
    linksOf(page, false).length > 0 && h("ul", { class: "links" }, linksOf(page, false).map((link) => h("li", {}, drawLink(site, link)))),
    page.recap && drawRecap(site),
    drawFields(site, page),
    page.cards?.every(({ state }) => !state) && drawCards(site, page),
  ];
}

/** The page in front; pages that are mere ids follow each other and the last one sends. */
function findPage({ ref, mine }) {
  const plain = ref.pages.map((page) => (typeof page === "string" ? page : page.id));
  const shown = mine.page ?? plain[0];
  const rank = plain.indexOf(shown);
  const page = ref.pages[rank];
  if (page && typeof page !== "string") return page;
  if (!page) return { id: shown, title: "Reçu", receipt: "yes" };
  const last = rank === plain.length - 1;
  return { id: page, title: page, back: plain[rank - 1], ...(last ? { send: "Envoyer", recap: "yes" } : { next: plain[rank + 1] }) };
}

/** Links within the page, or those that stand last, beside its buttons: another code, finishing later. */
const linksOf = (page, last) => (page.links ?? []).filter((link) => Boolean(link.last) === last);

function drawLink({ app, world, kit: { h, button, fill } }, { to, label, say }) {
  return button(`${app}/go-${to}`, "link", h("strong", {}, label), say && h("span", {}, fill(say, world)));
}

/** Fields by group: a month, a person. */
function drawFields(site, page) {
  const { h } = site.kit;
  const asked = Object.entries(site.ref.fields ?? {}).filter(([, field]) => field.page === page.id && isAsked(field, site.world));
  const groups = [...new Set(asked.map(([, field]) => field.group ?? ""))];
  const required = asked.some(([, field]) => !field.optional);
  return [
    required && h("p", { class: "note", "data-key": "note" }, "Les cases avec * sont obligatoires."),
    h("div", { class: "fields", "data-key": "fields" }, groups.map((group) => {
      const fields = asked.filter(([, field]) => (field.group ?? "") === group).map(([name, field]) => drawField(site, name, field));
      return group ? h("section", { class: "group", "data-key": group }, h("h3", {}, group), fields) : fields;
    })),
  ];
}

function drawActions({ app, mine, kit: { h, icon, button } }, page, { back = true } = {}) {
  const got = (mine.downloads ?? []).length;
  return h("div", { class: "buttons", "data-key": "buttons" },
    page.download && got > 0 && h("p", { class: "done", role: "status" }, icon(TICK), "Le fichier est dans « Téléchargements »."),
    page.download && button(`${app}/download`, "main", icon(SAVE), page.download.label),
    page.send && button(`${app}/send`, "main", page.send),
    page.next && button(`${app}/next`, "main", page.next_label ?? "Continuer"),
    linksOf(page, true).map(({ to, label }) => button(`${app}/go-${to}`, "plain", label)),
    back && page.back && button(`${app}/previous`, "plain", "Retour"));
}

function drawRecap(site) {
  const { ref, world, mine, kit: { h } } = site;
  // A box that one left alone says nothing.
  const isSaid = ([name, field]) => field.page !== mine.page && isAsked(field, world) && (mine.values?.[name] || !(field.optional && field.choices));
  const asked = Object.entries(ref.fields ?? {}).filter(isSaid);
  const row = ([name, field]) => [h("dt", {}, [field.group, field.label].filter(Boolean).join(" : ")), h("dd", {}, showValue(field, mine.values?.[name]) || "rien")];
  const pages = [...new Set(asked.map(([, field]) => field.page))];
  const title = (id) => ref.pages.find((page) => page.id === id)?.title ?? id;
  return h("div", { class: "recap" }, pages.map((id) => h("section", { "data-key": id }, h("h3", {}, title(id)),
    h("dl", {}, asked.filter(([, field]) => field.page === id).map(row)))));
}

function drawReceipt({ mine, kit: { h, icon } }) {
  return h("div", { class: "receipt", "data-key": "receipt" },
    h("p", { class: "done" }, icon(TICK), "C'est envoyé."),
    h("p", {}, "Votre numéro"), h("p", { class: "number" }, mine.receipt ?? ""),
    h("p", { class: "specimen" }, "SPÉCIMEN"), h("p", {}, "Entraînement : rien n'est vraiment envoyé."));
}
