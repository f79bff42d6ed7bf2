/*
  Chooses what a result shows of its page: which passage, and which stretch of that. Knows records, but no page.
*/
(() => {
  "use strict";
  const search = window.dossierSearch;
  const query = window.dossierQuery;
  const MOST = 32; // words
  const MOST_BEFORE = 16; // before the first word that was found
  const ALIKE = 4; // letters of what was asked for that a word begins with, at least

  /** Returns a word without the signs around it. */
  search.bare = (word) => word.replace(/^[^\p{L}\p{N}$€]+|[^\p{L}\p{N}%]+$/gu, "");

  /** Returns what the forms of a word have in common. */
  const kindOf = (word) => query.words(word).map(query.stem).join("");

  const isOf = (word, asked, isName) =>
    (!isName && [asked, query.stem(asked)].some((begun) => begun.length >= ALIKE && word.startsWith(begun))) ||
    query.stem(word) === query.stem(asked) ||
    query.roots(word).some((root) => query.roots(asked).includes(root));

  /**
   * Returns those of the places where a word stands that was asked for, one of its forms or family; where there is none, all,
   * for a word that is still being typed may be short. To the index more words are alike than a reader would say.
   */
  search.askedPlaces = (record, places, asked) => {
    const isAsked = (at) => {
      const said = record.words[at] ?? "";
      const isName = /\p{Ll}\p{Lu}/u.test(said); // what asks for "deep" asks for no "DeepMill"
      return query.words(said).some((word) => asked.some((one) => isOf(word, one, isName)));
    };
    const found = places.filter(isAsked);
    return found.length ? found : places;
  };

  /** Returns what a page is about: its first words, or where its title is a question what answers that. */
  const aboutOf = (record) => {
    const told = record.passages.filter((one) => !one.isElsewhere && !one.isList && !one.isQuote);
    const titleEnd = record.passages[0]?.start ?? 0;
    const answer = told.find(({ anchor }) => anchor && record.words[titleEnd - 1]?.endsWith("?"));
    if (!answer) return told[0] ?? record.passages.find((one) => !one.isElsewhere);
    const rest = told.slice(told.indexOf(answer));
    const end = rest.find(({ end }) => !rest.some(({ start }) => start === end)).end; // of the last that follows
    return { ...answer, end };
  };

  /**
   * Chooses the passage to show: one of the page's own language with most of the words that were found; or what the page is
   * about, where it is named or its title has them all, or where they stand in lists alone, which are no answer. With that
   * comes its title in the other language where only this has them.
   */
  search.passageOf = (record, places, isNamed) => {
    const titleEnd = record.passages[0]?.start ?? record.words.length;
    const kindsOf = (some) => new Set(some.map((at) => kindOf(record.words[at]))).size;
    const other = record.passages.find(({ isTitle }) => isTitle); // what it is called in the other language
    const inOther = places.filter((at) => at >= other?.start && at < other?.end);
    const inOwn = kindsOf(places.filter((at) => at < titleEnd));
    const inTitle = Math.max(inOwn, kindsOf(inOther));
    let best = null;
    for (const passage of record.passages.filter(({ isList, isTitle }) => !isList && !isTitle)) {
      const here = places.filter((at) => at >= passage.start && at < passage.end);
      const kinds = kindsOf(here);
      const isFirst = passage === record.passages[0]; // what a page is about
      const worth = kinds * 4 + Math.min(here.length, 3) + isFirst * 2 - passage.isElsewhere * 3;
      if (here.length && (!best || worth > best.worth)) best = { passage, kinds, worth };
    }
    const isPage = isNamed || !best || inTitle >= best.kinds;
    const passage = isPage ? aboutOf(record) : best.passage;
    const here = places.filter((at) => at >= passage?.start && at < passage?.end);
    return { passage, here, isPage, other: isPage && inTitle > inOwn ? other : null };
  };

  const ENDS = /^(?!\d+\.$|\p{L}{1,3}\.$).*[.!?…][)\]»“”"’']*$/u; // no "12." and no "Nr."
  const BEGINS = /^[([«»„“"‘']*[\p{Lu}\d]/u;

  /** Returns the first and the last of the words found in that stretch of an excerpt which has most of them. */
  const densest = (words, here) => {
    let best = { first: 0, last: 0, kinds: -1 };
    for (const first of here) {
      const within = here.filter((at) => at >= first && at < first + MOST - MOST_BEFORE / 2);
      const kinds = new Set(within.map((at) => kindOf(words[at]))).size;
      if (kinds > best.kinds) best = { first, last: within.at(-1), kinds };
    }
    return best;
  };

  /** Returns the stretch to show: from the beginning of a sentence to the end of one where there is room for that. */
  search.stretchOf = (words, { passage, here, isPage }) => {
    const { first, last } = here.length && !isPage ? densest(words, here) : { first: passage.start, last: passage.start };
    const isStart = (at) => at === passage.start || at === passage.end || (ENDS.test(words[at - 1]) && BEGINS.test(words[at]));
    const nearest = (from, least) => {
      for (let at = from; at >= least; at -= 1) if (isStart(at)) return at;
      return -1;
    };
    const least = Math.max(passage.start, first - MOST_BEFORE, last - MOST + 1);
    const start = nearest(first, least);
    const from = start < 0 ? Math.max(least, first - MOST_BEFORE / 2) : start;
    const most = Math.min(passage.end, from + MOST);
    const end = nearest(most, Math.min(most, Math.max(last + 1, from + MOST_BEFORE)));
    return { from, to: end < 0 ? most : end, isBegun: start < 0, isCut: end < 0 };
  };
})();
