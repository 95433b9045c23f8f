/* The timetable: who is typed stands out, a meeting can be dragged to where it should be, and while the page
   exchanges the board it stays where it was scrolled to. Everything also works by links and forms. */
"use strict";

/* <input data-board-filter>: cards with every word typed stand out, the others stand back. */
document.addEventListener("input", (event) => {
  if (!event.target.matches("[data-board-filter]")) return;
  const words = fold(event.target.value).split(/\s+/).filter(Boolean);
  const board = document.getElementById("board");
  if (!board) return;
  board.classList.toggle("follow", words.length > 0);
  for (const card of document.querySelectorAll(".board .meet, .by-slot .meet")) {
    const hit = words.length > 0 && words.every((word) => fold(card.textContent).includes(word));
    card.classList.toggle("me", hit);
  }
});

const spot = { left: 0, top: 0 };

document.addEventListener("htmx:beforeSwap", () => {
  const board = document.getElementById("board");
  if (board) Object.assign(spot, { left: board.scrollLeft, top: board.scrollTop });
});

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id !== "work") return;
  const board = document.getElementById("board");
  if (board) board.scrollTo(spot.left, spot.top);
  prepare();
  const hand = document.querySelector("#side.hand");
  if (hand && hand.getBoundingClientRect().top > window.innerHeight * 0.8) hand.scrollIntoView();
});

function prepare() {
  for (const card of document.querySelectorAll("#board[data-movable] a.meet")) card.draggable = true;
}

/* Dropping opens the meeting with that place chosen; nothing moves before the conflicts were seen. */
let dragged = null;

document.addEventListener("dragstart", (event) => {
  const card = event.target.closest("#board[data-movable] a.meet");
  dragged = card ? new URL(card.href) : null;
});

document.addEventListener("dragover", (event) => {
  const cell = dragged && event.target.closest("td[data-slot]");
  if (cell) event.preventDefault();
});

document.addEventListener("drop", (event) => {
  const cell = dragged && event.target.closest("td[data-slot]");
  if (!cell) return;
  event.preventDefault();
  dragged.searchParams.set("slot", cell.dataset.slot);
  dragged.searchParams.set("table", cell.dataset.table);
  const url = dragged.pathname + dragged.search;
  dragged = null;
  htmx.ajax("GET", url, { target: "#work", select: "#work", swap: "outerHTML show:none" });
});

prepare();

/* Opened by a link, the meeting in hand is brought into view. */
const board = document.getElementById("board");
const inHand = board && board.querySelector(".meet.chosen, .meet.me");
if (inHand) {
  const card = inHand.getBoundingClientRect();
  const frame = board.getBoundingClientRect();
  board.scrollTo(card.left - frame.left - frame.width / 2, card.top - frame.top - frame.height / 2);
}
