/** The page of an invented site, told in blocks. */

const OWN = {
  missing: { id: "missing", title: "Site introuvable", blocks: [{ text: "Aucun site ne porte cette adresse." }, { text: "Regardez chaque lettre, les points et les tirets." }] },
  nothing: { id: "nothing", title: "Aucun résultat", blocks: [{ text: "Rien n'a été trouvé avec ces mots." }, { text: "Essayez avec d'autres mots, en haut." }] },
};

/** A page by its id, the browser's own too. */
export function pageOf(ref, id) {
  return (ref.pages ?? []).find((page) => page.id === id) ?? OWN[id] ?? OWN.nothing;
}

/** The site of a page. */
export function siteOf(ref, id) {
  const name = pageOf(ref, id).site ?? id;
  return { id: name, ...(ref.sites?.[name] ?? {}) };
}

const idOf = (link) => link.id ?? link.to ?? link.app ?? link.file;

/** The page in front; `closed` when something stands before it, so that nothing in it answers. */
export function drawPage(desk, closed) {
  const { ref, mine, kit: { h } } = desk;
  const page = pageOf(ref, mine.page);
  const site = siteOf(ref, mine.page);
  return h("div", { class: page.words ? "page results" : "page", inert: closed || null, "data-key": "page" },
    site.name && h("div", { class: "site" }, h("strong", {}, site.name), drawMenu(desk, site, closed)),
    h("h2", { tabindex: "-1", "data-focus": closed ? null : true }, page.title),
    (page.blocks ?? []).map((block) => drawBlock(desk, block, closed)),
    site.banner && mine.cookies?.[site.id] && h("p", { class: "foot" }, shut(desk.kit.button(`${desk.app}/cookies`, "link", "Gérer mes cookies"), closed)));
}

function drawMenu({ app, mine, kit: { h, button } }, { menu = [] }, closed) {
  const other = menu.filter(({ to }) => to !== mine.page);
  return other.length > 0 && h("nav", { "aria-label": "Menu du site" }, other.map((link) => shut(button(`${app}/link-${idOf(link)}`, "menu", link.label), closed)));
}

/** What stands behind a window or a banner is seen and cannot be touched. */
function shut(made, closed) {
  if (closed) made.removeAttribute("data-part");
  return made;
}

function drawBlock(desk, block, closed) {
  const { app, mine, kit } = desk;
  const { h, paragraphs } = kit;
  if (block.heading) return h("h3", {}, block.heading);
  if (block.text) return paragraphs(block.text);
  if (block.byline) return h("p", { class: "byline" }, block.byline);
  if (block.box) return drawBox(desk, block.box, closed);
  if (block.links) return h("ul", { class: "links" }, block.links.map((link) => h("li", {}, drawLink(desk, link, closed), link.say && h("p", { class: "say" }, link.say))));
  if (block.results) return h("ol", { class: "found" }, block.results.map((link) => drawResult(desk, link, closed)));
  return block.ask ? drawAsk({ app, mine, kit }, block.ask, closed) : "";
}

function drawLink({ app, kit: { h, button } }, link, closed) {
  return shut(button(`${app}/link-${idOf(link)}`, link.app || link.file || link.button ? "main" : "link", link.label,
    link.new && h("span", { class: "new" }, " (nouvel onglet)")), closed);
}

function drawResult(desk, link, closed) {
  const { app, ref, kit: { h, button } } = desk;
  return h("li", { class: link.ad ? "ad" : "" },
    h("p", { class: "where" }, link.ad && h("span", { class: "paid" }, "Annonce"), pageOf(ref, link.to).address),
    shut(button(`${app}/link-${idOf(link)}`, "link", link.label), closed), link.say && h("p", { class: "say" }, link.say));
}

function drawBox({ app, mine, readonly, kit: { h, button } }, label, closed) {
  const id = `${app}-query`;
  return h("div", { class: "box" }, h("label", { for: id }, label),
    h("div", { class: "line" }, h("input", { id, type: "text", autocomplete: "off", spellcheck: "false", readonly: readonly || closed || null, "data-part": closed ? null : `${app}/query`, "data-do": "type", "data-value": mine.query ?? "" }),
      shut(button(`${app}/search`, "main", "Chercher"), closed)));
}

function drawAsk({ app, mine, kit: { h } }, ask, closed) {
  const part = `${app}/answer-${ask.id}`;
  return h("fieldset", { class: "ask", "data-part": closed ? null : part }, h("legend", {}, ask.label), ask.choices.map(({ value, label }) => h("label", { "data-option": value },
    h("input", { type: "radio", name: part, value, "data-do": "choose", "data-of": part, "data-checked": mine.answers?.[ask.id] === value || null }), h("span", {}, label))));
}
