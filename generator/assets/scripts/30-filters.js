/*
  Filters above a long list. What can be chosen stands in an attribute of the list's page, what a row is in attributes
  of the row; the choice stands in the page's address, so that it can be shared and the way back works. A drawing of the
  same entries follows, and so do headings and the page's contents: what has no rows left is not offered. Without this script the list is whole.
*/
(() => {
  "use strict";
  const box = document.querySelector(".sieve[data-sieve]");
  if (!box) return;
  const { facets, words } = JSON.parse(box.dataset.sieve);
  const rows = [...document.querySelectorAll(".row[data-row]")].map((mark) => ({
    id: mark.dataset.row,
    element: mark.closest("tr, li"),
    group: mark.closest("table, ul, ol"),
    values: new Map(
      facets.map(({ key }) => [key, new Set((mark.getAttribute(`data-f-${key}`) ?? "").split(" ").filter(Boolean))]),
    ),
  }));
  if (!rows.length) return;
  const groups = [...new Set(rows.map((row) => row.group))].map((group) => ({
    rows: rows.filter((row) => row.group === group),
    parts: withHeading(group),
  }));
  const marks = [...document.querySelectorAll(".drawn [data-mark]")];
  const cells = [...document.querySelectorAll(".drawn a:has([data-mark])")];
  const drawings = new Set(marks.map((mark) => mark.closest("figure")).filter(Boolean));
  const timelines = [...document.querySelectorAll(".drawn-timeline")].map(lanesOf);
  const known = new Set(rows.map((row) => row.id));

  function withHeading(group) {
    const block = group.closest(".md-typeset__scrollwrap") ?? group;
    let before = block.previousElementSibling;
    while (before && !/^H[1-6]$/.test(before.tagName)) before = before.previousElementSibling;
    return before && before.tagName === "H2" ? [block, before, ...inContents(before)] : [block];
  }

  // The lines of the page's contents that lead to a heading, in the column and in the drawer.
  function inContents(heading) {
    const links = document.querySelectorAll(`.md-nav--secondary a[href$="#${CSS.escape(heading.id)}"]`);
    return heading.id ? [...links].map((link) => link.closest("li")).filter(Boolean) : [];
  }

  // A drawing in lanes, and how it closes up where lanes are empty: what is below them moves up, its lines end sooner.
  function lanesOf(drawing) {
    const areas = [...drawing.querySelectorAll("a[data-mark] .d-area")];
    const tops = areas.map((area) => area.y.baseVal.value);
    const pitch = areas.length ? areas[0].height.baseVal.value : 0;
    const lanes = [...new Set(tops)].sort((one, other) => one - other);
    const [, , width, height] = drawing.getAttribute("viewBox").split(" ").map(Number);
    const rules = [...drawing.querySelectorAll(".d-rule")].map((rule) => [rule, rule.getAttribute("d")]);
    const move = (part, by) => part.setAttribute("transform", `translate(0 ${by})`);
    return () => {
      const used = new Set(tops.filter((_, at) => !areas[at].closest(".is-out")));
      const left = lanes.filter((top) => used.has(top));
      const lift = (lanes.length - left.length) * pitch;
      areas.forEach((area, at) => {
        if (used.has(tops[at])) move(area.parentNode, lanes[left.indexOf(tops[at])] - tops[at]);
      });
      for (const legend of drawing.querySelectorAll(".d-legend")) move(legend, -lift);
      for (const [rule, path] of rules) {
        rule.setAttribute("d", path.replace(/V([\d.]+)/g, (_, low) => `V${low - lift}`));
      }
      drawing.setAttribute("viewBox", `0 0 ${width} ${height - lift}`);
      drawing.setAttribute("height", height - lift);
    };
  }

  const add = (parent, name, text = "") => {
    const element = document.createElement(name);
    element.textContent = text;
    parent.append(element);
    return element;
  };

  box.replaceChildren();
  const form = add(box, "form");
  form.setAttribute("aria-label", words.filter);
  const selects = facets.map(({ key, label, options }) => {
    const select = add(add(form, "label", label), "select");
    select.name = key;
    add(select, "option", words.all).value = "";
    for (const [value, text] of options) {
      const option = add(select, "option", text);
      option.value = value;
      option.dataset.text = text;
    }
    return select;
  });
  const told = add(box, "p");
  told.setAttribute("role", "status");
  // Where nothing is left, the same way back stands where the list was.
  const empty = document.createElement("p");
  empty.className = "sieve-empty";
  empty.append(`${words.none} `);
  box.after(empty);
  const resets = [add(form, "button", words.reset), add(empty, "button", words.reset)];
  for (const reset of resets) reset.type = "button";
  if (words.part) add(box, "p", words.part);

  const fits = (row, but) =>
    selects.every((select) => select === but || !select.value || row.values.get(select.name).has(select.value));

  const count = (select) => {
    const left = rows.filter((row) => fits(row, select));
    for (const option of select.options) {
      if (!option.value) continue;
      const number = left.filter((row) => row.values.get(select.name).has(option.value)).length;
      option.textContent = `${option.dataset.text} (${number})`;
      option.disabled = !number && !option.selected;
    }
    select.classList.toggle("is-set", Boolean(select.value));
  };

  const show = () => {
    const shown = new Set(rows.filter((row) => fits(row)).map((row) => row.id));
    for (const row of rows) row.element.classList.toggle("sieved-out", !shown.has(row.id));
    for (const { rows: own, parts } of groups) {
      const isEmpty = !own.some((row) => shown.has(row.id));
      for (const part of parts) part.classList.toggle("sieved-out", isEmpty);
    }
    for (const mark of marks) {
      mark.classList.toggle("is-out", known.has(mark.dataset.mark) && !shown.has(mark.dataset.mark));
    }
    for (const cell of cells) cell.classList.toggle("is-out", !cell.querySelector("[data-mark]:not(.is-out)"));
    for (const closeUp of timelines) closeUp();
    selects.forEach(count);
    const numbers = [shown.size, rows.length];
    told.textContent = shown.size ? words.shown.replace(/%/g, () => numbers.shift()) : words.none;
    empty.hidden = shown.size > 0;
    for (const drawing of drawings) drawing.classList.toggle("sieved-out", !shown.size);
    for (const reset of resets) reset.hidden = !selects.some((select) => select.value);
  };

  const fromAddress = () => {
    const chosen = new URLSearchParams(location.search);
    for (const select of selects) {
      const value = chosen.get(select.name) ?? "";
      select.value = [...select.options].some((option) => option.value === value) ? value : "";
    }
    show();
  };

  const toAddress = () => {
    const address = new URL(location.href);
    for (const select of selects) {
      if (select.value) address.searchParams.set(select.name, select.value);
      else address.searchParams.delete(select.name);
    }
    address.hash = "";
    history.pushState(history.state, "", address.href.replace(/#$/, ""));
  };

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", () => {
    toAddress();
    show();
  });
  const clear = () => {
    for (const select of selects) select.value = "";
    toAddress();
    show();
    selects[0].focus();
  };
  for (const reset of resets) reset.addEventListener("click", clear);
  window.addEventListener("popstate", fromAddress);
  fromAddress();
})();
