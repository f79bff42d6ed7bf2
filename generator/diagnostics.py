"""What is wrong in a dossier, as values: where, which rule, what is, what to do.

Every stage returns `(value, diagnostics)`. A stage that works on decoded entries knows a `Place` (file and path of
keys); `yamltree.locate` turns places into `Span`s with lines and columns once, at the end. Knows no file system,
no kind and no way of printing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final

Path = tuple[str | int, ...]
MAX_TOLD: Final = 1_000
"""How many problems of one file are told: enough to see that it is none of ours."""


class Severity(StrEnum):
    """Errors stop a build; warnings do not, unless `--strict` is given."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a file: 1-based lines, 1-based columns in code points, the end exclusive."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Place:
    """A node of a YAML file, by its keys and indices; `start` and `end` are code points of its decoded scalar."""

    file: str
    path: Path = ()
    on_key: bool = False
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that helps to understand the first, with half a sentence on why."""

    message: str
    at: Span | Place


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem: `message` says what is, `hint` what to do."""

    code: str
    message: str
    at: Span | Place
    hint: str = ""
    related: tuple[Related, ...] = ()

    @property
    def severity(self) -> Severity:
        """The severity of the code, decided in `CODES` alone."""
        return CODES[self.code].severity


def bounded(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return each diagnostic once and `MAX_TOLD` of a file at most, its errors first; then the last one says so."""
    by_file: dict[str, list[Diagnostic]] = {}
    for one in dict.fromkeys(diagnostics):
        by_file.setdefault(one.at.file, []).append(one)
    return tuple(one for found in by_file.values() for one in _most_serious(found))


def _most_serious(found: list[Diagnostic]) -> list[Diagnostic]:
    if len(found) <= MAX_TOLD:
        return found
    found = sorted(found, key=lambda one: one.severity is not Severity.ERROR)[:MAX_TOLD]
    return [*found[:-1], replace(found[-1], hint=f"{found[-1].hint}; the file has more problems, which are not told")]


@dataclass(frozen=True, slots=True)
class Rule:
    """What a code stands for, in one sentence for the gallery of errors."""

    severity: Severity
    summary: str


def _error(summary: str) -> Rule:
    return Rule(Severity.ERROR, summary)


def _warning(summary: str) -> Rule:
    return Rule(Severity.WARNING, summary)


CODES: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        # Reading files
        "missing-file": _error("a file that the dossier needs is not there"),
        "unexpected-file": _warning("a file that is not read, as only entries belong there or another has its address"),
        "unread-entry": _error("a file that looks like an entry lies where none is read, or has another ending"),
        "not-utf-8": _error("a file is not UTF-8 text"),
        "file-too-large": _error("a file is larger than any honest entry"),
        "unsafe-path": _error("a path is a link, leads out of the dossier, or has a name that cannot be published"),
        "bad-id": _error("a file name is no valid id"),
        "duplicate-id": _error("two entries have the same id"),
        # YAML
        "yaml-syntax": _error("the file is not valid YAML"),
        "control-character": _error("a character that is invisible or changes the reading direction"),
        "anchor-or-alias": _error("an anchor, an alias or a merge key"),
        "yaml-tag": _error("a tag or a directive"),
        "several-documents": _error("more than one document in a file"),
        "text-cut-off": _error("a text with a # in it, which begins a comment"),
        "too-deep": _error("nesting deeper than any honest entry"),
        "field-too-long": _error("a text longer than any honest field"),
        "not-a-mapping": _error("an entry that is not a mapping of keys to values"),
        "duplicate-key": _error("a key that stands twice in one mapping"),
        "bad-key": _error("a key that is not plain text"),
        # Fields
        "unknown-key": _error("a key that the kind does not have"),
        "missing-key": _error("a required key is absent"),
        "wrong-type": _error("a list where a text belongs, and the like"),
        "bad-value": _error("a value outside the allowed ones"),
        "bad-date": _error("a date that is not EDTF level 0 or 1"),
        "bad-url": _error("an address that is not http(s)"),
        "unsafe-markup": _error("markup outside the subset of Markdown"),
        "missing-translation": _warning("a text that exists in one language only"),
        # References
        "unknown-ref": _error("a reference to an entry that does not exist"),
        "wrong-kind": _error("a reference to an entry of another kind"),
        "retired-ref": _warning("a reference to a retired entry"),
        "unknown-word": _error("a word that is not in the dossier's vocabulary"),
        "bad-replacement": _error("a retired entry without a living replacement, or a replacement of a living one"),
        "ambiguous-name": _warning("two entries have the same name, so mentions of it are not linked"),
        # Evidence
        "quote-not-found": _error("a quote that does not stand in its source"),
        "quote-ambiguous": _error("a quote that stands more than once in its source"),
        "quote-too-short": _error("a quote too short to prove anything"),
        "quote-out-of-order": _error("passages of one quote that do not follow each other"),
        "source-changed": _error("a source text that is not the one that was described"),
        # Beyond form
        "statement-without-evidence": _warning("a statement that nothing supports"),
        "number-not-in-evidence": _warning("a number that the evidence does not contain"),
        "name-not-in-evidence": _warning("a name that the evidence does not contain"),
        "modality-too-strong": _warning("a quote in a reporting or planning mood under an asserted modality"),
        "date-outside-dispute": _warning("an event outside the span of its dispute"),
        "unassessed-difference": _warning("answers that differ without an assessment"),
        "single-origin": _warning("agreement that rests on a single origin"),
        "inconsistent-entry": _error("fields of one entry that contradict each other"),
    }
)
