/* Following one person through the day: hover or focus a meeting, and the other meetings of its people stand out.
   Listens on the document, so that a board exchanged by htmx needs nothing. */
"use strict";

const chosen = (board) => (board.dataset.follow || "").split(" ").filter(Boolean);

function follow(board, people) {
  board.classList.toggle("follow", people.length > 0);
  for (const card of board.querySelectorAll("[data-people]")) {
    card.classList.toggle("me", card.dataset.people.split(" ").some((person) => people.includes(person)));
  }
}

for (const name of ["pointerover", "focusin"]) {
  document.addEventListener(name, (event) => {
    const card = event.target.closest(".board [data-people]");
    if (card) follow(card.closest(".board"), card.dataset.people.split(" ").filter(Boolean));
  });
}

for (const name of ["pointerout", "focusout"]) {
  document.addEventListener(name, (event) => {
    const board = event.target.closest(".board");
    if (board && !board.contains(event.relatedTarget)) follow(board, chosen(board));
  });
}

/* A <select data-follow> anywhere on the page holds one person's key for as long as it is chosen. */
document.addEventListener("change", (event) => {
  if (!event.target.matches("select[data-follow]")) return;
  for (const board of document.querySelectorAll(".board")) {
    board.dataset.follow = event.target.value;
    follow(board, chosen(board));
  }
});
