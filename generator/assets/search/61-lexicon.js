/*
  Understands words by those that the pages have: inflected, spelled otherwise, mistyped or put together. Pure functions,
  the same as in generator/search/lexicon.py; the vectors in tests/search/ run against both.
*/
(() => {
  "use strict";
  const { fold, spoken, stem, roots, mistakes, beginsAlike, isCommon, tails } = window.dossierQuery;
  const LINKS = ["", "s", "n", "en", "es", "e", "er"];
  const SPELLINGS = [
    ["er(s?)$", "re$1"],
    ["re(s?)$", "er$1"],
    ["is(e[drs]?|ing|ations?)$", "iz$1"],
    ["iz(e[drs]?|ing|ations?)$", "is$1"],
    ["ys(e[drs]?|ing)$", "yz$1"],
    ["yz(e[drs]?|ing)$", "ys$1"],
    ["l(ed|ing|ers?)$", "ll$1"],
    ["ll(ed|ing|ers?)$", "l$1"],
    ["our", "or"],
    ["or", "our"],
    ["ogu(s?)$", "og$1"],
    ["og(s?)$", "ogu$1"],
    ["ence(s?)$", "ense$1"],
    ["ense(s?)$", "ence$1"],
    ["mm(es?)$", "m"],
  ].map(([from, to]) => [new RegExp(from), to]);
  const respelled = (folded) => SPELLINGS.map(([from, to]) => folded.replace(from, to)).filter((other) => other !== folded);
  const MOST_AKIN = 4;
  const MOST_KIN = 3;
  const byCount = (one, other) => other.count - one.count || (one.word < other.word ? -1 : 1);
  const keep = (table, key, item) => {
    const known = table.get(key);
    if (!known || byCount(item, known) < 0) table.set(key, item);
  };
  const lexicon = (entries) => {
    const written = new Set();
    const byFold = new Map();
    const byStem = new Map();
    const kin = new Map();
    const verbs = new Map();
    const endInT = new Set(); // without their ending: "Rechte", but not "klagte"
    for (const [word, signed, others] of entries) {
      if (!signed) verbs.set(word, others);
      if (!signed) continue;
      const count = Math.abs(signed);
      if (signed < 0) endInT.add(word);
      written.add(word);
      const folded = fold(word);
      keep(byFold, folded, { word, count });
      keep(byStem, stem(folded), { word, count });
      if (others) kin.set(stem(folded), others);
    }
    const forms = (word) => verbs.get(stem(fold(word))) || [];
    const otherwise = (folded) => respelled(folded).find((other) => byFold.has(other)) || "";
    const looked = (folded) => (byFold.get(folded) || byStem.get(stem(folded)) || byFold.get(otherwise(folded)) || { word: "" }).word;
    /** The roots of a word by what is known of it or of one with its stem. */
    const rootsBy = (known, word) => [...(endInT.has(known) ? [] : roots(word)), ...roots(word, true)];
    /** The keys of the words that have a root in common with this one; a very short root has to be one of the two words. */
    const familyOf = (word) => {
      const same = byStem.get(stem(fold(word)));
      const wanted = new Set(word.length < 4 ? [] : rootsBy(same ? same.word : "", word));
      const isEnough = (root, one) => wanted.has(root) && (root.length > 3 || root === fold(word) || root === fold(one));
      return [...byStem].filter(([, { word: one }]) => rootsBy(one, one).some((root) => isEnough(root, one))).map(([key]) => key);
    };
    const often = (keys) => keys.map((key) => byStem.get(key)).sort(byCount);
    const first = (text) => {
      for (const link of LINKS) {
        const head = text.slice(0, text.length - link.length);
        if (text.endsWith(link) && head.length >= 4 && byFold.has(head)) return byFold.get(head).word;
      }
      return "";
    };
    const parts = (word) => {
      const folded = fold(word);
      for (let cut = 4; cut <= folded.length - 4; cut += 1) {
        const last = looked(folded.slice(cut));
        const head = last && first(folded.slice(0, cut));
        if (head) return [head, last];
      }
      return [];
    };
    const akin = (word) => {
      const folded = fold(word);
      const own = stem(folded);
      const family = [own, ...familyOf(word).filter((key) => key !== own)];
      const others = often(family.slice(1)).slice(0, MOST_AKIN);
      const named = family.flatMap((key) => [...(kin.get(key) || []), ...(verbs.get(key) || [])]).slice(0, MOST_KIN);
      const spelled = (byFold.get(otherwise(folded)) || { word: "" }).word;
      const found = [spelled, ...others.map((one) => one.word), ...named].filter(Boolean);
      return found.filter((one, at) => stem(fold(one)) !== own && found.indexOf(one) === at);
    };
    const isBegun = (word) => [...byFold.keys()].some((known) => known.startsWith(fold(word)));
    const nearest = (word, most) => {
      let best = null;
      for (const { word: spelled, count } of byFold.values()) {
        const typos = mistakes(word, spelled, most);
        if (typos === null || !beginsAlike(word, spelled)) continue;
        const order = best && (typos - best.typos || best.count - count || (spelled < best.word ? -1 : 1));
        if (!best || order < 0) best = { typos, count, word: spelled };
      }
      return best ? best.word : "";
    };
    const beginning = (word) => {
      const folded = fold(word);
      for (let cut = folded.length - 4; cut >= Math.max(6, folded.length / 2); cut -= 1) {
        const head = first(folded.slice(0, cut));
        if (head) return head;
      }
      return "";
    };
    const ending = (word) => {
      const known = tails(fold(word)).map(looked);
      return known.find((tail) => tail && !isCommon(tail)) || "";
    };
    const family = (word) => (often(familyOf(word))[0] || { word: "" }).word;
    const meant = (word) => {
      const [near, relative] = [nearest(word, 1), family(spoken(word).join(""))];
      const isOther = () => fold(near)[0] === fold(word)[0] && !roots(near).some((root) => roots(word).includes(root));
      return near && (!relative || isOther()) ? near : relative;
    };
    /** How the pages spell a word or a form of it: what they have just so is meant so, "pot" is no "poet". */
    const spelled = (word) => (written.has(word) ? word : looked(fold(word)));
    return { spelled, forms, meant, isBegun, nearest, parts, beginning, ending, akin };
  };
  const isNumber = (word) => /^\p{Nd}+$/u.test(word);
  const asKnown = (word, known) => {
    const pieces = spoken(word);
    const joined = pieces.join("");
    if (isNumber(word) || known.isBegun(joined)) return [pieces.length === 1 ? known.spelled(joined) || word : word];
    const spelled = known.spelled(joined) || (known.forms(joined).length ? joined : "");
    if (spelled) return [spelled];
    const found = pieces.map((piece) => known.spelled(piece) || (isNumber(piece) ? piece : ""));
    return pieces.length > 1 && found.every(Boolean) ? found : [];
  };
  const instead = (word, known) => {
    const meant = known.meant(word);
    if (meant) return [meant];
    const parts = known.parts(word);
    if (parts.length) return parts;
    const far = word.length >= 9 ? known.nearest(word, 2) : ""; // of shorter words another real one is often as near
    if (far) return [far];
    const pieces = spoken(word);
    if (pieces.length < 2) return [known.beginning(word) || known.ending(word)].filter(Boolean);
    return pieces.flatMap((piece) => {
      const own = asKnown(piece, known);
      return own.length ? own : instead(piece, known);
    });
  };
  const repair = (typed, known) => {
    const searched = new Set();
    const changed = [];
    for (const word of typed) {
      let found = asKnown(word, known);
      if (!found.length) {
        found = instead(word, known);
        changed.push([word, found]);
      }
      for (const one of found) searched.add(one);
    }
    return { words: [...searched], changed };
  };

  window.dossierLexicon = Object.freeze({ lexicon, repair });
})();
