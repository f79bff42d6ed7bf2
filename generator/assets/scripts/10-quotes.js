/*
  Shows the quote beside a number of evidence while the pointer rests on it or the keyboard is there. It copies what
  stands at the foot of the same page, so that it works from a file and asks for nothing. Without it the number is a link.
*/
(() => {
  "use strict";
  const preview = document.createElement("div");
  preview.className = "dossier-preview md-typeset";
  preview.id = "dossier-preview";
  preview.setAttribute("role", "tooltip");
  preview.hidden = true;

  const numberOf = (target) => (target instanceof Element ? target.closest("sup.proof a") : null);

  const hide = () => {
    if (preview.hidden) return;
    preview.hidden = true;
    document.querySelector("[aria-describedby=dossier-preview]")?.removeAttribute("aria-describedby");
  };

  const show = (link) => {
    const item = document.getElementById(link.hash.slice(1))?.closest("li");
    if (!item) return;
    hide();
    preview.replaceChildren(...[...item.childNodes].map((node) => node.cloneNode(true)));
    for (const element of preview.querySelectorAll("[id]")) element.removeAttribute("id");
    for (const back of preview.querySelectorAll("a[href^='#']")) back.remove();
    if (!preview.isConnected) document.body.append(preview);
    preview.hidden = false;
    const box = link.getBoundingClientRect();
    const left = Math.min(box.left, document.documentElement.clientWidth - preview.offsetWidth - 8);
    const isBelow = box.bottom + preview.offsetHeight + 8 < window.innerHeight;
    const top = isBelow ? box.bottom + 4 : Math.max(4, box.top - preview.offsetHeight - 4);
    preview.style.left = `${Math.max(8, left) + window.scrollX}px`;
    preview.style.top = `${top + window.scrollY}px`;
    link.setAttribute("aria-describedby", preview.id);
  };

  document.addEventListener("pointerover", (event) => {
    const link = numberOf(event.target);
    if (link) show(link);
    else if (!preview.contains(event.target)) hide();
  });
  document.addEventListener("focusin", (event) => {
    const link = numberOf(event.target);
    if (link) show(link);
    else if (!preview.contains(event.target)) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
})();
