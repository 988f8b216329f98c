/** Mounting each app of the desk: its module by URL, its style sheet, its room. */
import { h } from "../element.js";
import { words } from "./words.js";

/** Load and mount all apps at once. Returns `Map(app → mounted)`; an app that fails says so in its own room. */
export async function mountApps(desk, readonly) {
  const mounted = await Promise.all(desk.apps.map((app) => mountApp(desk, app, readonly)));
  return new Map(desk.apps.map(({ app }, place) => [app, mounted[place]]));
}

async function mountApp(desk, { app, title, module, style }, readonly) {
  const root = desk.nodes.room.get(app);
  const styled = style ? loadStyle(style) : null;
  try {
    const { mount } = await import(module);
    await styled;
    return mount(root, {
      app, scenario: desk.scenario, state: desk.world, locale: desk.locale, readonly,
      emit: readonly ? () => {} : (event) => desk.emit(event),
    });
  } catch (error) {
    console.error(error);
    root.replaceChildren(h("p", { role: "alert" }, words.broken(title)));
    return { update() {}, destroy() {} };
  }
}

const styles = new Map();

/** A style sheet, once; resolves when it is there (or will not come). */
export function loadStyle(href) {
  if (!styles.has(href)) {
    const link = h("link", { rel: "stylesheet", href });
    styles.set(href, new Promise((resolve) => {
      link.onload = link.onerror = resolve;
    }));
    document.head.append(link);
  }
  return styles.get(href);
}
