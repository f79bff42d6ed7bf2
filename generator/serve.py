"""`dossier serve`: build, show the site at a local address, build again when something changes.

In: the folder of a project. Out: a server until it is interrupted. A build that fails leaves the last site up.
"""

import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final

from generator.build import BUILD_FOLDER, BuildReport, build
from generator.outputs.site import SiteError, serve_folder
from generator.pipeline import Examined
from generator.publish import BusyError

_WATCHED: Final = ("entries", "seeds", "docs", "mkdocs.yml", "mkdocs.en.yml")
_SECONDS_BETWEEN_LOOKS: Final = 1.0
Say = Callable[[str], None]
Marks = dict[str, tuple[int, int]]


def serve(project: Path, *, port: int, watch: bool, say: Say, report: Callable[[Examined], None]) -> bool:
    """Serve until interrupted; tell whether there was anything to serve. Port 0 takes any free one.

    Raises what `build` raises when the first build fails.
    """
    seen = marks(project)  # before the build: what changes while it runs is not lost
    first = build(project, progress=_silent)
    report(first.examined)
    site = project / BUILD_FOLDER / "site"
    if not site.is_dir():
        say("There is no site to show: the dossier has errors.")
        return False
    server = serve_folder(site, port)
    say(f"The site is at http://127.0.0.1:{server.server_address[1]}/ – press Ctrl+C to stop.")
    stop = threading.Event()
    watcher = threading.Thread(target=_watch, args=(project, seen, stop, say, report), daemon=True)
    if watch:
        watcher.start()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        say("Stopped.")
    finally:
        stop.set()
        server.server_close()
    return True


def _watch(project: Path, seen: Marks, stop: threading.Event, say: Say, report: Callable[[Examined], None]) -> None:
    while not stop.wait(_SECONDS_BETWEEN_LOOKS):
        now = marks(project)
        if now == seen:
            continue
        seen = now
        rebuild(project, say, report)


def rebuild(project: Path, say: Say, report: Callable[[Examined], None]) -> BuildReport | None:
    """Build once more and say how it went; a failure is said, not raised, so that the server stays."""
    try:
        done = build(project, progress=_silent)
    except (SiteError, BusyError, OSError) as error:
        say(f"Not built: {error}")
        return None
    report(done.examined)
    if done.pages is None:
        say("Not built: the dossier has errors.")
    else:
        say(f"Built: {sum(path.endswith('.md') for path in done.pages.written)} pages changed.")
    return done


def marks(project: Path) -> Marks:
    """Return time stamp and size of every file that the site is made of."""
    found: Marks = {}
    for name in _WATCHED:
        top = project / name
        files = [top] if top.is_file() else [Path(folder, file) for folder, _, names in os.walk(top) for file in names]
        for file in files:
            try:
                status = file.stat()
            except OSError:
                continue  # an editor's temporary file, gone again
            found[str(file)] = (status.st_mtime_ns, status.st_size)
    return found


def _silent(_text: str) -> None:
    pass
