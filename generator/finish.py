"""The second half of a build: published pages become a site, with its search and what can be taken away.

In: what was examined, and what pages were made of it. Out: `build/site`. Knows which stages there are, not what is in
them; it is loaded only where a site is wanted.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from generator.corpus import Corpus
from generator.enclosures import additions
from generator.fingerprint import fingerprint
from generator.lang import LANGS, Lang
from generator.outputs.search import SearchError
from generator.outputs.site import (
    Addition,
    Engine,
    NavItem,
    SiteError,
    SiteLanguage,
    SiteReport,
    SiteRequest,
    build_site,
)
from generator.pages import FOLDER as PAGES
from generator.pipeline import Examined
from generator.prose import parse_prose, plain_text
from generator.publish import TreeChange
from generator.searchable import search_of
from generator.stage import copy_beside
from generator.views.about import about
from generator.views.downloads import Downloads

_LANGUAGE_NAMES: Final[dict[Lang, str]] = {"de": "Deutsch", "en": "English"}


@dataclass(frozen=True, slots=True)
class Rendered:
    """Where what was published: `pages` says what changed, `navigation` holds titles and paths of each language."""

    project: Path
    target: Path
    examined: Examined
    corpus: Corpus
    downloads: Downloads
    pages: TreeChange
    navigation: Mapping[Lang, tuple[tuple[str, str], ...]]


def finish(rendered: Rendered, engine: Engine, progress: Callable[[str], None], *, with_copy: bool) -> SiteReport:
    """Build the site and publish it; without `with_copy` the copy of the last one, to read offline, stays.

    Raises `SiteError` or `OSError`; the site is then what it was.
    """
    corpus, target = rendered.corpus, rendered.target
    languages = tuple(_language(rendered, lang) for lang in _preferred(corpus))
    taken_away = additions(corpus, rendered.downloads, target, progress=progress if with_copy else None)
    search = cache(lambda: search_of(corpus, rendered.examined.files, target, progress))
    searched = Addition(lambda: search().mark, lambda stage: search().add(stage))
    added = (searched, *taken_away)  # the copy of the site holds its search

    def meanwhile() -> None:
        search().make()
        copy_beside(target / PAGES)

    request = SiteRequest(rendered.project, target, engine, languages, fingerprint(), progress, added, meanwhile)
    try:
        return build_site(request)
    except SearchError as error:
        raise SiteError(str(error)) from error


def _preferred(corpus: Corpus) -> tuple[Lang, ...]:
    """Return the languages, that of a reader whose own is neither first."""
    return tuple(sorted(LANGS, key=lambda lang: lang != corpus.dossier.default_language))


def _language(rendered: Rendered, lang: Lang) -> SiteLanguage:
    corpus, pages = rendered.corpus, rendered.pages
    dossier = corpus.dossier
    description, _ = dossier.description.best(lang)
    return SiteLanguage(
        lang=lang,
        name=_LANGUAGE_NAMES[lang],
        title=dossier.title.best(lang)[0],
        description=plain_text(
            parse_prose(description).blocks, lambda entry_id: corpus.entries[entry_id].title.best(lang)[0]
        ),
        nav=tuple(NavItem(title, path) for title, path in rendered.navigation[lang]),
        pages=rendered.target / PAGES / lang,
        site_url=dossier.site_url,
        repo_url=dossier.repository,
        changed=_below(lang, pages.written),
        removed=_below(lang, pages.removed),
        about=about(corpus, lang, rendered.downloads),
    )


def _below(lang: Lang, paths: tuple[str, ...]) -> frozenset[str]:
    return frozenset(path.removeprefix(f"{lang}/") for path in paths if path.startswith(f"{lang}/"))
