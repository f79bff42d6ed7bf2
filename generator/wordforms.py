"""A name or a term in, the forms that it takes in running German or English text out.

Rules and no dictionary: loading one costs more than all checks of a small dossier, and it lacks the compounds that
terms mostly are. A rule may make a word that nobody writes, for it is never met; it must not make the form of
another word ("Kauf" does not become "Käufer"). Irregular words have their forms in their entry. Knows no entry.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from generator.lang import Lang

MAX_INFLECTED: Final = 200  # no honest name is longer; a longer one stands for itself

_HEAD_ENDS: Final = re.compile(
    r"(?:am|an|auf|aus|bei|beim|bis|das|dem|den|der|des|durch|für|gegen|im|in|mit|nach|oder|ohne|über|um|und|unter|vom|"
    r"von|vor|wegen|zu|zum|zur|zwischen|against|and|at|by|for|from|of|on|or|the|to|under|with|without|&|/)\Z"
)
_ADJECTIVE: Final = re.compile(r"[^\W\d_](?:\w|-){2,}?(?=(?:e|er|es|en|em)\Z)")
_ADJECTIVE_ENDINGS: Final = ("e", "er", "es", "en", "em")
_TOO_SHORT: Final = 2
_SIBILANTS: Final = ("s", "ß", "x", "z")

# Adjectives that have become nouns keep their endings; there is no telling them apart but by name.
_PERSONS: Final = (
    "klagt|abgeordnet|angehörig|angestellt|beauftragt|begünstigt|bekannt|berechtigt|beschuldigt|beteiligt|betroffen|"
    "bevollmächtigt|gesandt|geschädigt|jugendlich|sachverständig|selbstständig|verantwortlich|verurteilt|verwandt|"
    "vorsitzend"
)
# The first pattern that fits decides: how much of the word is cut off, and what follows instead.
_GERMAN: Final[Sequence[tuple[re.Pattern[str], int, tuple[str, ...]]]] = tuple(
    (re.compile(rf"(?:{pattern})\Z", re.IGNORECASE), cut, tuple(endings.split()))
    for pattern, cut, endings in (
        ("nis", 0, "se sen ses"),
        ("(?<!schw)(?<!spr)ung|heit|keit|schaft|tät|enz|(?<!t)(?<!kr)anz|(?<!e)ik|(?<!e)ur", 0, "en"),
        ("ion", 0, "en s"),
        ("in", 0, "nen e en s es"),
        ("(?<!a)um", 2, "ums en a"),
        ("(?<!a)us", 2, "en i usse ussen usses"),
        ("(?<!e)is", 2, "en isse issen isses"),
        ("ma", 1, "as en ata aten"),
        ("a", 1, "as en"),
        ("o", 1, "os en i"),
        ("ial|prinzip", 0, "e en s es ien"),
        ("herr", 0, "n en"),
        (f"(?:{_PERSONS})e", 1, "en er em es"),
        (f"(?:{_PERSONS})er", 2, "e en em es"),
        ("(?:[^aeiouyäöü]|au|ei|eu|ari)e[rl]", 0, "s n"),
        ("(?:[^aeiouyäöü]|au|eu)en", 0, "s"),
        ("(?:buchstab|fried|funk|gedank|glaub|nam|sam|will)e", 0, "n ns"),
        ("e", 0, "n s"),
        ("[iuyé]", 0, "s e en es"),
        ("", 0, "e en s es"),
    )
)
_LAST_VOWEL: Final = re.compile(r"(aa|au|a|oo|o|(?<![aeäq])u)([^aeiouyäöü]*|[^aeiouyäöü]+e[rln])\Z", re.IGNORECASE)
_UMLAUTS: Final = {"aa": "ä", "au": "äu", "oo": "ö", "a": "ä", "o": "ö", "u": "ü"}
_NO_UMLAUT: Final = re.compile(r"(?:(?<!schw)(?<!spr)ung|schaft|ik|ur|ion|ment|og|on|o|a)\Z")
_UNSTRESSED: Final = re.compile(r"e[rln]\Z")
_UNSTRESSED_WITH_UMLAUT: Final = re.compile(
    r"(?:acker|apfel|boden|bogen|bruder|faden|garten|graben|hafen|hammer|kasten|kloster|kragen|laden|magen|mangel|"
    r"mantel|mutter|nagel|ofen|sattel|schaden|schnabel|schwager|tochter|vater|vogel|wagen)\Z",
    re.IGNORECASE,
)
# Nouns with a plural in -er are a closed class, and compounds end in them.
_PLURAL_ER: Final = re.compile(
    r"(?:amt|bad|band|bild|blatt|brett|buch|dach|denkmal|dorf|fach|fass|feld|geld|gemüt|geschlecht|gesicht|gespenst|"
    r"geist|glas|glied|gott|grab|gras|gut|haupt|haus|holz|horn|huhn|kalb|kind|kleid|korn|kraut|lamm|land|leib|licht|"
    r"lied|loch|mann|maul|nest|pfand|rad|rand|rind|schild|schloss|schwert|spital|strauch|tal|tuch|volk|wald|weib|"
    r"wort|wurm|(?:alter|beamten|bis|brauch|christen|eigen|fürsten|heilig|herzog|irr|reich)tum)\Z",
    re.IGNORECASE,
)
_ENGLISH: Final[Sequence[tuple[re.Pattern[str], int, str]]] = tuple(
    (re.compile(rf"(?:{pattern})\Z", re.IGNORECASE), cut, ending)
    for pattern, cut, ending in (
        ("[^aeiou]y", 1, "ies"),
        ("[^aeiou]is", 2, "es"),
        ("(?:s|x|z|ch|sh)", 0, "es"),
        ("(?:li|wi|kni)fe", 2, "ves"),
        ("(?:lea|shel|sel|hal|wol|thie|loa|cal)f", 1, "ves"),
        ("(?<!hu)man", 2, "en"),
        ("child", 0, "ren"),
        ("", 0, "s"),
    )
)

# The longest that a pattern above may cut off, by the end of the word.
_CUT: Final[Mapping[Lang, tuple[str, ...]]] = {
    "de": ("um", "us", "is", "er", "em", "en", "es", "a", "o", "e"),
    "en": ("is", "fe", "an", "f", "y"),
}


def forms(text: str, lang: Lang, *, is_proper: bool) -> frozenset[str]:
    """Return the spellings of a name or term, itself included; spaces are single, apostrophes straight."""
    words = text.replace("’", "'").split()
    text = " ".join(words)
    if not words or len(text) > MAX_INFLECTED:
        return frozenset((text,))
    cut = _head_length(words, lang)
    phrases = (_german if lang == "de" else _english)(words[:cut], is_proper=is_proper)
    spelled = {text, *(" ".join((*phrase, *words[cut:])) for phrase in phrases)}
    if is_proper and lang == "de" and cut < len(words):
        # "Otto von Mühlberg" is declined at his end, a "Verband der Müller" at its head.
        spelled.update(" ".join((*words[:-1], last)) for last in _german_name(words[-1]))
    if lang == "en":
        spelled |= {f"{form}'s" for form in spelled if form == text or not form.endswith("s")}
    return frozenset(spelled if is_proper else _with_cases(spelled, words, lang))


def stems(text: str, lang: Lang, *, is_proper: bool) -> frozenset[str]:
    """Return beginnings such that each of the name's `forms` has one of them: few, and cheap to make."""
    words = text.replace("’", "'").split()
    text = " ".join(words)
    if not words or len(text) > MAX_INFLECTED:
        return frozenset((text,))
    head = words[: _head_length(words, lang)]
    lasts = tuple(_last_stems(head[-1], lang, is_proper=is_proper))
    if lang == "en" and not is_proper:
        # With an ending a word may change its first letter that does not without: a sign, the article "a".
        lasts = (*lasts, *(last.lower() for last in lasts), *(last[0].upper() + last[1:] for last in lasts))
    leading = set(_declined(head[:-1])) if lang == "de" else {tuple(head[:-1])}
    begun = {" ".join((*before, last)) for before in leading for last in lasts}
    return frozenset(begun if is_proper else _with_cases(begun, words, lang))


