/** What is seen of a page whose top covers what is scrolled there: the browser keeps focus and parts below it. */

export function watchBand(side) {
  new ResizeObserver(measureBand).observe(side);
  addEventListener("resize", measureBand);
}

/** How far down it covers now, with an answer just said of which no observer heard yet. */
function measureBand() {
  const narrow = matchMedia("(max-width: 48rem)"); // where the style sheet puts our side above the screen
  const stuck = (node) => (node && getComputedStyle(node).position === "sticky" ? node.offsetHeight + parseFloat(getComputedStyle(node).top) : 0);
  const band = Math.max(stuck(document.querySelector(".top")), narrow.matches ? stuck(document.querySelector(".desk-side")) : 0) + 16;
  document.documentElement.style.setProperty("scroll-padding-block-start", `${band}px`);
  return band;
}

/** Scroll only when the target is out of the window (or under what stays at its top), and without movement. */
export function bringIntoView(target) {
  const box = target.getBoundingClientRect();
  const inside = box.top >= measureBand() && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth;
  if (!inside) target.scrollIntoView({ block: "center", inline: "nearest" });
}
