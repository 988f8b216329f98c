/** One field: the keys that were pressed in it since the last trace, sent after a rest, at the end, or on leaving. */

const REST = 1000;
const MOST = 100;
const KEPT = ["Backspace", "Delete", "ArrowLeft", "ArrowRight", "Home", "End", "Tab"];

export class Field {
  /** `on` = {changed(field), send(field, trace)}; `model` is the text to reach. */
  constructor({ part, label, model, exact, readonly, kit }, on) {
    Object.assign(this, { model, exact, on, keys: [], mine: [""], timer: 0, dirty: false });
    this.input = kit.h("input", {
      type: "text", class: "entry", autocomplete: "off", autocapitalize: "off", autocorrect: "off", spellcheck: "false",
      inputmode: "none", maxlength: "70", "data-gesture": "keys", readonly: readonly || null,
    });
    this.name(part, label);
    if (!readonly) this.listen();
  }

  /** The part that this field now is. */
  name(part, label) {
    this.input.dataset.part = part;
    this.input.setAttribute("aria-label", label);
  }

  get text() {
    return this.input.value;
  }

  get caret() {
    return this.input.selectionStart ?? this.text.length;
  }

  get done() {
    const text = this.text.trim();
    return this.exact ? text === this.model : text.toLowerCase() === this.model.toLowerCase();
  }

  listen() {
    this.input.addEventListener("keydown", (event) => this.noteKey(event));
    this.input.addEventListener("beforeinput", (event) => this.turnCase(event));
    this.input.addEventListener("input", (event) => this.changed(event.data ?? ""));
    this.input.addEventListener("blur", () => this.flush());
    for (const type of ["keyup", "click", "focus"]) this.input.addEventListener(type, () => this.on.changed(this));
  }

  /** Where Verr Maj is the lesson, it is the exercise's own, not that of the machine. */
  turnCase(event) {
    const turned = this.on.turns?.(event.data ?? "") ?? event.data;
    if (!event.data || turned === event.data) return;
    event.preventDefault();
    for (const sign of turned) this.press(sign);
  }

  noteKey(event) {
    if (event.key === "Enter" && this.on.enter) this.on.enter(this);
    if (!this.on.turns && event.getModifierState("CapsLock") && !this.keys.includes("CapsLock")) this.keys.push("CapsLock");
    if (KEPT.includes(event.key)) this.keys.push(event.key === "Tab" && event.shiftKey ? "Shift+Tab" : event.key);
    if (event.key === "Tab") this.dirty = true;
  }

  /** The text changed by `data` (empty when something was taken away). */
  changed(data) {
    this.keys.push(...data);
    this.dirty = true;
    clearTimeout(this.timer);
    this.on.changed(this);
    if (this.done) this.flush();
    else this.timer = setTimeout(() => this.flush(), REST);
  }

  /** A key of the drawn keyboard. */
  press(key) {
    const { input } = this;
    const [from, to] = [input.selectionStart, input.selectionEnd];
    if (key.length === 1) input.setRangeText(key, from, to, "end");
    else if (key === "Backspace") input.setRangeText("", from === to ? Math.max(0, from - 1) : from, to, "end");
    else if (key === "Delete") input.setRangeText("", from, from === to ? to + 1 : to, "end");
    else if (key === "ArrowLeft") input.setSelectionRange(Math.max(0, from - 1), Math.max(0, from - 1));
    else if (key === "ArrowRight") input.setSelectionRange(to + 1, to + 1);
    if (key.length > 1) this.keys.push(key);
    if (key.startsWith("Arrow")) this.on.changed(this);
    else if (key !== "CapsLock") this.changed(key.length === 1 ? key : "");
  }

  /** Send what is not sent yet. */
  flush() {
    clearTimeout(this.timer);
    if (!this.dirty) return;
    this.dirty = false;
    this.mine = [...this.mine.slice(-9), this.text];
    this.on.send(this, [this.text, ...this.keys.splice(0).slice(-MOST)]);
  }

  /** Draw the state's text, unless it is one that was sent from here: the learner's own typing runs ahead. */
  draw(text) {
    if (this.text !== text && !this.dirty && !(this.mine.includes(text) && !this.input.readOnly)) this.renew(text);
  }

  /** Begin anew with this text, the caret at its end. */
  renew(text) {
    clearTimeout(this.timer);
    Object.assign(this, { keys: [], dirty: false, mine: [text] });
    this.input.value = text;
    this.input.setSelectionRange(text.length, text.length);
  }
}
