/** What a site proposes below a field as one writes, and the button that keeps what it does not know. As proposals.py has it. */

const FEWEST = 2;
const MOST = 5;
const LONG = 5;

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("œ", "oe").replaceAll("æ", "ae").replace(/[^\p{L}\p{N}_()]+/gu, " ").trim();

function isListed({ suggest }, value) {
  return !suggest || suggest.some((line) => plain(line) === plain(value));
}

function propose(field, value) {
  const written = plain(value);
  if (written.length < FEWEST || isListed(field, value)) return [];
  const shares = (line) => written.split(" ").some((word) => word.length >= LONG && line.split(" ").includes(word));
  return (field.suggest ?? []).filter((line) => (field.keep ? shares(plain(line)) : plain(line).startsWith(written))).slice(0, MOST);
}

/** Whether the answer has to be said twice. */
function asksToKeep(field, value) {
  if (!value || !field.keep) return false;
  return field.keep.match ? new RegExp(`^(?:${field.keep.match})$`, "u").test(value) : !isListed(field, value);
}

/** Lines to choose from, the button that keeps, or that it was kept. */
export function drawOffers({ app, mine, kit: { h, button, icon } }, name, field) {
  const value = mine.values?.[name] ?? "";
  const lines = propose(field, value);
  const asks = asksToKeep(field, value);
  const kept = (mine.kept ?? []).includes(name);
  if (!lines.length && !asks && !field.suggest) return null;
  return h("div", { class: "offers", "data-key": `${name}-offers`, role: "status" },
    lines.length > 0 && h("p", { class: "help" }, field.keep ? "Adresses proches :" : "Choisissez une ligne :"),
    lines.map((line, at) => button(`${app}/${name}~${at + 1}`, "offer", line)),
    field.suggest && !field.keep && !lines.length && value.length >= FEWEST && !isListed(field, value) && h("p", { class: "help" }, "Aucune ligne ne commence ainsi."),
    asks && !kept && [field.keep.ask && h("p", { class: "help" }, field.keep.ask), button(`${app}/${name}~keep`, "offer keep", field.keep.label)],
    asks && kept && h("p", { class: "done" }, icon("M4 12l5 6L20 6"), `${field.keep.label} : c'est noté.`));
}
