"""Turns folders of Markdown pages into one static site and swaps it in.

In come the pages of each language and what the dossier says of itself; out goes `build/site` with a folder
per language. With MkDocs only the pages that changed are built, as long as everything that all pages share
stands still. Knows neither what is on the pages nor how the site builders work.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from importlib.metadata import version
from os.path import relpath
from pathlib import Path
from sys import version as python_version
from typing import Final, Literal

from generator.epoch import epoch
from generator.lang import Lang
from generator.outputs.site.config import THEME, Folders, SiteError, SiteLanguage, derive
from generator.outputs.site.engines import (
    AllNeededError,
    Engine,
    Run,
    new_memory,
    run_mkdocs,
    run_zensical,
)
from generator.outputs.site.roots import front_page, lost_page
from generator.outputs.site.state import (
    SiteState,
    built_of,
    compare,
    everything,
    folders_of,
    is_there,
    recall,
    remember,
    survey,
)
from generator.stage import Stage, copy_beside

_LIBRARIES: Final = ("mkdocs", "mkdocs-material", "markdown", "zensical")


@dataclass(frozen=True, slots=True)
class Addition:
    """What is put into the site beside its pages before it is published; its `mark` changes with what it is made of.

    `add` is called in every build that publishes something, in their order, with the stage that holds the new pages and
    what the last build added, if not everything is new.
    """

    mark: Callable[[], str]
    add: Callable[[Stage], None]


@dataclass(frozen=True, slots=True)
class SiteRequest:
    """What to build; `fingerprint` stands for all that every page depends on, threads call `progress`.

    `meanwhile` is called while the pages are built, if any are: what it does must need none of them.
    """

    project: Path
    build: Path
    engine: Engine
    languages: tuple[SiteLanguage, ...]
    fingerprint: str
    progress: Callable[[str], None]
    additions: tuple[Addition, ...] = ()
    meanwhile: Callable[[], None] = lambda: None


@dataclass(frozen=True, slots=True)
class SiteReport:
    """Where the site is, and how many of its pages and other files were built anew."""

    site: Path
    extent: Literal["all", "changed", "nothing"]
    built: int


@dataclass(frozen=True)
class _Plan:
    """One build: the languages with what changed in them, what the site will be made of, what `then` the last was."""

    request: SiteRequest
    languages: tuple[SiteLanguage, ...]
    state: SiteState
    then: SiteState | None

    @property
    def is_new_date(self) -> bool:
        """Tell whether the site will bear another date."""
        return self.then is None or self.then.epoch != self.state.epoch

    @cached_property
    def marks(self) -> tuple[str, ...]:
        """The marks of what is put in beside the pages; while pages are built nobody waits for them."""
        return tuple(addition.mark() for addition in self.request.additions)

    @property
    def are_additions_new(self) -> bool:
        """Tell whether something else is put in than in the last build."""
        return self.then is None or self.then.additions != self.marks

    @property
    def is_whole(self) -> bool:
        """Tell whether everything is built: Zensical cannot do less, and languages are published together."""
        return self.request.engine == "zensical" or any(one.changed is None for one in self.languages)

    @property
    def due(self) -> tuple[SiteLanguage, ...]:
        """Return the languages that must be built at all."""
        return tuple(
            one
            for one in self.languages
            if self.is_whole or self.is_new_date or one.changed != frozenset() or one.removed
        )


def build_site(request: SiteRequest) -> SiteReport:
    """Build the site and swap it in; raises `SiteError` in the builder's words and then changes nothing."""
    plan = _plan(request)
    site = request.build / "site"
    unchanged = site.is_dir() and all(one.changed == frozenset() and not one.removed for one in plan.languages)
    if unchanged and not plan.is_new_date and not plan.are_additions_new:
        return SiteReport(site, "nothing", 0)
    try:
        return _build(plan, site)
    except AllNeededError:
        return _build(replace(plan, languages=tuple(everything(one) for one in plan.languages)), site)


