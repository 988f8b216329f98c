/** Two people in one form, each at a machine of his own: the page is drawn anew when the other one acted, and says how he is. */
import { poll } from "./poll.js";

const place = document.querySelector("[data-pair]");
const say = place.querySelector("[role=status]");
const { rev, state } = place.dataset;

/** What was chosen and not yet sent would be lost. */
const isChoosing = () => document.querySelector("form.answer input[type=radio]:checked") !== null;

poll(place.dataset.pair, (data) => {
  if (!data) return;
  const moved = data.over || String(data.screen?.rev ?? rev) !== rev;
  if (moved || (data.pair.state !== state && !isChoosing())) return location.reload();
  if (say.textContent !== data.pair.say) say.textContent = data.pair.say;
});
