"""What editors are told of entries is what Dossier takes."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from generator.cli import main
from generator.kinds import all_kinds
from generator.project import DOSSIER_FILE
from generator.schema import DIALECT, editor_settings, schemas
from tests.village import BASE, base

ROOT = Path(__file__).parents[1]
ENTRIES = sorted(base().entries)


def validator(file: str) -> Draft202012Validator:
    (name,) = (name for name, pattern in editor_settings().items() if Path(file).match(pattern))
    return Draft202012Validator(json.loads(schemas()[name]))


def as_an_editor_reads_it(file: str, text: str) -> Any:  # noqa: ANN401 - any tree
    """Give the tree of YAML 1.2, in which a number is a number and a day is a text."""
    yaml = YAML(typ="safe", pure=True)
    yaml.version = (1, 2)
    yaml.resolver.versioned_resolver  # noqa: B018 - made at first use
    yaml.constructor.add_constructor("tag:yaml.org,2002:timestamp", lambda _loader, node: node.value)
    return yaml.load(text)


@pytest.mark.parametrize("file", ENTRIES)
def test_a_schema_accepts_what_we_accept(file: str) -> None:
    tree = as_an_editor_reads_it(file, base().entries[file])
    assert [error.message for error in validator(file).iter_errors(tree)] == []


@pytest.mark.parametrize("file", ENTRIES)
@pytest.mark.parametrize("change", [{"colour": "red"}, {"title": [], "name": []}, {"description": {"fr": "x"}}])
def test_a_schema_refuses_what_we_refuse(file: str, change: dict[str, object]) -> None:
    tree = as_an_editor_reads_it(file, base().entries[file]) | change
    assert not validator(file).is_valid(tree)


@pytest.mark.parametrize("name", schemas())
def test_a_schema_is_valid_and_described(name: str) -> None:
    schema = json.loads(schemas()[name])
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == DIALECT
    described = [*schema.get("properties", {}).values()]
    assert [one for one in described if "description" not in one] == []


def test_there_is_a_schema_for_each_kind_and_each_setting() -> None:
    assert set(schemas()) == {f"{name}.schema.json" for name in (*all_kinds(), "dossier", "vocabulary")}
    assert set(editor_settings()) == set(schemas())
    assert editor_settings()["dossier.schema.json"] == DOSSIER_FILE


def test_the_schemas_of_this_repository_are_up_to_date() -> None:
    assert main(["schema", "--check", "--project", str(ROOT)]) == 0


def test_schemas_are_written_once_and_old_ones_go(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "entries").mkdir()
    (tmp_path / "schema").mkdir()
    (tmp_path / "schema/mill.schema.json").write_text("{}", encoding="utf-8")
    (tmp_path / "schema/README.md").write_text("kept", encoding="utf-8")
    project = ["--project", str(tmp_path)]
    assert main(["schema", "--check", *project]) == 1
    assert "mill.schema.json" in capsys.readouterr().err
    assert main(["schema", *project]) == 0
    assert main(["schema", "--check", *project]) == 0
    assert {file.name for file in (tmp_path / "schema").iterdir()} == {*schemas(), "README.md"}
    capsys.readouterr()
    assert main(["schema", *project]) == 0
    assert capsys.readouterr().out == f"0 schemas written, {len(schemas())} up to date.\n"


def test_an_unused_base_would_prove_nothing() -> None:
    assert {Path(file).parent.name for file in ENTRIES} >= {kind.folder for kind in all_kinds().values()}
    assert BASE.is_dir()
