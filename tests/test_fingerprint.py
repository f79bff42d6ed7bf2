"""What was made by other libraries is made anew."""

import re
from importlib.metadata import version
from pathlib import Path

import pytest

from generator import fingerprint

ROOT = Path(__file__).parents[1]


def asked_for() -> set[str]:
    lines = (ROOT / "requirements.in").read_text().splitlines()
    names = {found[0] for line in lines if (found := re.match(r"[a-z][\w.-]*", line))}
    assert len(names) > 10
    return names - {"setuptools"}


def test_every_library_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = fingerprint.fingerprint()
    for name in asked_for():
        monkeypatch.setattr(
            fingerprint, "_version", lambda library, name=name: "x" * (library == name) or _real(library)
        )
        assert fingerprint.fingerprint.__wrapped__() != whole, name
        monkeypatch.undo()


def test_a_library_that_is_not_installed_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fingerprint, "_LIBRARIES", ("no-such-library",))
    assert fingerprint.fingerprint.__wrapped__() != fingerprint.fingerprint()


def _real(library: str) -> str:
    return version(library)
