/*
  Finds records. Each word of a question is a term with several ways to be met: as typed, spelled otherwise, a word of its
  family, another name of the same thing. Pagefind weighs each way; what has every term is found, and beside it the few
  records that have most of them where it counts.

  Knows no page: 66-search-dialog.js shows what is found.
*/
(() => {
  "use strict";
  const search = window.dossierSearch;
  const query = window.dossierQuery;
  const { lexicon, repair } = window.dossierLexicon;
  const MOST_BEGUN = 3;
  const MOST_NEAR = 5;
  const AKIN = 0.3; // what a word of the same family weighs, or another name
  const NEAR = 0.2; // what it weighs that words of all terms stand together, and as much again where that is early
  const WIDE = 6; // the words between them that halve it
  const EARLY = 40; // the words that a page begins with: its title and what it is about
  const TAIL = 0.5; // what a word weighs that is only the end of what was typed
  const FORM = 0.8; // what another form of the same verb weighs
  const SAME = 0.6; // what it weighs that a title asks the same
  const SCATTERED = 0.7; // what is left to a page that has words far from each other, and few in its title
  const FAR = 0.2; // how near words are that are not
  const TITLED = 10; // the words that a title has at most, but for a few
  const SHORT = 3; // letters of a word that is meant whole
  const HALF = 6; // the weight of a word that is worth half of what one can be worth at most

  // --- names and words

  /** Returns the entries that a text names, the best first: exactly, inflected or begun; mistyped ones where asked. */
  const named = async (name, isTypo) => {
    const key = query.squeezed(name); // as the list is filed
    if (!key) return [];
    const shards = new Set(search.given.names);
    const near = isTypo ? query.shardsNear(key, shards) : [];
    const begun = [...shards].filter((shard) => shard.startsWith(key)).slice(0, MOST_BEGUN);
    const exact = [key, query.stem(key), query.hashed(key)].map((one) => query.shardOf(one, shards));
    return query.findNames(name, await search.listed("names", [...exact, ...begun, ...near]), isTypo);
  };

  /** Returns what follows a known word in what may be a compound of two. */
  const restsOf = (word, known) => {
    const cuts = Array.from({ length: Math.max(0, word.length - 7) }, (_, at) => at + 4);
    return cuts.filter((cut) => known.spelled(word.slice(0, cut))).map((cut) => word.slice(cut));
  };

  /**
   * Returns the words to search for instead of those that were typed, which had to be changed, those that stand together for
   * a compound, and how to find what is akin.
   */
  const spelled = async (typed) => {
    if (!typed.length) return { words: [], compounds: [], changed: [] };
    const shards = new Set(search.given.words);
    const exact = typed
      .flatMap((word) => [...query.words(word), ...query.words(word).map(query.stem), ...query.roots(word)])
      .map((key) => query.shardOf(key, shards));
    const lexiconOf = async (prefixes) => lexicon(await search.listed("words", prefixes));
    const withRests = (heads, begun) => {
      const rests = typed.flatMap(query.words).flatMap((word) => restsOf(word, heads));
      return rests.length ? lexiconOf([...begun, ...rests.map((rest) => query.shardOf(rest, shards))]) : heads;
    };
    let known = await withRests(await lexiconOf(exact), exact);
    let repaired = repair(typed, known);
    if (repaired.changed.length) {
      const unknown = repaired.changed.flatMap(([word]) => query.words(word));
      const near = [...exact, ...unknown.flatMap((word) => query.shardsNear(word, shards))];
      known = await withRests(await lexiconOf(near), near);
      repaired = repair(typed, known);
      const lost = repaired.changed.filter(([, words]) => !words.length).flatMap(([word]) => query.words(word));
      const tails = lost.flatMap(query.tails).flatMap((tail) => [tail, query.stem(tail)]);
      if (tails.length) {
        const all = [...near, ...tails.map((tail) => query.shardOf(tail, shards))];
        known = await withRests(await lexiconOf(all), all);
        repaired = repair(typed, known);
      }
    }
    const compounds = repaired.changed.map(([, words]) => words).filter((words) => words.length > 1);
    const said = (word) => typed.find((one) => query.fold(one) === query.fold(word)) ?? word;
    const isMeant = (word) => typed.includes(said(word)) || !query.isCommon(word); // nobody mistypes "who"
    const meantBy = (word) => repaired.changed.filter(([, words]) => words.length === 1 && words[0] === word);
    const endsWith = (one, end) => one.length > end.length + 3 && query.stem(query.fold(one)).endsWith(query.stem(query.fold(end)));
    const isTail = (word) => !typed.includes(said(word)) && meantBy(word).some(([one]) => endsWith(one, word));
    const isKnown = (word) => Boolean(known.spelled(query.spoken(word).join("")) || known.forms(word).length);
    const akin = (word) => [...known.akin(word), ...meantBy(word).flatMap(([one]) => known.akin(one))];
    return { words: repaired.words.filter(isMeant), changed: repaired.changed, compounds, said, akin, forms: known.forms, parts: known.parts, isKnown, isTail };
  };

  // --- terms

  /** Tells whether a word is short without an ending: to the index "sued" is "su", as "such" begins. */
  const isShort = (text) => text.length <= SHORT || /^\p{L}{1,3}(?:e?[sd]|e|ing)$/u.test(query.words(text).join(" "));

  /** What one question to the index gives, by the id of each record; where it `isWhole` no pages with a word that only begins so. */
  const asked = async (index, text, isWhole = text.length <= SHORT) => {
    const { results } = await index.search(text);
    const whole = new Set(isWhole ? (await index.search(`"${text}"`)).results.map(({ id }) => id) : []);
    const meant = isWhole ? results.filter(({ id }) => whole.has(id)) : results;
    return new Map(meant.map(({ id, score, words: places }) => [id, { id, score, places }]));
  };

  const stems = (text) => query.words(text).map(query.stem);

  const together = (one, other, score) => ({ ...one, score, places: [...one.places, ...other.places] });

  /** Returns the records that have all parts of a compound, or are called by one. */
  const inParts = async (index, parts) => {
    const all = new Map();
    for (const part of parts) {
      for (const [id, one] of await asked(index, part)) {
        const before = all.get(id) ?? { places: [], score: 0, count: 0 };
        all.set(id, { ...together(one, before, before.score + one.score / parts.length), count: before.count + 1 });
      }
    }
    return new Map([...all].filter(([, one]) => one.count === parts.length || one.score > HALF));
  };

  /** Returns the records that meet a term, each with what the best way weighs; what is written just so weighs more. */
  const met = async (index, { ways, written }) => {
    const found = new Map();
    for (const { texts, weight, isPhrase, isWhole } of ways) {
      const ask = isPhrase ? withPhrase : asked;
      for (const [id, one] of await (texts.length > 1 ? inParts(index, texts) : ask(index, texts[0], isWhole))) {
        const before = found.get(id);
        const score = one.score * weight;
        found.set(id, before ? together(before, one, Math.max(before.score, score)) : { ...one, score });
      }
    }
    for (const [id, one] of written ? await asked(index, written) : []) {
      if (found.has(id)) found.set(id, together(found.get(id), one, found.get(id).score + one.score));
    }
    return found;
  };

  /** Returns the records that have a phrase, word by word. */
  const withPhrase = async (index, phrase) => {
    const exact = await asked(index, `"${phrase}"`);
    const loose = await asked(index, phrase); // only this one weighs where the words stand
    return new Map([...exact].map(([id, one]) => [id, { ...one, score: loose.get(id)?.score ?? one.score }]));
  };

  /** Returns how near to each other words of all terms stand, 0 to 1, and 1 more where that is what the page begins with. */
  const nearness = (apart) => {
    const all = apart.flatMap((places, term) => places.map((at) => ({ at, term }))).sort((one, other) => one.at - other.at);
    const latest = new Map(); // the term that was met longest ago comes first
    let best = 0;
    for (const { at, term } of all) {
      latest.delete(term);
      latest.set(term, at);
      if (latest.size < apart.length) continue;
      const between = Math.max(0, at - latest.values().next().value - apart.length + 1);
      const close = apart.length > 1 ? WIDE / (WIDE + between) : 0;
      best = Math.max(best, close + (at < EARLY));
    }
    return best;
  };

  /**
   * Adds up what each record has of all terms. Two words in a title are worth more than one that is all of it; and its
   * merit is little where it lacks the words that part pages from pages. What stands together, and early, is worth more:
   * dates and phrases apart, which stand wherever they do. A long text has all terms by its length alone. `same` are the
   * records with a title that asks the same.
   */
  const addedUp = (found, isWord, same) => {
    const all = new Map();
    const worths = found.map((records) => Math.log(1 + search.given.pages / (1 + records.size)));
    const total = worths.reduce((sum, worth) => sum + worth, 0);
    found.forEach((records, term) => {
      for (const [id, one] of records) {
        const before = all.get(id) ?? { places: [], score: 0, worth: 0, terms: [], apart: [] };
        const sum = together(one, before, before.score + one.score / (one.score + HALF));
        const apart = isWord(term) && one.places.length ? [...before.apart, one.places] : before.apart;
        const isCalled = before.isCalled || one.score > HALF;
        all.set(id, { ...sum, worth: before.worth + worths[term], terms: [...before.terms, term], apart, isCalled });
      }
    });
    for (const one of all.values()) {
      const near = nearness(one.apart);
      const titled = one.apart.filter((places) => places.some((at) => at < TITLED)).length;
      const isScattered = one.apart.length > 1 && near < FAR && titled * 2 < one.apart.length;
      const said = (one.score + (same.has(one.id) ? SAME : 0)) * (isScattered ? SCATTERED : 1);
      one.merit = said * Math.sqrt(one.worth / total) + NEAR * near * (one.apart.length / found.length);
      one.isMost = one.isCalled || one.worth * 2 >= total;
    }
    return [...all.values()].sort((one, other) => other.merit - one.merit || (one.id < other.id ? -1 : 1));
  };

  /**
   * Returns the records with all terms, or where there is none those with the terms of the best; and of the others the few
   * that are better than most of these, for who asks in a sentence seldom uses all the words of the page. Who does ask in
   * one is shown what is called by a term, and what has the terms that matter, as well.
   */
  const chosen = (all, count, isQuestion) => {
    const first = all.find(({ terms }) => terms.length === count) ?? all[0];
    const isWhole = ({ terms }) => first.terms.every((term) => terms.includes(term));
    const least = all.filter(isWhole)[2]?.merit ?? 0;
    const near = new Set(all.filter((one) => !isWhole(one) && one.merit > least).slice(0, MOST_NEAR));
    const isSentence = isQuestion || count > 2;
    return { found: all.filter((one) => isWhole(one) || near.has(one) || (isSentence && one.isMost)), used: first.terms };
  };

  // --- questions

  /** Returns the terms of a question: its amounts and dates, and its words with what is akin to them. */
  const termsOf = (tokens, lists) => {
    const terms = tokens.map(([token, said]) => ({ said, ways: [{ texts: [token], weight: 1 }], written: said }));
    for (const { compounds, words, said, akin, forms, parts, isKnown, isTail } of lists) {
      const inCompound = new Set(compounds.flat());
      for (const texts of [...compounds, ...words.filter((word) => !inCompound.has(word)).map((word) => [word])]) {
        const isMore = (one) => stems(one).length > 1 && stems(texts.join(" ")).some((stem) => stems(one).includes(stem));
        const others = texts.flatMap(akin).filter((one) => !isMore(one)); // what has more than that has it as well
        const akinWays = others.map((one) => ({ texts: [one], weight: AKIN, isPhrase: stems(one).length > 1, isWhole: true }));
        const [word, ...more] = texts;
        const same = more.length ? [] : forms(word).map((one) => ({ texts: [one], weight: FORM, isWhole: true }));
        const apart = more.length ? "" : parts(word).join(" ");
        const apartWays = apart ? [{ texts: [apart], weight: AKIN }] : [];
        const own = { texts, weight: !more.length && isTail(word) ? TAIL : 1, isWhole: isShort(word) && isKnown(word) }; // what is typed may not be at its end yet
        terms.push({ said: texts.map(said).join(" "), ways: [own, ...same, ...akinWays, ...apartWays] });
      }
    }
    const isFirst = ({ said }, at) => terms.findIndex((one) => one.said === said) === at;
    return terms.filter(isFirst);
  };

  /** Finds what has every phrase, and the terms; `question` is the token of what is asked for. */
  const inText = async (index, terms, exact, question, isQuestion) => {
    const found = [...exact];
    for (const term of terms) found.push(await met(index, term));
    const isWord = (at) => at >= exact.length && !terms[at - exact.length].written;
    const same = question ? await asked(index, question) : new Map();
    const all = addedUp(found, isWord, same).filter(({ id }) => exact.every((records) => records.has(id)));
    if (!all.length) return { found: [], used: [] };
    const answer = chosen(all, found.length, isQuestion);
    return { found: answer.found, used: terms.filter((_, at) => answer.used.includes(at + exact.length)) };
  };

  /** Returns the entries that are named, the good ones first: as typed, mistyped where words are unknown, or as repaired. */
  const firstOf = async (name, exact, changed, used) => {
    let names = exact;
    const isNamed = () => names.some(({ way }) => way < 3);
    if (!isNamed() && changed.length) names = await named(name, true);
    if (!isNamed() && used) names = await named(used, false);
    return names.filter(({ way }, at) => way < 3 || at < MOST_BEGUN).map(({ entry }) => entry);
  };

  /** Returns what a text finds, what was searched for where that is not what was typed, and the phrases that stand nowhere. */
  const answered = async (text) => {
    const index = await search.prepare();
    const { name, phrases, tokens, words, question } = query.understand(text);
    const given = await spelled(words);
    const names = await named(name, false);
    if (words.length > 2 && names.some(({ way }) => way === 0)) given.akin = () => []; // a whole title means nothing else
    const found = new Map();
    for (const phrase of phrases) found.set(phrase, await withPhrase(index, phrase));
    const missing = phrases.filter((phrase) => !found.get(phrase).size);
    const loose = await spelled(missing.flatMap((phrase) => query.understand(phrase).words));
    const terms = termsOf(tokens, [given, loose]);
    const exact = phrases.map((phrase) => found.get(phrase)).filter(({ size }) => size);
    const answer = await inText(index, terms, exact, question, Boolean(question) || text.trim().endsWith("?"));
    const isOther = given.changed.length || loose.changed.length || missing.length || answer.used.length < terms.length;
    const used = isOther ? answer.used.map((term) => term.said).join(" ") : "";
    const first = await firstOf(name, names, given.changed, used);
    const ids = new Map(answer.found.map((one) => [one.id, one]));
    const results = [...first.map((id) => ({ ...(ids.get(id) ?? { id, score: 0, places: [] }), isNamed: true })), ...answer.found];
    const unique = results.filter(({ id }, at) => !first.includes(id) || first.indexOf(id) === at);
    const said = terms.flatMap(({ written, ways }) => [written ?? "", ...ways.flatMap(({ texts }) => texts)]);
    const asking = [...new Set([...phrases, ...said].flatMap(query.words))];
    return { results: unique, asked: asking, repaired: unique.length ? used : "", missing };
  };

  /** Keeps the results that have a chosen value of each group, and counts by value; of a group one may choose more. */
  const narrowed = (results, facets, filters) => {
    const sets = Object.entries(filters).map(([group, values]) => [
      group,
      new Set(values.flatMap((value) => facets[group]?.[value] ?? [])),
    ]);
    const isIn = (id, but = "") => sets.every(([group, ids]) => group === but || ids.has(id));
    const counts = {};
    for (const [group, values] of Object.entries(facets)) {
      const ids = new Set(results.map(({ id }) => id).filter((id) => isIn(id, group)));
      const counted = Object.entries(values).map(([value, all]) => [value, all.filter((id) => ids.has(id)).length]);
      counts[group] = Object.fromEntries(counted);
    }
    return { results: results.filter(({ id }) => isIn(id)), counts };
  };

  /** Returns every record that has a value, in the order of the index. */
  const everything = (facets) => {
    const ids = new Set(Object.values(facets).flatMap((values) => Object.values(values).flat()));
    const number = (id) => id.split(".").map(Number);
    const ordered = [...ids].map((id) => [id, ...number(id)]).sort((one, other) => one[1] - other[1] || one[2] - other[2]);
    return ordered.map(([id]) => ({ id, score: 0, places: [] }));
  };

  /**
   * Finds records: `text` is what a reader typed, empty for all; `filters` are values by group, any of a group. Returns
   * the results, best first, those that are named with `isNamed`; the words that were asked for and what is akin; where
   * `isCounted` or narrowed, how many have which value by group; the words that were searched for where those that were typed
   * find nothing; and the phrases that stand nowhere.
   */
  search.find = async (text, filters = {}, isCounted = false) => {
    const chosenOnes = Object.fromEntries(Object.entries(filters).filter(([, values]) => values.length));
    const needsFacets = isCounted || !text || Object.keys(chosenOnes).length > 0;
    const [answer, facets] = await Promise.all([text ? answered(text) : null, needsFacets ? search.facets() : null]);
    const { results, ...said } = answer ?? { results: everything(facets), asked: [], repaired: "", missing: [] };
    return { ...said, ...(facets ? narrowed(results, facets, chosenOnes) : { results, counts: {} }) };
  };

  /** For those who ask without the dialog: paths of the first results, in order. */
  search.ask = async (text, filters = {}, count = 10) => {
    const found = await search.find(text, filters);
    const records = await Promise.all(found.results.slice(0, count).map(({ id }) => search.record(id)));
    return { paths: records.map((record) => record.url), total: found.results.length, repaired: found.repaired };
  };
})();
