"""Quotes become passages: where each one stands in its source, or a diagnostic with the nearest passage.

A quote matches after Unicode NFC and folding of white space, and nothing else. Knows no kind's name and no files.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from generator.diagnostics import Diagnostic, Path, Place, Related
from generator.fields import Quote
from generator.text import MOST_FOUND, SourceText, normalize
from generator.walk import Leaf

MIN_CHARACTERS: Final = 12
MIN_WORDS: Final = 2
_MAX_SHOWN: Final = 3
_OMISSION: Final = re.compile(r"(?<=\S)\s*(?:\[…\]|\[\.\.\.\]|\(…\)|\(\.\.\.\)|…|\.\.\.)\s+(?=\S)")
_WORDS: Final = 5  # that are shown of what stands before or behind a quote
_AROUND: Final = 200  # characters in which these are looked for
Passages = tuple[tuple[int, int], ...]


def find_passages(
    at: str, leaf: Leaf, text: SourceText, file: str, *, is_guessing: bool = True
) -> tuple[Passages, tuple[Diagnostic, ...]]:
    """Return start and end of every passage of the quote in `leaf`, in its order, or why there are none.

    Offsets are code points of the normalised text. The leaf is of file `at`, `file` is that of the text. Without
    `is_guessing` nothing is said of the nearest passage, whose search is costly.
    """
    quote: Quote = leaf.value
    passages: list[tuple[int, int]] = []
    after = 0
    for index, exact in enumerate(quote.quote):
        length = len(normalize(exact))
        if length < MIN_CHARACTERS or len(exact.split(maxsplit=1)) < MIN_WORDS:
            hint = f"quote at least {MIN_CHARACTERS} characters and {MIN_WORDS} words"
            message = f"“{exact}” is too short to prove anything"
            return (), (Diagnostic("quote-too-short", message, _place(at, leaf.path, quote, index), hint),)
        later = _starts(quote, index, exact, text, after)
        if len(later) != 1:
            starts = later or _starts(quote, index, exact, text)
            found = _Found(text, file, starts, later, is_guessing=is_guessing)
            problem = None if starts else _without_neighbours(at, leaf, index, found)
            return (), (problem or _problem(_place(at, leaf.path, quote, index), quote, index, found),)
        after = later[0] + length
        passages.append((later[0], after))
    return tuple(passages), ()


class _Found:
    """Where a passage stands in its source, and where after the one before it: not exactly once."""

    def __init__(
        self, text: SourceText, file: str, starts: tuple[int, ...], later: tuple[int, ...], *, is_guessing: bool
    ) -> None:
        self.text, self.file, self.starts, self.later, self.is_guessing = text, file, starts, later, is_guessing

    def related(self, starts: Iterable[int], length: int) -> tuple[Related, ...]:
        spans = (self.text.span(self.file, start, start + length) for start in starts)
        return tuple(Related("it stands here", span) for span in spans)


def _place(file: str, path: Path, quote: Quote, index: int) -> Place:
    return Place(file, (*path, "quote", index) if len(quote.quote) > 1 else (*path, "quote"))


def _starts(quote: Quote, index: int, exact: str, text: SourceText, after: int = 0) -> tuple[int, ...]:
    prefix = quote.prefix or "" if index == 0 else ""
    suffix = quote.suffix or "" if index == len(quote.quote) - 1 else ""
    return text.find(exact, prefix, suffix, after=after)


def _without_neighbours(file: str, leaf: Leaf, index: int, found: _Found) -> Diagnostic | None:
    """Tell that a passage stands in its source, but not behind the prefix or before the suffix that it is given."""
    quote: Quote = leaf.value
    exact, text = quote.quote[index], found.text
    starts, length = text.find(exact), len(normalize(exact))
    prefix = quote.prefix if index == 0 else None
    suffix = quote.suffix if index == len(quote.quote) - 1 else None
    if not starts or not (prefix or suffix):
        return None
    if prefix and not text.find(exact, prefix):
        key, side = "prefix", "before"
        shown = [f"…{_last_words(text.normal[:start])}" for start in starts[:_MAX_SHOWN]]
    else:
        key, side = "suffix", "behind"
        starts = text.find(exact, prefix or "")
        shown = [f"{_first_words(text.normal[start + length :])}…" for start in starts[:_MAX_SHOWN]]
    message = f"the quote stands in its source, but these words do not stand {side} it"
    hint = f"{side} it stands {', '.join(f'“{words}”' for words in shown)}"
    return Diagnostic(
        "quote-not-found", message, Place(file, (*leaf.path, key)), hint, found.related(starts[:_MAX_SHOWN], length)
    )


def _last_words(text: str) -> str:
    return " ".join(text[-_AROUND:].split()[-_WORDS:])


def _first_words(text: str) -> str:
    return " ".join(text[:_AROUND].split()[:_WORDS])


def _how_to_tell_apart(quote: Quote, index: int) -> str:
    """Return what can be added: a prefix belongs to the first passage, a suffix to the last."""
    if len(quote.quote) == 1:
        return "add prefix: or suffix: with the words before or after"
    first = "add prefix: with the words before it, or " if index == 0 else ""
    last = "add suffix: with the words after it, or " if index == len(quote.quote) - 1 else ""
    return f"{first}{last}make this passage longer"


def _problem(place: Place, quote: Quote, index: int, found: _Found) -> Diagnostic:
    exact = quote.quote[index]
    length = len(normalize(exact))
    if found.later:
        count = f"{'at least ' * (len(found.later) == MOST_FOUND)}{len(found.later)}"
        message = f"the quote stands {count} times in its source"
        hint = _how_to_tell_apart(quote, index)
        return Diagnostic("quote-ambiguous", message, place, hint, found.related(found.later[:_MAX_SHOWN], length))
    if found.starts:
        hint = "list the passages of a quote in the order of the text"
        message = "the passage stands before the one above it"
        return Diagnostic("quote-out-of-order", message, place, hint, found.related(found.starts[:1], length))
    message = "the quote does not stand in its source"
    omission = _OMISSION.search(exact)
    if omission and omission[0].strip() not in found.text.normal:  # else the source itself may have it there
        hint = "where words are left out, list the passages before and behind: quote: [one, another], each as it stands"
        return Diagnostic("quote-not-found", message, place, hint)
    near = found.text.nearest(exact) if found.is_guessing else None
    if near is None:
        return Diagnostic("quote-not-found", message, place, "copy the passage from the source, letter by letter")
    hint = f"the nearest passage is “{found.text.normal[near.start : near.end]}”: {near.difference}"
    return Diagnostic("quote-not-found", message, place, hint, found.related((near.start,), near.end - near.start))


@dataclass(frozen=True, slots=True)
class Retraced:
    """What became of the quotes of a changed source; `moved` are those of `standing` that are in another paragraph now.

    `is_compared` tells whether the text before the change was known, so that moves could be seen.
    """

    standing: int
    moved: tuple[Related, ...]
    several: int
    lost: int
    is_compared: bool

    @property
    def summary(self) -> str:
        """The figures in half a sentence."""
        moves = f" ({len(self.moved)} of them in another paragraph)" if self.is_compared else ""
        total = self.standing + self.several + self.lost
        others = f"{self.several} stand more than once, {self.lost} are lost"
        return f"of its {total} quotes {self.standing} stand{moves}, {others}"


def retrace(quotes: Iterable[tuple[str, Leaf]], text: SourceText, before: SourceText | None) -> Retraced:
    """Tell what became of quotes, each with the file that it stands in, when `text` took the place of `before`."""
    moved: list[Related] = []
    codes: Counter[str] = Counter()
    for file, leaf in quotes:
        passages, problems = find_passages(file, leaf, text, "", is_guessing=False)
        codes[problems[0].code if problems else ""] += 1
        old = find_passages(file, leaf, before, "", is_guessing=False)[0] if before and passages else ()
        if before and old:
            was, now = before.paragraph_at(old[0][0]) + 1, text.paragraph_at(passages[0][0]) + 1
            if was != now:
                place = _place(file, leaf.path, leaf.value, 0)
                moved.append(Related(f"it stands in paragraph {now} now, and stood in {was}", place))
    standing, several = codes[""], codes["quote-ambiguous"]
    return Retraced(standing, tuple(moved), several, codes.total() - standing - several, before is not None)
