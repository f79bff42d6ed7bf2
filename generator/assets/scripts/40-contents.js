/*
  The section that a reader chose in the contents is the marked one, also near the end of a page, where it cannot come up
  to the top and the theme marks the last one. From the next scrolling on the theme decides.
*/
(() => {
  "use strict";
  const contents = document.querySelector(".md-nav--secondary");
  if (!contents) return;
  const JUMP = 500; // how long the page may take to get there, in milliseconds
  let chosenAt = 0;
  const mark = (chosen) => {
    for (const old of contents.querySelectorAll("[aria-current]")) old.removeAttribute("aria-current");
    chosen?.setAttribute("aria-current", "location");
  };
  contents.addEventListener("click", (event) => {
    const link = event.target.closest("a.md-nav__link");
    if (!link) return;
    chosenAt = event.timeStamp;
    mark(link);
  });
  addEventListener("scroll", (event) => event.timeStamp - chosenAt > JUMP && mark(null), { passive: true });
})();
