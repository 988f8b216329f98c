/** A sheet of paper: draws from `state` alone, keeps focus and caret. */
export function mount(root, { app, scenario, state, emit, readonly }) {
  const send = (part, gesture, value) => !readonly && emit({ part: `${app}/${part}`, do: gesture, value });
  const pages = { list: document.createElement("div"), write: document.createElement("div") };
  const make = (tag, part, page, text) => {
    const made = document.createElement(tag);
    made.dataset.part = `${app}/${part}`;
    made.textContent = text;
    if (tag === "button") made.type = "button";
    if (tag === "button") made.onclick = () => send(part, "click");
    pages[page].append(made, " ");
    return made;
  };
  const heading = document.createElement("h2");
  heading.textContent = scenario.ref[app].heading;
  make("button", "new", "list", "Nouvelle lettre");
  make("button", "look", "list", "Regarder le modèle");
  const count = make("button", "count", "list", "");
  count.setAttribute("data-repeat", "");
  const label = document.createElement("label");
  label.textContent = "Votre lettre ";
  const text = make("textarea", "text", "write", "");
  label.append(text);
  pages.write.append(label);
  const box = document.createElement("label");
  const agree = make("input", "agree", "write", "");
  agree.type = "checkbox";
  agree.onchange = () => send("agree", "click");
  box.append(agree, " J'ai relu.");
  pages.write.append(box);
  make("button", "save", "write", "Enregistrer");
  let sent = state[app].text;
  let rest = 0;
  const flush = () => {
    clearTimeout(rest);
    if (text.value === sent) return;
    sent = text.value;
    send("text", "type", sent);
  };
  text.oninput = () => (clearTimeout(rest), (rest = setTimeout(flush, 1000)));
  text.onblur = flush;
  text.readOnly = readonly;
  root.classList.add("sim-notes");
  root.replaceChildren(heading, pages.list, pages.write);
  const update = (world) => {
    const own = world[app];
    for (const [name, page] of Object.entries(pages)) page.hidden = name !== own.page;
    if (own.text !== sent || document.activeElement !== text) {
      if (document.activeElement !== text && text.value === sent) text.value = own.text;
      sent = document.activeElement === text ? sent : own.text;
    }
    agree.checked = own.agreed;
    count.textContent = `Compter : ${own.count}`;
    heading.dataset.saved = String(own.saved);
  };
  update(state);
  return { update, flush, destroy: () => root.replaceChildren() };
}
