"""Amounts and dates in running text or in a query in, one token for all the ways to write each out.

"97,4 Milliarden Dollar", "97,4 Mrd. $", "97.4 billion" and "$97.4bn" have the token "n97400000000"; "März 2024",
"2024-03" and "March 2024" have "d202403". Tokens go into hidden fields of the index and into the query; nobody reads
them. The same rules stand in `assets/search/60-query.js`; tests/search/quantities.json binds both.

A separator before exactly three digits parts thousands, any other is the decimal one. "Billion" means 10^9 but in the
German plural "Billionen": who writes English means that, and German texts seldom count so high.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple


class Quantity(NamedTuple):
    """An amount or a date: where it stands, and its tokens, the most exact first."""

    start: int
    end: int
    tokens: tuple[str, ...]


_MONTHS: Final = (
    "jan|jän|jänner|januar|jaenner|january|jaen",
    "feb|febr|februar|february",
    "mär|märz|mrz|maerz|marz|mar|march",
    "apr|april",
    "mai|may",
    "jun|juni|june",
    "jul|juli|july",
    "aug|august",
    "sep|sept|september",
    "okt|oct|oktober|october",
    "nov|november",
    "dez|dec|dezember|december",
)
_SEASONS: Final = (
    "frühling|frühjahr|fruehling|fruehjahr|fruhling|fruhjahr|spring",
    "sommer|summer",
    "herbst|autumn|fall",
    "winter",
)
_MONTH_OF: Final = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split("|")}
_SEASON_OF: Final = {name: number for number, names in enumerate(_SEASONS, 21) for name in names.split("|")}
_SCALE_OF: Final = {
    **dict.fromkeys(["tsd", "tausend", "thousand", "k"], 3),
    **dict.fromkeys(["mio", "mill", "million", "millionen", "millions", "mn", "m"], 6),
    **dict.fromkeys(["mrd", "mia", "milliarde", "milliarden", "billion", "billions", "bn", "bln", "b"], 9),
    **dict.fromkeys(["bio", "billionen", "trillion", "trillions", "tn", "trn"], 12),
}

_SCALE_WORDS: Final = {
    6: ("Millionen", "Mio", "million"),
    9: ("Milliarden", "Mrd", "billion", "bn"),
    12: ("Billionen", "trillion"),
}
_NUMBERS: Final = (
    "ein|eine|einer|einen|one",
    *("zwei|two", "drei|three", "vier|four", "fünf|fuenf|five", "sechs|six", "sieben|seven", "acht|eight"),
    *("neun|nine", "zehn|ten", "elf|eleven", "zwölf|zwoelf|twelve"),
)
_NUMBER_OF: Final = {name: number for number, names in enumerate(_NUMBERS, 1) for name in names.split("|")}


def _any(words: dict[str, int]) -> str:
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


_MONTH: Final = rf"(?:{_any(_MONTH_OF)})"
_YEAR: Final = r"(?:1[0-9]|20)[0-9]{2}"
_ANY_YEAR: Final = re.compile(_YEAR)
_BEFORE, _BEHIND = 50, 20  # code points of a date at most before its year and behind it
_DATE: Final = re.compile(
    rf"""(?<![\w.,/-])(?:
    (?P<iso_year>{_YEAR})-(?P<iso_month>0[1-9]|1[0-2])(?:-(?P<iso_day>0[1-9]|[12][0-9]|3[01]))?
    |(?P<num_day>0?[1-9]|[12][0-9]|3[01])\.\s?(?P<num_month>0?[1-9]|1[0-2])\.\s?(?P<num_year>{_YEAR})
    |(?P<slash_month>0?[1-9]|1[0-2])[/.](?P<slash_year>{_YEAR})
    |(?:(?P<day>0?[1-9]|[12][0-9]|3[01])(?:\.|st|nd|rd|th)?\s+(?:of\s+)?)?
        (?:(?P<first_month>{_MONTH})\.?(?:\s+(?:bis|to|and|und|or|oder|until)\s+|\s*[–/-]\s*))?
        (?P<month>{_MONTH})\.?\s+
        (?:(?P<us_day>0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?,?\s+)?(?P<year>{_YEAR})
    |(?P<back_year>{_YEAR})\s+(?P<back_month>{_MONTH})
    |(?P<season>{_any(_SEASON_OF)})\s+(?:of\s+|des\s+jahres\s+)?(?P<season_year>{_YEAR})
    )(?![\w/-]|[.,][0-9])""",
    re.IGNORECASE | re.VERBOSE,
)
_CURRENCY: Final = r"(?:US-?Dollars?|Dollars?|Euros?|USD|EUR|US\$|\$|€|£)"
# A number is what a search for amounts may start from fast; the currency before it is looked for backwards.
_AMOUNT: Final = re.compile(
    rf"""(?P<number>[0-9]+(?:[.,'’\u00a0\u202f ][0-9]{{3}})+(?![0-9])(?:[.,][0-9]+)?|[0-9]+(?:[.,][0-9]+)?)(?!\.[0-9])
    (?:[\s-]?(?P<scale>{_any(_SCALE_OF)})(?![^\W_])\.?)?
    (?:[\s-]?{_CURRENCY}(?![^\W_]))?""",
    re.IGNORECASE | re.VERBOSE,
)
_IN_WORDS: Final = re.compile(
    rf"(?<![^\W_])(?P<number>{_any(_NUMBER_OF)})[\s-](?P<scale>{_any(_SCALE_OF)})(?![^\W_])\.?"
    rf"(?:[\s-]?{_CURRENCY}(?![^\W_]))?",
    re.IGNORECASE,
)
_BEFORE_AMOUNT: Final = re.compile(rf"(?:{_CURRENCY}\s?)?\Z", re.IGNORECASE)
_LONGEST_CURRENCY: Final = 12
_MAY_PRECEDE: Final = re.compile(r"(?:\A|[^\w.,])\Z")
_GROUPED: Final = re.compile(r"[.,'’\u00a0\u202f ](?=[0-9]{3}(?![0-9]))")
_MANY_DIGITS: Final = 5


def quantities(text: str) -> tuple[Quantity, ...]:
    """Return the amounts and dates of a text, ascending, none overlapping another."""
    dates = tuple(_dates(text))
    taken = [(date.start, date.end) for date in dates]
    written = (*_amounts(text), *_in_words(text))
    amounts = (amount for amount in written if not any(amount.start < b and a < amount.end for a, b in taken))
    return tuple(sorted((*dates, *amounts)))


def tokens(text: str) -> tuple[str, ...]:
    """Return the tokens of all amounts and dates of a text, in order, each once."""
    return tuple(dict.fromkeys(token for found in quantities(text) for token in found.tokens))


def _dates(text: str) -> Iterator[Quantity]:
    for start, end in _around_years(text):
        for match in _DATE.finditer(text, start, end):
            part = {name: value for name, value in match.groupdict().items() if value}
            yield Quantity(match.start(), match.end(), tuple(_date_tokens(part)))


def _around_years(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches that may hold a date: looking through all of a text for one takes ten times as long."""
    start = end = 0
    for match in _ANY_YEAR.finditer(text):
        if match.start() - _BEFORE > end:
            if end:
                yield start, end
            start = max(0, match.start() - _BEFORE)
        end = min(len(text), match.end() + _BEHIND)
    if end:
        yield start, end


def _date_tokens(part: dict[str, str]) -> Iterator[str]:
    year = next(value for name, value in part.items() if name.endswith("year"))
    if "season" in part:
        yield f"d{year}s{_SEASON_OF[part['season'].lower()]}"
        return
    last = _month(next(value for name, value in part.items() if name.endswith("month") and name != "first_month"))
    day = next((value for name, value in part.items() if name.endswith("day")), None)
    if day:
        yield f"d{year}{last:02}{int(day):02}"
    first = _month(part["first_month"]) if "first_month" in part else last
    for month in range(first, last + 1) if first <= last else (last,):
        yield f"d{year}{month:02}"


def _month(text: str) -> int:
    return int(text) if text.isdecimal() else _MONTH_OF[text.lower()]


def _amounts(text: str) -> Iterator[Quantity]:
    for match in _AMOUNT.finditer(text):
        before = text[max(0, match.start() - _LONGEST_CURRENCY) : match.start()]
        currency = _BEFORE_AMOUNT.search(before)
        for rest in (before[: currency.start()] if currency else before, before):
            found = tuple(_amount_tokens(match)) if _MAY_PRECEDE.search(rest) else ()
            if found:
                yield Quantity(match.start() - len(before) + len(rest), match.end(), found)
                break


def _in_words(text: str) -> Iterator[Quantity]:
    for match in _IN_WORDS.finditer(text):
        number = str(_NUMBER_OF[match["number"].lower()])
        yield Quantity(match.start(), match.end(), (f"n{_scaled(number, '', _SCALE_OF[match['scale'].lower()])}",))


def _amount_tokens(match: re.Match[str]) -> Iterator[str]:
    whole, _, fraction = _GROUPED.sub("", match["number"]).replace(",", ".").partition(".")
    is_grouped = len(whole) + len(fraction) + bool(fraction) < len(match["number"])
    if match["scale"]:
        yield f"n{_scaled(whole, fraction, _SCALE_OF[match['scale'].lower()])}"
    if fraction or is_grouped or len(whole) >= _MANY_DIGITS:
        yield f"n{_scaled(whole, fraction, 0)}"


def _scaled(whole: str, fraction: str, zeros: int) -> str:
    """Write the value with no separator; "p" stands for what is left of the decimal one."""
    fraction = fraction.rstrip("0")
    moved, rest = fraction[:zeros].ljust(zeros, "0"), fraction[zeros:]
    number = (whole + moved).lstrip("0") or "0"
    return f"{number}p{rest}" if rest else number


def scale_words(amounts: Iterable[str]) -> tuple[str, ...]:
    """Return the words for the scales of amounts, given as tokens: "Mrd", "billion" and others for 10^9."""
    digits = {len(token.partition("p")[0]) - 1 for token in amounts if token[0] == "n"}
    scales = {(length - 1) // 3 * 3 for length in digits}
    return tuple(word for scale in sorted(scales) for word in _SCALE_WORDS.get(scale, ()))
