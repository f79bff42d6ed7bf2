/*
  Changing the language keeps the place on the page: what the address names if it is in view, else what stands at the top
  of the window. Headings are named differently in each language, so that the name of a place within them is taken.
  Without it the change leads to the beginning of the same page.
*/
(() => {
  "use strict";
  const switches = document.querySelectorAll(".md-select__link[hreflang]");
  if (!switches.length) return;
  const isHeading = (element) => /^H[1-6]$/.test(element.tagName);

  // The name of an element in both languages, empty where it has none.
  const nameOf = (element) => {
    if (!isHeading(element)) return element.id;
    return element.querySelector(".here")?.id ?? "";
  };

  const isInView = (element) => {
    const box = element.getBoundingClientRect();
    return box.bottom >= 0 && box.top <= window.innerHeight;
  };

  const placeNow = () => {
    const named = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const isAtTop = window.scrollY < 8;
    if (named && (isAtTop || isInView(named))) return nameOf(named);
    if (isAtTop) return "";
    const line = (document.querySelector(".md-header")?.getBoundingClientRect().bottom ?? 0) + 24;
    let found = "";
    for (const element of document.querySelectorAll("article [id]")) {
      if (isHeading(element) || element.closest("svg, form, [hidden]") || !element.getClientRects().length) continue;
      if (element.getBoundingClientRect().top > line) break;
      found = element.id;
    }
    return found;
  };

  const keepPlace = (event) => {
    const link = event.currentTarget;
    const place = placeNow();
    link.search = location.search;
    link.hash = place ? `#${place}` : "";
  };
  for (const link of switches) {
    for (const moment of ["pointerdown", "click", "auxclick"]) link.addEventListener(moment, keepPlace);
  }
})();
