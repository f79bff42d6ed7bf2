/*
  The page of a source: which notes are shown, the likely reading in the text, what rests on a passage, and which note is
  about which words. Everything is on the page without it: all notes, and the likely reading in the note.
*/
(() => {
  "use strict";
  const tools = document.querySelector(".source-tools");
  const list = document.querySelector("ol:has(> li .paragraph)");
  if (!tools || !list) return;
  const words = JSON.parse(tools.dataset.words);
  const notes = [...list.querySelectorAll(".note")].map((mark) => ({ mark, box: mark.parentElement }));
  for (const { box } of notes) box.classList.add("margin-note");

  const button = (text, isPressed, onClick) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.setAttribute("aria-pressed", String(isPressed));
    made.addEventListener("click", () => onClick(made));
    return made;
  };
  const press = (one, isPressed) => one.setAttribute("aria-pressed", String(isPressed));
  const isPressed = (one) => one.getAttribute("aria-pressed") === "true";

  const group = (name, buttons) => {
    if (!buttons.length) return;
    const made = document.createElement("div");
    if (name) {
      const label = document.createElement("span");
      label.textContent = name;
      label.setAttribute("aria-hidden", "true");
      made.setAttribute("role", "group");
      made.setAttribute("aria-label", name);
      made.append(label);
    }
    made.append(...buttons);
    tools.append(made);
  };

  // --- the likely reading beside the printed words, marked as ours

  const marksOf = (note) => [...list.querySelectorAll(`mark[data-notes~="${note.mark.dataset.note}"]`)];
  const readings = notes.filter((note) => note.box.querySelector(".reading"));

  const showReadings = (isShown) => {
    for (const old of list.querySelectorAll("ins.conjecture")) old.remove();
    for (const note of readings) {
      const marks = marksOf(note);
      for (const mark of marks) mark.classList.toggle("is-doubted", isShown);
      if (!isShown || !marks.length || note.box.hidden) continue;
      const reading = note.box.querySelector(".reading");
      const shown = document.createElement("ins");
      shown.className = "conjecture";
      if (reading.lang) shown.lang = reading.lang;
      shown.textContent = ` ⟨${reading.textContent}⟩`;
      marks.at(-1).after(shown);
    }
  };

  if (readings.length) {
    const printed = button(words.printed, true, () => choose(false));
    const likely = button(words.likely, false, () => choose(true));
    const choose = (isLikely) => {
      press(printed, !isLikely);
      press(likely, isLikely);
      showReadings(isLikely);
    };
    group(words.tools, [printed, likely]);
    tools.addEventListener("dossier-filtered", () => showReadings(isPressed(likely)));
  }

  // --- which notes are shown

  const sorts = new Map();
  for (const { mark, box } of notes) {
    const sort = mark.dataset.sort;
    if (!sort) continue;
    const name = box.querySelector(".badge")?.textContent ?? sort;
    sorts.set(sort, { name, count: (sorts.get(sort)?.count ?? 0) + 1 });
  }
  const filter = (buttons) => {
    const hidden = new Set([...buttons].filter(([, one]) => !isPressed(one)).map(([sort]) => sort));
    for (const note of notes) {
      note.box.hidden = hidden.has(note.mark.dataset.sort);
      for (const mark of marksOf(note)) {
        const about = mark.dataset.notes.split(" ");
        const isSilent = notes.every((other) => !about.includes(other.mark.dataset.note) || other.box.hidden);
        mark.classList.toggle("is-silent", isSilent);
      }
    }
    for (const quote of list.querySelectorAll("blockquote")) {
      quote.hidden = [...quote.children].every((child) => child.hidden);
    }
    tools.dispatchEvent(new Event("dossier-filtered"));
  };
  const buttons = new Map();
  for (const [sort, { name, count }] of [...sorts].sort(([one], [other]) => (one < other ? -1 : 1))) {
    buttons.set(
      sort,
      button(`${name} ${count}`, true, (one) => {
        press(one, !isPressed(one));
        filter(buttons);
      }),
    );
    buttons.get(sort).className = `sort-${sort}`;
  }
  const whole = button(words.whole, false, (one) => {
    press(one, !isPressed(one));
    list.classList.toggle("has-whole-notes", isPressed(one));
  });
  if (notes.length) group(words.notes, [...buttons.values(), whole]);

  // --- what rests on passages

  if (list.querySelector(".rests")) {
    const isWide = matchMedia("(min-width: 60em)").matches; // as the styles have it
    const rests = button(words.rests, isWide, (one) => {
      press(one, !isPressed(one));
      list.classList.toggle("has-rests", isPressed(one));
      list.classList.toggle("has-no-rests", !isPressed(one));
    });
    group("", [rests]);
  }

  // --- which note is about which words

  const point = (target) => {
    const at = target instanceof Element ? target.closest(".margin-note, mark[data-notes]") : null;
    const numbers = at?.dataset.notes?.split(" ") ?? (at ? [at.querySelector(".note").dataset.note] : []);
    for (const old of list.querySelectorAll(".is-meant")) old.classList.remove("is-meant");
    for (const note of notes) {
      if (!numbers.includes(note.mark.dataset.note)) continue;
      note.box.classList.add("is-meant");
      for (const mark of marksOf(note)) mark.classList.add("is-meant");
    }
  };
  list.addEventListener("pointerover", (event) => point(event.target));
  list.addEventListener("pointerleave", () => point(null));
  list.addEventListener("focusin", (event) => point(event.target));
  list.addEventListener("click", (event) => {
    const box = event.target.closest(".margin-note");
    if (box && !event.target.closest("a") && !String(getSelection())) box.classList.toggle("is-open");
  });
})();
