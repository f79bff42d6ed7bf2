/*
  Loads the index. Its files are classic scripts, so that the same code works over the network and from a disk: each hands
  itself over by `dossierSearch.put`. Pagefind weighs words; it finds its files through `dossierSearch.fetch`.

  64-search.js asks it.
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

  const FILE = /p(\d+)\/(?:(pagefind-entry\.json)|(pagefind\.meta)\.pf_meta|(wasm)\.|(index)\/(\d+)\.)/;

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
      const [, lang, means, anchor] = /^\d+:(\w+):([~!=>]*)(.*)$/.exec(name);
      const end = record.anchors[at + 1]?.location ?? words.length;
      const [isElsewhere, isTitle, isList, isQuote] = [..."~!=>"].map((sign) => means.includes(sign));
      return { lang, anchor, isElsewhere, isTitle, isList, isQuote, start: location, end };
    });
    return { ...record, words, passages };
  };

  /** Returns the items of those files of a list whose keys begin like one of these. */
  search.listed = async (list, prefixes) => {
    const all = search.given[list];
    const wanted = [...new Set(prefixes)].map((prefix) => all.indexOf(prefix)).filter((at) => at >= 0);
    await Promise.all(wanted.map((at) => load(`${search.given.common}/${list}/${at}.js`)));
    return wanted.flatMap((at) => files.get(`${list}/${at}`));
  };

  let facets = null;

  /** Loads what the records can be narrowed down by: by group and value the ids of those that have it. */
  search.facets = () => {
    facets ??= (async () => {
      await search.prepare();
      const all = {};
      const read = async (part) => {
        for (const [group, values] of Object.entries(await content(`${part}/facets`))) {
          for (const [value, steps] of Object.entries(values)) {
            const ids = ((all[group] ??= {})[value] ??= []);
            let number = 0;
            for (const step of steps) ids.push(`${part}.${(number += step)}`);
          }
        }
      };
      await Promise.all(search.given.parts.map((_, part) => read(part)));
      return all;
    })();
    facets.catch(() => (facets = null));
    return facets;
  };
})();
