"""Builds one language of the site with MkDocs: all of it, or only the pages that changed.

Runs as a process of its own. In comes a `Job` as JSON on stdin; out go lines of JSON on stdout (how far it
is, at the end which files it wrote), MkDocs' warnings on stderr, and one of the exit codes of `job`. It
follows `mkdocs.commands.build.build` step by step, but renders only what it is told to; the rest of the site
is read back from the last build. It must not know what the pages are about.
"""

import json
import logging
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from mkdocs.commands.build import _build_page, _build_theme_template, _populate_page
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.structure.files import File, Files, InclusionLevel, get_files, set_exclusions
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler

from generator.garbage import no_garbage_collection
from generator.outputs.site.job import ALL_NEEDED, DONE, FAILED, Job

_INDEX: Final = "search/search_index.json"
_REPORT_EVERY: Final = 100

Memory = dict[str, tuple[list[str], dict[str, dict[str, str]]]]
"""What later builds must know of a page: its anchors, and by target the anchors it links to, as written."""


class AllNeededError(Exception):
    """Building the changed pages alone is not certain to equal building everything."""


def main() -> int:
    """Do the job that stands on stdin."""
    job = Job(**json.load(sys.stdin))
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(levelname)s: %(message)s")
    try:
        config = load_config(config_file=job.config, site_dir=job.site, strict=True)
        config.plugins.on_startup(command="build", dirty=False)
        try:
            touched = build(config, job)
        finally:
            config.plugins.on_shutdown()
    except AllNeededError as error:
        sys.stderr.write(f"{error}\n")
        return ALL_NEEDED
    except (MkDocsException, Abort) as error:
        sys.stderr.write(f"{error}\n")
        return FAILED
    except Exception as error:  # noqa: BLE001 - whatever a page makes Markdown raise is the page's fault
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        return FAILED
    _say({"touched": sorted(touched)})
    return DONE


def build(config: MkDocsConfig, job: Job) -> set[str]:
    """Write the site, and return the paths of the files that were written or removed in it."""
    counter = CountHandler()
    counter.setLevel(logging.WARNING)
    logging.getLogger("mkdocs").addHandler(counter)
    config = config.plugins.on_config(config)
    config.plugins.on_pre_build(config=config)
    with no_garbage_collection():
        files, nav = _survey(config)
        pages = list(files.documentation_pages())
        memory = {} if job.changed is None else _recall(Path(job.memory), files, pages, job)
    wanted = _wanted(files, job)
    due = [file for file in pages if file.src_uri in wanted]
    site = Path(config.site_dir)
    touched = _forget(config, files, job, site)
    touched |= _write(config, files, nav, due, wanted)
    touched |= _index(config, site, pages, due)
    _validate(config, files, pages, memory)
    if counts := counter.get_counts():
        raise Abort(f"{', '.join(f'{number} {level.lower()}s' for level, number in counts)} in strict mode")
    kept = {file.src_uri: memory[file.src_uri] for file in pages if file.src_uri in memory}
    _remember(Path(job.new_memory), kept | {file.src_uri: _what_to_remember(_page(file)) for file in due})
    return touched


def _survey(config: MkDocsConfig) -> tuple[Files, Navigation]:
    """Find all files and make the navigation, as MkDocs does, and read the front matter of its pages."""
    files = get_files(config)
    files.add_files_from_theme(config.theme.get_env(), config)
    files = config.plugins.on_files(files, config=config)
    set_exclusions(files, config)
    nav = config.plugins.on_nav(get_navigation(files, config), config=config, files=files)
    for page in nav.pages:  # the theme shows their icons and states on every page
        page.read_source(config)
    return files, nav


def _wanted(files: Files, job: Job) -> set[str]:
    if job.changed is None:
        return set(files.src_uris)
    back_to_the_theme = (path for path in job.removed if path in files.src_uris)
    return {*job.changed, *back_to_the_theme}


def _write(config: MkDocsConfig, files: Files, nav: Navigation, due: list[File], wanted: set[str]) -> set[str]:
    for number, file in enumerate(due):
        _report(number, len(due), "read")
        _populate_page(_page(file), config, files)
    env = config.plugins.on_env(config.theme.get_env(), config=config, files=files)
    media = [file for file in files if not file.is_documentation_page() and file.src_uri in wanted]
    for file in media:
        if file.inclusion.value > InclusionLevel.DRAFT.value:
            _renew(file.abs_dest_path)
            file.copy_file()
    touched = {file.dest_uri for file in (*media, *due)}
    # One 404 page for all languages stands at the root of the site: hosts look for it only there.
    for name in sorted(set(config.theme.static_templates) - {"404.html"}):
        for made in (name, f"{name}.gz"):
            _renew(Path(config.site_dir, made))
            touched.add(made)
        _build_theme_template(name, env, files, config, nav)
    pages = files.documentation_pages()
    for number, file in enumerate(due):
        _report(number, len(due), "written")
        _renew(file.abs_dest_path)
        _build_page(_page(file), config, pages, nav, env)
    return touched


