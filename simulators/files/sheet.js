/** A document or a picture as one sees it when it is open. */

/** A hill and a sun: what the picture shows stands in words below it. */
const SCENE = [["sun", "M92 18m-9 0a9 9 0 1 0 18 0a9 9 0 1 0 -18 0"], ["far", "M0 60V42L34 22l30 20 22-12 34 22v8z"], ["near", "M0 60V52q30-14 60-2t60-4v14z"]];

/** The sheet of a file; `tell` writes out what stands in the world. */
export function drawSheet({ h, drawing }, file, tell) {
  const lines = (file.lines ?? []).map(([label, value]) => [h("dt", {}, tell(label)), h("dd", {}, tell(value))]);
  if (file.look) return drawPhoto({ h }, file, tell);
  const picture = file.kind === "picture";
  return h("article", { class: picture ? "sheet picture" : "sheet", "data-key": file.id },
    picture && lines.length === 0 && drawing("scene", "0 0 120 60", SCENE),
    file.title && h("h3", {}, tell(file.title)),
    lines.length > 0 && h("dl", {}, lines),
    file.text && h("p", {}, tell(file.text)),
    !picture && h("p", { class: "specimen" }, "SPÉCIMEN"));
}

/** A photograph of a paper on a table: sharp and whole, or not. */
function drawPhoto({ h }, file, tell) {
  const lines = (file.lines ?? []).map(([label, value]) => [h("dt", {}, tell(label)), h("dd", {}, tell(value))]);
  return h("div", { class: `photo look-${file.look}`, role: "img", "aria-label": file.alt ?? file.title, "data-key": file.id },
    h("div", { class: "paper" }, file.title && h("h3", {}, tell(file.title)), h("dl", {}, lines)));
}
