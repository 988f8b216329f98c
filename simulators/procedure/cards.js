/** Results as cards: what a right is worth looking at for, or a list that the answers narrow. */
import { isAsked } from "./fields.js";

const STATES = {
  possible: ["Droit possible", "M12 2a10 10 0 1 1 0 20a10 10 0 1 1 0-20zM7 12l4 4 6-8"],
  check: ["À vérifier", "M10 3a7 7 0 1 1 0 14a7 7 0 1 1 0-14zM15 15l6 6"],
  none: ["Non concerné", "M12 2a10 10 0 1 1 0 20a10 10 0 1 1 0-20zM7 12h10"],
};

/** The cards of a page that are left; how many they are is said where the list can be narrowed. */
export function drawCards(site, page) {
  const { h } = site.kit;
  const left = page.cards.filter((card) => isAsked(card, site.world));
  const narrowed = page.cards.some(({ when }) => when);
  return [
    narrowed && h("p", { class: "found", role: "status", "data-key": "found" }, left.length > 1 ? `${left.length} résultats` : left.length ? "1 résultat" : "Aucun résultat. Changez un choix."),
    left.length > 0 && h("ul", { class: "results", "data-key": "cards" }, left.map((card) => h("li", { "data-key": card.to }, drawCard(site, card)))),
  ];
}

function drawCard({ app, world, kit: { h, button, icon, fill } }, { to, label, say, state }) {
  const [words, path] = STATES[state] ?? [];
  return button(`${app}/go-${to}`, state ? `result result-${state}` : "result",
    words && h("span", { class: "state" }, icon(path), words), h("strong", {}, label), say && h("span", {}, fill(say, world)));
}
