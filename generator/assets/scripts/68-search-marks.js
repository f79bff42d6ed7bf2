/*
  Marks on a page the words that a search has led to: they stand in its address as `?h=`. Whole words only, in the text of
  the page; the mark is taken away again with Escape, and the address is made clean, so that a link to it can be shared.
*/
(() => {
  "use strict";
  const MOST = 200;
  const wanted = new URLSearchParams(location.search).get("h");
  const article = document.querySelector(".md-content__inner");
  if (!wanted || !article) return;
  const words = new Set(wanted.toLowerCase().split(/\s+/).filter(Boolean).slice(0, 12));
  const WORD = /[\p{L}\p{N}]+(?:[.,'’\-–/][\p{L}\p{N}]+)*/gu;

  const textNodes = () => {
    const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT, {
      acceptNode: (node) =>
        node.parentElement.closest("script, style, svg, nav, footer, button, .headerlink, .searched") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
    });
    const found = [];
    while (walker.nextNode()) found.push(walker.currentNode);
    return found;
  };

  let count = 0;
  for (const node of textNodes()) {
    const pieces = [];
    let after = 0;
    for (const match of node.data.matchAll(WORD)) {
      if (count >= MOST || !words.has(match[0].toLowerCase())) continue;
      const mark = document.createElement("mark");
      mark.className = "searched";
      mark.textContent = match[0];
      pieces.push(node.data.slice(after, match.index), mark);
      after = match.index + match[0].length;
      count += 1;
    }
    if (pieces.length) node.replaceWith(...pieces, node.data.slice(after));
  }

  const clean = new URL(location.href);
  clean.searchParams.delete("h");
  try {
    history.replaceState(history.state, "", clean);
  } catch {
    // from a disk some browsers keep the address as it is
  }
  // The place was scrolled to before the marks were there; they move nothing, but the first one may lie below a fold.
  if (!location.hash && count) article.querySelector("mark.searched").closest("details")?.setAttribute("open", "");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
    for (const mark of article.querySelectorAll("mark.searched")) mark.replaceWith(...mark.childNodes);
    article.normalize();
  });
})();
