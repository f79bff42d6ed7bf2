/*
  Notes beside the text stand at the line that they are about. Where they meet they give way downwards, and upwards where
  their paragraph ends; one that is opened pushes on those below it. A paragraph whose own notes would find their place
  taken by those before it moves down. Without this script notes stand beside the beginning of their paragraph.
*/
(() => {
  "use strict";
  const list = document.querySelector("ol:has(> li .paragraph)");
  if (!list?.querySelector(".note")) return;
  const wide = matchMedia("screen and (min-width: 60em)"); // as the styles have it
  const REM = parseFloat(getComputedStyle(document.documentElement).fontSize); // 20 px and more on wide screens
  const GAP = REM / 2;
  const SHORT = 3.5 * REM; // about what a note takes up that is not opened; one that is opened moves others, not itself
  const items = [...list.children].map((item) => ({
    item,
    notes: [...item.querySelectorAll(":scope > blockquote > p")].map((box) => ({
      box,
      about: `[data-notes~="${box.querySelector(".note")?.dataset.note}"]`,
    })),
  }));

  const lineOf = ({ about }, item) => {
    for (const words of item.querySelectorAll(about)) {
      const [first] = words.getClientRects();
      if (first) return first.top;
    }
    return -Infinity;
  };

  const measured = () => {
    const origin = list.getBoundingClientRect().top;
    return items.map(({ item, notes }) => {
      const box = item.getBoundingClientRect();
      const shown = notes
        .filter((note) => !note.box.hidden)
        .map((note) => ({ box: note.box, line: lineOf(note, item) - origin, height: note.box.offsetHeight }));
      return { item, top: box.top - origin, height: box.height, notes: shown };
    });
  };

  // From the top down; what a paragraph moves by moves all below it.
  const placed = (rows) => {
    const most = list.classList.contains("has-whole-notes") ? Infinity : SHORT;
    let moved = 0;
    let free = 0;
    return rows.map(({ item, top: first, height, notes }) => {
      const needed = notes.reduce((sum, note) => sum + Math.min(note.height, most) + GAP, 0);
      const over = Math.min(free - first - moved, free + needed - first - moved - height);
      const shift = notes.length ? Math.max(0, over) : 0;
      moved += shift;
      const top = first + moved;
      let latest = top + height - needed;
      const tops = notes.map((note) => {
        const at = Math.max(free, top, Math.min(note.line + moved, latest));
        latest += Math.min(note.height, most) + GAP;
        free = at + note.height + GAP;
        return at - top;
      });
      return { item, shift, notes, tops, below: Math.max(0, free - top - height) };
    });
  };

  const lay = () => {
    list.classList.toggle("has-placed-notes", wide.matches);
    for (const { item } of items) item.style.paddingTop = "";
    list.style.paddingBottom = "";
    if (!wide.matches) return;
    const rows = placed(measured());
    for (const { item, shift, notes, tops } of rows) {
      if (shift) item.style.paddingTop = `${shift}px`;
      notes.forEach((note, index) => {
        note.box.style.top = `${tops[index]}px`;
      });
    }
    const { below } = rows.at(-1);
    if (below) list.style.paddingBottom = `${below}px`;
  };

  let waiting = 0;
  const later = () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(lay);
  };
  const watch = new ResizeObserver(later);
  watch.observe(list);
  for (const { notes } of items) for (const { box } of notes) watch.observe(box);
  list.addEventListener("dossier-text", later);
  lay();
})();
