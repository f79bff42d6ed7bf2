"""The golden dossier, the mill quarrel of Brookside, as a project to build, to change and to compare."""

import hashlib
import shutil
from pathlib import Path

from generator.build import BuildReport, Engine, build

GOLDEN = Path(__file__).parent / "golden" / "dossier"
PARTS = ("entries", "seeds", "docs")


def copy_of(project: Path, to: Path) -> Path:
    """Copy what people wrote, without anything that was built."""
    for part in PARTS:
        shutil.copytree(project / part, to / part)
    return to


def brook(folder: Path) -> Path:
    """Return a golden dossier of one's own."""
    return copy_of(GOLDEN, folder)


def make(
    project: Path,
    *,
    with_site: bool = False,
    with_downloads: bool = False,
    engine: Engine = "mkdocs",
    strict: bool = False,
) -> BuildReport:
    """Build without a word; the pages alone unless a site is wanted, and no downloads unless they are."""
    return build(
        project,
        engine=engine,
        strict=strict,
        with_site=with_site,
        with_downloads=with_downloads,
        progress=lambda _text: None,
    )


def edit(project: Path, file: str, old: str, new: str) -> None:
    """Replace what stands in a file, and make certain that it stood there."""
    text = (project / file).read_text(encoding="utf-8")
    assert old in text, (file, old)
    (project / file).write_text(text.replace(old, new), encoding="utf-8")


def write(project: Path, file: str, text: str) -> None:
    """Write a file of the project."""
    (project / file).parent.mkdir(parents=True, exist_ok=True)
    (project / file).write_text(text, encoding="utf-8")


def sign(project: Path, source: str) -> None:
    """Describe a source anew, with the hash of its text as it is now."""
    file = project / "entries" / "sources" / f"{source}.yaml"
    lines = file.read_text(encoding="utf-8").splitlines()
    digest = hashlib.sha256((project / "seeds" / f"{source}.txt").read_bytes()).hexdigest()
    lines = [f"sha256: {digest}" if line.startswith("sha256:") else line for line in lines]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def held(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Return every file below a folder with its time stamp and size."""
    found = ((path, path.stat()) for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): (status.st_mtime_ns, status.st_size) for path, status in found}


def cold(project: Path, to: Path, *, with_site: bool = False) -> Path:
    """Build a copy of the project that nothing was ever built in, and return its build folder."""
    make(copy_of(project, to), with_site=with_site)
    return to / "build"
