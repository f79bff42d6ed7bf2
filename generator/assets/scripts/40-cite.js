/*
  Buttons beside each way to cite a page: copy, and save as a file. Without it the text is there to be selected.
*/
(() => {
  "use strict";
  const TYPES = {bib: "application/x-bibtex", json: "application/vnd.citationstyles.csl+json", ris: "application/x-research-info-systems"};

  const button = (text, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "dossier-cite__button";
    made.textContent = text;
    made.addEventListener("click", () => act(made));
    return made;
  };

  const select = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  };

  const save = (text, name, format) => {
    const address = URL.createObjectURL(new Blob([text], {type: TYPES[format]}));
    const link = document.createElement("a");
    link.href = address;
    link.download = `${name}.${format}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  };

  for (const box of document.querySelectorAll(".dossier-cite")) {
    const words = box.dataset;
    const copy = (element) => (made) => {
      select(element);
      const done = () => {
        made.textContent = words.copied;
        setTimeout(() => (made.textContent = words.copy), 1500);
      };
      // A page from a file or without a secure connection has no clipboard; the old way still works there.
      if (navigator.clipboard && window.isSecureContext) navigator.clipboard.writeText(element.textContent).then(done, () => {});
      else if (document.execCommand("copy")) done();
    };
    const plain = document.querySelector(".dossier-cite__plain");
    plain?.after(" ", button(words.copy, copy(plain)));
    for (const text of box.querySelectorAll("pre[data-format]")) {
      const label = text.previousElementSibling;
      label.append(button(words.copy, copy(text)), button(words.save, () => save(text.textContent, words.key, text.dataset.format)));
    }
  }
})();
