/** How a site is built around its page: where the menu stands, whether one sees how far one is. Five ways, same facts. */

const BACK = "M15 5l-7 7 7 7";
const MENU = "M4 6h16M4 12h16M4 18h16";

/** The page inside its site. `page` is the content; `parts` are {header, actions} as the plain layout has them. */
export function arrange(site, page, { header, body, actions, faults }) {
  const layout = LAYOUTS[nameLayout(site.ref)] ?? drawColumn;
  return layout(site, page, { header, body, actions, faults });
}

/** On a phone a plain site is another one, as real ones are: arrow above, rubrics below. */
export function nameLayout(ref) {
  return window.innerWidth < 600 && !ref.same ? "phone" : (ref.layout ?? "column");
}

const LAYOUTS = { steps: drawSteps, tiles: drawTiles, sheet: drawSheet, phone: drawPhone };

function drawColumn(site, page, { header, body, actions }) {
  return [header(), site.kit.h("div", { class: "page", "data-key": page.id }, body(), actions()), drawFoot(site)];
}

/** One thing a screen: the way stands above, what was answered stands beside. */
function drawSteps(site, page, { body, actions }) {
  const { h } = site.kit;
  const way = site.ref.pages.filter((one) => one.next || one.send || one.receipt);
  const rank = way.findIndex((one) => one.id === page.id);
  return [
    h("header", { class: "band" }, drawBrand(site), drawMenu(site, page)),
    rank >= 0 && h("ol", { class: "track", "data-key": "track", "aria-label": "Où j'en suis" }, way.map((one, at) =>
      h("li", { "data-key": one.id, class: at < rank ? "past" : at === rank ? "now" : "", "aria-current": at === rank ? "step" : null },
        h("span", { class: "dot" }, String(at + 1)), h("span", { class: "track-title" }, one.short ?? one.title)))),
    h("div", { class: "beside", "data-key": "beside" },
      h("div", { class: "page", "data-key": page.id }, body(), actions()),
      // Where all is read again it stands there once.
      rank > 0 && !page.recap && !page.receipt && drawAnswers(site)),
    drawFoot(site),
  ];
}

function drawAnswers({ ref, mine, kit: { h } }) {
  const given = Object.entries(ref.fields ?? {}).filter(([name, field]) => mine.values?.[name] && field.kind !== "password" && field.kind !== "code");
  return h("aside", { class: "answers", "data-key": "answers", "aria-label": "Déjà répondu" }, h("h3", {}, "Déjà répondu"),
    given.length ? h("dl", {}, given.map(([name, field]) => [h("dt", {}, field.label), h("dd", {}, shown(field, mine.values[name]))])) : h("p", {}, "Rien encore."));
}

const shown = (field, value) => (field.choices ?? []).find((one) => one.value === value)?.label ?? value;

/** A wide band, tabs under it, choices as tiles. */
function drawTiles(site, page, { body, actions }) {
  const { h } = site.kit;
  return [
    h("header", { class: "cover" }, drawBrand(site), h("p", { class: "crumbs" }, ["Accueil", page.title].filter((one, at) => at === 0 || page.id !== site.ref.pages[0].id).join(" › "))),
    h("nav", { class: "tabs", "aria-label": "Rubriques", "data-key": "tabs" }, drawMenu(site, page)),
    h("div", { class: "page", "data-key": page.id }, body(), actions()),
    drawFoot(site),
  ];
}

/** One long sheet in numbered boxes; what is left to answer stands at its foot. */
function drawSheet(site, page, { body, actions }) {
  const { h } = site.kit;
  const asked = Object.entries(site.ref.fields ?? {}).filter(([, field]) => field.page === page.id && !field.optional);
  const left = asked.filter(([name]) => !site.mine.values?.[name]).length;
  return [
    h("header", { class: "letterhead" }, drawBrand(site), drawMenu(site, page)),
    h("div", { class: "page paper", "data-key": page.id }, body()),
    h("footer", { class: "foot", "data-key": "foot" },
      asked.length > 0 && h("p", { role: "status" }, left > 1 ? `Il reste ${left} cases.` : left === 1 ? "Il reste 1 case." : "Toutes les cases sont remplies."), actions()),
  ];
}

/** A screen held in one hand: title and arrow above, rubrics below. */
function drawPhone(site, page, { body, actions }) {
  const { h, button, icon } = site.kit;
  const menu = listMenu(site.ref, page);
  const here = (site.ref.menu ?? []).find(({ to }) => to === page.id);
  return [
    h("header", { class: "bar" },
      page.back ? button(`${site.app}/previous`, "arrow", icon(BACK), h("span", {}, "Retour")) : h("span", { class: "arrow" }, icon(MENU)),
      h("p", { class: "bar-title" }, site.ref.brand ?? "")),
    h("div", { class: "page", "data-key": page.id }, body(), actions({ back: false })),
    menu.length > 0 && h("nav", { class: "thumbs", "aria-label": "Rubriques", "data-key": "thumbs" },
      here && h("span", { class: "here", "aria-current": "page" }, here.label),
      menu.map((link) => button(`${site.app}/go-${link.to}`, "thumb", link.label))),
  ];
}

/** The last lines of a site, as every real one has them; words only, nothing to touch. */
function drawFoot({ ref, kit: { h } }) {
  return ref.brand && h("footer", { class: "site-foot", "data-key": "site-foot" }, h("p", {}, h("strong", {}, ref.brand)), h("p", {}, "Accessibilité · Vos données · Mentions légales"));
}

export function drawBrand({ ref, kit: { h } }) {
  const sign = h("span", { class: ref.sign ? "sign letters" : "sign", "aria-hidden": "true" }, ref.sign ?? "");
  return h("p", { class: "site-name" }, sign, ref.brand ?? "");
}

export function drawMenu({ ref, app, kit: { button } }, page) {
  return listMenu(ref, page).map((link) => button(`${app}/go-${link.to}`, "plain", link.label));
}

/** Rubrics that lead elsewhere; what the page itself offers stands there once. */
function listMenu(ref, page) {
  const own = new Set([page.id, ...(page.links ?? []).map(({ to }) => to)]);
  return page.closed ? [] : (ref.menu ?? []).filter(({ to }) => !own.has(to));
}
