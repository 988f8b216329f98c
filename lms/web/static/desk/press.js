/** The pressed look at once, and one click for a double click. */

const SOON = 350;
const NEAR = 24;
const TEXT = "input:not([type=checkbox]):not([type=radio]):not([type=button]):not([type=submit]), textarea, select, [contenteditable=true]";

/** Watch the simulated screen: `is-pressed` from the touch until `release` says so. */
export function watchPresses(area) {
  let last = { at: -Infinity, x: 0, y: 0, target: null };
  let pressed = null;
  const press = (event) => {
    const part = event.target.closest?.("[data-part]");
    if (!part || (event.type === "keydown" && event.key !== "Enter" && event.key !== " ")) return;
    pressed?.classList.remove("is-pressed");
    pressed = part;
    part.classList.add("is-pressed");
    setTimeout(release, 1200, part);
  };
  const release = (part = pressed) => part?.classList.remove("is-pressed");
  // Older adults make twice the double clicks: the second one would hit what has just appeared under the pointer.
  const once = (event) => {
    const keyboard = event.detail === 0;
    if (keyboard || event.target.closest("[data-repeat]") || event.target.matches(TEXT)) return;
    // A click on a label brings a second click on its box by itself: that one is the same click.
    if ([...(event.target.labels ?? [])].some((label) => label.contains(last.target))) return;
    const again = event.timeStamp - last.at < SOON && Math.hypot(event.clientX - last.x, event.clientY - last.y) < NEAR;
    if (again) {
      event.preventDefault();
      event.stopImmediatePropagation();
    } else last = { at: event.timeStamp, x: event.clientX, y: event.clientY, target: event.target };
  };
  area.addEventListener("pointerdown", press, true);
  area.addEventListener("keydown", press, true);
  area.addEventListener("click", once, true);
  return { release: () => setTimeout(release, 80, pressed) };
}
