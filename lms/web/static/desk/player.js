/**
 * Showing: a pretend pointer goes to the part, the sentence is said, then the touch is made.
 * As a mode it plays to the end with «Pause» and «Suivant»; as a button it plays one touch on the real world.
 */
import { calm, h, setText } from "../browser.js";
import { canSay, voiceWish } from "../voice.js";
import { drawFeedback, findPart, words } from "./frame.js";
import { bringIntoView } from "./view.js";

const MOVE = 900;
const READ_LEAST = 1500;
const READ_A_WORD = 400;

/** `{start(), showOne(), stop(), touching}` for this desk; `touching` is the part that the player itself touches now. */
export function buildPlayer(desk) {
  const player = { running: false, stopped: false, touching: null, waiting: false, wake: null };
  player.start = () => startMode(desk, player);
  player.showOne = () => showOne(desk, player);
  desk.listeners.push((data, sent) => answered(desk, player, data, sent));
  player.stop = () => {
    player.stopped = true;
    player.wake?.();
    desk.nodes.play.hidden = true;
    hidePointer(desk);
  };
  return player;
}

/** One touch, on the real world: the server notes «shown» and says which touch; we make it. */
function showOne(desk, player) {
  player.waiting = true;
  drawFeedback(desk.nodes, { tone: "info", say: words.showing });
  desk.ask("shown");
}

async function answered(desk, player, data, sent) {
  player.answer?.();
  const shown = sent.some(({ response }) => response.help === "shown");
  if (!shown || !player.waiting || desk.mode === "show") return;
  player.waiting = false;
  if (!data.guide?.part || desk.ended) return;
  const guide = data.guide;
  await movePointer(desk, guide.part);
  touch(desk, player, guide);
  hidePointer(desk);
}

function startMode(desk, player) {
  player.running = true;
  const pause = h("button", { type: "button", class: "button", onclick: () => turn(!player.running) }, words.pause);
  const turn = (running) => {
    player.running = running;
    setText(pause, running ? words.pause : words.resume);
    if (!running) desk.nodes.speaker.stop();
    player.wake?.("turned");
  };
  const next = h("button", { type: "button", class: "button", onclick: () => player.wake?.("next") }, words.next);
  desk.nodes.play.replaceChildren(pause, next);
  desk.nodes.play.hidden = false;
  playAll(desk, player);
}

/** Touch after touch until the end; nothing here goes on while paused. */
async function playAll(desk, player) {
  while (!desk.ended && !player.stopped && desk.guide?.part) {
    const guide = desk.guide;
    await movePointer(desk, guide.part);
    await untilRead(desk, player, guide.say);
    if (player.stopped) return;
    const answer = new Promise((resolve) => (player.answer = resolve));
    touch(desk, player, guide);
    await answer;
  }
  player.stop();
}

/** Wait until the sentence was said or read, or «Suivant»; while paused only «Suivant» and «Reprendre» count. */
async function untilRead(desk, player, say) {
  let why = "turned";
  while (why === "turned" && !player.stopped) {
    why = await new Promise((resolve) => {
      player.wake = resolve;
      if (player.running) readTime(desk, say).then(() => player.running && resolve("read"));
    });
  }
  player.wake = null;
  desk.nodes.speaker.stop();
}

async function readTime(desk, say = "") {
  const reading = READ_LEAST + READ_A_WORD * say.split(/\s+/).length;
  const wait = (time) => new Promise((resolve) => setTimeout(resolve, time));
  if (voiceWish() === "on" && canSay(desk.voice?.[say])) await Promise.all([desk.nodes.speaker.play(), wait(READ_LEAST)]);
  else await wait(reading);
}

function touch(desk, player, { part, do: gesture, value }) {
  const target = findPart(desk.nodes, part);
  target?.classList.add("is-pressed");
  player.touching = part;
  desk.emit({ part, do: gesture, value: value ?? undefined });
  player.touching = null;
}

/** Move the pretend pointer to a part; at once when less movement is wished. */
async function movePointer(desk, part) {
  const target = findPart(desk.nodes, part);
  if (!target) return;
  bringIntoView(target);
  const pointer = desk.nodes.pointer ?? h("div", { class: "desk-pointer", "aria-hidden": "true" });
  if (!desk.nodes.pointer) {
    desk.nodes.frame.append(pointer);
    desk.nodes.pointer = pointer;
    place(pointer, desk.nodes.frame, desk.nodes.app);
  }
  pointer.hidden = false;
  const time = calm() ? 0 : MOVE;
  pointer.style.setProperty("transition", `transform ${time}ms ease-in-out`);
  pointer.getBoundingClientRect();
  place(pointer, desk.nodes.frame, target);
  await new Promise((resolve) => setTimeout(resolve, time + 100));
}

function place(pointer, frame, target) {
  const base = frame.getBoundingClientRect();
  const box = target.getBoundingClientRect();
  const x = box.left - base.left + box.width / 2;
  const y = box.top - base.top + box.height / 2;
  pointer.style.setProperty("transform", `translate(${x}px, ${y}px)`);
}

function hidePointer({ nodes }) {
  if (nodes.pointer) nodes.pointer.hidden = true;
}
