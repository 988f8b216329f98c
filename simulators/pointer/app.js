/** A drill of the mouse: what to do above, a kind word when a gesture slips, and the scene where one acts. */
import { buildFrame } from "./frame.js";
import { buildNotice } from "./notice.js";
import { buildScene } from "./scene.js";
import { buildShelves } from "./shelves.js";
import { buildSort } from "./sort.js";
import { buildDouble, buildHover, buildLadder } from "./things.js";

const KINDS = { hover: buildHover, ladder: buildLadder, double: buildDouble, drag: buildShelves, scroll: buildNotice, scene: buildScene, sort: buildSort, frame: buildFrame };

/** See «Simulators» in the docs: draws from `state` alone and emits gestures, never results. */
export function mount(root, { app, scenario, state, emit, readonly, kit }) {
  const { h, setText } = kit;
  const ref = scenario.ref[app];
  const send = (part, gesture, value) => !readonly && emit({ part: `${app}/${part}`, do: gesture, value });
  const scene = KINDS[ref.kind]({ app, ref, send, readonly, kit });
  const note = h("p", { class: "note", role: "status" });
  const words = h("div", { class: "words" }, h("p", { class: "other" }, ref.other), note);
  const frame = h("div", { class: `sim-pointer kind-${ref.kind}${readonly ? " is-readonly" : ""}` },
    h("p", { class: "lead" }, ref.lead), words, scene.node);
  root.replaceChildren(frame);
  const update = (world) => {
    scene.update(world[app]);
    setText(note, findNote(ref.notes, world[app]));
    words.classList.toggle("is-said", note.textContent !== "");
    words.classList.toggle("is-well", world[app].note === "held");
  };
  update(state);
  scene.ready?.();
  return {
    update,
    destroy() {
      scene.destroy?.();
      frame.remove();
    },
  };
}

/** The words for a slip; said again, they may be other words. */
function findNote(notes, { note, row }) {
  const said = notes[note] ?? [];
  return said[Math.min(row, said.length) - 1] ?? "";
}
