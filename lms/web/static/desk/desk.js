/**
 * The learner's desk: reads the island, draws the training frame, mounts each app's own module, sends what is done
 * through one queue and redraws from what the server answers. It judges nothing. Only the app in front is fetched with
 * the page, the others after the first answer.
 */
import { readIsland } from "../browser.js";
import { drawEnd } from "./end.js";
import { buildFrame, drawFeedback, drawFrame, fillFrame, frontOf, pointAt, takeWords, words } from "./frame.js";
import { buildHelp } from "./help.js";
import { watchMeasures } from "./measures.js";
import { watchNudges } from "./nudges.js";
import { watchPair } from "./pair.js";
import { buildPlayer } from "./player.js";
import { keepFlushing, Queue } from "./queue.js";
import { askVoice, drawAway, drawBack, drawRefused, fetchApps, mountApp, saySoon, watchPresses } from "./room.js";
import { drawWindow } from "./window.js";

/** Start the desk on this page. Resolves once the app in front stands and help is there. */
export async function startDesk(island = readIsland(), host = document.getElementById("desk")) {
  takeWords(island.words);
  const desk = { ...island, seat: island.world?.seat, nodes: buildFrame(host, island), rooms: new Map(), listeners: [] };
  desk.emit = (event) => emit(desk, event);
  desk.ask = (help) => ask(desk, help);
  desk.queue = buildQueue(desk);
  desk.presses = watchPresses(desk.nodes.frame, () => desk.measures?.add("again"));
  watchTabs(desk);
  watchLeaving(desk);
  await draw(desk);
  desk.measures = watchMeasures(desk);
  desk.player = buildPlayer(desk);
  buildHelp(desk);
  watchNudges(desk);
  watchPair(desk, (screen) => take(desk, screen, []));
  desk.queue.send();
  keepFlushing(desk.attempt);
  await askVoice(desk);
  if (desk.mode === "show" && !desk.ended) desk.player.start();
  return desk;
}

function buildQueue(desk) {
  const on = {
    answer: (data, sent) => take(desk, data, sent),
    away: (say) => drawAway(desk, say),
    back: () => drawBack(desk),
    refused: (say, held) => drawRefused(desk, say, held),
  };
  return new Queue({ attempt: desk.attempt, url: desk.urls.events, token: desk.token, on });
}

/** The buttons of the frame itself: another app, another seat. */
function watchTabs(desk) {
  for (const one of [...desk.nodes.tabs.values(), ...desk.nodes.seats]) {
    one.addEventListener("click", () => desk.emit({ part: one.dataset.part, do: "click" }));
  }
}

/** From another seat one sees other apps: the screen inside the frame begins anew, all around it stays. */
function changeSeat(desk, { apps, scenario, world }) {
  for (const room of desk.rooms.values()) room.destroy?.();
  Object.assign(desk, { apps, scenario, seat: world.seat, rooms: new Map(), fetched: false });
  fillFrame(desk.nodes, apps, scenario.seats);
  watchTabs(desk);
}

/** An app or the frame says what the learner did. */
function emit(desk, { part, do: gesture = "click", value }) {
  const closed = desk.ended || !desk.queue.takes(gesture) || (desk.mode === "show" && desk.player?.touching !== part);
  if (closed) return desk.presses.release();
  if (gesture !== "type") {
    flushTyped(desk);
    if (mustWait(desk, part, gesture)) return desk.presses.release();
  }
  const seat = desk.seat ? { seat: desk.seat } : {};
  push(desk, { part, do: gesture, ...(value === undefined ? {} : { value }), ...seat, here: desk.here });
}

/** While the network is away one action waits, no more; and a click already on its way is not sent twice. */
function mustWait(desk, part, gesture) {
  if (desk.queue.away) {
    drawAway(desk);
    return desk.queue.holds(({ response }) => response.part && response.do !== "type");
  }
  const same = ({ response, rev }) => response.part === part && response.do === gesture && rev === desk.rev;
  return gesture === "click" && !desk.nodes.frame.querySelector(`[data-repeat] [data-part="${CSS.escape(part)}"], [data-repeat][data-part="${CSS.escape(part)}"]`) && desk.queue.holds(same);
}

/** Typed text that no app has emitted yet goes first. */
function flushTyped(desk) {
  if (desk.flushing) return;
  desk.flushing = true;
  for (const room of desk.rooms.values()) room.flush?.();
  desk.flushing = false;
}

/** Ask for help: hint, where, shown or lost. */
function ask(desk, help) {
  if (desk.ended || desk.queue.stopped || desk.queue.holds(({ response }) => response.help === help)) return;
  flushTyped(desk);
  push(desk, { help });
}

function push(desk, response) {
  const measures = desk.mode === "show" ? {} : desk.measures?.take(Boolean(response.part)) ?? {};
  desk.queue.push({ rev: desk.rev, response, ...(Object.keys(measures).length ? { measures } : {}) });
  clearTimeout(desk.busyTimer);
  desk.busyTimer = setTimeout(() => !desk.queue.empty && !desk.queue.away && desk.nodes.host.setAttribute("aria-busy", "true"), 400);
}

/** The server's answer replaces what stands here, whatever this page believed. */
async function take(desk, data, sent) {
  if (data.scenario && data.world.seat !== desk.seat) changeSeat(desk, data);
  clearTimeout(desk.busyTimer);
  desk.nodes.host.removeAttribute("aria-busy");
  desk.presses.release();
  for (const name of ["rev", "world", "here", "guide", "window", "steps", "feedback", "ended", "code"]) if (name in data) desk[name] = data[name];
  if (data.stale && !data.feedback) desk.feedback = { tone: "info", say: words.stale };
  Object.assign((desk.voice ??= {}), data.voice);
  Object.assign((desk.marks ??= {}), data.marks);
  await draw(desk);
  desk.nudges?.show(data.nudges);
  for (const listener of desk.listeners) listener(data, sent);
  fetchApps(desk);
}

/** Redraw everything from the state; the apps keep focus and caret themselves. An app is mounted when first in front. */
async function draw(desk) {
  const front = frontOf(desk.world, desk.apps);
  for (const room of desk.rooms.values()) room.update(desk.world);
  drawFrame(desk.nodes, desk);
  drawWindow(desk);
  drawFeedback(desk.nodes, desk.feedback, desk.guide, desk);
  saySoon(desk);
  if (!desk.rooms.has(front)) desk.rooms.set(front, await mountApp(desk, desk.apps.find(({ app }) => app === front)));
  pointAt(desk.nodes, desk.ended ? null : desk.guide?.part || desk.feedback?.part);
  if (desk.ended) drawEnd(desk);
}

/** Closing the page or changing tabs: what is typed is sent, or at least kept. */
function watchLeaving(desk) {
  addEventListener("pagehide", () => flushTyped(desk));
  addEventListener("visibilitychange", () => document.visibilityState === "hidden" && flushTyped(desk));
}

if (document.getElementById("desk")) startDesk();
