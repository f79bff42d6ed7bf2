"""Files become text; what cannot be read safely is told."""

import hashlib
import os
from pathlib import Path

import pytest

from generator.diagnostics import Severity, Span
from generator.load import FORMER_SOURCES, MAX_SOURCE_BYTES, Files, read_former_source, read_project
from generator.yamltree import MAX_BYTES


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path / "home", {"entries/dossier.yaml": b"title: Mill\n", "seeds/letter.txt": b"Dear miller\n"})
    return tmp_path / "home"


def write(folder: Path, files: dict[str, bytes]) -> None:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def problems(project: Path) -> list[tuple[str, str, int, int]]:
    found = read_project(project)[1]
    assert all(one.hint for one in found)
    return [(one.code, one.at.file, one.at.line, one.at.column) for one in found if isinstance(one.at, Span)]


def test_everything_is_read_and_hidden_files_are_not(project: Path) -> None:
    more = {
        "entries/terms/mill.yaml": "\ufeffname: Mühle\n".encode(),
        "entries/.draft.yaml": b"x",
        "docs/de/index.md": "Die Mühle".encode(),
        "docs/en/more/water.md": b"water",
        "docs/en/picture.png": b"\x89",
        "docs/other.md": b"x",
        "README.md": b"x",
    }
    write(project, more)
    files, found = read_project(project)
    assert found == ()
    assert files == Files(
        {"entries/dossier.yaml": "title: Mill\n", "entries/terms/mill.yaml": "name: Mühle\n"},
        {"seeds/letter.txt": b"Dear miller\n"},
        {"docs/de/index.md": "Die Mühle", "docs/en/more/water.md": "water"},
    )


def test_an_empty_folder_is_read_as_nothing(tmp_path: Path) -> None:
    assert read_project(tmp_path) == (Files(), ())


def test_files_that_are_no_entries_are_told(project: Path) -> None:
    write(project, {"entries/notes.txt": b"x"})
    assert problems(project) == [
        ("unexpected-file", "entries/notes.txt", 1, 1),
    ]
    assert read_project(project)[0].unread == frozenset()


@pytest.mark.parametrize("name", ["mill.yml", "mill.YAML", "mill.Yml", "mill.yaml.txt"])
def test_a_file_that_looks_like_an_entry_is_an_error_if_it_is_not_read(project: Path, name: str) -> None:
    write(project, {f"entries/terms/{name}": b"x"})
    assert problems(project) == [("unread-entry", f"entries/terms/{name}", 1, 1)]
    assert read_project(project)[0].unread == {f"entries/terms/{name}"}


def test_bytes_that_are_not_utf_8_are_told_with_their_place(project: Path) -> None:
    write(project, {"entries/terms/mill.yaml": "a: ü\nb: ü".encode() + b"\xfc\n"})
    assert problems(project) == [("not-utf-8", "entries/terms/mill.yaml", 2, 5)]
    assert read_project(project)[0].unread == {"entries/terms/mill.yaml"}


def test_a_file_may_be_just_so_large(project: Path) -> None:
    write(project, {"entries/a.yaml": b"#" * MAX_BYTES, "entries/b.yaml": b"#" * (MAX_BYTES + 1)})
    assert problems(project) == [("file-too-large", "entries/b.yaml", 1, 1)]


def test_a_source_may_be_larger(project: Path) -> None:
    write(project, {"seeds/a.txt": b"#" * (MAX_BYTES + 1), "seeds/b.txt": b"#" * (MAX_SOURCE_BYTES + 1)})
    assert problems(project) == [("file-too-large", "seeds/b.txt", 1, 1)]


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("entries/terms/mill.yaml", "secret.yaml"),
        ("entries/terms", "outside"),
        ("seeds/secret.txt", "secret.yaml"),
        ("docs/de", "outside"),
        ("docs", "outside"),
        ("entries/gone.yaml", "nowhere"),
    ],
)
def test_links_are_refused_and_not_followed(project: Path, link: str, target: str) -> None:
    write(project.parent, {"secret.yaml": b"secret", "outside/de/a.md": b"secret", "outside/a.yaml": b"secret"})
    (project / link).parent.mkdir(parents=True, exist_ok=True)
    (project / link).symlink_to(project.parent / target)
    files, found = read_project(project)
    assert {(one.code, one.at.file) for one in found} == {("unsafe-path", link)}
    assert "secret" not in repr((files.entries, files.sources, files.docs))
    assert link in files.unread


@pytest.mark.parametrize(
    "name", [b"entries/events/a\xff.yaml", b"seeds/a\xff.txt", b"docs/de/a\xff.md", b"seeds/a\xff/b.txt"]
)
def test_names_that_are_not_utf_8_are_told(project: Path, name: bytes) -> None:
    file = os.fsencode(project) + b"/" + name
    try:
        os.makedirs(os.path.dirname(file), exist_ok=True)  # noqa: PTH103, PTH120 - Path knows no bytes
        with open(file, "wb"):  # noqa: PTH123
            pass
    except OSError:
        pytest.skip("this system has no such names")
    (found,) = read_project(project)[1]
    shown = name.decode("utf-8", "backslashreplace").removesuffix("/b.txt")
    assert (found.code, found.severity, found.at.file) == ("unsafe-path", Severity.ERROR, shown)
    assert "not UTF-8" in found.message
    assert read_project(project)[0].mark


@pytest.mark.parametrize(
    ("page", "is_taken"),
    [
        ("docs/de/sitemap.xml.md", True),
        ("docs/de/sitemap.xml/index.md", True),
        ("docs/en/sitemap.xml.gz/more/page.md", True),
        ("docs/de/sitemap.md", False),
        ("docs/de/more/sitemap.xml.md", False),
    ],
)
def test_no_page_needs_a_folder_where_the_site_builder_has_a_file(project: Path, page: str, *, is_taken: bool) -> None:
    write(project, {page: b"# Map"})
    assert [(code, file) for code, file, *_ in problems(project)] == [("unsafe-path", page)] * is_taken


def test_the_folder_of_entries_may_not_be_a_link(tmp_path: Path) -> None:
    write(tmp_path, {"outside/a.yaml": b"secret"})
    (tmp_path / "home").mkdir()
    (tmp_path / "home/entries").symlink_to(tmp_path / "outside")
    assert problems(tmp_path / "home") == [("unsafe-path", "entries", 1, 1)]


def test_the_project_itself_may_be_reached_through_a_link(project: Path) -> None:
    (project.parent / "way").symlink_to(project)
    assert read_project(project.parent / "way") == read_project(project)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in its file system")
def test_a_pipe_does_not_stop_the_reader(project: Path) -> None:
    os.mkfifo(project / "entries/pipe.yaml")
    assert problems(project) == []


def test_deep_folders_do_no_harm(project: Path) -> None:
    folder = project / "entries"
    for _ in range(300):
        folder /= "deep"
    folder.mkdir(parents=True)
    (folder / "mill.yaml").write_bytes(b"a: b\n")
    files, found = read_project(project)
    assert found == ()
    assert len(files.entries) == 2


def test_a_former_text_is_read_only_if_it_is_the_one(project: Path) -> None:
    text = b"Dear miller\n"
    right, wrong = hashlib.sha256(text).hexdigest(), "0" * 64
    assert read_former_source(project, right) is None
    write(project, {f"{FORMER_SOURCES}/{right}.txt": text, f"{FORMER_SOURCES}/{wrong}.txt": text})
    assert read_former_source(project, right) == text
    assert read_former_source(project, wrong) is None
