/*
  The drawer by keyboard: a button takes the place of the theme's label, which no key reaches; Escape closes the drawer.
  Without this script the switch itself can be reached.
*/
(() => {
  "use strict";
  const toggle = document.getElementById("__drawer");
  const label = document.querySelector('.md-header [for="__drawer"]');
  if (!toggle || !label) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = `${label.className} drawer-open`;
  button.append(...label.childNodes);
  const tell = () => button.setAttribute("aria-expanded", String(toggle.checked));
  button.addEventListener("click", () => toggle.click());
  toggle.addEventListener("change", tell);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !toggle.checked) return;
    toggle.click();
    button.focus();
  });
  tell();
  label.replaceWith(button);
})();
