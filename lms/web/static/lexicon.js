/** A word that is underlined softly: touched, what it means opens beside the text. Without this file it is a link to a page. */
import { h, told } from "./browser.js";
import { refresh, stop } from "./voice.js";

let open = null;

/** Fetch the word's own page and show its card here; where that fails the page itself opens. */
async function show(link) {
  const answer = await fetch(link.href, { credentials: "same-origin" }).catch(() => null);
  const text = answer?.ok ? await answer.text() : "";
  const card = new DOMParser().parseFromString(text, "text/html").getElementById("word");
  if (!card) return location.assign(link.href);
  close();
  card.removeAttribute("id");
  const heading = card.querySelector("h1");
  const title = h("h2", { id: "word-title" });
  title.append(...heading.childNodes);
  heading.replaceWith(title);
  const done = h("button", { type: "button", class: "button", onclick: () => close() }, told("close", "Fermer"));
  open = { link, dialog: h("dialog", { class: "word-open", "aria-labelledby": "word-title" }, document.adoptNode(card), done) };
  open.dialog.addEventListener("keydown", (event) => event.key === "Escape" && close());
  document.body.append(open.dialog);
  // Not modal: the exercise beside it goes on.
  open.dialog.show();
  refresh(open.dialog);
  done.focus({ preventScroll: true });
}

/** Put the card away and go back to the word. */
function close() {
  if (!open) return;
  stop();
  open.dialog.remove();
  if (open.link.isConnected) open.link.focus({ preventScroll: true });
  open = null;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-word]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  show(link);
});