def _forget(config: MkDocsConfig, files: Files, job: Job, site: Path) -> set[str]:
    """Remove what came of removed files."""
    gone = set()
    for path in job.removed:
        if files.get_file_from_path(path) is None:
            file = File(path, config.docs_dir, config.site_dir, config.use_directory_urls)
            gone.add(file.dest_uri)
            _renew(file.abs_dest_path)
            for parent in Path(file.abs_dest_path).parents:
                if parent == site or not parent.is_dir() or any(parent.iterdir()):
                    break
                parent.rmdir()
    return gone


def _renew(path: str | Path) -> None:
    """Remove a file that is about to be written: it may be a hard link to a published one."""
    Path(path).unlink(missing_ok=True)


def _index(config: MkDocsConfig, site: Path, pages: list[File], due: list[File]) -> set[str]:
    """Let the search plugin write its index, and put back the other pages in the order of a full build."""
    file = site / _INDEX
    old = json.loads(file.read_bytes()) if len(due) < len(pages) and file.is_file() else None
    _renew(file)
    config.plugins.on_post_build(config=config)
    if old is not None and file.is_file():
        new = json.loads(file.read_bytes())
        renewed = {_page(page).url for page in due}
        by_page: dict[str, list[object]] = {}
        kept = (entry for entry in old["docs"] if _url(entry) not in renewed)
        for entry in (*kept, *new["docs"]):
            by_page.setdefault(_url(entry), []).append(entry)
        new["docs"] = [entry for page in pages for entry in by_page.get(_page(page).url, ())]
        file.write_text(json.dumps(new, separators=(",", ":")), encoding="utf-8")
    return {_INDEX}


def _url(entry: dict[str, str]) -> str:
    return entry["location"].partition("#")[0]


def _recall(path: Path, files: Files, pages: list[File], job: Job) -> Memory:
    """Read what is known of the unchanged pages, and make certain that it is enough."""
    try:
        memory: Memory = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise AllNeededError(str(error)) from error
    due = {*(job.changed or ()), *job.removed}
    known = {file.src_uri for file in pages} - due
    if not known <= memory.keys():
        raise AllNeededError("nothing is known of some pages")
    if gone := [path for path in job.removed if files.get_file_from_path(path) is None]:
        _look_for_links(gone, [file for file in pages if file.src_uri in known])
    return {path: memory[path] for path in known}


def _look_for_links(gone: Iterable[str], pages: Iterable[File]) -> None:
    """Raise `AllNeededError` if an unchanged page may link to a removed one: a full build can say it."""
    names = {path.removesuffix("/index.md").rpartition("/")[2].removesuffix(".md") for path in gone}
    pattern = re.compile(rf"[(/\"'](?:{'|'.join(map(re.escape, sorted(names)))})(?:\.md|/|[)#\"'])")
    for file in pages:
        if pattern.search(file.content_string):
            raise AllNeededError(f"{file.src_uri} may link to a removed page")


def _validate(config: MkDocsConfig, files: Files, pages: list[File], memory: Memory) -> None:
    """Warn of links to missing anchors in the words of MkDocs: those of new pages, and those to new pages."""
    level = config.validation.links.anchors
    renewed = {file.src_uri for file in pages if file.src_uri not in memory}
    asked = {to.src_uri for path in renewed for to in _page(files.src_uris[path]).links_to_anchors or ()}
    for path, (anchors, links) in memory.items():
        page = _page(files.src_uris[path])
        if path in asked:
            page.present_anchor_ids = set(anchors)
        if not renewed.isdisjoint(links):
            page.links_to_anchors = {files.src_uris[to]: found for to, found in links.items() if to in renewed}
    for file in pages:
        _page(file).validate_anchor_links(files=files, log_level=level)


def _what_to_remember(page: Page) -> tuple[list[str], dict[str, dict[str, str]]]:
    links = {to.src_uri: dict(found) for to, found in (page.links_to_anchors or {}).items()}
    return sorted(page.present_anchor_ids or ()), links


def _remember(path: Path, memory: Memory) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(memory, separators=(",", ":"), sort_keys=True), encoding="utf-8")


def _page(file: File) -> Page:
    if file.page is None:
        raise LookupError(file.src_uri)
    return file.page


def _report(number: int, total: int, what: str) -> None:
    if number and number % _REPORT_EVERY == 0:
        _say({"what": what, "number": number, "of": total})


def _say(message: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
