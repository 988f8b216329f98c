/** The keyboard of the screen: letters, figures behind « 123 », capitals behind ⇧, accents on a finger that stays. */

const LETTERS = ["azertyuiop", "qsdfghjklm", "⇧wxcvbn'⌫"];
const FIGURES = ["1234567890", "@.,-_:/()€", "⇧?!\"+*'⌫"];
const ACCENTS = { e: "éèêë", a: "àâ", u: "ùû", i: "îï", o: "ô", c: "ç" };
const LONG = 500;
const SAID = { "⌫": "Effacer", "⇧": "Majuscule", espace: "Espace", 123: "Chiffres", abc: "Lettres", "é…": "Accents" };

/** `{draw()}`: the keyboard as it now stands. Which layer is shown is the hand's own business, not the state's. */
export function buildKeys({ h }, node, readonly) {
  const now = { figures: false, shift: false, accents: "", timer: 0, held: false };
  const redraw = () => node.querySelector(".keys")?.replaceWith(draw());
  const key = (sign) => h("button", { type: "button", class: `key${sign.length > 1 ? " wide" : ""}`, tabindex: "-1", "data-sign": sign, "data-repeat": true, "aria-label": SAID[sign] ?? null },
    now.shift && sign.length === 1 ? sign.toUpperCase() : sign);
  const draw = () => {
    const rows = now.accents ? [now.accents] : now.figures ? FIGURES : LETTERS;
    return h("div", { class: "keys", "data-key": `keys-${now.figures}-${now.shift}-${now.accents}`, role: "group", "aria-label": "Clavier à l'écran" },
      rows.map((row) => h("div", { class: "keys-row" }, [...row].map(key))),
      h("div", { class: "keys-row" }, key(now.figures || now.accents ? "abc" : "123"), key("é…"), key("espace"), key(".")));
  };
  const strike = (sign) => {
    if (sign === "⇧") now.shift = !now.shift;
    else if (sign === "123" || sign === "abc") Object.assign(now, { figures: sign === "123", accents: "" });
    else if (sign === "é…") now.accents = now.accents ? "" : Object.values(ACCENTS).join("");
    else {
      write(node, sign === "espace" ? " " : now.shift && sign !== "⌫" ? sign.toUpperCase() : sign);
      Object.assign(now, { shift: false, accents: "" });
    }
    redraw();
  };
  if (!readonly) watch(node, now, strike, redraw);
  return { draw };
}

/** A short press writes; a long one on a vowel offers its accents. */
function watch(node, now, strike, redraw) {
  node.addEventListener("pointerdown", (event) => {
    const sign = event.target.closest("[data-sign]")?.dataset.sign;
    if (!sign) return;
    event.preventDefault();
    clearTimeout(now.timer);
    now.held = false;
    if (ACCENTS[sign]) now.timer = setTimeout(() => (Object.assign(now, { held: true, accents: ACCENTS[sign] }), redraw()), LONG);
  });
  node.addEventListener("click", (event) => {
    const sign = event.target.closest("[data-sign]")?.dataset.sign;
    clearTimeout(now.timer);
    if (!sign) return;
    if (!now.held) strike(sign);
    now.held = false;
  });
}

/** Into the line to write now; the screen hears it as typed. */
function write(node, sign) {
  const field = node.querySelector(".entry");
  if (!field) return;
  if (document.activeElement !== field) {
    field.focus({ preventScroll: true });
    field.setSelectionRange(field.value.length, field.value.length);
  }
  const [from, to] = [field.selectionStart, field.selectionEnd];
  if (sign === "⌫") field.setRangeText("", from === to ? Math.max(0, from - 1) : from, to, "end");
  else field.setRangeText(sign, from, to, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
