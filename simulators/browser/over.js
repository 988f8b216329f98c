/** What may stand before a page: a question about cookies, a window, a lost line, what the padlock tells. */
import { pageOf } from "./page.js";

const CLOSE = "M6 6l12 12M18 6L6 18";

/** Three buttons of one size: no answer is made more tempting than another. */
export function drawBanner({ app, mine, kit: { h, button } }, banner) {
  const choosing = mine.choosing;
  return h("section", { class: banner.wall ? "banner wall" : "banner", "aria-label": "Cookies", "data-key": "banner" },
    h("h2", { tabindex: "-1", "data-focus": banner.wall ? true : null }, "Vos cookies"), h("p", {}, banner.text),
    choosing && h("div", { class: "purposes" }, h("p", { class: "always" }, "Nécessaires au site : toujours actifs"),
      (banner.purposes ?? []).map(({ id, label }) => drawPurpose({ app, mine, h }, id, label))),
    h("div", { class: "choices" }, choosing
      ? [button(`${app}/keep`, "even", "Enregistrer mes choix"), button(`${app}/refuse`, "even", banner.refuse ?? "Refuser")]
      : [button(`${app}/accept`, "even", banner.accept ?? "Accepter"), button(`${app}/refuse`, "even", banner.refuse ?? "Refuser"), button(`${app}/choose`, "even", banner.choose ?? "Personnaliser")]));
}

function drawPurpose({ app, mine, h }, id, label) {
  const part = `${app}/purpose-${id}`;
  return h("div", { class: "purpose", "data-part": part }, h("label", { "data-option": "yes" },
    h("input", { type: "checkbox", value: "yes", "data-do": "choose", "data-of": part, "data-checked": (mine.allowed ?? []).includes(id) || null }), h("span", {}, label)));
}

/** A window that opened by itself: its cross closes it, and so do its own words. */
export function drawPopup({ app, ref, mine, kit: { h, icon, button } }) {
  const { title, text, links = [], close } = pageOf(ref, mine.popup).popup ?? {};
  const cross = button(`${app}/close-popup`, "cross", icon(CLOSE), h("span", { class: "word" }, close ?? "Fermer"));
  return h("section", { class: "popup", role: "dialog", "aria-label": title, "data-key": "popup" },
    h("div", { class: "head" }, h("h2", { tabindex: "-1", "data-focus": true }, title), cross), h("p", {}, text),
    links.map((link) => button(`${app}/link-${link.id ?? link.to ?? link.app}`, "main", link.label)));
}

/** The browser stopped a window that a page wanted to open. */
export function drawBlocked({ app, ref, mine, kit: { h, button } }) {
  return h("section", { class: "blocked", role: "status", "data-key": "blocked" },
    h("p", {}, "Le navigateur a bloqué une fenêtre : ", h("strong", {}, pageOf(ref, mine.blocked).title)),
    h("div", { class: "choices" }, button(`${app}/allow`, "even", "Ouvrir une fois"), button(`${app}/ignore`, "even", "Ignorer")));
}

export function drawOffline({ app, kit: { h, button } }) {
  return h("div", { class: "page offline" }, h("h2", { tabindex: "-1", "data-focus": true }, "Pas de connexion"),
    h("p", {}, "La page n'arrive pas. Rien n'est perdu."), h("p", {}, "Attendez un peu, puis réessayez."), button(`${app}/retry`, "main", "Réessayer"));
}

/** What the padlock proves, and what it does not. */
export function drawInfo({ app, ref, mine, kit: { h, button } }) {
  const { address, insecure } = pageOf(ref, mine.page);
  return h("section", { class: "info", role: "status", "data-key": "info" },
    h("p", {}, h("strong", {}, address ?? "Page du navigateur")),
    insecure
      ? [h("p", {}, "Non sécurisé : ce que vous écrivez peut être lu en chemin."), h("p", {}, "N'écrivez rien de secret ici.")]
      : [h("p", {}, "Cadenas : ce que vous écrivez voyage caché."), h("p", {}, "Il ne dit pas qui tient ce site. Lisez l'adresse.")],
    button(`${app}/padlock`, "even", "Fermer"));
}
