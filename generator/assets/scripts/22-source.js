/*
  The text of a source: a bar of tools that stays in reach while one reads, the likely reading in place of the printed
  words, which notes are shown, what rests on passages, and which note is about which words.

  Everything is on the page without it: the text as printed, all notes with the likely readings, what rests on passages.
*/
(() => {
  "use strict";
  const tools = document.querySelector(".source-tools");
  const list = document.querySelector("ol:has(> li .paragraph)");
  if (!tools || !list) return;
  const words = JSON.parse(tools.dataset.words);
  const wide = matchMedia("(min-width: 60em)"); // as the styles have it
  const notes = [...list.querySelectorAll(".note")].map((mark) => ({ mark, box: mark.parentElement }));
  for (const { box } of notes) box.classList.add("margin-note");
  const changed = () => list.dispatchEvent(new Event("dossier-text"));

  const press = (one, isPressed) => one.setAttribute("aria-pressed", String(isPressed));
  const isPressed = (one) => one.getAttribute("aria-pressed") === "true";
  const button = (text, onClick) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.addEventListener("click", () => onClick(made));
    return made;
  };
  const toggle = (text, isOn, onToggle) => {
    const made = button(text, () => {
      press(made, !isPressed(made));
      onToggle(isPressed(made));
    });
    press(made, isOn);
    return made;
  };
  const group = (className, name, members) => {
    const made = document.createElement("div");
    made.className = className;
    if (name) {
      made.setAttribute("role", "group");
      made.setAttribute("aria-label", name);
    }
    made.append(...members);
    return made;
  };

  // The bar sticks as long as the text is there: both stand in one frame.
  const frame = document.createElement("div");
  frame.className = "text-frame";
  tools.before(frame);
  for (let node = tools, next = null; node; node = node === list ? null : next) {
    next = node.nextSibling;
    frame.append(node);
  }

  // --- the likely reading in place of the printed words, marked as ours

  const stretches = [];
  for (const printed of list.querySelectorAll(".paragraph ~ * u, .paragraph ~ u")) {
    const { by, meant } = printed.dataset;
    if (meant) stretches.push({ by, meant, printed: [printed] });
    else stretches.at(-1)?.printed.push(printed);
  }

  const readingOf = ({ meant, printed }) => {
    const made = document.createElement("ins");
    made.textContent = `[${meant}]`;
    made.printed = printed;
    made.title = `${words.was}: ${printed.map((one) => one.textContent).join("")}`;
    return made;
  };
  const strike = ({ printed }, isStruck) => {
    for (const one of printed) one.classList.toggle("is-struck", isStruck);
  };
  const showReadings = (isLikely) => {
    const hidden = new Set(notes.filter((note) => note.box.hidden).map((note) => note.mark.dataset.note));
    for (const one of stretches) {
      const isShown = isLikely && !hidden.has(one.by);
      one.reading?.remove();
      one.reading = isShown ? readingOf(one) : null;
      if (isShown) one.printed[0].before(one.reading);
      else strike(one, false);
      for (const hidden of one.printed) hidden.classList.toggle("is-replaced", isShown);
    }
    changed();
  };
  list.addEventListener("click", (event) => {
    const one = stretches.find(({ reading }) => reading && reading === event.target);
    if (one) strike(one, !one.printed[0].classList.contains("is-struck"));
  });

  const KEY = `dossier-reading:${new URL("../..", document.currentScript.src).pathname}`; // both languages, one site
  const recall = () => {
    try {
      return localStorage.getItem(KEY) === "likely";
    } catch {
      return false;
    }
  };
  const remember = (isLikely) => {
    try {
      localStorage.setItem(KEY, isLikely ? "likely" : "printed");
    } catch {
      // the choice holds for this page
    }
  };

  let isLikely = false;
  if (stretches.length) {
    const choose = (isWanted) => {
      isLikely = isWanted;
      press(printed, !isLikely);
      press(likely, isLikely);
      showReadings(isLikely);
    };
    const chosen = (isWanted) => {
      remember(isWanted);
      choose(isWanted);
    };
    const printed = button(words.printed, () => chosen(false));
    const likely = button(words.likely, () => chosen(true));
    tools.append(group("text-reading", words.tools, [printed, likely]));
    choose(recall());
  }

  // --- which notes are shown, how far, and what rests on passages: what does not fit into the bar opens below it

  const marksOf = (note) => [...list.querySelectorAll(`mark[data-notes~="${note.mark.dataset.note}"]`)];
  const filter = (hidden) => {
    for (const note of notes) note.box.hidden = hidden.has(note.mark.dataset.sort);
    const shown = new Set(notes.filter((note) => !note.box.hidden).map((note) => note.mark.dataset.note));
    for (const mark of list.querySelectorAll("mark[data-notes]")) {
      mark.classList.toggle("is-silent", !mark.dataset.notes.split(" ").some((number) => shown.has(number)));
    }
    for (const quote of list.querySelectorAll("blockquote")) {
      quote.hidden = [...quote.children].every((child) => child.hidden);
    }
    showReadings(isLikely);
  };
  const filters = () => {
    const sorts = new Map();
    for (const { mark, box } of notes) {
      const { sort } = mark.dataset;
      if (!sort) continue;
      const name = box.querySelector(".badge")?.textContent ?? sort;
      sorts.set(sort, { name, count: (sorts.get(sort)?.count ?? 0) + 1 });
    }
    const hidden = new Set();
    const byName = [...sorts].sort(([one], [other]) => (one < other ? -1 : 1));
    return byName.map(([sort, { name, count }]) => {
      const made = toggle(`${name} ${count}`, true, (isOn) => {
        if (isOn) hidden.delete(sort);
        else hidden.add(sort);
        filter(hidden);
      });
      made.className = `sort-${sort}`;
      return made;
    });
  };

  const more = group("text-more", "", []);
  const others = group("text-others", "", []);
  if (notes.length) {
    const whole = toggle(words.whole, false, (isOn) => {
      list.classList.toggle("has-whole-notes", isOn);
      changed();
    });
    more.append(group("text-notes", words.notes, [...filters(), whole]));
  }
  if (list.querySelector(".rests")) {
    others.append(
      toggle(words.rests, wide.matches, (isOn) => {
        list.classList.toggle("has-rests", isOn);
        list.classList.toggle("has-no-rests", !isOn);
      }),
    );
  }

  more.id = "text-more";
  const opener = button("", () => open(more.hidden));
  opener.className = "text-opener";
  opener.setAttribute("aria-controls", more.id);
  const open = (isOpen) => {
    more.hidden = !isOpen;
    opener.setAttribute("aria-expanded", String(isOpen));
  };
  const arrange = () => {
    if (wide.matches) opener.before(others);
    else more.append(others);
    opener.textContent = wide.matches ? `${words.notes} ${notes.length}` : words.more;
    opener.hidden = wide.matches && !notes.length;
  };
  tools.append(opener, more);
  open(false);
  arrange();
  wide.addEventListener("change", arrange);
  document.addEventListener("pointerdown", (event) => {
    if (!tools.contains(event.target)) open(false);
  });
  others.addEventListener("click", (event) => {
    if (event.target.matches("button:not([aria-pressed])")) open(false); // it does something elsewhere on the page
  });
  tools.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || more.hidden) return;
    open(false);
    opener.focus();
  });

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

  // --- the whole passage that the address names, as it is printed

  const passageOf = (start) => {
    const link = list.querySelector(`.rests + a[href="#${start.id}"]`);
    const about = list.querySelector(`.margin-note:has(a[href="#${start.id}"]) > .note`);
    if (!link) return about ? marksOf({ mark: about }) : [];
    const found = [];
    for (const element of list.querySelectorAll(`mark, sup.rest a[href="#u${link.textContent}"]`)) {
      if (!(start.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING)) continue;
      if (element.localName === "a") break;
      found.push(element);
    }
    return found;
  };
  // What a reader comes from is told by the referrer, except from a disk; the line that it stands in is marked anyway.
  const isOrigin = (link) => document.referrer !== "" && link.href.split("#")[0] === document.referrer.split("#")[0];
  const showWay = (start) => {
    const line = list.querySelector(`.rests + a[href="#${start.id}"]`)?.parentElement;
    if (!line) return;
    line.classList.add("is-target");
    for (const link of line.querySelectorAll("a")) link.classList.toggle("is-target", isOrigin(link));
  };
  const showTarget = () => {
    for (const old of list.querySelectorAll(".is-target")) old.classList.remove("is-target");
    const id = location.hash.slice(1);
    const start = id.startsWith("q-") && document.getElementById(id);
    const marks = start && list.contains(start) ? passageOf(start) : [];
    for (const mark of marks) mark.classList.add("is-target");
    if (marks.length) showWay(start);
    const isMeant = ({ printed }) => printed.some((one) => marks.includes(one.closest("mark")));
    for (const one of stretches.filter(isMeant)) strike(one, true);
    changed();
  };
  addEventListener("hashchange", showTarget);
  showTarget();
})();
