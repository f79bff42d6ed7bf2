"""The command line: arguments in, exit code out. The only place that prints.

Exit codes: 0 clean, 1 errors in the dossier, 2 wrong use or environment, 3 a mistake in Dossier itself.
"""

import io
import json
import os
import sys
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn, Self, TextIO

import click

from generator import __version__
from generator.diagnostics import Diagnostic, Place, Span
from generator.lang import LANGS, Lang
from generator.pipeline import Examined, examine
from generator.report import FORMATS, Format, render

if TYPE_CHECKING:  # heavy; see `pdf`
    from generator.outputs.print import Missing

CLEAN: Final = 0
ERRORS: Final = 1
WRONG_USE: Final = 2
BUG: Final = 3


def _with_entries(_context: click.Context, _parameter: click.Parameter, folder: Path) -> Path:
    if not (folder / "entries").exists():
        where = folder.absolute()  # “.” would name nothing
        raise click.BadParameter(f"there is no folder “entries” in {where}: name the folder of a dossier.")
    return folder


_project = click.option(
    "--project",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    show_default="the current folder",
    callback=_with_entries,
    help="The folder of the dossier: the one with entries/ and seeds/ in it.",
)
_strict = click.option("--strict", is_flag=True, help="Take warnings for errors.")
_format = click.option(
    "--format",
    "output",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="text for people, github for pull requests, json and sarif for programs.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="dossier")
def cli() -> None:
    """Turn entries and source texts into an annotated dossier.

    You write entries (small text files in the folder entries/), Dossier checks every quote in them against its source
    and makes a website in German and English.

    \b
    The usual round:
      dossier check     is everything right? If not: where, what, and what to do
      dossier build     make the website in build/site
      dossier serve     look at it in your browser
    """  # noqa: D301 - click reads the escape


@cli.command()
@_project
@_strict
@_format
def check(project: Path, *, strict: bool, output: Format) -> None:
    """Check all entries, and say what is wrong, where, and what to do.

    Nothing is written. Errors forbid a build, warnings do not (unless --strict).
    """
    with _Progress() as progress:
        progress.say("Reading and checking the entries")
        examined = examine(project)
    click.echo(_rendered(examined, output), nl=False)
    _finish(examined, strict=strict)


@cli.command()
@_project
@_strict
@click.option(
    "--engine",
    type=click.Choice(["mkdocs", "zensical"]),
    default="mkdocs",
    show_default=True,
    help="What makes the site of the pages.",
)
@click.option("--pages-only", is_flag=True, help="Stop after the Markdown pages in build/pages.")
@click.option("--downloads/--no-downloads", default=True, help="Leave the downloads as they are, for a quick look.")
def build(project: Path, *, strict: bool, engine: str, pages_only: bool, downloads: bool) -> None:
    """Check the entries and make the website in build/site, with all that can be downloaded from it.

    On errors nothing is built, and the last website stays as it was. Only what changed is made anew.
    """
    from generator.build import build as run_build

    with _Progress() as progress:
        report = run_build(
            project,
            engine="zensical" if engine == "zensical" else "mkdocs",
            strict=strict,
            with_site=not pages_only,
            with_downloads=downloads,
            progress=progress.say,
        )
    if report.examined.diagnostics:
        click.echo(_rendered(report.examined, "text"), nl=False, err=True)
    if report.pages is None:
        click.echo("Nothing was built.", err=True)
        sys.exit(ERRORS)
    pages = report.pages
    click.echo(f"{len(pages.written)} pages written, {len(pages.removed)} removed.")
    _say_missing(report.missing)
    if report.note:
        click.echo(report.note)
    if report.site:
        if report.examined.corpus and not report.examined.corpus.dossier.site_url:
            click.echo("Note: no “site_url” in dossier.yaml: citations, canonical links, share data have no address.")
        click.echo(f"The site is {os.path.relpath(report.site.site / 'index.html')}")


def _prints_about(command: Callable[..., None]) -> Callable[..., None]:
    """Add `--about`, and its other names: every kind that can have a book around one of its entries gives one."""
    from generator.kinds import all_kinds

    names = [f"--{kind.name}" for kind in all_kinds().values() if kind.has_book]
    return click.option(
        "--about", *names, "about", metavar="ID", default="", help="An entry with all that belongs to it."
    )(command)


@cli.command()
@_project
@click.option("--lang", "lang", type=click.Choice(LANGS), help="One language alone.")
@click.option("--entry", metavar="ID", default="", help="The chapter of one entry alone.")
@_prints_about
@click.option("--kind", "kinds", metavar="KIND", multiple=True, help="All entries of a kind; may be given twice.")
@click.option("--max-pages", type=click.IntRange(20), default=400, show_default=True, help="Of a volume.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Where the PDF goes.")
def pdf(
    project: Path, lang: Lang | None, output: Path | None, max_pages: int, kinds: tuple[str, ...], **around: str
) -> None:
    """Print the dossier: a PDF like a book for each language, in build/pdf.

    On errors nothing is printed. A large dossier is divided into volumes: a page takes about 6 MiB of memory.
    """
    from generator.printing import Choice, print_project

    choice = Choice(around["entry"], around["about"], kinds, max_pages)
    with _Progress() as progress:
        report = print_project(project, (lang,) if lang else LANGS, choice, output, progress.say)
    if report.examined.diagnostics:
        click.echo(_rendered(report.examined, "text"), nl=False, err=True)
    if not report.files:
        click.echo("Nothing was printed.", err=True)
        sys.exit(ERRORS)
    _say_missing(report.missing)
    for file in report.files:
        click.echo(f"The book is {os.path.relpath(file)}")


@cli.command()
@_project
@click.option("--lang", "lang", type=click.Choice(LANGS), help="One language alone.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Where the e-book goes.")
def epub(project: Path, *, lang: Lang | None, output: Path | None) -> None:
    """Make an e-book (EPUB) of the dossier for each language, in build/epub.

    On errors in the dossier nothing is made.
    """
    from generator.ebook import ebooks_of_project

    with _Progress() as progress:
        report = ebooks_of_project(project, (lang,) if lang else LANGS, output, progress.say)
    if report.examined.diagnostics:
        click.echo(_rendered(report.examined, "text"), nl=False, err=True)
    if not report.files:
        click.echo("Nothing was made.", err=True)
        sys.exit(ERRORS)
    for file in report.files:
        click.echo(f"The e-book is {os.path.relpath(file)}")


@cli.command()
@_project
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where the copy goes, instead of beside the other downloads of the site.",
)
def offline(project: Path, *, output: Path | None) -> None:
    """Make one ZIP of the whole website, to be read without a network.

    The website is built first, with everything in it. Who unpacks the ZIP and opens index.html needs no server.
    """
    from generator.build import build as run_build
    from generator.enclosures import copy_of_site

    with _Progress() as progress:
        report = run_build(project, with_downloads=True, progress=progress.say)
    if report.examined.diagnostics:
        click.echo(_rendered(report.examined, "text"), nl=False, err=True)
    if report.site is None or report.examined.corpus is None:
        click.echo("Nothing was built.", err=True)
        sys.exit(ERRORS)
    file = copy_of_site(report.examined.corpus, report.site.site, output)
    click.echo(f"The copy is {os.path.relpath(file)}")