def _last_stems(word: str, lang: Lang, *, is_proper: bool) -> Iterator[str]:
    if is_proper:
        yield word
        return
    cut = next((len(end) for end in _CUT[lang] if word.lower().endswith(end)), 0)
    yield word[: len(word) - min(cut, len(word) - 1)]
    if lang == "de" and (umlaut := _umlaut(word)):
        yield umlaut


def _head_length(words: Sequence[str], lang: Lang) -> int:
    """Count the words before "mit …", "of …" or, behind a noun, "öffentlichen Rechts": what never changes."""
    for index in range(1, len(words)):
        is_behind_noun = lang == "de" and words[index][0].islower() and words[index - 1][0].isupper()
        if _HEAD_ENDS.match(words[index]) or (is_behind_noun and _ADJECTIVE.match(words[index])):
            return index
    return len(words)


def _german(head: Sequence[str], *, is_proper: bool) -> Iterator[tuple[str, ...]]:
    *leading, last = head
    before, hyphen, part = last.rpartition("-")
    if is_proper or _is_abbreviation(part):
        parts = _german_name(part)
    elif len(head) == 1 and part.islower():
        parts = _german_adjective(part)
    else:
        parts = _german_noun(part)
    lasts = [f"{before}{hyphen}{part}" for part in parts]
    for words in _declined(leading):
        for word in lasts:
            yield (*words, word)


