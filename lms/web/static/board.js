/**
 * The trainer's live board: asks every two seconds, most urgent first, changes only what changed, keeps focus.
 * Rows come from the page's own `<template id="board-row">`: `[data-fill=…]` is text, `[data-href=…]` a link.
 */
import { bind, h, makeId, setAttribute, setText } from "./browser.js";
import { poll } from "./poll.js";

const WORDS = {
  since: (minutes) => (minutes < 1 ? "" : minutes < 60 ? ` depuis ${minutes} min` : ` depuis ${Math.floor(minutes / 60)} h`),
  away: "La connexion est coupée. Nous essayons encore.",
  fresh: "Les personnes à aider d'abord sont en haut.",
  write: "Envoyer un mot",
  label: (name) => `Une phrase pour ${name}`,
  ready: ["J'arrive.", "Continuez, c'est bien.", "Regardez la consigne à gauche."],
  send: "Envoyer",
  sent: (name) => `${name} voit votre phrase.`,
  propose: "Proposer",
  proposed: (name) => `${name} voit votre proposition.`,
  unlock: "Déverrouiller",
  unlocked: (name) => `${name} peut entrer.`,
  lost: "Rien n'est parti. Essayez encore.",
};

/** Start the board on this page. */
export function startBoard(board = document.getElementById("board")) {
  const shown = { board, rows: [], state: document.getElementById("board-state"), empty: document.getElementById("board-empty") };
  board.addEventListener("click", (event) => act(shown, event));
  board.addEventListener("focusout", () => setTimeout(() => order(shown)));
  return poll(board.dataset.url, (data, now) => draw(shown, data?.rows ?? shown.rows, now), {
    away: () => shown.state && setText(shown.state, WORDS.away),
    back: () => shown.state && setText(shown.state, WORDS.fresh),
  });
}

/** Draw `rows`; rows that stay are the same elements, so that focus and half-written sentences stay. */
export function draw(shown, rows, now) {
  shown.rows = rows;
  const { board } = shown;
  const wanted = new Set(rows.map(({ id }) => String(id)));
  for (const old of [...board.children]) if (!wanted.has(old.dataset.id)) old.remove();
  for (const row of rows) fill(find(board, row.id) ?? make(board, row.id), row, now);
  if (shown.empty) shown.empty.hidden = rows.length > 0;
  order(shown);
}

function find(board, id) {
  return board.querySelector(`:scope > [data-id="${CSS.escape(String(id))}"]`);
}

function make(board, id) {
  const made = document.getElementById("board-row").content.firstElementChild.cloneNode(true);
  made.dataset.id = id;
  board.append(made);
  return made;
}

function fill(place, row, now) {
  setAttribute(place, "data-urgency", row.urgency);
  const since = row.since ? WORDS.since(Math.floor((now - row.since * 1000) / 60000)) : "";
  for (const node of place.querySelectorAll("[data-fill]")) {
    const text = bind(row[node.dataset.fill] ?? "");
    setText(node, node.dataset.fill === "sentence" && since ? `${text.replace(/\.$/, "")}${since}.` : text);
  }
  for (const node of place.querySelectorAll("[data-href]")) {
    const url = row[node.dataset.href];
    node.hidden = !url;
    setAttribute(node, "href", url);
  }
  offer(place, "write", row.nudge_url, WORDS.write);
  // Two buttons a row: the quick word takes the place of the page of help.
  const page = place.querySelector("[data-href=help_url]");
  if (page && row.nudge_url) page.hidden = true;
  offer(place, "propose", row.offer && row.nudge_url, WORDS.propose);
  offer(place, "unlock", row.unlock_url, WORDS.unlock);
}

/** A button of this row that is there only when the row allows it. */
function offer(place, kind, url, label) {
  let button = place.querySelector(`[data-act=${kind}]`);
  if (!button && url) {
    button = h("button", { type: "button", class: "button button-plain", "data-act": kind }, label);
    (place.querySelector(".row") ?? place).append(button);
  }
  if (!button) return;
  button.hidden = !url;
  if (url) button.dataset.url = url;
}

/** Most urgent first. Nothing moves under a person who is writing; else the focus stays on what it was on. */
function order({ board, rows }) {
  const focused = document.activeElement;
  if (board.contains(focused) && focused.matches("input")) return;
  rows.forEach(({ id }, place) => {
    const wanted = find(board, id);
    if (wanted && board.children[place] !== wanted) board.insertBefore(wanted, board.children[place]);
  });
  if (board.contains(focused) && document.activeElement !== focused) focused.focus({ preventScroll: true });
}

function act(shown, event) {
  const button = event.target.closest("[data-act]");
  if (!button) return;
  const place = button.closest("[data-id]");
  const row = shown.rows.find(({ id }) => String(id) === place.dataset.id);
  if (button.dataset.act === "propose") post(shown, button.dataset.url, { kind: "offer", part: row.offer }, WORDS.proposed(row.first_name));
  else if (button.dataset.act === "unlock") post(shown, button.dataset.url, {}, WORDS.unlocked(row.first_name));
  else if (place.querySelector("form.board-say")) closeWriting(place, button);
  else openWriting(shown, place, button, row);
}

function openWriting(shown, place, button, row) {
  const input = h("input", { name: "text", id: `say-${row.id}`, required: true, maxlength: "120", list: "board-ready", autocomplete: "off" });
  const form = h("form", { class: "board-say" }, h("label", { for: input.id }, WORDS.label(row.first_name)), input,
    h("button", { type: "submit", class: "button" }, WORDS.send));
  if (!document.getElementById("board-ready")) {
    document.body.append(h("datalist", { id: "board-ready" }, ...WORDS.ready.map((value) => h("option", { value }))));
  }
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (await post(shown, button.dataset.url, { kind: "say", text: input.value }, WORDS.sent(row.first_name))) closeWriting(place, button);
  });
  form.addEventListener("keydown", (event) => event.key === "Escape" && closeWriting(place, button));
  place.append(form);
  input.focus();
}

function closeWriting(place, button) {
  place.querySelector("form.board-say")?.remove();
  button.focus();
}

async function post({ board, state }, url, fields, done) {
  const body = new URLSearchParams({ ...fields, id: makeId(), csrf_token: board.dataset.csrf ?? "" });
  const answer = await fetch(url, { method: "POST", body, headers: { Accept: "application/json" }, credentials: "same-origin" }).catch(() => null);
  if (state) setText(state, answer?.ok ? done : WORDS.lost);
  return Boolean(answer?.ok);
}

if (document.getElementById("board")) startBoard();
