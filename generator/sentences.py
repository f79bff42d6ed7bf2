"""One paragraph in, its sentences out, as offsets.

Rules for German and English, because the splitters at hand break at "Mrd.", "Nr." and "vs." and run on after a
German closing quotation mark. When in doubt two sentences stay one: a sentence too long still holds its quote.
Knows neither sources nor paragraphs.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from generator.lang import Lang

_OPENERS: Final = "„“”\"‚‘'’«»‹›([–—-"
# Begins at the first sign of a run and takes it whole: from every sign of a long one it would be read again.
_BREAK: Final = re.compile(r"(?<![.!?…])(?P<mark>[.!?…]++)(?P<closers>[\"'”’“‘»«›‹)\]]*+)\s+")
_LAST_WORD: Final = re.compile(r"[\w.&/-]*\Z")
_NEXT_WORD: Final = re.compile(r"[\w'’]+")
_ROMAN: Final = re.compile(r"[IVX]+\Z")
_ORDINAL_DIGITS: Final = 2


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_NEVER: Final[Mapping[Lang, frozenset[str]]] = {
    "de": _set(
        "a.a.o abb abs allg anm aufl bd bsp bspw bzgl bzw ca d.h dipl-ing dr ebd einschl evtl exkl fa fr "
        "frl ggf hl hr hrn hrsg i.a i.d.r i.e i.h.v inkl insb jr kap lt mind mr mrs ms nr o.g "
        "prof rd rdnr s.a s.o s.u sen sog st str u.a u.u v.a verf vgl vs z.b z.t z.zt ziff zit zzgl"
    ),
    "en": _set(
        "a.k.a approx cf dept dr e.g gen gov hon i.e lt maj messrs mr mrs ms mt pp prof rep rev sen sgt v viz vol vs"
    ),
}
# These may end a sentence; then a word follows that usually begins one.
_PERHAPS: Final[Mapping[Lang, frozenset[str]]] = {
    "de": _set(
        "apr aug co corp dez e.v etc feb ff gem inc jan jh jhd jul jun ltd mill max min mio mrd n.chr nov okt sept std "
        "tel u.s u.s.a usf usw v.chr"
    ),
    "en": _set(
        "a.m apr aug bn bros co corp ch dec eq est etc feb fig inc jan jr jul jun ltd m mn mon n.y nov oct p.m ph.d "
        "sep sept sr st tn u.k u.n u.s u.s.a d.c"
    ),
}
_BEFORE_NUMBER: Final = frozenset({"no", "nos", "p", "pp", "par", "s", "art", "sec", "bd", "vol"})
_STARTERS: Final[Mapping[Lang, frozenset[str]]] = {
    "de": _set(
        "aber allerdings als am an auch auf aus bei bis da dabei dadurch dafür dagegen daher damit danach "
        "dann daraufhin darum das dass dazu dem den denn dennoch der deshalb die dies diese diesem dieser "
        "dieses doch dort du durch ein eine einem einen einer eines er erst es für gegen gleichzeitig heute "
        "hier ich ihr ihre im in inzwischen ist ja jedoch jetzt kein keine man mit nach nachdem nein nicht "
        "niemand noch nun nur ob obwohl ohne schon sein seine seit seitdem sie so sobald später trotz "
        "trotzdem über um und unter vom von vor während warum was weil welche wenn wer wie wieder wir wo zu "
        "zudem zuerst zum zur zwar zwischen"
    ),
    "en": _set(
        "a about after all although an and are as at because before both but by did do during each even every "
        "few for from he her here his how however i if in is it its later many meanwhile most no nobody not "
        "nothing now of on once one only or our she since so some still such that the their then there these "
        "they this those though to today under until was we were what when where which while who why with yet "
        "you"
    ),
}


def split_sentences(paragraph: str, lang: Lang) -> tuple[tuple[int, int], ...]:
    """Return start and end of each sentence; together they hold every character that is no white space."""
    start = len(paragraph) - len(paragraph.lstrip())
    stop = len(paragraph.rstrip())
    return tuple(_spans(paragraph, start, stop, lang)) if start < stop else ()


def _spans(text: str, start: int, stop: int, lang: Lang) -> Iterator[tuple[int, int]]:
    for match in _BREAK.finditer(text, start, stop):
        if _is_end(text, start, match, lang):
            yield start, match.end("closers")
            start = match.end()
    yield start, stop


def _is_end(text: str, start: int, match: re.Match[str], lang: Lang) -> bool:
    follower = text[match.end() : match.end() + 40].lstrip(_OPENERS)
    if not follower or follower[0].islower():
        return False
    if ")" in match["closers"] and not _opens_with_bracket(text, start, match.start()):
        return False  # the bracket began in mid-sentence, so the sentence's own full stop is still to come
    if match["mark"] != ".":
        return True
    return not _is_abbreviation(text, start, match.start(), follower, lang)


def _opens_with_bracket(text: str, start: int, dot: int) -> bool:
    return text.rfind("(", start, dot) == start


def _is_abbreviation(text: str, start: int, dot: int, follower: str, lang: Lang) -> bool:
    """Tell whether the full stop at `dot` belongs to the word before it."""
    found = _LAST_WORD.search(text, max(start, dot - 40), dot)
    word = found.group() if found else ""
    core = word.lower().lstrip(".-/")
    if _joined(text, start, dot - len(word), core) in _NEVER[lang] or core in _NEVER[lang]:
        return True
    if core in _BEFORE_NUMBER and follower[0].isdigit():
        return True
    if _begins_sentence(follower, lang):
        return False
    return core in _PERHAPS[lang] or _is_initial(word) or _is_ordinal(word, text[start:dot], lang)


def _joined(text: str, start: int, at: int, core: str) -> str:
    """Join "z. B" to "z.b": abbreviations of several words may be set with spaces."""
    before = text[max(start, at - 12) : at].lower().split(" ")
    parts = [core]
    while len(before) > 1 and before[-1] == "" and before[-2].endswith(".") and len(before[-2]) <= len("zt."):
        parts.insert(0, before[-2].lstrip("(").rstrip("."))
        before = [*before[:-2], ""]
    return ".".join(parts)


def _begins_sentence(follower: str, lang: Lang) -> bool:
    word = _NEXT_WORD.match(follower)
    return word is not None and word.group().lower() in _STARTERS[lang]


def _is_initial(word: str) -> bool:
    last = word.rsplit(".", 1)[-1].rsplit("-", 1)[-1]
    return len(last) == 1 and last.isalpha()


def _is_ordinal(word: str, sentence: str, lang: Lang) -> bool:
    """Tell "5. März" and "Friedrich II. von" from a number that ends a sentence; English writes "5th"."""
    if word.isdigit():
        return len(word) <= _ORDINAL_DIGITS and (lang == "de" or word == sentence)
    return lang == "de" and _ROMAN.match(word) is not None
