"""Makes a valid dossier of N entries: realistic lengths, links, quotes, both languages; the same N, the same bytes.

    python -m benchmarks.synth N DIR

Sources come first: texts of invented German sentences that name invented actors and terms. Every entry then quotes
sentences of those texts, so that evidence, numbers and names hold, and `dossier check` is clean.
"""

import hashlib
import json
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

SHARES: Final = {
    "sources": 0.02,
    "annotations": 0.02,
    "disputes": 0.04,
    "claims": 0.08,
    "actors": 0.2,
    "terms": 0.24,
}
_SENTENCES: Final = 60
_STARTS: Final = (
    "Bra",
    "Kel",
    "Mor",
    "Tha",
    "Wen",
    "Lud",
    "Fro",
    "Gis",
    "Hol",
    "Ira",
    "Jun",
    "Pel",
    "Quin",
    "Rab",
    "Sig",
    "Ulm",
    "Vor",
    "Zan",
)
_MIDDLES: Final = ("ba", "de", "fi", "go", "ku", "la", "me", "ni", "po", "ra", "se", "ti", "wu", "zo")
_ENDS: Final = (
    "berg",
    "dorf",
    "feld",
    "hagen",
    "lin",
    "mann",
    "mund",
    "ner",
    "rich",
    "stein",
    "thal",
    "wald",
    "wick",
)
_VERBS: Final = (
    ("übernimmt", "takes over"),
    ("prüft", "examines"),
    ("verkauft", "sells"),
    ("baut", "builds"),
    ("verklagt", "sues"),
    ("lobt", "praises"),
)
_NOUNS: Final = (
    ("die Mühle am Bach", "the mill by the brook"),
    ("das Wehr", "the weir"),
    ("den Steinbruch", "the quarry"),
    ("die alte Brücke", "the old bridge"),
    ("das Sägewerk", "the sawmill"),
    ("den Hafen", "the harbour"),
)


@dataclass(frozen=True)
class _Sentence:
    source: str
    text: str
    actor: int
    year: int
    number: int
    verb: tuple[str, str]
    noun: tuple[str, str]


