/** Two people, each at a machine of his own: how the other one is, and the screen as he leaves it, asked every two seconds. */
import { h, setText } from "../browser.js";
import { poll } from "../poll.js";
import { words } from "./frame.js";

/** Draw what is known of the other, and follow him. `take(data)` draws a newer screen; does nothing where one plays alone. */
export function watchPair(desk, take) {
  if (!desk.pair) return;
  const place = h("section", { class: "desk-pair" });
  const say = h("p", { role: "status" });
  const code = h("p", { class: "desk-pair-code" });
  const ways = h("div", { class: "desk-pair-ways" });
  place.append(say, code, ways);
  desk.nodes.guide.after(place);
  const show = (pair) => {
    place.dataset.state = pair.state;
    setText(say, pair.say);
    code.hidden = pair.state !== "waiting";
    setText(code, pair.code);
    const wanted = desk.ended ? [] : [pair.alone, pair.leave].filter(Boolean);
    const shown = JSON.stringify(wanted);
    if (ways.dataset.shown === shown) return;
    ways.dataset.shown = shown;
    ways.replaceChildren(...wanted.map((one) => buildWay(desk, one)));
  };
  show(desk.pair);
  const asked = poll(desk.pair.url, (data) => {
    if (data?.over) return location.reload();
    if (!data) return;
    show(data.pair);
    // What is on its way from here is answered with a screen of its own.
    if (data.screen && data.screen.rev > desk.rev && desk.queue.empty) take(data.screen);
    if (desk.ended) asked.stop();
  }, { away: () => setText(say, words.away), back: () => setText(say, words.back) });
}

function buildWay({ csrf }, { label, url }) {
  return h("form", { method: "post", action: url }, h("input", { type: "hidden", name: "csrf_token", value: csrf ?? "" }),
    h("button", { type: "submit", class: "button button-plain" }, label));
}
