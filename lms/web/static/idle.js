/**
 * After a long rest on a shared computer: «Êtes-vous toujours là ?». Nothing is counted down and nobody is sent away;
 * the question covers what the last person did. `<body data-idle-done="id">` names the form or link of «J'ai fini».
 */
import { h, told } from "./browser.js";

const WORDS = { ask: told("ask", "Êtes-vous toujours là ?"), yes: told("yes", "Oui, je continue"), done: told("done", "J'ai fini") };

/** Ask; resolves once somebody answered. */
export function askWhoIsThere() {
  const finish = document.getElementById(document.body.dataset.idleDone ?? "");
  return new Promise((resolve) => {
    const dialog = h("dialog", { class: "idle", "aria-labelledby": "idle-ask" },
      h("h2", { id: "idle-ask" }, WORDS.ask),
      h("p", {}, h("button", { type: "button", class: "button button-next", onclick: () => dialog.close() }, WORDS.yes)),
      finish && h("p", {}, h("button", { type: "button", class: "button", onclick: () => leave(finish) }, WORDS.done)));
    dialog.addEventListener("close", () => (dialog.remove(), resolve()));
    document.body.append(dialog);
    dialog.showModal();
  });
}

function leave(finish) {
  if (finish instanceof HTMLFormElement) finish.requestSubmit();
  else finish.click();
}