def _is_abbreviation(word: str) -> bool:
    """Tell "SLA", "eV", "4" and "E2E" from words: there is a capital behind the first letter, or nothing small."""
    return not word.isalpha() or not word[1:].islower()


def _declined(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield the leading words in each case; adjectives side by side have the same ending."""
    yield tuple(words)
    stems = [_ADJECTIVE.match(word) for word in words]
    if any(stems):
        for ending in _ADJECTIVE_ENDINGS:
            pairs = zip(words, stems, strict=True)
            yield tuple(word if stem is None else stem.group() + ending for word, stem in pairs)


def _german_name(name: str) -> Iterator[str]:
    yield name
    yield f"{name}'s"
    if len(name) <= _TOO_SHORT and not (len(name) > 1 and name.isupper()):
        return  # "E" and "Al" would become "Es" and "Als"
    if name.lower().endswith(_SIBILANTS):
        yield f"{name}'"
    else:
        yield f"{name}s"
    if name.isalpha() and not name.isupper() and name[-1] not in "aeiouyäöü":
        yield f"{name}es"


def _german_adjective(word: str) -> Iterator[str]:
    found = _ADJECTIVE.match(word)
    yield word
    for ending in _ADJECTIVE_ENDINGS:
        yield (found.group() if found else word) + ending


def _german_noun(noun: str) -> Iterator[str]:
    yield noun
    cut, endings = next((cut, endings) for pattern, cut, endings in _GERMAN if pattern.search(noun))
    has_plural_er = _PLURAL_ER.search(noun) is not None
    if has_plural_er:
        cut, endings = 0, ("e", "en", "s", "es", "er", "ern")
    stem = noun[: len(noun) - cut]
    yield from (stem + ending for ending in endings)
    if has_plural_er or _may_have_umlaut(noun):
        yield from _with_umlaut(noun, endings)


def _may_have_umlaut(noun: str) -> bool:
    if _UNSTRESSED.search(noun):
        return _UNSTRESSED_WITH_UMLAUT.search(noun) is not None
    return _NO_UMLAUT.search(noun) is None


def _umlaut(noun: str) -> str:
    """Return "Bäch" of "Bach" and "Väter" of "Vater"; nothing of nouns in -e, whose plural is in -n."""
    found = _LAST_VOWEL.search(noun)
    if found is None:
        return ""
    umlaut = _UMLAUTS[found[1].lower()]
    return noun[: found.start()] + (umlaut.title() if found[1][0].isupper() else umlaut) + found[2]


def _with_umlaut(noun: str, endings: Iterable[str]) -> Iterator[str]:
    stem = _umlaut(noun)
    if not stem:
        return
    if _UNSTRESSED.search(noun):
        yield from (stem, f"{stem}n")
    else:
        yield from (stem + ending for ending in endings if ending[0] == "e" and ending != "es")


def _english(head: Sequence[str], *, is_proper: bool) -> Iterator[tuple[str, ...]]:
    *leading, last = head
    yield (*leading, last)
    if is_proper or _is_abbreviation(last):
        yield (*leading, f"{last}s")
        return
    cut, ending = next((cut, ending) for pattern, cut, ending in _ENGLISH if pattern.search(last))
    yield (*leading, last[: len(last) - cut] + ending)


def _with_cases(spelled: Iterable[str], words: Sequence[str], lang: Lang) -> Iterator[str]:
    """Yield each form in the cases that the language gives it: beginning a sentence, in a heading, in mid-sentence."""
    first = words[0]
    is_adjective = len(words) > 1 and words[1][0].isupper() and _ADJECTIVE.match(first) is not None
    is_free = (first[0].islower() or lang == "en" or is_adjective) and not _has_capitals(first)
    for form in spelled:
        yield form
        if is_free:
            yield form[0].swapcase() + form[1:]
        if lang == "en":
            yield " ".join(word if _has_capitals(word) else word.lower() for word in form.split())
            yield " ".join(word if _stays_small(word) else word[0].upper() + word[1:] for word in form.split())


def _has_capitals(word: str) -> bool:
    return len(word) > 1 and not (word[1:].islower() and not any(map(str.isdigit, word)))


def _stays_small(word: str) -> bool:
    return _HEAD_ENDS.match(word) is not None or word == "a"
