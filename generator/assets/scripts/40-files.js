/*
  A site read from a disk has no server that would turn a folder into its index page: a link to a folder then leads to the
  page in it. Nothing happens on a site that is served.
*/
(() => {
  "use strict";
  if (location.protocol !== "file:") return;
  const complete = (event) => {
    const link = event.target instanceof Element && event.target.closest("a[href]");
    if (link && link.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html";
  };
  for (const moment of ["pointerdown", "focusin", "click"]) document.addEventListener(moment, complete, true);
})();
