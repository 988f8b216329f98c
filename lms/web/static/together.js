/** Whoever waits for a learner's agreement, or for an exercise to be opened: the page begins anew when that changes. */
import { setText } from "./browser.js";
import { poll } from "./poll.js";

const place = document.getElementById("together");

if (place && !document.getElementById("desk")) {
  poll(place.dataset.url, (data) => {
    if (!data) return;
    if (data.state !== place.dataset.state || data.island) return location.reload();
    setText(document.getElementById("screen-sentence"), data.sentence);
  });
}
