"""Folders that hold exactly what they shall, at every moment."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import generator.stage
from generator.lock import turn
from generator.publish import BusyError, TreeChange, UnsafePathError, build_lock, update_tree, write_tree
from generator.stage import Stage, copy_beside

HOME = str(Path(__file__).parents[1])


def held(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def test_a_new_folder_holds_the_files(tmp_path: Path) -> None:
    change = write_tree({"index.md": b"mill", "mills/north.md": b"north"}, tmp_path / "pages" / "de")
    assert change == TreeChange(("index.md", "mills/north.md"), (), 0)
    assert held(tmp_path / "pages" / "de") == {"index.md": b"mill", "mills/north.md": b"north"}


def test_what_stays_the_same_keeps_its_time_stamp_and_the_rest_goes(tmp_path: Path) -> None:
    target = tmp_path / "pages"
    write_tree({"a.md": b"1", "b/c.md": b"2", "b/d.md": b"3"}, target)
    os.utime(target / "a.md", ns=(5, 5))
    assert write_tree({"a.md": b"1", "b/c.md": b"4"}, target) == TreeChange(("b/c.md",), ("b/d.md",), 1)
    assert (target / "a.md").stat().st_mtime_ns == 5
    assert held(target) == {"a.md": b"1", "b/c.md": b"4"}


def test_nothing_is_touched_when_nothing_changed(tmp_path: Path) -> None:
    target = tmp_path / "pages"
    write_tree({"a.md": b"1"}, target)
    folder = target.stat()
    assert write_tree({"a.md": b"1"}, target) == TreeChange((), (), 1)
    assert target.stat() == folder


def test_a_part_is_updated(tmp_path: Path) -> None:
    target = tmp_path / "pages"
    write_tree({"a.md": b"1", "b/c.md": b"2", "e.md": b"5"}, target)
    change = update_tree({"a.md": b"1", "d/e/f.md": b"3"}, ["b/c.md", "gone.md"], target)
    assert change == TreeChange(("d/e/f.md",), ("b/c.md",), 0)
    assert held(target) == {"a.md": b"1", "d/e/f.md": b"3", "e.md": b"5"}
    assert not (target / "b").exists()


@pytest.mark.parametrize(
    "path", ["../out.md", "/etc/out.md", "a/../../out.md", "a\\..\\out.md", "", "a//b", "c:out", "a\0b"]
)
def test_no_path_leads_out(tmp_path: Path, path: str) -> None:
    with pytest.raises(UnsafePathError):
        write_tree({path: b"x"}, tmp_path / "pages")
    with pytest.raises(UnsafePathError):
        update_tree({}, [path], tmp_path / "pages")
    assert held(tmp_path) == {}


def test_a_file_is_no_folder_at_the_same_time(tmp_path: Path) -> None:
    with pytest.raises(UnsafePathError):
        write_tree({"a": b"1", "a/b": b"2"}, tmp_path / "pages")


def test_links_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.md").write_bytes(b"mine")
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "pages").symlink_to(outside)
    for target in (tmp_path / "build" / "pages", tmp_path / "build" / "pages" / "de"):
        with pytest.raises(UnsafePathError):
            write_tree({"a.md": b"1"}, target)
    target = tmp_path / "build" / "site"
    write_tree({"x.md": b"0"}, target)
    (target / "a.md").symlink_to(outside / "a.md")
    (target / "folder").symlink_to(outside)
    write_tree({"a.md": b"1", "folder/a.md": b"2"}, target)
    assert held(target) == {"a.md": b"1", "folder/a.md": b"2"}
    assert held(outside) == {"a.md": b"mine"}


def test_a_link_deep_in_a_tree_leads_nowhere_even_two_builds_later(tmp_path: Path) -> None:
    """What a build replaces is what the next but one begins with: the link comes back there."""
    target, outside = tmp_path / "site", tmp_path / "outside"
    write_tree({"a/b/c.md": b"mine", "a/b/d.md": b"mine"}, outside)
    write_tree({"de/a/b/c.md": b"0", "x.md": b"0"}, target)
    copy_beside(target)
    shutil.rmtree(target / "de/a")
    (target / "de/a").symlink_to(outside / "a")
    for number in b"1234":
        update_tree({"x.md": bytes([number])}, [], target)
        update_tree({"de/a/b/c.md": bytes([number])}, [], target)
    update_tree({}, ["de/a/b/d.md"], target)
    assert held(outside) == {"a/b/c.md": b"mine", "a/b/d.md": b"mine"}
    assert held(target) == {"de/a/b/c.md": b"4", "x.md": b"4"}


def test_what_is_filled_in_with_the_same_bytes_keeps_its_time_stamp(tmp_path: Path) -> None:
    target = tmp_path / "site"
    write_tree({"a.html": b"1", "b.html": b"1"}, target)
    copy_beside(target)
    os.utime(target / "a.html", ns=(5, 5))
    for content in (b"2", b"3"):
        stage = Stage(target)
        stage.write("a.html", b"1")
        stage.write("b.html", content)
        assert stage.keep_unchanged() == {"a.html"}
        stage.publish()
        assert (target / "a.html").stat().st_mtime_ns == 5
        assert held(target) == {"a.html": b"1", "b.html": content}


def test_a_linked_build_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "build").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UnsafePathError), build_lock(tmp_path / "build"):
        pass
    (tmp_path / "own" / "work").mkdir(parents=True)
    (tmp_path / "own" / "work" / "site.json").symlink_to(tmp_path / "mine.txt")
    with pytest.raises(UnsafePathError), build_lock(tmp_path / "own"):
        pass


def test_only_one_build_at_a_time(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from generator.publish import build_lock\n"
        "with build_lock(Path(sys.argv[1])): print('in', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "build")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=HOME,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"in\n"
        with (
            pytest.raises(BusyError, match="another build is running") as caught,
            build_lock(tmp_path / "build"),
        ):
            pass
        assert caught.value.holder == str(other.pid)
        other.kill()
    with build_lock(tmp_path / "build"):
        (tmp_path / "build" / ".lock.pid").write_text("not a number")
        with pytest.raises(BusyError), build_lock(tmp_path / "build"):
            pass


def test_who_has_a_turn_keeps_the_others_waiting_until_it_ends(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from generator.lock import turn\n"
        "with turn(Path(sys.argv[1])): print('in', flush=True)"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "work/turn")]
    with turn(tmp_path / "work/turn"):
        other = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=HOME)
        with pytest.raises(subprocess.TimeoutExpired):
            other.wait(timeout=0.5)
    assert other.communicate(timeout=30)[0] == b"in\n"


def test_a_failure_leaves_the_old_folder_and_the_next_build_clears_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "pages"
    old = {"a.md": b"1", "b.md": b"2"}
    write_tree(old, target)

    def full(self: Stage, path: str, content: bytes) -> None:
        (self.folder / path).unlink(missing_ok=True)
        (self.folder / path).write_bytes(content[:1])
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Stage, "write", full)
        for _ in range(2):
            with pytest.raises(OSError, match="No space"):
                write_tree({"a.md": b"longer"}, target)
            assert held(target) == old
    write_tree({"a.md": b"longer"}, target)
    assert held(target) == {"a.md": b"longer"}


def test_without_an_exchange_the_folder_is_renamed_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generator.stage, "_exchange", lambda _one, _other: False)
    monkeypatch.setattr(os, "link", lambda _old, _new: (_ for _ in ()).throw(OSError("no hard links here")))
    target = tmp_path / "pages"
    for number in range(4):
        write_tree({"same.md": b"0", f"{number}.md": b"1"}, target)
        assert held(target) == {"same.md": b"0", f"{number}.md": b"1"}
    # Killed between the two renames:
    target.rename(tmp_path / ".pages.old")
    assert write_tree({"same.md": b"0", "3.md": b"1"}, target).unchanged == 2
    # Killed before the old one was put aside:
    write_tree({"left": b"over"}, tmp_path / ".pages.old")
    update_tree({"3.md": b"2"}, [], target)
    assert held(target) == {"same.md": b"0", "3.md": b"2"}
    assert not (tmp_path / ".pages.old").exists()


def test_a_journal_from_elsewhere_is_worth_nothing(tmp_path: Path) -> None:
    target = tmp_path / "pages"
    write_tree({"a.md": b"1"}, target)
    write_tree({"a.md": b"2"}, target)
    for journal in ('{"pair": [0, 0, 0, 0], "paths": []}', "[]", "nonsense"):
        (tmp_path / ".pages.next.json").write_text(journal)
        (tmp_path / ".pages.next" / "planted.md").write_bytes(b"x")
        write_tree({"a.md": journal.encode()}, target)
        assert held(target) == {"a.md": journal.encode()}


def test_a_foreign_tool_fills_a_stage(tmp_path: Path) -> None:
    target = tmp_path / "site"
    write_tree({"same.html": b"0", "old.html": b"1"}, target)
    os.utime(target / "same.html", ns=(5, 5))
    stage = Stage(target, empty=True)
    for name in ("same.html", "new.html"):
        (stage.folder / name).write_bytes(b"0")
    stage.keep_unchanged()
    stage.publish(whole=True)
    copy_beside(target)
    assert held(target) == {"same.html": b"0", "new.html": b"0"} == held(stage.folder)
    assert (target / "same.html").stat().st_mtime_ns == 5
    stage = Stage(target)
    stage.remove("new.html")
    (stage.folder / "new.html").write_bytes(b"2")
    stage.touched(["new.html"])
    stage.publish()
    write_tree({"same.html": b"0", "new.html": b"2", "third.html": b"3"}, target)
    assert held(target) == {"same.html": b"0", "new.html": b"2", "third.html": b"3"}
    Stage(target).discard()
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


paths = st.sampled_from(["a", "b", "a/b", "a/c", "b/c/d", "b/c/e", "f.md"])


def test_folders_and_files_change_places(tmp_path: Path) -> None:
    target = tmp_path / "pages"
    write_tree({"a": b"1", "b/c": b"2"}, target)
    update_tree({"a/x": b"3", "b": b"4"}, [], target)
    assert held(target) == {"a/x": b"3", "b": b"4"}
    update_tree({"e": b"5"}, ["a"], target)  # a folder is no file to be removed
    assert held(target) == {"a/x": b"3", "b": b"4", "e": b"5"}


trees = st.dictionaries(paths, st.binary(max_size=3), max_size=5).filter(
    lambda tree: not any(f"{other}/" in f"{path}/" and path != other for path in tree for other in tree)
)


@settings(max_examples=60, deadline=None)
@given(st.lists(trees, min_size=2, max_size=5))
def test_any_sequence_of_trees_ends_with_the_last(steps: list[Mapping[str, bytes]]) -> None:
    with TemporaryDirectory() as folder:
        target = Path(folder) / "pages"
        before: Mapping[str, bytes] = {}
        for number, tree in enumerate(steps):
            gone = before.keys() - tree.keys()
            change = update_tree(tree, gone, target) if number % 2 else write_tree(tree, target)
            assert held(target) == tree
            assert set(change.written) == {path for path in tree if before.get(path) != tree[path]}
            assert set(change.removed) == gone
            before = dict(tree)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_kill_at_any_moment_leaves_the_old_folder_or_the_new_one(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from generator.publish import write_tree\n"
        "for n in range(9999):\n"
        "    write_tree({f'{i}/{i}.md': b'%d' % n for i in range(60)}, Path(sys.argv[1]))\n"
        "    print(n, flush=True)"
    )
    target = tmp_path / "pages"
    for attempt in range(12):
        with subprocess.Popen([sys.executable, "-c", code, str(target)], stdout=subprocess.PIPE, cwd=HOME) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(0.003 * attempt)
            writer.send_signal(signal.SIGKILL)
        files = held(target)
        assert len(files) == 60
        assert len(set(files.values())) == 1


def test_a_stage_takes_a_file_from_elsewhere_and_leaves_it_alone(tmp_path: Path) -> None:
    target, book = tmp_path / "site", tmp_path / "book.pdf"
    book.write_bytes(b"one")
    write_tree({"index.html": b"1", "downloads/book.pdf": b"old"}, target)
    stage = Stage(target)
    stage.take("downloads/book.pdf", book)
    stage.publish()
    assert held(target) == {"index.html": b"1", "downloads/book.pdf": b"one"}
    assert book.read_bytes() == b"one"
