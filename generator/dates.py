"""Dates as authors know them: EDTF (ISO 8601-2) level 0 and 1 with seasons, never finer than what is known.

In comes the text of an entry, out go an immutable `EdtfDate` with its first and last possible day, an order
over all dates, and idiomatic German and English. Must not know entries or diagnostics: a text that is no date
is a `ValueError` with one sentence for its author.
"""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from generator.datewords import likely
from generator.lang import Lang

Precision = Literal["century", "decade", "year", "season", "month", "day"]

_COARSE_TO_FINE: Final[tuple[Precision, ...]] = ("century", "decade", "year", "season", "month", "day")
_RANK: Final = {precision: rank for rank, precision in enumerate(_COARSE_TO_FINE)}
_FIRST, _LAST = "0000-00-00", "9999-99-99"
_OPEN: Final = ".."
_WINTER: Final = 24

_PART: Final = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?(?P<mark>[?~%]?)"
)
_TIME: Final = re.compile(r"[0-9]T[0-9]|[0-9]:[0-9]")
_OTHER_ORDER: Final = re.compile(r"([0-9]{1,2})[./]([0-9]{1,2})[./]([0-9]{4})")
_SINGLE_DIGITS: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})(?:-([0-9]{1,2}))?([?~%]?)")

_ALLOWED: Final = (
    "allowed are 2024, 2024-03, 2024-03-05, a season such as 2024-23 (autumn), 202X, a mark at the end: "
    "~ (around), ? (uncertain) or % (both), and intervals such as 2024-01/2024-06 or 2019/.."
)
_EMPTY: Final = "The date is empty; write a year, a month or a day, such as 2024, 2024-03 or 2024-03-05"
_ENGLISH_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class EdtfDate:
    """A date or an interval; `earliest` and `latest` are ISO days, inclusive, None where it is open."""

    text: str
    earliest: str | None
    latest: str | None
    precision: Precision
    is_uncertain: bool = False
    is_approximate: bool = False
    is_interval: bool = False

    @property
    def is_open_end(self) -> bool:
        """Whether the interval goes on (`2019/..`)."""
        return self.latest is None

    @property
    def sort_key(self) -> tuple[str, int, str, str]:
        """A total order: by first possible day, the coarser date first; an open start before everything."""
        return (self.earliest or _FIRST, _RANK[self.precision], self.latest or _LAST, self.text)

    def within(self, other: "EdtfDate") -> bool:
        """Say whether every day of this date lies in the other."""
        return (other.earliest or _FIRST) <= (self.earliest or _FIRST) and (self.latest or _LAST) <= (
            other.latest or _LAST
        )

    def overlaps(self, other: "EdtfDate") -> bool:
        """Say whether both dates can mean a common day."""
        return (self.earliest or _FIRST) <= (other.latest or _LAST) and (other.earliest or _FIRST) <= (
            self.latest or _LAST
        )


class _Part(NamedTuple):
    """A date, or one end of an interval; `year` is its first year, `month` a season from 21 on."""

    precision: Precision
    year: int
    month: int = 1
    day: int = 1
    mark: str = ""

    @property
    def earliest(self) -> str:
        month = 3 * (self.month - 20) if self.precision == "season" else self.month
        return f"{self.year:04}-{month:02}-{self.day:02}"

    @property
    def latest(self) -> str:
        year, month = self.year, self.month
        match self.precision:
            case "day":
                return self.earliest
            case "century":
                return f"{year + 99:04}-12-31"
            case "decade":
                return f"{year + 9:04}-12-31"
            case "year":
                return f"{year:04}-12-31"
            case "season":
                year, month = _last_month(year, month)
        return f"{year:04}-{month:02}-{monthrange(year, month)[1]:02}"


def _last_month(year: int, season: int) -> tuple[int, int]:
    """Give year and month in which a season ends: winter is December to February of the next year."""
    if season == _WINTER:
        return (year + 1, 2) if year < 9999 else (year, 12)  # noqa: PLR2004 - the last year of four digits
    return year, 3 * (season - 20) + 2


@lru_cache(maxsize=8192)
def parse_date(text: str) -> EdtfDate:
    """Read an EDTF date; raises `ValueError` with one sentence on what is wrong and what is allowed."""
    if "/" in text and not _OTHER_ORDER.fullmatch(text):
        return _interval(text)
    part = _part(text, text)
    return EdtfDate(
        text,
        part.earliest,
        part.latest,
        part.precision,
        is_uncertain=part.mark in ("?", "%"),
        is_approximate=part.mark in ("~", "%"),
    )


