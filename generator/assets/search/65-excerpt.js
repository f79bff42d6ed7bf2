/*
  Chooses what a result shows of its page: which passage, and which stretch of that. Knows records, but no page.
*/
(() => {
  "use strict";
  const search = window.dossierSearch;
  const query = window.dossierQuery;
  const MOST = 32; // words
  const MOST_BEFORE = 16; // before the first word that was found

  /** Returns a word without the signs around it. */
  search.bare = (word) => word.replace(/^[^\p{L}\p{N}$€]+|[^\p{L}\p{N}%]+$/gu, "");

  /** Returns what the forms of a word have in common. */
  const kindOf = (word) => query.words(word).map(query.stem).join("");

  /**
   * Chooses the passage to show: one of the page's own language with most of the words that were found, or what the page is
   * about where its title has them all.
   */
  search.passageOf = (record, places) => {
    const titleEnd = record.passages[0]?.start ?? record.words.length;
    const kindsOf = (some) => new Set(some.map((at) => kindOf(record.words[at]))).size;
    const inTitle = kindsOf(places.filter((at) => at < titleEnd));
    let best = null;
    for (const passage of record.passages) {
      const here = places.filter((at) => at >= passage.start && at < passage.end);
      const kinds = kindsOf(here);
      const isFirst = passage === record.passages[0]; // what a page is about
      const worth = kinds * 4 + Math.min(here.length, 3) + isFirst * 2 - passage.elsewhere * 3;
      if (here.length && (!best || worth > best.worth)) best = { passage, kinds, worth };
    }
    const isPage = !best || inTitle >= best.kinds;
    const passage = isPage ? record.passages.find((one) => !one.elsewhere) : best.passage;
    return { passage, here: places.filter((at) => at >= passage?.start && at < passage?.end), isPage };
  };

  const ENDS = /^(?!\d+\.$|\p{L}{1,3}\.$).*[.!?…:][)\]»“”"’']*$/u; // no "12." and no "Nr."
  const BEGINS = /^[([«»„“"‘']*[\p{Lu}\d]/u;

  /** Returns the first and the last of the words found in that stretch of an excerpt which has most of them in a sentence. */
  const densest = (words, here) => {
    let best = { first: 0, last: 0, kinds: -1 };
    for (const first of here) {
      const within = here.filter((at) => at >= first && at < first + MOST - MOST_BEFORE / 2);
      const isList = words.slice(first, within.at(-1)).includes("·");
      const kinds = new Set(within.map((at) => kindOf(words[at]))).size - isList;
      if (kinds > best.kinds) best = { first, last: within.at(-1), kinds };
    }
    return best;
  };

  /** Returns the stretch to show: from the beginning of a sentence to the end of one where there is room for that. */
  search.stretchOf = (words, passage, here) => {
    const { first, last } = here.length ? densest(words, here) : { first: passage.start, last: passage.start };
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
