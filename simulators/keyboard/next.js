/** Which key comes next on the way from what stands in the field to the model, and how to say it. */
import { findStrokes, signsOf } from "./layouts.js";

const NAMES = {
  Backspace: "Effacer", Delete: "Suppr", ArrowLeft: "flèche gauche", ArrowRight: "flèche droite", Space: "espace",
  Tab: "Tab", CapsLock: "Verr Maj",
};

/** The next key: `{sign}` to write, `{key}` to move or take away, or null when the text is the model. */
export function findNext(text, caret, model, exact) {
  const [now, wanted] = exact ? [text, model] : [text.toLowerCase(), model.toLowerCase()];
  if (now === wanted) return null;
  const first = countShared(now, wanted);
  const last = countShared(reverse(now.slice(first)), reverse(wanted.slice(first)));
  const end = now.length - last;
  if (first < end) {
    if (caret === end) return { key: "Backspace" };
    if (caret === first) return { key: "Delete" };
    return { key: caret > end ? "ArrowLeft" : caret < first ? "ArrowRight" : "Backspace" };
  }
  if (caret === first) return { sign: exact ? model[first] : model[first].toLowerCase() };
  return { key: caret > first ? "ArrowLeft" : "ArrowRight" };
}

/** How many signs of the model are well written from its start. */
export function countWritten(text, model, exact) {
  return exact ? countShared(text, model) : countShared(text.toLowerCase(), model.toLowerCase());
}

function countShared(one, other) {
  let count = 0;
  while (count < one.length && count < other.length && one[count] === other[count]) count += 1;
  return count;
}

function reverse(text) {
  return [...text].reverse().join("");
}

/** The strokes of a next key on a layout; `pending` is a sign already waiting for its letter. */
export function strokesOf(layout, next, pending) {
  if (!next) return [];
  if (next.key) return next.key.startsWith("Shift+") ? [{ code: next.key.slice(6), shift: true }] : [{ code: next.key }];
  const strokes = findStrokes(layout, next.sign);
  return pending && strokes.length > 1 ? strokes.slice(1) : strokes;
}

/** One sentence for the strokes. */
export function sayStrokes(layout, strokes) {
  if (!strokes.length) return "";
  const [stroke, after] = strokes;
  const held = stroke.shift ? "Maj" : stroke.altgr ? "AltGr" : "";
  const name = nameOf(layout, stroke.code);
  const say = held ? `Gardez ${held} enfoncée, puis appuyez sur ${name}.` : `Appuyez sur ${name}.`;
  return after ? `${say} Ensuite, appuyez sur ${nameOf(layout, after.code)}.` : say;
}

function nameOf(layout, code) {
  const sign = signsOf(layout, code)[0] ?? "";
  return `« ${NAMES[code] ?? sign.toUpperCase().replace(/[ÀÉÈÇÙ]/, (letter) => letter.toLowerCase())} »`;
}