def year_of(date: EdtfDate) -> int | None:
    """Return the year a date is listed under: that of its first possible day, else of its last."""
    day = date.earliest or date.latest
    return int(day[:4]) if day else None


def _interval(text: str) -> EdtfDate:
    left, _, right = text.partition("/")
    if "/" in right or left == right == _OPEN:
        raise ValueError(f"{text}: an interval has two ends, at least one of them a date; {_ALLOWED}")
    if not left or not right:
        raise ValueError(f"{text}: write .. for the open end of an interval, as in 2019/..")
    start = None if left == _OPEN else _part(left, text)
    end = None if right == _OPEN else _part(right, text)
    earliest, latest = start and start.earliest, end and end.latest
    if earliest and latest and latest < earliest:
        raise ValueError(f"{text}: the interval ends before it begins; write the earlier date first")
    parts = [part for part in (start, end) if part]
    marks = "".join(part.mark for part in parts)
    return EdtfDate(
        text,
        earliest,
        latest,
        min((part.precision for part in parts), key=_RANK.__getitem__),
        is_uncertain="?" in marks or "%" in marks,
        is_approximate="~" in marks or "%" in marks,
        is_interval=True,
    )


def _part(text: str, whole: str) -> _Part:
    match = _PART.fullmatch(text)
    if match is None:
        raise ValueError(f"{whole}: {_complaint(text)}" if whole.strip() else _EMPTY)
    digits, month, day, mark = match.groups()
    unknown = digits.count("X")
    year = int(digits.replace("X", "0"))
    if unknown:
        if month:
            raise ValueError(f"{whole}: a month needs a whole year; write 2024-03, or {digits} alone")
        return _Part("decade" if unknown == 1 else "century", year, mark=mark)
    if not year:
        raise ValueError(f"{whole}: there is no year 0000; years are 0001 to 9999")
    if month is None or month == "XX":
        if day and day != "XX":
            raise ValueError(f"{whole}: a day needs a month; write 2024-03-05, or {digits} alone")
        return _Part("year", year, mark=mark)
    return _in_year(year, int(month), day, mark, whole)


def _in_year(year: int, month: int, day: str | None, mark: str, whole: str) -> _Part:
    if 21 <= month <= _WINTER:  # noqa: PLR2004 - the codes of seasons in ISO 8601-2
        if day:
            raise ValueError(f"{whole}: a season has no days; write {year:04}-{month}, or a month and a day")
        return _Part("season", year, month, mark=mark)
    if not 1 <= month <= 12:  # noqa: PLR2004
        raise ValueError(
            f"{whole}: there is no month {month:02}; months are 01 to 12, seasons 21 (spring) to 24 (winter)"
        )
    if day is None or day == "XX":
        return _Part("month", year, month, mark=mark)
    last = monthrange(year, month)[1]
    if not 1 <= int(day) <= last:
        raise ValueError(f"{whole}: {_ENGLISH_MONTHS[month - 1]} {year} has {last} days")
    return _Part("day", year, month, int(day), mark)


def _complaint(text: str) -> str:
    if _TIME.search(text):
        return "a time of day is not supported; write the day alone, such as 2024-03-05"
    if match := _OTHER_ORDER.fullmatch(text):
        day, month, year = match.groups()
        return f"write year, month, day: {year}-{month:>02}-{day:>02}"
    if match := _SINGLE_DIGITS.fullmatch(text):
        year, month, day, mark = match.groups()
        return f"write months and days with two digits: {year}-{month:>02}{f'-{day:>02}' if day else ''}{mark}"
    meant = likely(text)
    if _is_date(meant):
        return f"write {meant} for “{' '.join(text.split())}”"
    return f"this is not a date; {_ALLOWED}"


def _is_date(text: str) -> bool:
    if not all(part == _OPEN or _PART.fullmatch(part) for part in text.split("/")):
        return False
    try:
        parse_date(text)
    except ValueError:
        return False
    return True


# In words


_Patterns = Mapping[Precision, str]


def _patterns(usual: str, **special: str) -> _Patterns:
    return MappingProxyType({precision: special.get(precision, usual) for precision in _COARSE_TO_FINE})


_ALONE: Final = _patterns("{}")


class _Words(NamedTuple):
    """The idioms of one language; `{}` is the date in words. An `around` goes inside or outside `since`."""

    day: str
    decade: str
    around: _Patterns
    since: _Patterns
    until: _Patterns
    about_since: _Patterns
    about_until: _Patterns
    to: str
    uncertain: str
    day_dot: str
    seasons: tuple[str, ...]  # the CLDR has none


