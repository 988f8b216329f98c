// The pad of figures and the three pictures, over forms that also work without this file.

/** Shows the pad and lets its buttons type into the field that it names. */
function openPad(pad) {
  const field = document.getElementById(pad.dataset.pad);
  const length = Number(pad.dataset.length);
  pad.hidden = false;
  field.classList.add("pad-figures");
  pad.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.value === "erase") field.value = field.value.slice(0, -1);
    else if (field.value.replace(/\s/g, "").length < length) field.value += button.value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

/** Puts the chosen picture in the first empty place. */
function fillPlace(place, button) {
  const input = document.createElement("input");
  input.type = "hidden";
  input.name = "picture";
  input.value = button.value;
  const image = button.querySelector("img").cloneNode();
  image.alt = button.textContent.trim();
  place.replaceChildren(image, input);
  place.classList.add("is-filled");
}

/** Gathers pictures on the page and posts once the last is chosen. */
function gatherPictures(form) {
  const places = [...form.querySelectorAll(".chosen li")];
  const again = form.querySelector("[data-pictures-again]");
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-picture]");
    if (!button) return;
    event.preventDefault();
    const place = places.find((one) => !one.classList.contains("is-filled"));
    if (!place) return;
    fillPlace(place, button);
    again.hidden = false;
    if (place === places.at(-1)) form.submit();
  });
  again.addEventListener("click", () => {
    for (const [index, place] of places.entries()) {
      place.textContent = String(index + 1);
      place.classList.remove("is-filled");
    }
    again.hidden = true;
    form.querySelector("button[data-picture]").focus();
  });
  again.hidden = !places.some((place) => place.classList.contains("is-filled"));
}

document.querySelectorAll("[data-pad]").forEach(openPad);
document.querySelectorAll("[data-pictures]").forEach(gatherPictures);
