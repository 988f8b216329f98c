/**
 * Somebody asks to see this learner's rehearsal screen, or sees it: one bar says so on every page while it lasts, and
 * stops it. On a desk its nudges bring the list; other pages ask by themselves.
 */
import { h, postJson, setText, told } from "./browser.js";
import { poll } from "./poll.js";

const PLACE = "/learn/sharing";

/** Draw the list that the server gave, most urgent first; nothing when it is empty. Untouched while it is the same. */
export function showSharing(list) {
  let bar = document.getElementById("sharing");
  if (!list.length) return bar?.remove();
  if (!bar) {
    bar = h("section", { id: "sharing", class: "sharing", role: "status" });
    document.body.append(bar);
  }
  const shown = JSON.stringify(list.map(({ id, state }) => [id, state]));
  if (bar.dataset.shown === shown) return;
  bar.dataset.shown = shown;
  bar.replaceChildren(...list.map(drawOne));
}

function drawOne(one) {
  const row = h("div", { class: `sharing-one is-${one.state}` });
  const say = h("p", {}, h("strong", {}, one.say), one.more && ` ${one.more}`);
  const ways = h("div", { class: "sharing-ways" });
  if (one.voice) ways.append(listenTo(one));
  if (one.yes) ways.append(way(one, one.yes, "yes", say, ""));
  ways.append(way(one, one.no, one.state === "asked" ? "no" : "stop", say, one.yes ? " button-plain" : ""));
  row.append(say, ways);
  return row;
}

/** The page's voice.js hears it, as it does every «Écouter». */
function listenTo({ say, more, voice }) {
  return h("button", { type: "button", class: "listen", "data-say": `${say} ${more}`, "data-audio": voice },
    h("span", { class: "listen-start" }, told("listen", "Écouter")), h("span", { class: "listen-stop" }, told("stop", "Stop")));
}

function way({ id }, label, answer, say, kind) {
  return h("button", { type: "button", class: `button${kind}`, onclick: () => send(id, answer, say) }, label);
}

async function send(id, answer, say) {
  const result = await postJson(`${PLACE}/${id}`, { answer });
  if (result.ok) return showSharing(result.data.sharing);
  if (result.say) setText(say, result.say);
}

if (!document.getElementById("desk")) poll(`${PLACE}.json`, (data) => data && showSharing(data.sharing));
