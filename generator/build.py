"""One build: examine, render both languages, publish the pages, then the site; on errors it changes nothing.

In: the folder of a project. Out: everything under `build/`. Knows the order of the stages, not what is in them.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from generator.garbage import no_garbage_collection
from generator.load import FORMER_SOURCES
from generator.offered import kept_downloads
from generator.pages import make_pages
from generator.pipeline import Examined, examine
from generator.publish import TreeChange, build_lock, write_tree

if TYPE_CHECKING:  # heavy; pages alone need neither
    from generator.outputs.print import Missing
    from generator.outputs.site import SiteReport

BUILD_FOLDER: Final = "build"
_MEMORY: Final = "work/examined.bin"
Engine = Literal["mkdocs", "zensical"]
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. Without `site` it stopped: at errors, or after the pages where no site was wanted.

    `missing` are the characters that could not be printed; `note` says what is left out on purpose.
    """

    examined: Examined
    pages: TreeChange | None = None
    site: "SiteReport | None" = None
    missing: "tuple[Missing, ...]" = ()
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
            from generator.downloads import make_downloads, too_many

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
        from generator.finish import Rendered, finish

        rendered = Rendered(project, target, examined, corpus, downloads, pages, navigation)
        site = finish(rendered, engine, progress, with_copy=with_downloads)
        return BuildReport(examined, pages, site, missing, too_many(corpus) if with_downloads else "")


def _source_texts(examined: Examined) -> dict[str, bytes]:
    """Return the texts by their hash: when one changes, the next check can tell which quotes have moved."""
    texts = examined.files.sources.values()
    return {f"{hashlib.sha256(raw).hexdigest()}.txt": raw for raw in texts}