class _Maker:
    """Makes one dossier; all chance comes from one generator with a fixed seed."""

    def __init__(self, entries: int) -> None:
        self.random = random.Random(entries)
        self.count = {folder: max(2, round(entries * share)) for folder, share in SHARES.items()}
        self.count["events"] = max(2, entries - sum(self.count.values()))
        self.actors = [self._name(index) for index in range(self.count["actors"])]
        self.terms = [f"{self._word(index)}recht" for index in range(self.count["terms"])]
        self.sentences: list[_Sentence] = []

    def _word(self, index: int) -> str:
        first, rest = index % len(_STARTS), index // len(_STARTS)
        middle = _MIDDLES[rest % len(_MIDDLES)] + _MIDDLES[rest // len(_MIDDLES) % len(_MIDDLES)]
        return _STARTS[first] + middle + _ENDS[(index * 7 + rest) % len(_ENDS)]

    def _name(self, index: int) -> str:
        return f"{self._word(index * 3 + 1)} {self._word(index * 5 + 2).lower().capitalize()}{index}"

    def files(self) -> Iterator[tuple[str, str]]:
        """Yield every file of the dossier with its text."""
        yield "entries/dossier.yaml", _yaml(_DOSSIER)
        yield "entries/vocabulary.yaml", _yaml(_VOCABULARY)
        for lang in ("de", "en"):
            yield (
                f"docs/{lang}/index.md",
                "# Dossier\n\nAn invented dossier.\n" if lang == "en" else "# Dossier\n\nEin erfundenes Dossier.\n",
            )
        for index in range(self.count["sources"]):
            yield from self._source(index)
        makers: Sequence[tuple[str, str, Callable[[int], dict[str, Any]]]] = (
            ("actors", "actor", self._actor),
            ("terms", "term", self._term),
            ("disputes", "dispute", self._dispute),
            ("events", "event", self._event),
            ("claims", "claim", self._claim),
        )
        for folder, stem, make in makers:
            for index in range(self.count[folder]):
                yield f"entries/{folder}/{stem}-{index}.yaml", _yaml(make(index))
        for index in range(self.count["annotations"]):
            yield f"entries/annotations/source-{index}-annotations.yaml", _yaml(self._annotations(index))

    def _source(self, index: int) -> Iterator[tuple[str, str]]:
        lines: list[str] = []
        for paragraph in range(_SENTENCES // 5):
            start = len(self.sentences)
            self.sentences += (self._sentence(index, paragraph * 5 + number) for number in range(5))
            lines.append(" ".join(sentence.text for sentence in self.sentences[start:]))
        text = "\n".join(lines) + "\n"
        yield f"seeds/source-{index}.txt", text
        fields = {
            "file": f"seeds/source-{index}.txt",
            "sha256": hashlib.sha256(text.encode()).hexdigest(),
            "title": _both(f"Chronik {index} des Tals", f"Chronicle {index} of the valley"),
            "short": _both(f"Chronik {index}", f"Chronicle {index}"),
            "language": "de",
            "description": _both(
                "Eine erfundene Chronik in klarer Sprache.", "An invented chronicle in plain language."
            ),
        }
        yield f"entries/sources/source-{index}.yaml", _yaml(fields)

    def _sentence(self, source: int, position: int) -> _Sentence:
        actor, term = self.random.randrange(len(self.actors)), self.random.randrange(len(self.terms))
        year, number = self.random.randrange(1950, 2025), self.random.randrange(11, 9_999)
        verb, noun = self.random.choice(_VERBS), self.random.choice(_NOUNS)
        text = (
            f"Im Jahr {year} {verb[0]} {self.actors[actor]} nach {self.terms[term]} {noun[0]} für {number} Taler, "
            f"wie das Blatt {source} auf Seite {position + 1} seiner Sammlung schreibt."
        )
        return _Sentence(f"source-{source}", text, actor, year, number, verb, noun)

    def _pick(self) -> _Sentence:
        return self.random.choice(self.sentences)

    def _evidence(self, sentence: _Sentence) -> dict[str, Any]:
        doing = f"{self.actors[sentence.actor]} {sentence.verb[1]} {sentence.noun[1]}"
        english = f"In {sentence.year} {doing} for {sentence.number} thalers"
        return {"source": sentence.source, "quote": sentence.text.rstrip("."), "translation": {"en": english}}

    def _said(self, sentence: _Sentence) -> dict[str, str]:
        name = f"[[actor-{sentence.actor}]]"
        return _both(
            f"{name} {sentence.verb[0]} im Jahr {sentence.year} {sentence.noun[0]}; der Preis beträgt "
            f"{sentence.number} Taler, so die Chronik des Tals, und das ganze Dorf redet davon.",
            f"{name} {sentence.verb[1]} {sentence.noun[1]} in {sentence.year}; the price is {sentence.number} "
            "thalers, says the chronicle of the valley, and the whole village talks about it.",
        )

    def _actor(self, index: int) -> dict[str, Any]:
        first, second = self._pick(), self._pick()
        other = self.random.randrange(len(self.actors))
        return {
            "type": "person",
            "name": self.actors[index],
            "summary": self._said(first),
            "evidence": [self._evidence(first)],
            "relations": [
                {
                    "type": "knows",
                    "to": f"actor-{other}",
                    "when": str(second.year),
                    "text": self._said(second),
                    "evidence": [self._evidence(second)],
                }
            ],
        }

    def _term(self, index: int) -> dict[str, Any]:
        word, following = self.terms[index], f"term-{(index + 1) % len(self.terms)}"
        return {
            "name": _both(word, f"{word[:-5]} law"),
            "category": "law",
            "definition": _both(
                f"Ein altes Recht des Tals: wer nach {word} handelt, darf das Wasser des Bachs von der Quelle bis zum "
                f"Wehr nutzen und muss es gegen einen Zins weitergeben. Siehe auch [[{following}]].",
                f"An old law of the valley: whoever acts under {word[:-5]} law may use the water of the brook from its "
                f"spring to the weir and must pass it on for a fee. See also [[{following}]].",
            ),
            "related": [f"term-{(index + 7) % len(self.terms)}"],
            "misnomers": [
                {
                    "text": f"{word}sgesetz",
                    "language": "de",
                    "note": _both("So nennt es nur eine Chronik.", "Only one chronicle calls it that."),
                }
            ],
            "evidence": [self._evidence(self._pick())],
        }

    def _event(self, index: int) -> dict[str, Any]:
        sentence = self._pick()
        dispute = self.random.randrange(self.count["disputes"])
        other = self.random.randrange(len(self.actors))
        return {
            "when": str(sentence.year),
            "when_basis": "stated",
            "type": "deal",
            "title": _both(
                f"{index}. Handel: {self.actors[sentence.actor]} {sentence.verb[0]} {sentence.noun[0]}",
                f"Deal {index}: {self.actors[sentence.actor]} {sentence.verb[1]} {sentence.noun[1]}",
            ),
            "text": self._said(sentence),
            "actors": [
                {"actor": f"actor-{sentence.actor}", "role": "buyer"},
                {"actor": f"actor-{other}", "role": "seller"},
            ],
            "disputes": [f"dispute-{dispute}"],
            "evidence": [self._evidence(sentence), self._evidence(self._pick())],
        }

    def _dispute(self, index: int) -> dict[str, Any]:
        sentences = [self._pick() for _ in range(5)]
        sides = [self.random.randrange(len(self.actors)) for _ in range(2)]
        return {
            "title": _both(f"Streit {index} um {sentences[0].noun[0]}", f"Dispute {index} over {sentences[0].noun[1]}"),
            "summary": self._said(sentences[0]),
            "state": "open",
            "as_of": "2025",
            "when": "1950/2025",
            "sides": [
                {"id": f"side-{n}", "name": self.actors[actor], "actors": [f"actor-{actor}"]}
                for n, actor in enumerate(sides)
            ],
            "issues": [
                {
                    "id": f"issue-{n}",
                    "title": _both("Wem gehört das Wasser?", "Whose is the water?"),
                    "positions": [
                        {
                            "side": f"side-{side}",
                            "text": self._said(sentences[2 * n + side + 1]),
                            "evidence": [self._evidence(sentences[2 * n + side + 1])],
                        }
                        for side in range(2)
                    ],
                }
                for n in range(2)
            ],
            "evidence": [self._evidence(sentences[0])],
        }

    def _claim(self, index: int) -> dict[str, Any]:
        answers = [self._pick() for _ in range(2)]
        return {
            "question": _both(f"Was kostet der {index}. Handel?", f"What is the price of deal {index}?"),
            "about": [f"event-{index % self.count['events']}", f"actor-{answers[0].actor}"],
            "answers": [
                {
                    "value": {"amount": str(answer.number), "unit": "thaler"},
                    "text": self._said(answer),
                    "when": str(answer.year),
                    "evidence": [self._evidence(answer)],
                }
                for answer in answers
            ],
            "assessment": {
                "verdict": "differing",
                "text": _both(
                    "Die Chroniken reden von verschiedenen Jahren.",
                    "The chronicles speak of different years.",
                ),
            },
        }

    def _annotations(self, index: int) -> dict[str, Any]:
        start = index * _SENTENCES
        return {
            "source": f"source-{index}",
            "notes": [
                {
                    "id": f"note-{n}",
                    "quote": sentence.text,
                    "type": "context",
                    "note": _both("Der Preis ist hoch für diese Zeit.", "The price is high for that time."),
                    "refs": [f"actor-{sentence.actor}"],
                }
                for n, sentence in enumerate(self.sentences[start : start + _SENTENCES : 12])
            ],
        }


def _both(german: str, english: str) -> dict[str, str]:
    return {"de": german, "en": english}


def _yaml(value: dict[str, Any]) -> str:
    lines: list[str] = []
    _block(value, 0, lines)
    return "\n".join(lines) + "\n"


def _block(value: Any, depth: int, lines: list[str]) -> None:  # noqa: ANN401 - any tree
    """Write block style as people do; strings in double quotes, which JSON's are."""
    indent = "  " * depth
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in items:
        lead = f"{indent}{key}:" if isinstance(value, dict) else f"{indent}-"
        if isinstance(item, str):
            lines.append(f"{lead} {json.dumps(item, ensure_ascii=False)}")
        elif isinstance(value, dict):
            lines.append(lead)
            _block(item, depth + 1, lines)
        else:
            start = len(lines)
            _block(item, depth + 1, lines)
            lines[start] = f"{indent}- {lines[start].lstrip()}"


_DOSSIER: Final = {
    "title": {"de": "Streit im Tal", "en": "Quarrel in the valley"},
    "description": {"de": "Ein erfundenes Dossier zum Messen.", "en": "An invented dossier for measuring."},
    "repository": "https://example.org/valley",
}
_VOCABULARY: Final = {
    "relations": {
        "knows": {"label": {"de": "kennt", "en": "knows"}, "inverse": {"de": "bekannt mit", "en": "known to"}}
    },
    "event-types": {"deal": {"label": {"de": "Handel", "en": "deal"}}},
    "roles": {
        "buyer": {"label": {"de": "Käufer", "en": "buyer"}},
        "seller": {"label": {"de": "Verkäufer", "en": "seller"}},
    },
    "states": {"open": {"label": {"de": "offen", "en": "open"}}},
    "categories": {"law": {"label": {"de": "Recht", "en": "law"}}},
    "units": {"thaler": {"label": {"de": "Taler", "en": "thalers"}}},
}


def write(entries: int, folder: Path) -> int:
    """Write a dossier of about `entries` entries into an empty or new folder; return how many files there are."""
    count = 0
    for path, text in _Maker(entries).files():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
        count += 1
    return count


def main(arguments: Sequence[str]) -> int:
    """Run from the command line."""
    if len(arguments) != 2 or not arguments[0].isdigit():  # noqa: PLR2004
        sys.stderr.write("usage: python -m benchmarks.synth N DIR\n")
        return 2
    folder = Path(arguments[1])
    if folder.exists() and any(folder.iterdir()):
        sys.stderr.write(f"{folder} is not empty\n")
        return 2
    sys.stdout.write(f"{write(int(arguments[0]), folder)} files in {folder}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
