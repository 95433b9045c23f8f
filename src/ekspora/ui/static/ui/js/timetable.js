/* Following one person through the day: hover or focus a meeting, and the other meetings of its people stand out. */
"use strict";

for (const board of document.querySelectorAll(".board")) {
  const cards = [...board.querySelectorAll("[data-people]")];
  const follow = (people) => {
    board.classList.toggle("follow", people.length > 0);
    for (const card of cards) {
      card.classList.toggle("me", card.dataset.people.split(" ").some((person) => people.includes(person)));
    }
  };
  const chosen = () => (board.dataset.follow || "").split(" ").filter(Boolean);
  const start = (event) => {
    const card = event.target.closest("[data-people]");
    if (card) follow(card.dataset.people.split(" ").filter(Boolean));
  };
  board.addEventListener("pointerover", start);
  board.addEventListener("focusin", start);
  board.addEventListener("pointerleave", () => follow(chosen()));
  board.addEventListener("focusout", () => follow(chosen()));
  /* A <select data-follow> anywhere on the page holds one person's key for as long as it is chosen. */
  document.addEventListener("change", (event) => {
    if (!event.target.matches("select[data-follow]")) return;
    board.dataset.follow = event.target.value;
    follow(chosen());
  });
}
