"""One build: examine, render both languages, publish the pages, then the site; on errors it changes nothing.

In: the folder of a project. Out: everything under `build/`. Knows the order of the stages, not what is in them.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal

from generator.corpus import Corpus
from generator.downloads import kept_downloads, make_downloads, too_many
from generator.enclosures import additions
from generator.fingerprint import fingerprint
from generator.garbage import no_garbage_collection
from generator.lang import LANGS, Lang
from generator.load import FORMER_SOURCES
from generator.outputs.print import Missing
from generator.outputs.search import SearchError
from generator.outputs.site import (
    Addition,
    NavItem,
    SiteError,
    SiteLanguage,
    SiteReport,
    SiteRequest,
    build_site,
)
from generator.pages import make_pages
from generator.pipeline import Examined, examine
from generator.prose import parse_prose, plain_text
from generator.publish import TreeChange, build_lock, write_tree
from generator.searchable import search_of
from generator.views.about import about

BUILD_FOLDER: Final = "build"
_MEMORY: Final = "work/examined.bin"
Engine = Literal["mkdocs", "zensical"]
Progress = Callable[[str], None]
_LANGUAGE_NAMES: Final[dict[Lang, str]] = {"de": "Deutsch", "en": "English"}


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. Without `site` it stopped: at errors, or after the pages where no site was wanted.

    `missing` are the characters that could not be printed; `note` says what is left out on purpose.
    """

    examined: Examined
    pages: TreeChange | None = None
    site: SiteReport | None = None
    missing: tuple[Missing, ...] = ()
    note: str = ""


def build(  # noqa: PLR0913 - all but the folder are switches with names
    project: Path,
    *,
    engine: Engine = "mkdocs",
    strict: bool = False,
    with_site: bool = True,
    with_downloads: bool = False,
    progress: Progress,
) -> BuildReport:
    """Build pages, site and downloads; without these, those that an earlier build made stay.

    Raises `BusyError`, `UnsafePathError`, `SiteError` or `OSError`; the site is then what it was.
    """
    target = project / BUILD_FOLDER
    with build_lock(target), no_garbage_collection():
        progress("Reading and checking the entries")
        examined = examine(project, target / _MEMORY)
        corpus = examined.corpus
        if corpus is None or examined.has_errors or (strict and examined.diagnostics):
            return BuildReport(examined)
        with_downloads = with_downloads and with_site
        if with_downloads:
            downloads, missing = make_downloads(corpus, examined.files, target, progress)
        else:
            downloads, missing = kept_downloads(corpus, target), ()
        progress(f"Writing the pages of {len(corpus.entries)} entries")
        pages, navigation = make_pages(corpus, examined.files, target, downloads)
        if examined.memory:
            examined.memory.save(target / _MEMORY)
        write_tree(_source_texts(examined), project / FORMER_SOURCES)
        if not with_site:
            return BuildReport(examined, pages)
        languages = tuple(
            replace(_language(corpus, lang, navigation[lang], target, pages), about=about(corpus, lang, downloads))
            for lang in _preferred(corpus)
        )
        taken_away = additions(corpus, downloads, target, progress=progress if with_downloads else None)
        search = search_of(corpus, examined.files, target, progress)
        added = (Addition(search.mark, search.add, search.make), *taken_away)  # the copy of the site holds its search
        request = SiteRequest(project, target, engine, languages, fingerprint(), progress, added)
        try:
            note = too_many(corpus) if with_downloads else ""
            return BuildReport(examined, pages, build_site(request), missing, note)
        except SearchError as error:
            raise SiteError(str(error)) from error


def _preferred(corpus: Corpus) -> tuple[Lang, ...]:
    """Return the languages, that of a reader whose own is neither first."""
    return tuple(sorted(LANGS, key=lambda lang: lang != corpus.dossier.default_language))


def _source_texts(examined: Examined) -> dict[str, bytes]:
    """Return the texts by their hash: when one changes, the next check can tell which quotes have moved."""
    texts = examined.files.sources.values()
    return {f"{hashlib.sha256(raw).hexdigest()}.txt": raw for raw in texts}


def _language(
    corpus: Corpus, lang: Lang, nav: tuple[tuple[str, str], ...], target: Path, pages: TreeChange
) -> SiteLanguage:
    dossier = corpus.dossier
    description, _ = dossier.description.best(lang)
    return SiteLanguage(
        lang=lang,
        name=_LANGUAGE_NAMES[lang],
        title=dossier.title.best(lang)[0],
        description=plain_text(
            parse_prose(description).blocks, lambda entry_id: corpus.entries[entry_id].title.best(lang)[0]
        ),
        nav=tuple(NavItem(title, path) for title, path in nav),
        pages=target / "pages" / lang,
        site_url=dossier.site_url,
        repo_url=dossier.repository,
        changed=_below(lang, pages.written),
        removed=_below(lang, pages.removed),
    )


def _below(lang: Lang, paths: tuple[str, ...]) -> frozenset[str]:
    return frozenset(path.removeprefix(f"{lang}/") for path in paths if path.startswith(f"{lang}/"))
