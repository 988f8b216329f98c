/**
 * The learner's desk: reads the island, draws the training frame, mounts each app's own module, sends what is done
 * through one queue and redraws from what the server answers. It judges nothing.
 */
import { readIsland } from "../element.js";
import { mountApps } from "./apps.js";
import { drawEnd } from "./end.js";
import { buildFrame, drawFeedback, drawFrame } from "./frame.js";
import { buildHelp } from "./help.js";
import { watchNudges } from "./nudges.js";
import { buildPlayer } from "./player.js";
import { pointAt } from "./point.js";
import { watchPresses } from "./press.js";
import { keepFlushing, Queue } from "./queue.js";
import { askVoice, saySoon } from "./spoken.js";
import { drawAway, drawBack, drawRefused } from "./offline.js";
import { words } from "./words.js";

/** Start the desk on this page. Resolves once every app stands. */
export async function startDesk(island = readIsland(), host = document.getElementById("desk")) {
  Object.assign(words, island.words);
  const desk = { ...island, nodes: buildFrame(host, island), listeners: [] };
  desk.queue = new Queue({
    attempt: island.attempt, url: island.urls.events, token: island.token,
    on: {
      answer: (data, sent) => take(desk, data, sent),
      away: (say) => drawAway(desk, say),
      back: () => drawBack(desk),
      refused: (say) => drawRefused(desk, say),
    },
  });
  desk.emit = (event) => emit(desk, event);
  desk.ask = (help) => ask(desk, help);
  desk.presses = watchPresses(desk.nodes.frame);
  desk.rooms = await mountApps(desk, false);
  for (const [app, tab] of desk.nodes.tabs) tab.addEventListener("click", () => desk.emit({ part: `desk/${app}`, do: "click" }));
  buildHelp(desk);
  desk.player = buildPlayer(desk);
  draw(desk);
  watchNudges(desk);
  watchLeaving(desk);
  keepFlushing(desk.attempt);
  desk.queue.send();
  await askVoice(desk);
  if (desk.mode === "show" && !desk.ended) desk.player.start();
  return desk;
}

/** An app or the frame says what the learner did. */
function emit(desk, { part, do: gesture = "click", value }) {
  if (desk.ended || desk.queue.stopped || (desk.mode === "show" && !desk.player.playing(part))) return desk.presses.release();
  if (gesture !== "type") {
    flushTyped(desk);
    if (mustWait(desk, part, gesture)) return desk.presses.release();
  }
  push(desk, { part, do: gesture, ...(value === undefined ? {} : { value }), ...(desk.seat ? { seat: desk.seat } : {}) });
  busy(desk);
}

/** While the network is away one action waits, no more; and a click already on its way is not sent twice. */
function mustWait(desk, part, gesture) {
  const acting = ({ response }) => response.part && response.do !== "type";
  if (desk.queue.away) {
    drawAway(desk);
    return desk.queue.holds(acting);
  }
  return gesture === "click" && desk.queue.holds(({ response, rev }) => response.part === part && response.do === gesture && rev === desk.rev);
}

/** Typed text that no app has emitted yet goes first. */
function flushTyped(desk) {
  if (desk.flushing) return;
  desk.flushing = true;
  for (const room of desk.rooms?.values() ?? []) room.flush?.();
  desk.flushing = false;
}

/** Ask for help: hint, where, shown or lost. */
function ask(desk, help) {
  if (desk.ended || desk.queue.stopped || desk.queue.holds(({ response }) => response.help === help)) return;
  flushTyped(desk);
  push(desk, { help });
}

function push(desk, response) {
  desk.queue.push({ rev: desk.rev, response });
}

/** The server's answer replaces what stands here, whatever this page believed. */
function take(desk, data, sent) {
  clearTimeout(desk.busyTimer);
  desk.nodes.host.removeAttribute("aria-busy");
  desk.presses.release();
  for (const name of ["rev", "world", "guide", "steps", "feedback", "ended", "code", "mode"]) if (name in data) desk[name] = data[name];
  if (data.scenario) desk.scenario = data.scenario;
  if (data.stale && !data.feedback) desk.feedback = { tone: "info", say: words.stale };
  draw(desk);
  desk.nudges.show(data.nudges);
  desk.player.answered(data, sent);
  for (const listener of desk.listeners) listener(data, sent);
}

/** Redraw everything from the state; the apps keep focus and caret themselves. */
export function draw(desk) {
  for (const room of desk.rooms.values()) room.update(desk.world);
  drawFrame(desk.nodes, desk);
  drawFeedback(desk.nodes, desk.feedback);
  pointAt(desk.nodes, desk.ended ? null : desk.guide?.part || desk.feedback?.part);
  saySoon(desk);
  if (desk.ended) drawEnd(desk);
}

function busy(desk) {
  clearTimeout(desk.busyTimer);
  desk.busyTimer = setTimeout(() => !desk.queue.empty && desk.nodes.host.setAttribute("aria-busy", "true"), 400);
}

/** Closing the page or changing tabs: what is typed is sent, or at least kept. */
function watchLeaving(desk) {
  addEventListener("pagehide", () => flushTyped(desk));
  addEventListener("visibilitychange", () => document.visibilityState === "hidden" && flushTyped(desk));
}

if (document.getElementById("desk")) window.desk = startDesk();