@cli.command()
@_project
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port to serve at.")
@click.option("--watch/--no-watch", default=True, show_default=True, help="Build again when an entry changes.")
def serve(project: Path, *, port: int, watch: bool) -> None:
    """Build the website, and show it at an address of this machine until you press Ctrl+C."""
    from generator.serve import serve as run_serve

    def report(examined: Examined) -> None:
        if examined.diagnostics:
            click.echo(_rendered(examined, "text"), nl=False, err=True)

    if not run_serve(project, port=port, watch=watch, say=click.echo, report=report):
        sys.exit(ERRORS)


@cli.command()
@_project
@click.option(
    "--check",
    "only_check",
    is_flag=True,
    help="Write nothing; fail if the files in schema/ are not up to date.",
)
def schema(project: Path, *, only_check: bool) -> None:
    """Write the JSON Schemas that let editors such as VS Code complete and check entries, into schema/."""
    from generator.schema import schemas, stale, update

    found = stale(project / "schema")
    names = [*found.missing, *found.left_over]
    if not only_check:
        update(project / "schema", found)
        click.echo(f"{len(found.missing)} schemas written, {len(schemas()) - len(found.missing)} up to date.")
    elif names:
        click.echo(f"Not up to date: {', '.join(names)}. Run “dossier schema”.", err=True)
        sys.exit(ERRORS)
    else:
        click.echo("The schemas are up to date.")


