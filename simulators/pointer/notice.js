/** Scroll: a real page longer than its window; its end holds the answer to a small question. */

const REST = 200;

/** The notice, two large buttons that scroll it too, and the question. */
export function buildNotice({ app, ref, send, readonly, kit }) {
  const { h } = kit;
  const notice = buildPage(kit, app, ref.notice);
  const answers = new Map(ref.answers.map((answer) => [answer.id, buildAnswer(kit, app, answer, readonly ? null : send)]));
  const where = { sent: -1, timer: 0, drawn: null };
  if (!readonly) watchScroll(notice, where, (trace) => send("notice", "trace", trace));
  const showPlace = () => where.drawn !== null && (notice.scrollTop = (where.drawn / 100) * hiddenHeight(notice));
  return {
    node: h("div", { class: "reading" }, h("div", { class: "page" }, notice, h("div", { class: "lifts" }, lift(kit, notice, -1, "▲ Remonter"), lift(kit, notice, 1, "▼ Descendre"))),
      h("div", { class: "asked", role: "group", "aria-label": ref.question }, h("p", {}, ref.question), ...answers.values())),
    update({ place, answer }) {
      if (place !== where.sent) showPlace((where.drawn = where.sent = place));
      for (const [id, button] of answers) choose(kit, button, id === answer);
    },
    ready: () => where.drawn > 0 && showPlace(),
    destroy: () => clearTimeout(where.timer),
  };
}

function buildPage({ h }, app, { title, paragraphs }) {
  return h("div", { class: "notice", tabindex: "0", role: "region", "aria-label": title, "data-part": `${app}/notice`, "data-gesture": "scroll" },
    h("h2", {}, title), ...paragraphs.map((text) => h(text.endsWith("?") ? "h3" : "p", {}, text)));
}

function buildAnswer({ h }, app, { id, label }, send) {
  return h("button", { type: "button", class: "reply", "data-part": `${app}/${id}`, "data-gesture": "click", "data-label": label, onclick: send && (() => send(id, "click")) }, label);
}

function choose({ setText }, button, chosen) {
  button.setAttribute("aria-pressed", String(chosen));
  setText(button, chosen ? `✓ ${button.dataset.label}` : button.dataset.label);
}

export function lift({ h }, notice, way, label) {
  const move = () => notice.scrollBy({ top: way * notice.clientHeight * 0.7, behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  return h("button", { type: "button", class: "lift", onclick: move }, label);
}

export function hiddenHeight(notice) {
  return notice.scrollHeight - notice.clientHeight;
}

/** Tell where one is once the page rests; what the state itself scrolled is not told back. */
export function watchScroll(notice, where, emit) {
  notice.addEventListener("scroll", () => {
    clearTimeout(where.timer);
    where.timer = setTimeout(() => {
      const above = Math.round(notice.scrollTop);
      const below = Math.max(0, Math.round(hiddenHeight(notice) - notice.scrollTop));
      const place = Math.round((100 * above) / Math.max(1, above + below));
      if (place === where.sent) return;
      where.sent = place;
      emit([["scroll", above, below]]);
    }, REST);
  }, { passive: true });
}
