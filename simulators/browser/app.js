/** A browser: tabs, address, page, and what may stand before it. Drawn from the state; it judges nothing. */
import { drawBanner, drawBlocked, drawInfo, drawOffline, drawPopup } from "./over.js";
import { drawPage, pageOf, siteOf } from "./page.js";

const BACK = "M20 12H5M11 5l-7 7 7 7";
const FORWARD = "M4 12h15M13 5l7 7-7 7";
const CLOSE = "M6 6l12 12M18 6L6 18";
const PLUS = "M12 5v14M5 12h14";
const LOCK = "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3";
const OPEN_LOCK = "M6 11h12v9H6zM8.5 11V7a3.5 3.5 0 0 1 6.5-1.6";
const STAR = "M12 4l2.4 5.2 5.6.6-4.2 3.8 1.2 5.6-5-2.9-5 2.9 1.2-5.6L4 9.8l5.6-.6z";

/** Mount this app in `root`. */
export function mount(root, given) {
  const ref = given.scenario.ref[given.app] ?? {};
  const shown = given.kit.drawScreen(root, given, (world) => drawBrowser({ ...given, ref, mine: readMine(ref, world[given.app] ?? {}) }));
  const stop = given.readonly ? () => {} : listen(root, given.app, given.emit);
  return { ...shown, destroy: () => (stop(), shown.destroy()) };
}

function readMine(ref, mine) {
  const page = mine.page ?? ref.home ?? ref.pages?.[0]?.id;
  return { ...mine, page, tab: mine.tab ?? 0, tabs: mine.tabs ?? [{ page, past: [], next: [] }] };
}

/** As in every browser: the address is chosen whole when one enters it, and « Entrée » goes. */
function listen(root, app, emit) {
  const enter = ({ target }) => target.matches(`[data-part="${app}/address"]`) && target.select();
  const press = ({ key, target }) => {
    const next = { [`${app}/address`]: "go", [`${app}/query`]: "search" }[target.dataset?.part];
    if (key === "Enter" && next) emit({ part: `${app}/${next}`, do: "click" });
  };
  root.addEventListener("focusin", enter);
  root.addEventListener("keydown", press);
  return () => {
    root.removeEventListener("focusin", enter);
    root.removeEventListener("keydown", press);
  };
}

function drawBrowser(desk) {
  const { app, ref, mine, kit: { h } } = desk;
  const over = mine.offline ? "offline" : mine.popup ? "popup" : "";
  const banner = !over && !mine.cookies?.[siteOf(ref, mine.page).id] && siteOf(ref, mine.page).banner;
  return h("div", { class: "sim-browser", "data-own-bar": true, "data-key": "browser", "data-screen": `${mine.tab} ${mine.page} ${over}` },
    drawTabs(desk), drawBar(desk), drawFavourites(desk),
    mine.info && drawInfo(desk),
    mine.blocked && !over && drawBlocked(desk),
    h("div", { class: `view ${banner && banner.wall ? "walled " : ""}${siteOf(ref, mine.page).name ? desk.kit.tint(siteOf(ref, mine.page).name) : ""}`.trim(), "data-key": `${app}-${mine.page}-${over}` },
      mine.offline ? drawOffline(desk) : drawPage(desk, Boolean(mine.popup || banner?.wall))),
    over === "popup" && drawPopup(desk),
    banner && drawBanner(desk, banner));
}

function drawTabs({ app, ref, mine, kit: { h, icon, button } }) {
  const several = mine.tabs.length > 1;
  return h("div", { class: "tabs", role: "group", "aria-label": "Onglets", "data-key": "tabs" },
    mine.tabs.map(({ page }, rank) => {
      const { title } = pageOf(ref, page);
      const front = rank === mine.tab;
      const text = h("span", { class: "text" }, title);
      const name = front ? h("span", { class: "name", "aria-current": "page" }, text) : button(`${app}/tab-${rank}`, "name", text);
      return h("span", { class: front ? "tab front" : "tab", "data-key": `tab${rank}` }, name,
        several && named(button(`${app}/shut-${rank}`, "cross", icon(CLOSE)), `Fermer l'onglet ${title}`));
    }),
    mine.tabs.length < 5 && named(button(`${app}/newtab`, "cross", icon(PLUS)), "Nouvel onglet"));
}

function named(made, name) {
  made.setAttribute("aria-label", name);
  made.setAttribute("title", name);
  return made;
}

function drawBar({ app, ref, mine, readonly, kit: { h, icon, button } }) {
  const page = pageOf(ref, mine.page);
  const now = mine.tabs[mine.tab];
  const walk = (part, path, name, open) => {
    const made = named(button(`${app}/${part}`, "round", icon(path)), name);
    if (!open) { made.disabled = true; made.removeAttribute("data-part"); }
    return made;
  };
  const star = named(button(`${app}/star`, "round", icon(STAR)), "Ajouter aux favoris");
  star.setAttribute("aria-pressed", String((mine.favourites ?? []).includes(mine.page)));
  return h("div", { class: "bar", "data-key": "bar" },
    walk("back", BACK, "Retour", now.past.length > 0), walk("forward", FORWARD, "Suivant", now.next.length > 0),
    named(button(`${app}/padlock`, "lock", icon(page.insecure ? OPEN_LOCK : LOCK)), page.insecure ? "Non sécurisé : voir" : "Cadenas : voir"),
    h("input", { type: "text", "data-key": `address-${mine.tab}-${mine.page}`, "aria-label": "Adresse du site, ou mots à chercher", autocomplete: "off", autocapitalize: "off",
      spellcheck: "false", readonly: readonly || null, "data-part": `${app}/address`, "data-do": "type", "data-value": mine.typed ?? page.address ?? "" }),
    button(`${app}/go`, "go", "Aller"),
    star);
}

function drawFavourites({ app, ref, mine, kit: { h, button } }) {
  const kept = mine.favourites ?? [];
  return kept.length > 0 && h("div", { class: "favourites", "data-key": "favourites" }, h("span", {}, "Favoris :"),
    kept.map((page) => button(`${app}/favourite-${page}`, "plain", pageOf(ref, page).title)));
}
