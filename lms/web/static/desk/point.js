/** Finding a part on the desk, and drawing the eye to it. */

/** The element of a part, or the tab that leads to its app when that app is not in front. */
export function findPart(nodes, part) {
  if (!part) return null;
  const found = nodes.frame.querySelector(`[data-part="${CSS.escape(part)}"]`);
  if (found && !found.closest("[hidden]")) return found;
  const tab = nodes.tabs.get(part.split("/")[0]);
  return tab && tab.getAttribute("aria-pressed") !== "true" && !tab.closest("[hidden]") ? tab : null;
}

/** Point at `part` with `mark` (and at nothing else); brings it into view when it is not. */
export function pointAt(nodes, part, mark = "is-pointed") {
  const target = findPart(nodes, part);
  for (const old of nodes.frame.querySelectorAll(`.${mark}`)) if (old !== target) old.classList.remove(mark);
  if (!target || target.classList.contains(mark)) return target;
  target.classList.add(mark);
  bringIntoView(target);
  return target;
}

/** Scroll only when the target is out of the window, and without movement. */
export function bringIntoView(target) {
  const box = target.getBoundingClientRect();
  const inside = box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth;
  if (!inside) target.scrollIntoView({ block: "center", inline: "nearest" });
}
