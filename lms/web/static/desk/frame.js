/** The training frame: our side (guide) and, inside the honey border, the simulated screen. */
import { h, picto, setAttribute, setText } from "../element.js";
import { speaker } from "../voice.js";
import { words } from "./words.js";

const SHAPES = { info: "message", almost: "presque", right: "valider", done: "fini" };

/** Build the frame in `host`. Returns its live nodes by name. */
export function buildFrame(host, { apps, mode, title, readonly }) {
  const room = new Map(apps.map(({ app }) => [app, h("div", { class: "desk-room", "data-app": app, hidden: true })]));
  const tabs = new Map(apps.map(({ app, title: name }) => [app, buildTab(app, name)]));
  const nodes = {
    host, room, tabs,
    mode: h("p", { class: "desk-mode" }, words.modes[mode] ?? ""),
    steps: h("p", { class: "desk-steps steps" }),
    say: h("p", { class: "desk-say", role: "status" }),
    play: h("div", { class: "desk-play", hidden: true }),
    feedback: h("div", { class: "desk-feedback", role: "status", "aria-live": "polite" }),
    nudge: h("div", { class: "desk-nudge", role: "status", "aria-live": "polite" }),
    offline: h("div", { class: "desk-offline", role: "status", "aria-live": "polite", hidden: true }),
    help: h("div", { class: "desk-help" }),
    code: h("p", { class: "desk-code" }),
    address: h("span", { class: "desk-address" }),
    tabBar: h("div", { class: "desk-tabs", role: "group", "aria-label": words.training, hidden: apps.length < 2 }, ...tabs.values()),
    app: h("div", { class: "desk-app" }, ...room.values()),
    speaker: speaker(""),
  };
  nodes.guide = h("section", { class: "desk-guide", "aria-label": words.instruction },
    nodes.mode, nodes.steps, nodes.say, nodes.speaker.button, nodes.speaker.slow, nodes.play, buildFold(nodes), nodes.nudge, nodes.code);
  const bar = h("div", { class: "desk-bar" }, picto("cadenas"), nodes.address);
  nodes.frame = h("section", { class: "desk-frame", "aria-label": `${words.training} : ${title ?? ""}`, "data-label": words.training },
    bar, nodes.tabBar, nodes.app);
  host.classList.add("desk", readonly ? "is-mirror" : "is-played");
  setAttribute(host, "data-mode", mode);
  host.replaceChildren(nodes.guide, nodes.feedback, nodes.help, nodes.frame, nodes.offline);
  return nodes;
}

/** On a phone the instruction folds to one line; this button unfolds it. The style sheet shows it only there. */
function buildFold(nodes) {
  const fold = h("button", { type: "button", class: "desk-fold button button-plain", "aria-expanded": "true" }, words.fold);
  fold.addEventListener("click", () => {
    const folded = nodes.guide.classList.toggle("is-folded");
    setAttribute(fold, "aria-expanded", String(!folded));
    setText(fold, folded ? words.unfold : words.fold);
  });
  return fold;
}

function buildTab(app, name) {
  return h("button", { type: "button", class: "desk-tab", "data-part": `desk/${app}`, "aria-pressed": "false" }, name);
}

/** Show steps, sentence, app in front and screen code; touches only what differs. */
export function drawFrame(nodes, { apps, scenario, world, guide, steps, voice, instruction, code }) {
  const front = frontOf(world, apps);
  if (steps?.[1]) setText(nodes.steps, words.step(Math.min(steps[0] + 1, steps[1]), steps[1]));
  const say = guide?.say || instruction || "";
  setText(nodes.say, say);
  nodes.speaker.set(say, voice?.[say]);
  for (const [app, room] of nodes.room) {
    room.hidden = app !== front;
    setAttribute(nodes.tabs.get(app), "aria-pressed", String(app === front));
    nodes.tabs.get(app).classList.toggle("is-front", app === front);
  }
  const shown = apps.find(({ app }) => app === front);
  setText(nodes.address, shown?.address ?? scenario?.ref?.[front]?.address ?? shown?.title ?? "");
  setText(nodes.code, `${words.screen} ${code ?? screenCode(apps, front, steps)}`);
}

/** The app in front; the first one when the world does not say. */
export function frontOf(world, apps) {
  return apps.some(({ app }) => app === world?.front) ? world.front : apps[0].app;
}

/** What a learner can say on the phone: a letter for the app, a number for the step. */
export function screenCode(apps, front, steps) {
  const letter = String.fromCharCode(65 + apps.findIndex(({ app }) => app === front));
  return `${letter}${Math.min((steps?.[0] ?? 0) + 1, steps?.[1] || 1)}`;
}

/** One feedback sentence with its word, or nothing. */
export function drawFeedback(nodes, feedback) {
  if (!feedback?.say) {
    nodes.feedback.replaceChildren();
    nodes.feedback.removeAttribute("data-tone");
    return;
  }
  const tone = words.tones[feedback.tone] ? feedback.tone : "info";
  setAttribute(nodes.feedback, "data-tone", tone);
  nodes.feedback.replaceChildren(h("div", { class: `feedback feedback-${tone}` }, picto(SHAPES[tone]),
    h("p", {}, h("strong", {}, `${words.tones[tone]}.`), ` ${feedback.say}`)));
}