_WORDS: Final[Mapping[Lang, _Words]] = MappingProxyType(
    {
        "de": _Words(
            day="{day}. {month} {year}",
            decade="{}er-Jahre",
            around=_patterns("um {}", day="um den {}", season="etwa {}", decade="etwa {}", century="etwa {}"),
            since=_patterns("seit {}", day="seit dem {}", decade="seit den {}n"),
            until=_patterns("bis {}", day="bis zum {}", decade="bis in die {}"),
            about_since=_patterns("etwa seit {}", day="etwa seit dem {}", decade="etwa seit den {}n"),
            about_until=_patterns("etwa bis {}", day="etwa bis zum {}", decade="etwa bis in die {}"),
            to="{} bis {}",
            uncertain="{} (unsicher)",
            day_dot=".",
            seasons=("Frühling", "Sommer", "Herbst", "Winter"),
        ),
        "en": _Words(
            day="{day} {month} {year}",
            decade="{}s",
            around=_patterns("around {}", decade="around the {}"),
            since=_patterns("since {}", decade="since the {}"),
            until=_patterns("until {}", decade="until the {}"),
            about_since=_patterns("since around {}", decade="since around the {}"),
            about_until=_patterns("until around {}", decade="until around the {}"),
            to="{} to {}",
            uncertain="{} (uncertain)",
            day_dot="",
            seasons=("spring", "summer", "autumn", "winter"),
        ),
    }
)


def format_date(date: EdtfDate, lang: Lang) -> str:
    """Say a date as people write it, at its own precision: “5. März 2024”, “seit 2019”, “autumn 2024”."""
    return _format(date.text, lang)


@lru_cache(maxsize=8192)
def _format(text: str, lang: Lang) -> str:
    left, slash, right = text.partition("/")
    words = _WORDS[lang]
    if not slash:
        return _said(_part(left, text), lang, _ALONE, words.around)
    if right == _OPEN:
        return _said(_part(left, text), lang, words.since, words.about_since)
    if left == _OPEN:
        return _said(_part(right, text), lang, words.until, words.about_until)
    return _between(_part(left, text), _part(right, text), lang)


def _between(start: _Part, end: _Part, lang: Lang) -> str:
    words = _WORDS[lang]
    if start == end:
        return _said(start, lang, _ALONE, words.around)
    if start.precision == end.precision and start.mark == end.mark in ("", "?"):
        said = _compact(start, end, lang)
        return words.uncertain.format(said) if start.mark else said
    return words.to.format(*(_said(part, lang, _ALONE, words.around) for part in (start, end)))


def _said(part: _Part, lang: Lang, exact: _Patterns, about: _Patterns) -> str:
    pattern = (about if part.mark in ("~", "%") else exact)[part.precision]
    said = pattern.format(_plain(part, lang))
    return _WORDS[lang].uncertain.format(said) if part.mark in ("?", "%") else said


def _plain(part: _Part, lang: Lang) -> str:
    words = _WORDS[lang]
    match part.precision:
        case "century":
            return f"{part.year}–{part.year + 99}"
        case "decade":
            return words.decade.format(part.year)
        case "year":
            return str(part.year)
        case "season":
            # A winter belongs to two years, and saying so shows the author how we read it.
            years = f"{part.year}/{(part.year + 1) % 100:02}" if part.month == _WINTER else str(part.year)
            return f"{words.seasons[part.month - 21]} {years}"
        case "month":
            return f"{month_names(lang)[part.month - 1]} {part.year}"
        case "day":
            return words.day.format(day=part.day, month=month_names(lang)[part.month - 1], year=part.year)


def _compact(start: _Part, end: _Part, lang: Lang) -> str:
    """Say an interval between two dates of one precision without repeating what they share."""
    words = _WORDS[lang]
    to, last = words.to, _plain(end, lang)
    if start.precision == "year":
        return f"{start.year}–{end.year}"
    if start.year != end.year or start.precision in ("decade", "century") or end.month == _WINTER:
        return to.format(_plain(start, lang), last)
    if start.precision == "season":
        return to.format(words.seasons[start.month - 21], last)
    month = month_names(lang)[start.month - 1]
    if start.precision == "month":
        return to.format(month, last)
    if start.month == end.month:
        return f"{start.day}{words.day_dot}–{last}"
    return to.format(f"{start.day}{words.day_dot} {month}", last)


@cache
def month_names(lang: Lang) -> tuple[str, ...]:
    """Return the twelve names of months of the Unicode CLDR, January first."""
    from babel import Locale  # 30 ms that a check without pages need not pay

    months = Locale.parse(lang).months["format"]["wide"]
    return tuple(str(months[number]) for number in range(1, 13))
