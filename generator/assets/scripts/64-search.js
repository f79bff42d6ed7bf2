/*
  Asks the index. Its files are classic scripts, so that the same code works over the network and from a disk: each hands
  itself over by `dossierSearch.put`. Pagefind ranks; it finds its files through `dossierSearch.fetch`.

  Knows no page: 66-search-dialog.js shows what is found.
*/
(() => {
  "use strict";
  const base = new URL("../search/", document.currentScript.src);
  const files = new Map();
  const loading = new Map();
  const search = { put: (name, content) => files.set(name, content), start: (given) => (search.given = given) };
  window.dossierSearch = search;

  /** Loads a script of the index once. */
  const load = (path) => {
    if (!loading.has(path)) {
      const loaded = new Promise((done, failed) => {
        const script = document.createElement("script");
        script.src = new URL(path, base).href;
        script.onload = () => done();
        script.onerror = () => failed(new Error(path));
        document.head.append(script);
      });
      loading.set(path, loaded);
      loaded.catch(() => loading.delete(path)); // what could not be loaded may be tried again
    }
    return loading.get(path);
  };

  const bytesOf = (content) => {
    if (content.startsWith("pagefind_dcd")) return new TextEncoder().encode(content);
    const raw = atob(content);
    const bytes = new Uint8Array(raw.length);
    for (let at = 0; at < raw.length; at += 1) bytes[at] = raw.charCodeAt(at);
    return bytes;
  };

  /** Returns a file by its name `<part>/<kind>/<number>`, and loads it where it is not there yet. */
  const content = async (name) => {
    if (!files.has(name)) {
      const [part, ...rest] = name.split("/");
      await load(`${search.given.parts[part].folder}/${rest.join("/")}.js`);
    }
    return files.get(name);
  };

  const FILE = /p(\d+)\/(?:(pagefind-entry\.json)|(pagefind\.meta)\.pf_meta|(wasm)\.|(index|filter)\/(\d+)\.)/;

  /** Stands for `fetch` in Pagefind's script. */
  search.fetch = async (address) => {
    const [, part, entry, meta, machine, kind, number] = FILE.exec(String(address));
    if (entry) return { json: async () => JSON.parse(search.given.parts[part].entry) };
    const name = machine ? "machine" : meta ? `${part}/meta` : `${part}/${kind}/${number}`;
    const bytes = bytesOf(await content(name));
    return { arrayBuffer: async () => bytes.buffer };
  };

  search.load = load;

  let ready = null;

  /** Loads what every search needs; may be called early and often. */
  search.prepare = () => {
    ready ??= (async () => {
      await load("start.js");
      const { engine, common, parts, ranking } = search.given;
      await Promise.all([load(`${engine}/engine.js`), load(`${engine}/machine.js`), load(`${common}/meta.js`)]);
      const index = search.createInstance({ basePath: "/p0/", noWorker: true, ranking });
      await index.init();
      for (let part = 1; part < parts.length; part += 1) await index.mergeIndex(`/p${part}/`, { ranking });
      return index;
    })();
    ready.catch(() => (ready = null));
    return ready;
  };

  /** Returns the record of a result: its path, what is shown of it, its words and the places they stand at. */
  search.record = async (id) => {
    const text = await content(id.replace(".", "/fragment/"));
    const record = JSON.parse(text.slice("pagefind_dcd".length));
    const words = record.content.split(/\s+/);
    const passages = record.anchors.map(({ id: name, location }, at) => {
      const [, lang, place] = /^\d+:(\w+):(.*)$/.exec(name);
      const end = record.anchors[at + 1]?.location ?? words.length;
      return { lang, anchor: place.replace("~", ""), elsewhere: place.startsWith("~"), start: location, end };
    });
    return { ...record, words, passages };
  };

  // --- names and words

  const query = window.dossierQuery;
  const MOST_BEGUN = 3;

  /** Returns the items of those files of a list whose keys begin like one of these. */
  const listed = async (list, prefixes) => {
    const all = search.given[list];
    const wanted = [...new Set(prefixes)].map((prefix) => all.indexOf(prefix)).filter((at) => at >= 0);
    await Promise.all(wanted.map((at) => load(`${search.given.common}/${list}/${at}.js`)));
    return wanted.flatMap((at) => files.get(`${list}/${at}`));
  };

  /** Returns the entries that a text names, the best first: exactly, inflected or begun; mistyped ones where asked. */
  const named = async (name, isTypo) => {
    const key = query.words(name).join("");
    if (!key) return [];
    const shards = new Set(search.given.names);
    const near = isTypo ? query.shardsNear(key, shards) : [];
    const begun = [...shards].filter((shard) => shard.startsWith(key)).slice(0, MOST_BEGUN);
    const exact = [key, query.stem(key), query.hashed(key)].map((one) => query.shardOf(one, shards));
    return query.findNames(name, await listed("names", [...exact, ...begun, ...near]), isTypo);
  };

  /** Returns the words to search for instead of those that were typed, and which had to be changed. */
  const spelled = async (typed) => {
    if (!typed.length) return { words: [], changed: [] };
    const shards = new Set(search.given.words);
    const folded = typed.map(query.fold);
    const exact = folded.flatMap((word) => [query.shardOf(word, shards), query.shardOf(query.stem(word), shards)]);
    const first = query.repair(typed, query.lexicon(await listed("words", exact)));
    if (!first.changed.length) return first;
    const unknown = first.changed.flatMap(([word]) => query.words(word));
    const near = unknown.flatMap((word) => query.shardsNear(word, shards));
    const heads = query.lexicon(await listed("words", [...exact, ...near]));
    const rests = unknown.flatMap((word) => restsOf(word, heads)).map((rest) => query.shardOf(rest, shards));
    return query.repair(typed, query.lexicon(await listed("words", [...exact, ...near, ...rests])));
  };

  /** Returns what follows a known word in what may be a compound of two. */
  const restsOf = (word, known) => {
    const cuts = Array.from({ length: Math.max(0, word.length - 7) }, (_, at) => at + 4);
    return cuts.filter((cut) => known.spelled(word.slice(0, cut))).map((cut) => word.slice(cut));
  };

  // --- results

  /** What one question to the index gives, by the id of each record. */
  const asked = async (index, text, filters) => {
    const { results, filters: counts } = await index.search(text, { filters });
    return { found: new Map(results.map(({ id, score, words: places }) => [id, { id, score, places }])), counts };
  };

  const together = (one, other) => ({
    id: one.id,
    score: one.score + other.score,
    places: [...new Set([...one.places, ...other.places])].sort((a, b) => a - b),
  });

  /** Returns the records that have the most of the words, for where none has all. */
  const withMost = async (index, terms, filters) => {
    const all = new Map();
    let counts = {};
    for (const term of terms) {
      const answer = await asked(index, term, filters);
      counts = answer.counts;
      for (const [id, one] of answer.found) {
        const before = all.get(id);
        all.set(id, { ...(before ? together(before, one) : one), terms: [...(before?.terms ?? []), term] });
      }
    }
    const most = Math.max(0, ...[...all.values()].map((one) => one.terms.length));
    const best = [...all].filter(([, one]) => one.terms.length === most);
    const used = best.length ? best.reduce((a, b) => (b[1].score > a[1].score ? b : a))[1].terms : [];
    return { found: new Map(best), counts, used };
  };

  /**
   * Adds the few records that have most of many words where it counts, as in their title: who asks in a sentence seldom
   * uses all the words of the page.
   */
  const withNear = async (index, answer, terms, filters) => {
    const all = new Map();
    for (const term of terms) {
      const { found } = await asked(index, term, filters);
      const worth = Math.log(1 + search.given.pages / (1 + found.size));
      for (const [id, one] of found) {
        const before = all.get(id) ?? { worth: 0, score: 0 };
        all.set(id, { ...(before.id ? together(before, one) : one), worth: before.worth + worth });
      }
      all.total = (all.total ?? 0) + worth;
    }
    const merit = (one) => one.score * (one.worth / all.total) ** 2;
    const found = new Map(answer.found);
    const whole = [...found].map(([id, { score }]) => ({ score, merit: merit(all.get(id)) }));
    const good = whole.map((one) => one.merit).sort((one, other) => other - one)[2] ?? 0;
    const scale = Math.max(...whole.map((one) => one.score / one.merit));
    const near = [...all].filter(([id, one]) => !found.has(id) && merit(one) > good);
    near.sort(([, one], [, other]) => merit(other) - merit(one));
    for (const [id, one] of near.slice(0, 5)) found.set(id, { ...one, score: merit(one) * scale });
    return { ...answer, found };
  };

  /** Keeps the records that have every phrase, word by word. */
  const withPhrases = async (index, answer, phrases, filters) => {
    let { found, counts } = answer ?? {};
    for (const phrase of phrases) {
      const exact = await asked(index, `"${phrase}"`, filters);
      const loose = await asked(index, phrase, filters); // only this one weighs where the words stand
      counts ??= exact.counts;
      const both = [...exact.found].filter(([id]) => !found || found.has(id));
      const weighed = both.map(([id, one]) => [id, { ...one, score: loose.found.get(id)?.score ?? one.score }]);
      found = new Map(weighed.map(([id, one]) => [id, found ? together(found.get(id), one) : one]));
    }
    return { found, counts };
  };

  /** Amounts and dates are found by what they mean; what is written just so comes first. */
  const withTokens = async (index, words, tokens, text, filters) => {
    const meant = await asked(index, [...words, ...tokens].join(" "), filters);
    const literal = await asked(index, text, filters);
    if (!meant.found.size) return literal;
    const found = [...meant.found].map(([id, one]) => [id, literal.found.has(id) ? together(one, literal.found.get(id)) : one]);
    return { found: new Map(found), counts: meant.counts };
  };

  const inText = async (index, text, understood, words, filters) => {
    const { phrases, tokens } = understood;
    const plain = text.replace(/["„“”«»]/g, " ");
    let answer = null;
    if (tokens.length) answer = await withTokens(index, words, tokens, plain, filters);
    else if (words.length) answer = await asked(index, words.join(" "), filters);
    if (phrases.length) answer = await withPhrases(index, answer, phrases, filters);
    if (answer?.found.size) return words.length > 2 && !phrases.length ? withNear(index, answer, [...words, ...tokens], filters) : answer;
    const terms = [...new Set([...words, ...tokens, ...phrases.flatMap((phrase) => query.understand(phrase).words)])];
    return withMost(index, terms, filters);
  };

  /**
   * Finds records: `text` is what a reader typed, empty for all; `filters` are values by group, any of a group. Returns
   * the results, best first; by group how many of them have which value; and the words that were searched for where
   * those that were typed find nothing.
   */
  search.find = async (text, filters = {}) => {
    const index = await search.prepare();
    const wanted = {};
    for (const [group, values] of Object.entries(filters)) if (values.length) wanted[group] = { any: values };
    if (!text) {
      const { found, counts } = await asked(index, null, wanted);
      return { results: [...found.values()], counts, repaired: "" };
    }
    const understood = query.understand(text);
    const { words, changed } = await spelled(understood.words);
    let names = await named(understood.name, false);
    if (!names.some(({ way }) => way < 2) && changed.length) names = await named(understood.name, true);
    const searched = words.length || understood.tokens.length || understood.phrases.length ? words : understood.words;
    const answer = await inText(index, text, understood, searched, wanted);
    const isNarrow = Object.keys(wanted).length > 0;
    const first = names
      .filter(({ way }, at) => way < 3 || at < MOST_BEGUN)
      .map(({ entry }) => answer.found.get(entry) ?? (isNarrow ? null : { id: entry, score: 0, places: [] }))
      .filter(Boolean);
    const ids = new Set(first.map(({ id }) => id));
    const rest = [...answer.found.values()].filter(({ id }) => !ids.has(id)).sort((one, other) => other.score - one.score);
    const used = answer.used ?? (changed.length ? words : null);
    const results = [...first, ...rest];
    return { results, counts: answer.counts, repaired: used && results.length ? used.join(" ") : "" };
  };

  let filters = null;

  /** Loads what tells how many records have which value; without it no search does. */
  search.loadFilters = () => (filters ??= search.prepare().then((index) => index.filters()));
})();
