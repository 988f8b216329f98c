/**
 * Keyboards as drawn: rows of `[code, plain, with Maj, with AltGr]`; codes are those of `KeyboardEvent.code`.
 * A sign in `dead` waits for the next letter. Codes in `extra` leave the drawing on a narrow screen.
 */

const letters = (codes, signs) => codes.map((code, at) => [`Key${code}`, signs[at], signs[at].toUpperCase()]);

export const LAYOUTS = {
  azerty: {
    label: "AZERTY",
    rows: [
      [["Backquote", "²"], ["Digit1", "&", "1"], ["Digit2", "é", "2", "~"], ["Digit3", '"', "3", "#"], ["Digit4", "'", "4", "{"], ["Digit5", "(", "5", "["],
        ["Digit6", "-", "6", "|"], ["Digit7", "è", "7", "`"], ["Digit8", "_", "8", "\\"], ["Digit9", "ç", "9"], ["Digit0", "à", "0", "@"], ["Minus", ")", "°", "]"], ["Equal", "=", "+", "}"]],
      [...letters([..."QW"], [..."az"]), ["KeyE", "e", "E", "€"], ...letters([..."RTYUIOP"], [..."rtyuiop"]), ["BracketLeft", "^", "¨"], ["BracketRight", "$", "£", "¤"]],
      [...letters([..."ASDFGHJKL"], [..."qsdfghjkl"]), ["Semicolon", "m", "M"], ["Quote", "ù", "%"], ["Backslash", "*", "µ"]],
      [["IntlBackslash", "<", ">"], ...letters([..."ZXCVBN"], [..."wxcvbn"]), ["KeyM", ",", "?"], ["Comma", ";", "."], ["Period", ":", "/"], ["Slash", "!", "§"]],
    ],
    dead: ["^", "¨"],
    extra: ["Backquote", "Equal", "BracketRight", "Backslash", "IntlBackslash"],
  },
  pave: {
    label: "Pavé de chiffres",
    pad: true,
    rows: [
      [["NumpadDivide", "/"], ["NumpadMultiply", "*"], ["NumpadSubtract", "-"]],
      [["Numpad7", "7"], ["Numpad8", "8"], ["Numpad9", "9"]],
      [["Numpad4", "4"], ["Numpad5", "5"], ["Numpad6", "6"]],
      [["Numpad1", "1"], ["Numpad2", "2"], ["Numpad3", "3"]],
      [["Numpad0", "0"], ["NumpadDecimal", "."], ["NumpadAdd", "+"]],
    ],
    dead: [],
    extra: [],
  },
  qwerty: {
    label: "QWERTY",
    rows: [
      [["Backquote", "`", "~"], ["Digit1", "1", "!"], ["Digit2", "2", "@"], ["Digit3", "3", "#"], ["Digit4", "4", "$"], ["Digit5", "5", "%"], ["Digit6", "6", "^"],
        ["Digit7", "7", "&"], ["Digit8", "8", "*"], ["Digit9", "9", "("], ["Digit0", "0", ")"], ["Minus", "-", "_"], ["Equal", "=", "+"]],
      [...letters([..."QWERTYUIOP"], [..."qwertyuiop"]), ["BracketLeft", "[", "{"], ["BracketRight", "]", "}"]],
      [...letters([..."ASDFGHJKL"], [..."asdfghjkl"]), ["Semicolon", ";", ":"], ["Quote", "'", '"'], ["Backslash", "\\", "|"]],
      [...letters([..."ZXCVBNM"], [..."zxcvbnm"]), ["Comma", ",", "<"], ["Period", ".", ">"], ["Slash", "/", "?"]],
    ],
    dead: ["`", "'", "^", "~", '"'],
    extra: ["Equal", "BracketLeft", "BracketRight", "Backslash"],
  },
};

const COMPOSED = {
  "^": { a: "â", e: "ê", i: "î", o: "ô", u: "û" },
  "¨": { e: "ë", i: "ï", u: "ü" },
  '"': { e: "ë", i: "ï", u: "ü" },
  "`": { a: "à", e: "è", u: "ù" },
  "'": { e: "é", c: "ç" },
  "~": { n: "ñ" },
};

/** What a waiting sign and a letter become: `compose("^", "e")` is ê; two signs when they do not join. */
export function compose(sign, letter) {
  if (letter === " ") return sign;
  const joined = COMPOSED[sign]?.[letter.toLowerCase()];
  if (!joined) return sign + letter;
  return letter === letter.toLowerCase() ? joined : joined.toUpperCase();
}

/** The keys to strike for a sign: `[{code, shift, altgr}]`; empty when this keyboard cannot write it. */
export function findStrokes(layout, sign) {
  if (sign === " ") return [{ code: "Space" }];
  const direct = findKey(layout, sign);
  if (direct && !layout.dead.includes(sign)) return [direct];
  if (direct) return [direct, { code: "Space" }];
  for (const dead of layout.dead) {
    const pairs = Object.entries(COMPOSED[dead] ?? {});
    const [letter] = pairs.find(([, joined]) => joined === sign.toLowerCase()) ?? [];
    if (letter) return [findKey(layout, dead), findKey(layout, sign === sign.toLowerCase() ? letter : letter.toUpperCase())];
  }
  return [];
}

function findKey(layout, sign) {
  for (const row of layout.rows) {
    for (const [code, plain, shift, altgr] of row) {
      if (plain === sign) return { code };
      if (shift === sign) return { code, shift: true };
      if (altgr === sign) return { code, altgr: true };
    }
  }
  return null;
}

/** The signs of a key: `[plain, with Maj, with AltGr]`. */
export function signsOf(layout, code) {
  for (const row of layout.rows) {
    const found = row.find(([each]) => each === code);
    if (found) return found.slice(1);
  }
  return code === "Space" ? [" ", " "] : [];
}
