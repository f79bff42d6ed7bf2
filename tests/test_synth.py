"""The maker of synthetic dossiers: valid, and the same every time."""

from pathlib import Path

import pytest

from benchmarks import floor, synth
from benchmarks.__main__ import Row, Run, edit, goals, table
from generator.kinds import all_kinds
from generator.pipeline import examine


def texts(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_a_synthetic_dossier_is_clean_and_has_every_kind(tmp_path: Path) -> None:
    assert synth.main(["100", str(tmp_path / "valley")]) == 0
    examined = examine(tmp_path / "valley")
    assert examined.diagnostics == ()
    assert examined.corpus is not None
    assert {entry.kind.name for entry in examined.corpus.entries.values()} == set(all_kinds())
    assert 95 <= len(examined.corpus.entries) <= 105
    assert floor.main(tmp_path / "valley") == 0


def test_the_same_number_gives_the_same_bytes(tmp_path: Path) -> None:
    assert synth.write(60, tmp_path / "one") == synth.write(60, tmp_path / "two")
    assert texts(tmp_path / "one") == texts(tmp_path / "two")


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "kept.txt").write_text("kept", encoding="utf-8")
    assert synth.main(["10", str(tmp_path)]) == 2
    assert synth.main(["ten", str(tmp_path)]) == 2
    assert texts(tmp_path) == {"kept.txt": b"kept"}
    assert "is not empty" in capsys.readouterr().err


def test_every_edit_is_a_change(tmp_path: Path) -> None:
    synth.write(60, tmp_path)
    seen = [texts(tmp_path)]
    for _ in range(3):
        edit(tmp_path)
        seen.append(texts(tmp_path))
    assert seen[0] != seen[1] != seen[2] != seen[3]
    assert examine(tmp_path).diagnostics == ()


def test_the_table_shows_ratios() -> None:
    rows = [
        Row(entries, step, Run(wall * entries, wall * entries, 100), 1)
        for entries in (10, 100)
        for step, wall in (("floor", 1.0), ("check", 2.5), ("check + pages", 6.0))
    ]
    assert "| 100 | check | 250.00 | 250.00 | 100 | 2500.000 | 2.50 | 2.50 | 1.00 |" in table(rows)
    assert goals(rows).splitlines()[1:] == [
        "- check / floor: 2.50 (at most 3); memory 100 MiB (under 400)",
        "- pages / check: 1.40 (at most 2)",
    ]
