/*
  Copies a passage of a source as evidence, ready for an entry, or a link to it: of a selection, or sentence by sentence.

  The text of the page, without the numbers between the words, is the text that quotes are checked against. So what is
  copied stands in it, once; where the words stand more often, those before or after tell which are meant.
*/
(() => {
  "use strict";
  const tools = document.querySelector(".source-tools[data-source]");
  const list = document.querySelector("ol:has(> li .paragraph)");
  if (!tools || !list) return;
  const words = JSON.parse(tools.dataset.words);
  const LEAST = 12;
  const MOST_WORDS = 12;
  const PHRASE = 5;

  // --- the text: its nodes, its sentences, where numbers stand between the words

  let nodes = [];
  let sentences = [];
  let paragraphs = [];
  let breaks = [];
  let text = "";
  const isText = (node) => !node.parentElement.closest("sup, .cover, ins, a[href^='#p']");

  const readParagraph = (mark) => {
    if (text) text += " ";
    let at = text.length;
    paragraphs.push({ start: at, id: mark.id });
    const walker = document.createTreeWalker(mark.parentElement, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (isText(node)) {
        const said = at === text.length ? node.data.trimStart() : node.data;
        nodes.push({ node, start: text.length - (node.data.length - said.length) });
        text += said;
      } else if (node.parentElement.closest("sup")) breaks.push(text.length);
    }
    text = text.trimEnd();
    for (const piece of mark.parentElement.querySelectorAll(".cover [data-n]")) {
      sentences.push({ start: at, end: at + Number(piece.dataset.n) });
      at += Number(piece.dataset.n) + 1;
    }
  };

  // Read when it is needed first, and again where other scripts have taken its nodes apart to mark words in them.
  const read = () => {
    if (nodes.length && nodes.every(({ node }) => node.isConnected)) return;
    [nodes, sentences, paragraphs, breaks, text] = [[], [], [], [], ""];
    for (const mark of list.querySelectorAll(".paragraph")) readParagraph(mark);
  };

  // Printed words that a likely reading stands for are hidden behind it: who selects it, selects them.
  const readingAt = (node) => (node instanceof Element ? node : node.parentElement).closest("ins");
  const readingOf = (hidden) => [...list.querySelectorAll("ins")].find((reading) => reading.printed.includes(hidden));
  const widened = (range) => {
    const wider = range.cloneRange();
    const first = readingAt(range.startContainer);
    const last = readingAt(range.endContainer);
    if (first) wider.setStartBefore(first);
    if (last) wider.setEndAfter(last.printed.at(-1));
    return wider;
  };

  const placeOf = (selected) => {
    read();
    const range = widened(selected);
    let start = null;
    let end = null;
    for (const { node, start: at } of nodes) {
      if (!range.intersectsNode(node)) continue;
      const from = node === range.startContainer ? range.startOffset : 0;
      const to = node === range.endContainer ? range.endOffset : node.length;
      if (to <= from) continue;
      start ??= at + from;
      end = at + to;
    }
    return start === null ? null : grown(start, end);
  };

  const isLetter = (sign) => /[\p{L}\p{N}]/u.test(sign ?? "");
  const grown = (from, to) => {
    let start = from;
    let end = to;
    while (start < end && text[start] === " ") start += 1;
    while (end > start && text[end - 1] === " ") end -= 1;
    while (start > 0 && isLetter(text[start - 1]) && isLetter(text[start])) start -= 1;
    while (end < text.length && isLetter(text[end - 1]) && isLetter(text[end])) end += 1;
    return start < end ? { start, end } : null;
  };

  const select = ({ start, end }) => {
    const range = document.createRange();
    const first = nodes.findLast((one) => one.start <= start);
    const last = nodes.findLast((one) => one.start < end);
    const hidden = first.node.parentElement.closest(".is-replaced");
    if (hidden) range.setStartBefore(readingOf(hidden));
    else range.setStart(first.node, Math.min(start - first.start, first.node.length));
    range.setEnd(last.node, Math.min(end - last.start, last.node.length));
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return range;
  };

  // --- evidence: the quote, and what tells it from others

  const count = (quote, prefix, suffix) => {
    let found = 0;
    for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) {
      const before = text[at - 1] === " " ? at - 1 : at;
      const end = at + quote.length;
      const after = text[end] === " " ? end + 1 : end;
      if (text.slice(0, before).endsWith(prefix) && text.startsWith(suffix, after)) found += 1;
    }
    return found;
  };

  const contextOf = ({ start, end }) => {
    const quote = text.slice(start, end);
    const before = text.slice(0, start).trimEnd().split(" ");
    const after = text.slice(end).trimStart().split(" ");
    const last = (number) => before.slice(-number).join(" ");
    const next = (number) => after.slice(0, number).join(" ");
    for (let number = 0; number <= MOST_WORDS; number += 1) {
      const tries = number ? [[last(number), ""], ["", next(number)], [last(number), next(number)]] : [["", ""]];
      const fit = tries.find(([prefix, suffix]) => count(quote, prefix, suffix) === 1);
      if (fit) return { quote, prefix: fit[0], suffix: fit[1] };
    }
    return null;
  };

  const evidenceOf = (place) => {
    const quote = text.slice(place.start, place.end);
    if ([...quote].length < LEAST || !quote.includes(" ")) return { problem: words.short };
    const found = quote.includes("\ufffd") ? null : contextOf(place);
    if (!found) return { problem: words.unclear };
    const lines = [`- source: ${tools.dataset.source}`];
    for (const key of ["quote", "prefix", "suffix"]) {
      if (found[key]) lines.push(`  ${key}: ${JSON.stringify(found[key])}`);
    }
    return { copied: `${lines.join("\n")}\n` };
  };

  // --- a link to the words: browsers that know text fragments mark them, the others go to the paragraph

  const phrase = (tokens) => encodeURIComponent(tokens.join(" ")).replaceAll("-", "%2D");
  const linkTo = ({ start, end }) => {
    const id = paragraphs.findLast((one) => one.start <= start).id;
    const place = `${location.href.split("#")[0]}#${id}`;
    const stretches = [start, ...breaks.filter((at) => at > start && at < end), end];
    const first = text.slice(start, stretches[1]).trim().split(" ").slice(0, PHRASE);
    const last = text.slice(stretches.at(-2), end).trim().split(" ").slice(-PHRASE);
    const isShort = stretches.length === 2 && text.slice(start, end).split(" ").length <= 2 * PHRASE;
    const said = isShort ? phrase(text.slice(start, end).split(" ")) : `${phrase(first)},${phrase(last)}`;
    return { copied: `${place}:~:text=${said}` };
  };

  // --- the bar beside the selection

  const bar = document.createElement("div");
  bar.className = "copy-bar";
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", words.selection);
  bar.hidden = true;
  const told = document.createElement("p");
  told.setAttribute("role", "status");
  const shown = document.createElement("pre");
  shown.tabIndex = 0;
  let place = null;

  const tell = (message, copied = "") => {
    told.textContent = message;
    shown.textContent = copied;
    shown.hidden = !copied;
  };

  const copyByHand = () => {
    const range = document.createRange();
    range.selectNodeContents(shown);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return document.execCommand("copy");
  };

  const copy = async (made) => {
    if (made.problem) {
      tell(made.problem);
      return;
    }
    tell("", made.copied);
    const isCopied = await (navigator.clipboard?.writeText(made.copied) ?? Promise.reject(new Error("no clipboard"))).then(
      () => true,
      copyByHand,
    );
    tell(isCopied ? words.done : words.by_hand, made.copied);
    if (isCopied && place) select(place);
  };

  const move = (to) => {
    place = to;
    tell("");
    put(select(place));
  };
  const sentencesIn = () => sentences.filter((one) => one.end > place.start && one.start < place.end);
  const wholeSentence = () => {
    const inside = sentencesIn();
    if (inside.length) move({ start: inside[0].start, end: inside.at(-1).end });
  };
  const nextSentence = () => {
    const next = sentences.find((one) => one.start >= place.end);
    if (next) move(next);
  };

  const add = (name, action) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = name;
    made.addEventListener("click", action);
    bar.append(made);
  };
  add(words.evidence, () => copy(evidenceOf(place)));
  add(words.link, () => copy(linkTo(place)));
  add(words.sentence, wholeSentence);
  add(words.next, nextSentence);
  bar.append(told, shown);
  tell("");

  const put = (range) => {
    if (!bar.isConnected) document.querySelector(".md-content").append(bar);
    bar.hidden = false;
    const boxes = range.getClientRects();
    const box = boxes[boxes.length - 1] ?? range.getBoundingClientRect();
    const origin = (bar.offsetParent ?? document.body).getBoundingClientRect();
    const left = Math.max(8, Math.min(box.left, document.documentElement.clientWidth - bar.offsetWidth - 8));
    bar.style.left = `${left - origin.left}px`;
    bar.style.top = `${box.bottom + 6 - origin.top}px`;
  };
  const close = () => {
    bar.hidden = true;
    place = null;
  };

  let timer = 0;
  document.addEventListener("selectionchange", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const selection = getSelection();
      if (bar.contains(document.activeElement) || bar.contains(selection.anchorNode)) return;
      const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
      const found = range?.intersectsNode(list) ? placeOf(range) : null;
      if (!found) close();
      else if (found.start !== place?.start || found.end !== place?.end) {
        place = found;
        tell("");
        put(range);
      }
    }, 200);
  });
  bar.addEventListener("pointerdown", (event) => {
    if (event.target.closest("button")) event.preventDefault(); // the selection stays
  });

  const start = document.createElement("button");
  start.type = "button";
  start.textContent = words.choose;
  start.addEventListener("click", () => {
    read();
    const isSeen = ({ id }) => document.getElementById(id).parentElement.getBoundingClientRect().bottom > 120;
    const from = (paragraphs.find(isSeen) ?? paragraphs[0]).start;
    const first = sentences.find((one) => one.start >= from);
    if (!first) return;
    move(first);
    bar.querySelector("button").focus();
  });
  tools.querySelector(".text-others").append(start);
  bar.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    close();
    getSelection().removeAllRanges();
    (start.offsetParent ? start : tools.querySelector(".text-opener")).focus();
  });
})();