def _plan(request: SiteRequest) -> _Plan:
    (request.build / "work").mkdir(parents=True, exist_ok=True)
    configs = {one.lang: _config(request, one) for one in request.languages}
    for lang, text in configs.items():
        _config_file(request, lang).write_text(text, encoding="utf-8")
    now = survey(request.languages, _shared(request, configs.values()), epoch())
    then = recall(request.build)
    if then is not None and (then.shared != now.shared or not is_there(request.build / "site", then)):
        then = None
    return _Plan(request, tuple(compare(one, now, then) for one in request.languages), now, then)


def _build(plan: _Plan, site: Path) -> SiteReport:
    stage = Stage(site, empty=plan.is_whole)
    try:
        runs = [_run(plan, one, stage) for one in plan.due]
        stage.make_way(
            f"{one.lang}/{built_of(path)}" for one in plan.due for path in (*_built(plan, one), *one.removed)
        )
        _run_side_by_side(plan.request, runs, stage)
        stage.write("index.html", front_page(plan.languages))
        stage.write("404.html", lost_page(plan.languages))
        _verify(plan, stage.folder)
        for addition in plan.request.additions:
            addition.add(stage)
        stage.keep_unchanged()
    except BaseException:
        stage.discard()
        raise
    stage.publish(whole=plan.is_whole)
    for run in runs:
        if (new := new_memory(run.memory)).exists():
            new.replace(run.memory)
    remember(plan.request.build, replace(plan.state, additions=plan.marks, folders=folders_of(site)))
    copy_beside(site)
    built = sum(len(_built(plan, one)) for one in plan.due)
    return SiteReport(site, "all" if plan.is_whole else "changed", built)


def _run_side_by_side(request: SiteRequest, runs: list[Run], stage: Stage) -> None:
    """Build the pages, the languages side by side where they share nothing, and do meanwhile what is asked for."""
    is_shared = request.engine == "zensical"
    with ThreadPoolExecutor(max_workers=1 if is_shared else max(len(runs), 1)) as pool:
        waiting = [pool.submit(run_zensical if is_shared else run_mkdocs, run) for run in runs]
        request.meanwhile()
        for run, touched in zip(runs, waiting, strict=True):
            stage.touched(f"{run.language.lang}/{path}" for path in touched.result())


def _run(plan: _Plan, language: SiteLanguage, stage: Stage) -> Run:
    request, lang = plan.request, language.lang
    return Run(
        # When one language must be built whole, all are.
        language=everything(language) if plan.is_whole else language,
        config=_config_file(request, lang),
        site=stage.folder / lang,
        memory=request.build / "work" / f"site-{lang}.json",
        progress=request.progress,
    )


def _built(plan: _Plan, language: SiteLanguage) -> frozenset[str]:
    if plan.is_whole or language.changed is None:
        return frozenset(plan.state.pages[language.lang])
    return language.changed


def _verify(plan: _Plan, folder: Path) -> None:
    """Make certain that every page that was to be built is there, before anything is swapped in."""
    for language in plan.due:
        pages = [path for path in _built(plan, language) if path.endswith(".md")]
        missing = [path for path in pages if not (folder / language.lang / built_of(path)).is_file()]
        if missing:
            raise SiteError(f"the site builder made no page of {language.lang}/{min(missing)}")


def _config_file(request: SiteRequest, lang: Lang) -> Path:
    # Zensical reads and writes only below the folder of its configuration: the build folder itself.
    return request.build / f"{request.engine}.{lang}.yml"


def _config(request: SiteRequest, language: SiteLanguage) -> str:
    # Zensical goes where its configuration says. MkDocs is told: run by hand, it would empty the stage.
    folder = ".site.next" if request.engine == "zensical" else "preview"
    pages = Path(relpath(language.pages, request.build)).as_posix()
    return derive(request.project, language, request.languages, Folders(pages, f"{folder}/{language.lang}"))


def _shared(request: SiteRequest, configs: Iterable[str]) -> str:
    """Return a hash of everything that all pages of the site depend on."""
    own = sorted(file for file in (*Path(__file__).parent.glob("*.py"), *THEME.rglob("*.html")))
    libraries = [f"{name} {version(name)}" for name in _LIBRARIES]
    parts = [request.engine, request.fingerprint, *configs, *libraries, python_version]
    digest = sha256()
    for part in (*(part.encode() for part in parts), *(file.read_bytes() for file in own)):
        digest.update(sha256(part).digest())
    return digest.hexdigest()
