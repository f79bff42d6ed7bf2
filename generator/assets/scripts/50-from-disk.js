/*
  Read from a disk, a link to a folder would show the folder's files: it is sent on to the page in it. The copy of the site
  has such links already; this serves links that a script makes, and the site as it was built.
*/
(() => {
  "use strict";
  if (location.protocol !== "file:") return;
  const toFile = (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    if (!link || link.protocol !== "file:" || !link.pathname.endsWith("/")) return;
    link.pathname += "index.html";
  };
  for (const name of ["click", "auxclick", "contextmenu"]) document.addEventListener(name, toFile, true);
})();
