/*
  A card beside a link, while the pointer rests on it or the keyboard is there: the quote behind a number of evidence,
  what rests on a passage, what an entry is about. On touch a tap opens the card and a second one follows the link.

  Quotes are copied from the same page. What is said of entries comes from small files beside this one, loaded as scripts
  when they are needed first, so that it works from a file as well. Without this script every link is a link.
*/
(() => {
  "use strict";
  const OPENS = 180;
  const CLOSES = 260;
  const SHARDS = 64;
  const assets = new URL(".", document.currentScript.src);
  const home = new URL("..", assets).pathname;
  const known = (window.dossierPreviews ??= {});

  const card = document.createElement("div");
  card.id = "dossier-preview";
  card.className = "dossier-card md-typeset";
  card.hidden = true;
  let shownFor = null;
  let title = null;
  let timer = 0;
  let pointer = "mouse";

  // --- what stands on a card

  const copyOf = (item, leaveOut) => {
    const body = document.createElement("div");
    body.append(...[...item.childNodes].map((node) => node.cloneNode(true)));
    for (const element of body.querySelectorAll(`[id], ${leaveOut}`)) {
      if (element.matches(leaveOut) || !element.textContent) element.remove();
      else element.removeAttribute("id");
    }
    return body;
  };

  const evidenceOf = (link) => {
    const number = link.closest("sup.proof") && link.textContent.replace(/\D/g, "");
    if (number) return document.getElementById(`e${number}`)?.closest("li");
    if (!link.hash.startsWith("#q-") || link.closest("li:has(> .cited)")) return null;
    const same = [...document.querySelectorAll("li:has(> .cited) a")].find((other) => other.href === link.href);
    return same?.closest("li");
  };

  // A note is silent about what is said as a fact; here it is said, in the words that the mark has for it.
  const withManner = (note, link) => {
    const said = link.title.slice(link.title.lastIndexOf(": ") + 2);
    if (link.title && !note.querySelector("[class^='mark-']")) note.append(part("span", "card-manner", ` · ${said}`));
    return note;
  };

  const restOf = (link) => (link.closest("sup.rest") ? document.getElementById(link.hash.slice(1))?.closest("li") : null);

  const part = (tag, name, text, lang) => {
    const element = document.createElement(tag);
    element.className = name;
    element.textContent = text;
    if (lang) element.lang = lang;
    return element;
  };

  const previewOf = (entry, link) => {
    const body = document.createElement("div");
    const heading = part("a", "card-title", entry.title, entry.titleLang);
    heading.href = link.href;
    body.append(part("span", "card-kind", [entry.kind, entry.date].filter(Boolean).join(" · ")), heading);
    if (entry.other) body.append(part("span", "card-other", entry.other, entry.otherLang));
    if (entry.text) body.append(part("span", "card-text", entry.text, entry.textLang));
    return body;
  };

  // --- the files of previews

  const crc32 = (text) => {
    let crc = -1;
    for (let at = 0; at < text.length; at += 1) {
      crc ^= text.charCodeAt(at);
      for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
    }
    return (crc ^ -1) >>> 0;
  };

  const entryOf = (link) => {
    if (link.protocol !== location.protocol || link.host !== location.host) return null;
    if (link.pathname === location.pathname || !link.pathname.startsWith(home)) return null;
    const path = link.pathname.slice(home.length).replace(/(\/|\/?index\.html)$/, "");
    const at = path.lastIndexOf("/");
    const id = path.slice(at + 1);
    return at > 0 && /^[a-z0-9-]+$/.test(id) ? { folder: path.slice(0, at), id } : null;
  };

  const loads = new Map();
  const load = (shard) => {
    if (!loads.has(shard)) {
      const script = document.createElement("script");
      script.src = new URL(`previews/${shard}.js`, assets);
      loads.set(
        shard,
        new Promise((done) => {
          script.addEventListener("load", done);
          script.addEventListener("error", done);
        }),
      );
      document.head.append(script);
    }
    return loads.get(shard);
  };

  const preview = async (link) => {
    const wanted = entryOf(link);
    if (!wanted) return null;
    const shard = String(crc32(wanted.id) % SHARDS);
    if (!known[shard]) await load(shard);
    const entry = Object.hasOwn(known[shard] ?? {}, wanted.id) ? known[shard][wanted.id] : null;
    return entry?.folder === wanted.folder ? previewOf(entry, link) : null;
  };

  const contentOf = (link) => {
    const evidence = evidenceOf(link);
    if (evidence) return withManner(copyOf(evidence, "a[href^='#proof']"), link);
    const rest = restOf(link);
    return rest ? copyOf(rest, "a[href^='#q-']") : preview(link);
  };

  // --- opening and closing

  const hide = () => {
    clearTimeout(timer);
    if (!shownFor) return;
    card.hidden = true;
    shownFor.removeAttribute("aria-describedby");
    if (title) shownFor.title = title;
    shownFor = null;
  };

  const place = (link) => {
    const box = link.getClientRects()[0] ?? link.getBoundingClientRect();
    const origin = (card.offsetParent ?? document.body).getBoundingClientRect();
    const width = document.documentElement.clientWidth;
    const left = Math.max(8, Math.min(box.left, width - card.offsetWidth - 8));
    const isBelow = box.bottom + card.offsetHeight + 8 < window.innerHeight || box.top < card.offsetHeight + 8;
    const top = isBelow ? box.bottom + 4 : box.top - card.offsetHeight - 4;
    card.style.left = `${left - origin.left}px`;
    card.style.top = `${top - origin.top}px`;
  };

  const show = (link, content) => {
    if (shownFor === link) return;
    hide();
    card.replaceChildren(content);
    if (!card.isConnected) (document.querySelector(".md-content") ?? document.body).append(card);
    card.hidden = false;
    shownFor = link;
    title = link.getAttribute("title");
    link.removeAttribute("title"); // or the browser shows it as well
    link.setAttribute("aria-describedby", card.id);
    place(link);
  };

  let latest = null;
  const open = async (link) => {
    latest = link;
    const content = await contentOf(link);
    if (content && latest === link && link.isConnected) show(link, content);
    return Boolean(content);
  };

  const later = (action, delay) => {
    clearTimeout(timer);
    timer = setTimeout(action, delay);
  };

  const linkAt = (target) => {
    const link = target instanceof Element ? target.closest(".md-content a[href]") : null;
    return link && !card.contains(link) && !link.matches(".headerlink, .md-content__button, .md-button") ? link : null;
  };

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const link = linkAt(event.target);
    if (link && link === shownFor) clearTimeout(timer);
    else if (link) later(() => open(link), OPENS);
    else if (card.contains(event.target)) clearTimeout(timer);
    else later(hide, CLOSES);
    if (!link) latest = null;
  });
  document.addEventListener("focusin", (event) => {
    const link = linkAt(event.target);
    if (link?.matches(":focus-visible") && pointer !== "touch") open(link);
    else if (!card.contains(event.target)) hide();
  });
  document.addEventListener("keydown", (event) => {
    pointer = "keyboard";
    if (event.key === "Escape") hide();
  });
  document.addEventListener("pointerdown", (event) => {
    pointer = event.pointerType;
    if (!card.contains(event.target) && linkAt(event.target) !== shownFor) hide();
  });
  document.addEventListener("click", (event) => {
    const link = linkAt(event.target);
    if (link && link === shownFor) {
      hide(); // it is followed: what it leads to may be on this page
      return;
    }
    if (!link || pointer !== "touch" || event.defaultPrevented) return;
    if (!link.closest("sup") && !evidenceOf(link) && !entryOf(link)) return;
    event.preventDefault();
    open(link).then((isOpen) => {
      if (!isOpen) location.assign(link.href);
    });
  });
})();
