/*
  The search as readers see it: a dialog with a field, filters, and results that come while one types. "/" and Ctrl+K open
  it; the arrow keys go through the results, Enter opens one, Escape leaves. Text is only ever set as text.
*/
(() => {
  "use strict";
  const opener = document.querySelector("[data-search]");
  if (!opener || typeof HTMLDialogElement === "undefined") return;
  const site = new URL("../", document.currentScript.src);
  const PER_STEP = 10;
  const MAX_VALUES = 8;
  const MANY = 2000;
  const PATIENCE = 90; // milliseconds after a key
  const KEPT = "dossier-search";

  const make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value === true) element.setAttribute(key, "");
      else if (value !== false && value !== undefined && value !== "") element.setAttribute(key, value);
    }
    element.append(...children);
    return element;
  };

  let search = null; // what asks the index
  let parts = null; // the dialog and what is in it, made when it is first opened
  let said = null; // the words of the dialog in the language of the site
  let turn = 0; // counts searches: the answer to an old one is dropped
  let shown = { results: [], upTo: 0, asked: [] };

  // --- what asks the index: most who read a page never search, and need not load it

  let loading = null;
  const engine = () => {
    loading ??= new Promise((done, failed) => {
      const script = make("script", { src: new URL("assets/search.js", site).href });
      script.onload = done;
      script.onerror = () => failed(new Error("search.js"));
      document.head.append(script);
    }).then(() => {
      search = window.dossierSearch;
      return search.load("start.js");
    });
    loading.catch(() => (loading = null)); // what could not be loaded may be tried again
    return loading;
  };

  // --- results

  const addressOf = (path) => {
    const folder = path.replace(/(^|\/)index$/, "$1");
    const address = new URL(folder && !folder.endsWith("/") ? `${folder}/` : folder, site);
    if (address.protocol === "file:") address.pathname += "index.html";
    return address;
  };

  /** Marks a word, not the signs around it. */
  const markedWord = (word) => {
    const inner = search.bare(word);
    const start = inner ? word.indexOf(inner) : 0;
    return inner ? [word.slice(0, start), make("mark", {}, inner), word.slice(start + inner.length)] : [word];
  };

  /** Returns words with those marked that stand at one of the places; `first` is the place of the first. */
  const markedWords = (words, first, places) =>
    words.flatMap((word, at) => [...(places.includes(first + at) ? markedWord(word) : [word]), at + 1 < words.length ? " " : ""]);

  const isForeign = (lang) => lang !== document.documentElement.lang;

  const excerptOf = (record, places, choice) => {
    const { passage, other } = choice;
    const excerpt = make("span", { class: "search-excerpt" });
    if (!passage) return excerpt;
    if (other) {
      const words = record.words.slice(other.start, other.end);
      words.push(words.pop().replace(/\.$/, "")); // the index ends every passage so
      excerpt.append(make("span", { lang: other.lang }, ...markedWords(words, other.start, places)), " · ");
    }
    const { from, to, isBegun, isCut } = search.stretchOf(record.words, choice);
    const words = markedWords(record.words.slice(from, to), from, places);
    excerpt.append(isBegun ? "… " : "", ...(isForeign(passage.lang) ? [make("span", { lang: passage.lang }, ...words)] : words), isCut ? " …" : "");
    return excerpt;
  };

  const titleOf = (record, places) =>
    make("span", { class: "search-title" }, ...markedWords(record.meta.title.split(/\s+/), 0, places));

  const itemOf = (record, found, isNamed) => {
    const places = search.askedPlaces(record, found, shown.asked);
    const choice = search.passageOf(record, places, isNamed);
    const address = addressOf(record.path ?? record.url);
    const forms = new Set([...choice.here, ...places].map((at) => search.bare(record.words[at] ?? "")).filter((word) => word.length > 1));
    if (forms.size) address.searchParams.set("h", [...forms].slice(0, 8).join(" "));
    if (!choice.isPage && choice.passage.anchor) address.hash = choice.passage.anchor;
    const facts = [record.meta.kind, record.meta.when].filter(Boolean).join(" · ");
    const link = make("a", { href: address.href, class: "search-link" }, titleOf(record, places));
    if (facts) link.append(make("span", { class: "search-facts" }, facts));
    link.append(excerptOf(record, places, choice));
    return make("li", {}, link);
  };

  const links = () => [...parts.list.querySelectorAll("a")];

  const showMore = async () => {
    const mine = turn;
    const next = shown.results.slice(shown.upTo, shown.upTo + PER_STEP);
    const ascending = (places) => [...new Set(places)].sort((one, other) => one - other);
    const item = async ({ id, places, isNamed }) => itemOf(await search.record(id), ascending(places), isNamed);
    const items = await Promise.all(next.map(item));
    if (mine !== turn) return;
    const isFirst = shown.upTo === 0;
    const at = links().indexOf(document.activeElement);
    shown.upTo += next.length;
    if (isFirst) parts.list.replaceChildren(...items);
    else parts.list.append(...items);
    parts.more.hidden = shown.upTo >= shown.results.length;
    if (isFirst) parts.results.scrollTop = 0;
    else items[0]?.querySelector("a").focus();
    // An answer that comes late takes away the result that was chosen from the one before.
    if (isFirst && at >= 0) (links()[at] ?? parts.field).focus();
  };

  /** Puts values into a sentence; what a reader typed is no pattern. */
  const filled = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  const tell = ({ results, repaired, missing }) => {
    const n = results.length.toLocaleString(document.documentElement.lang);
    const count = results.length === 1 ? said.one : results.length ? filled(said.many, { n }) : said.none;
    const lacking = missing.map((phrase) => filled(said.missing, { phrase }));
    parts.state.textContent = [...lacking, repaired ? filled(said.repaired, { words: repaired, count }) : count].join(" ");
  };

  // --- filters

  const chosenFilters = () => {
    const filters = {};
    for (const box of parts.filters.querySelectorAll("input:checked")) (filters[box.name] ??= []).push(box.value);
    return filters;
  };

  const inOrder = (group, values) =>
    Object.entries(values).sort(([one, ones], [other, others]) =>
      group === "year" ? (one < other ? 1 : -1) : others - ones || (one.split("|")[1] < other.split("|")[1] ? -1 : 1),
    );

  const showFilters = (counts) => {
    const open = new Set([...parts.filters.querySelectorAll("details[open]")].map((one) => one.dataset.group));
    const chosenNow = chosenFilters();
    const isFirst = !parts.filters.childElementCount;
    const focused = document.activeElement?.id;
    const groups = search.given.groups.map(([group, name]) => {
      const values = inOrder(group, counts[group] ?? {}).filter(([value, count]) => count || chosenNow[group]?.includes(value));
      if (!values.length) return "";
      const items = values.map(([value, count], at) => {
        const box = make("input", { type: "checkbox", name: group, value, id: `search-${group}-${value.split("|")[0]}` });
        box.checked = Boolean(chosenNow[group]?.includes(value));
        const label = make("label", {}, box, make("span", {}, value.slice(value.indexOf("|") + 1)), make("small", {}, String(count)));
        return make("li", { class: at >= MAX_VALUES && !box.checked ? "search-rest" : "" }, label);
      });
      const list = make("ul", {}, ...items);
      if (list.querySelector(".search-rest")) {
        const all = make("button", { type: "button", class: "search-all" }, said.all);
        all.addEventListener("click", () => list.classList.add("search-whole"));
        list.append(make("li", {}, all));
      }
      const details = make("details", { "data-group": group, open: open.has(group) || (isFirst && group === "kind") }, make("summary", {}, name), list);
      return details;
    });
    parts.filters.replaceChildren(...groups);
    if (focused?.startsWith("search-")) document.getElementById(focused)?.focus();
  };

  // --- one search

  const answering = (isBusy) => parts.results.setAttribute("aria-busy", String(isBusy));

  let waiting = 0;

  const ask = async () => {
    const mine = (turn += 1);
    clearTimeout(waiting);
    waiting = 0;
    answering(true);
    const text = parts.field.value.trim();
    const filters = chosenFilters();
    const isNothing = !text && !Object.keys(filters).length;
    try {
      if (isNothing) await search.prepare();
      const found = isNothing && !parts.narrow.open ? {} : await search.find(text, filters, parts.narrow.open);
      if (mine !== turn) return;
      if (parts.narrow.open) showFilters(found.counts);
      shown = { results: isNothing ? [] : found.results, upTo: 0, asked: found.asked ?? [] };
      parts.reset.hidden = !Object.keys(filters).length;
      if (isNothing) {
        parts.list.replaceChildren();
        parts.more.hidden = true;
        parts.state.textContent = said.hint;
        return;
      }
      tell(found);
      await showMore();
    } catch {
      if (mine === turn) parts.state.textContent = said.failed;
    } finally {
      if (mine === turn && !waiting) answering(false);
    }
  };

  const askSoon = () => {
    clearTimeout(waiting);
    answering(true);
    if (said) waiting = setTimeout(ask, PATIENCE);
  };

  // --- the dialog

  /** Lets go of what has the focus, then closes it: a browser does so only later, and a key between goes to a hidden field. */
  const leave = () => {
    document.activeElement?.blur();
    parts.dialog.close();
  };

  const onKey = (event) => {
    const all = links();
    const at = all.indexOf(document.activeElement);
    if (event.key === "ArrowDown" && (at >= 0 || document.activeElement === parts.field)) {
      all[Math.min(at + 1, all.length - 1)]?.focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      (at === 0 ? parts.field : all[at - 1]).focus();
    } else if (event.key === "Home" && at >= 0) all[0].focus();
    else if (event.key === "End" && at >= 0) all.at(-1).focus();
    else if (event.key === "Escape" && !event.isComposing) leave(); // a field of this type would empty itself first
    else if (event.key === "Enter" && document.activeElement === parts.field) all[0]?.click();
    else if (at >= 0 && event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
      parts.field.focus(); // the letter goes on there
      return;
    } else return;
    event.preventDefault();
  };

  const build = () => {
    const name = opener.getAttribute("aria-label");
    const field = make("input", {
      type: "search",
      id: "search-field",
      "aria-label": name,
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      enterkeyhint: "search",
      maxlength: "200",
    });
    const clear = make("button", { type: "button", class: "search-clear", hidden: true });
    const close = make("button", { type: "button", class: "search-close", "aria-label": "×" }, "×");
    const form = make("form", { role: "search", action: "", method: "dialog" }, field, clear, close);
    const state = make("p", { class: "search-state", role: "status", "aria-live": "polite" });
    const reset = make("button", { type: "button", class: "search-reset", hidden: true });
    const filters = make("div", { class: "search-groups" });
    const narrow = make("details", { class: "search-filters" }, make("summary", {}, "…"), filters, reset);
    narrow.addEventListener("toggle", async () => {
      if (!narrow.open) return;
      ask();
    });
    const list = make("ol", { class: "search-list" });
    const more = make("button", { type: "button", class: "search-more", hidden: true });
    const results = make("div", { class: "search-results", tabindex: "-1" }, state, list, more);
    const dialog = make("dialog", { class: "search", "aria-label": name }, form, make("div", { class: "search-body" }, narrow, results));
    field.addEventListener("input", () => {
      clear.hidden = !field.value;
      askSoon();
    });
    clear.addEventListener("click", () => {
      field.value = "";
      clear.hidden = true;
      field.focus();
      ask();
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    close.addEventListener("click", leave);
    filters.addEventListener("change", ask);
    reset.addEventListener("click", () => {
      for (const box of filters.querySelectorAll("input:checked")) box.checked = false;
      field.focus();
      ask();
    });
    more.addEventListener("click", showMore);
    dialog.addEventListener("keydown", onKey);
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) leave(); // beside it
      else if (event.target.closest?.("a.search-link")) leave();
    });
    dialog.addEventListener("close", () => {
      try {
        sessionStorage.setItem(KEPT, field.value);
      } catch {
        // a browser that keeps nothing
      }
    });
    document.body.append(dialog);
    return { clear, close, dialog, field, filters, list, more, narrow, reset, results, state };
  };

  /** Says everything that can only be said once the words of the dialog are there. */
  const label = () => {
    said = search.given.said;
    parts.field.placeholder = said.placeholder;
    parts.clear.textContent = said.clear;
    parts.close.title = said.close;
    parts.close.setAttribute("aria-label", said.close);
    parts.reset.textContent = said.reset;
    parts.more.textContent = said.more;
    parts.list.setAttribute("aria-label", said.results);
    parts.narrow.querySelector("summary").textContent = said.filters;
    // On a wide screen the filters of a small dossier are there at once; those of a large one are loaded when asked for.
    parts.narrow.open = window.matchMedia("(min-width: 60em)").matches && search.given.pages < MANY;
  };

  const kept = () => {
    try {
      return sessionStorage.getItem(KEPT) ?? "";
    } catch {
      return ""; // a browser that keeps nothing
    }
  };

  /** Opens at once, so that no key is lost; what the dialog says and asks comes as soon as it is there. */
  const open = async () => {
    parts ??= build();
    if (!parts.dialog.open) {
      if (!parts.field.value) parts.field.value = kept();
      parts.clear.hidden = !parts.field.value;
      parts.dialog.showModal();
    }
    parts.field.focus();
    parts.field.select();
    try {
      if (!said) {
        await engine();
        label();
      }
      await ask();
    } catch {
      location.assign(opener.href); // no index: the register has every name
    }
  };

  opener.setAttribute("role", "button");
  opener.setAttribute("aria-haspopup", "dialog");
  opener.setAttribute("aria-keyshortcuts", "/ Control+K");
  opener.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
  opener.addEventListener("keydown", (event) => {
    if (event.key === " ") {
      event.preventDefault();
      open();
    }
  });
  for (const early of ["pointerenter", "focus", "touchstart"]) {
    opener.addEventListener(early, () => engine().catch(() => {}), { once: true, passive: true });
  }
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
    const isSlash = event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey;
    const isK = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k";
    if (!isSlash && !isK) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    open();
  });
})();