@cli.command()
@_project
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="A table for people, JSON for programs.",
)
def stats(project: Path, *, output: str) -> None:
    """Count what the dossier holds: entries, evidence, years, sentences used, missing translations."""
    from generator.stats import render_stats
    from generator.stats import stats as figures_of

    with _Progress() as progress:
        progress.say("Reading and checking the entries")
        examined = examine(project)
    if examined.corpus is None:
        click.echo(_rendered(examined, "text"), nl=False, err=True)
        sys.exit(ERRORS)
    figures = figures_of(examined.corpus)
    click.echo(json.dumps(figures, ensure_ascii=False, indent=2) if output == "json" else render_stats(figures))
    if examined.has_errors:
        click.echo("The dossier has errors, so the figures may be too low; run “dossier check”.", err=True)
        sys.exit(ERRORS)


def _say_missing(missing: "Iterable[Missing]") -> None:
    for one in missing:
        where = f" in {one.entry}" if one.entry else ""
        click.echo(f"No font has the character U+{ord(one.char):04X}{where}: its number is printed.", err=True)


def _rendered(examined: Examined, output: Format) -> str:
    texts = _texts(examined)
    has_color = output == "text" and sys.stdout.isatty() and "NO_COLOR" not in os.environ
    return render(examined.diagnostics, texts, output, color=has_color)


def _texts(examined: Examined) -> dict[str, str]:
    """Return the texts that a report may show lines of: the entries, and the sources that diagnostics point into."""
    texts = dict(examined.files.entries)
    wanted = {span.file for diagnostic in examined.diagnostics for span in _spans(diagnostic)}
    for file, raw in examined.files.sources.items():
        if file in wanted:
            texts[file] = raw.decode("utf-8-sig", "replace")
    return texts


def _spans(diagnostic: Diagnostic) -> list[Span | Place]:
    return [diagnostic.at, *(related.at for related in diagnostic.related)]


def _finish(examined: Examined, *, strict: bool) -> NoReturn:
    sys.exit(ERRORS if examined.has_errors or (strict and examined.diagnostics) else CLEAN)


class _Progress:
    """Says on a terminal what is going on; silent in a pipe."""

    def __init__(self) -> None:
        self._is_shown = sys.stderr.isatty()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._is_shown:
            click.echo("\r\033[K", err=True, nl=False)

    def say(self, text: str) -> None:
        """Show what is being done."""
        if self._is_shown:
            click.echo(f"\r\033[K{text} … ", err=True, nl=False)


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    _make_printable()
    return _guarded(lambda: cli.main(arguments, prog_name="dossier", standalone_mode=False))


def _make_printable() -> None:
    """Let everything be printed whatever the terminal can show, and where there is none or nobody listens."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # whoever called us has closed it
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - open to the end
        elif isinstance(stream, io.TextIOWrapper):
            is_asked_for = stream.isatty() or "PYTHONIOENCODING" in os.environ
            stream.reconfigure(encoding=None if is_asked_for else "utf-8", errors="replace")


def _guarded(run: Callable[[], object]) -> int:
    stdout = sys.stdout
    try:
        run()
    except SystemExit as stop:
        if sys.stdout is not stdout:  # click has put something in its place, as nobody reads it any more
            return _unread(stdout)
        return stop.code if isinstance(stop.code, int) else ERRORS
    except (click.Abort, KeyboardInterrupt):
        return WRONG_USE
    except click.ClickException as error:
        error.show()
        return WRONG_USE
    except Exception as error:  # noqa: BLE001 - the last resort: a bug must say that it is one
        return _unread(stdout) if isinstance(error, BrokenPipeError) else _failed(error)
    return CLEAN


def _failed(error: Exception) -> int:
    from generator.outputs.print import PrintError
    from generator.outputs.site import SiteError
    from generator.printing import UnknownEntryError
    from generator.publish import BusyError, UnsafePathError

    if isinstance(error, OSError | PrintError | SiteError | BusyError | UnknownEntryError | UnsafePathError):
        click.echo(f"dossier: {error}", err=True)
        return WRONG_USE
    click.echo("".join(traceback.format_exception(error)), err=True, nl=False)
    click.echo(
        "dossier: this is a mistake in Dossier, not in your entries; please report it with the lines above.",
        err=True,
    )
    return BUG


def _unread(stdout: TextIO) -> int:
    """Whoever read the output has gone (`dossier check | head`): nothing is wrong, and nobody is there to be told."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stdout.fileno())
    return CLEAN


if __name__ == "__main__":
    sys.exit(main())
