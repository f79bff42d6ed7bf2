"""What must be rendered again after a change: fingerprints of everything that a page can read, and their comparison.

In: the corpus, the hand-written pages, the texts of the entry files; later the `reads` of the last pages. Out: paths. A
page is stale when a key that it read, or a key that every page reads, has another fingerprint than before.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from generator.corpus import Backlink, Corpus, Passage
from generator.digest import digest
from generator.kind import Entry
from generator.kinds import all_kinds
from generator.lang import Lang
from generator.project import DOSSIER_FILE, VOCABULARY_FILE
from generator.views.plan import Job, jobs_of
from generator.views.site import Site

EVERYTHING: Final = frozenset({"settings", "names"})


def fingerprints(corpus: Corpus, docs: Mapping[str, str], texts: Mapping[str, str], lang: Lang) -> dict[str, str]:
    """Return the fingerprint of every key, those of the pages (`page:<path>`) included. `texts` are the entry files."""
    site = Site(corpus, docs, lang)
    return shared_fingerprints(site, texts) | page_fingerprints(site, jobs_of(site))


def shared_fingerprints(site: Site, texts: Mapping[str, str]) -> dict[str, str]:
    """Return the fingerprints that are the same in every language. `texts` are the entry files."""
    corpus = site.corpus
    own = {entry.id: digest(texts[entry.file]) for entry in corpus.entries.values()}
    keys = {f"entry:{entry_id}": mark for entry_id, mark in own.items()}
    titles = {entry.id: digest(_title(entry)) for entry in corpus.entries.values()}
    keys |= {f"title:{entry_id}": mark for entry_id, mark in titles.items()}
    of_kind: dict[str, list[str]] = {name: [] for name in all_kinds()}
    for entry in corpus.living():
        of_kind[entry.kind.name].append(own[entry.id])
    keys |= {f"all:{kind}": digest(*digests) for kind, digests in of_kind.items()}
    for target, found in site.referring.items():
        keys[f"back:{target}"] = digest(*(_links(titles[origin], links) for origin, links in found.items()))
    for source, text in corpus.texts.items():
        passages = corpus.passages.get(source, ())
        keys[f"quotes:{source}"] = digest(text.raw, *(_passage(corpus, passage) for passage in passages))
    # Names are looked for in living texts only, and in the forms of the text's language.
    heard = ((source, text) for source, text in corpus.texts.items() if not corpus.entries[source].is_retired)
    keys["texts"] = digest(*(f"{source} {text.lang} {text.raw}" for source, text in heard))
    keys["settings"] = digest(texts[DOSSIER_FILE], texts[VOCABULARY_FILE])
    keys["names"] = digest(
        *(
            f"{entry.id} {naming}"
            for entry in corpus.living()
            for naming in entry.kind.names(entry.data)
            if naming.is_linked
        )
    )
    return keys


def page_fingerprints(site: Site, jobs: Iterable[Job]) -> dict[str, str]:
    """Return the fingerprints of the pages of one language: which there are, and what each of them lists."""
    return {f"page:{job.path}": digest(_job(job, site)) for job in jobs}


def stale_pages(
    reads: Mapping[str, Iterable[str]], before: Mapping[str, str], after: Mapping[str, str]
) -> frozenset[str]:
    """Return the paths to render: pages that are new, and pages that read what has changed."""
    pages = {key.removeprefix("page:") for key in after if key.startswith("page:")}
    changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    if changed & EVERYTHING:
        return frozenset(pages)
    return frozenset(
        path for path in pages if path not in reads or f"page:{path}" in changed or not changed.isdisjoint(reads[path])
    )


def _title(entry: Entry) -> str:
    """Return everything that a page may show of another entry without reading its fields."""
    data, kind = entry.data, entry.kind
    shown = (kind.name, entry.title, kind.short(data), kind.when(data), kind.shown_by(data), kind.text(data))
    return f"{shown} {data.status}"


def _links(title: str, links: Iterable[Backlink]) -> str:
    """Return what a page may show of the links of one entry: a slice is a plain tuple, written ten times as quickly."""
    return f"{title} {[link[1:] for link in links]}"


def _passage(corpus: Corpus, passage: Passage) -> str:
    place = (passage.start, passage.end, passage.use, passage.path, passage.index)
    status = corpus.entries[passage.origin].data.status
    quote, shown = passage.quote, passage.evidence
    said = (quote.quote[passage.index], quote.prefix, quote.suffix)
    manner = (shown.stance, shown.modality, bool(shown.via)) if shown else ()
    return f"{passage.origin} {status} {place} {said} {manner}"


def _job(job: Job, site: Site) -> str:
    # Most pages are of one entry and list nothing.
    lists = "" if job.entry_id else f"{job.kind} {job.word} {job.about} {job.items} {job.parts} {job.part}"
    written = (site.docs.get(job.path), site.docs_elsewhere.get(job.path))
    return f"{job.template} {job.entry_id} {job.is_doc} {lists} {written} {_pdf(job, site)}"


def _pdf(job: Job, site: Site) -> str:
    """Return what a page links as its PDF."""
    downloads, entry = site.downloads, site.corpus.entries.get(job.entry_id)
    if entry is None:
        return f"{bool(downloads.files)} {downloads.part(site.lang, job.kind)}"
    return downloads.own(site.lang, entry.id) or downloads.part(site.lang, entry.kind.name)
