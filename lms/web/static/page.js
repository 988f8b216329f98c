/** Every page: voice, what earlier pages could not send, forms that post once, and the question after a long rest. */
import "./lexicon.js";
import "./voice.js";

const REST = Number(document.body.dataset.idle) || 0;
const SIGNS = ["pointerdown", "pointermove", "keydown", "scroll", "touchstart"];

/** A form posts once: the second click of a double click, or an impatient one, is not a second post. */
function postOnce(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.hasAttribute("data-posted")) return event.preventDefault();
  form.setAttribute("data-posted", "");
  // The way back in the history, or a slow answer, must not leave a form that does nothing.
  setTimeout(() => form.removeAttribute("data-posted"), 8000);
}

/** What prints is a button where a script can print; the keys stay written beside it. */
for (const one of document.querySelectorAll("[data-print]")) {
  one.hidden = false;
  one.addEventListener("click", () => print());
}

addEventListener("submit", postOnce);
addEventListener("pageshow", () => document.querySelectorAll("[data-posted]").forEach((form) => form.removeAttribute("data-posted")));

/** Wait for a long rest without a sign of anybody, then ask; what asks is fetched only then. */
function watchRest() {
  let timer = 0;
  let asking = false;
  const wait = () => {
    clearTimeout(timer);
    if (!asking) timer = setTimeout(ask, REST * 1000);
  };
  const ask = async () => {
    asking = true;
    const found = await import("./idle.js").catch(() => null);
    await found?.askWhoIsThere();
    asking = false;
    wait();
  };
  for (const sign of SIGNS) addEventListener(sign, wait, { passive: true, capture: true });
  wait();
}

if (REST) watchRest();

// The desk has its own queue and sends what others left itself.
if (!document.getElementById("desk")) {
  let waiting = true;
  try {
    waiting = Object.keys(localStorage).some((key) => key.startsWith("declic.waiting."));
  } catch {
    waiting = false;
  }
  if (waiting) import("./desk/queue.js").then(({ keepFlushing }) => keepFlushing());
}
