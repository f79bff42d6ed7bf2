"""Typical mistakes of contributors: each is told once, at its place, with what is wrong and what to do.

A mistake is a change of one entry of the village. What is told is given as `line:column code`, then words of the
message and of the hint.
"""

from typing import NamedTuple

import pytest

from generator.yamltree import parse
from tests.village import changed, look, span, text_of, village

EVENT = "entries/events/mill-bought.yaml"
TYPE = "type: purchase\n"
ACTOR = "- {actor: anna-mueller, role: buyer}"
GERMAN = '  de: "[[anna-mueller]] kauft die Mühle für 300 Taler."\n'
ENGLISH = '  en: "[[anna-mueller]] buys'
TITLE = "{de: Anna Müller kauft die Mühle, en: Anna Müller buys the mill}"
QUOTE = "quote: kaufte Anna Müller die alte Mühle am Bach für 300 Taler"


class Mistake(NamedTuple):
    """What is replaced in the event by what, and what is told of it."""

    old: str
    new: str
    where: str
    message: str
    hint: str


def told(mistake: Mistake) -> list[tuple[str, str, str]]:
    """Give place and code, message and hint of everything that is told."""
    diagnostics = look(village(changed(EVENT, mistake.old, mistake.new))).diagnostics
    assert {span(one).file for one in diagnostics} <= {EVENT}
    return [(f"{span(one).line}:{span(one).column} {one.code}", one.message, one.hint) for one in diagnostics]


def check_told(mistake: Mistake) -> None:
    ((where, message, hint),) = told(mistake)
    assert where == mistake.where
    assert mistake.message in message
    assert mistake.hint in hint


@pytest.mark.parametrize(
    "mistake",
    [
        # Out of a word processor: blanks, dashes and quotation marks that are not those of the keyboard
        Mistake(TYPE, "type:\u00a0purchase\n", "3:6 yaml-syntax", "invisible", "U+00A0 no-break space"),
        Mistake("  en: ", "  en:\u00a0", "7:6 yaml-syntax", "invisible", "space bar"),
        Mistake("  en: ", " \u00a0en: ", "7:2 yaml-syntax", "invisible", "plain blank"),
        Mistake(ACTOR, ACTOR.replace("- ", "-\u2003"), "9:4 yaml-syntax", "invisible", "U+2003 em space"),
        Mistake(ACTOR, ACTOR.replace("-", "–", 1), "9:3 yaml-syntax", "a hyphen, and – is none", "“- ”"),
        Mistake("- source", "• source", "12:3 yaml-syntax", "a hyphen, and • is none", "“- ”"),
        Mistake(ACTOR, f"{ACTOR}\n  – {{actor: x}}", "10:3 yaml-syntax", "a hyphen, and – is none", "“- ”"),
        Mistake("type:", "type：", "3:5 yaml-syntax", "a colon, and ： is none", "a colon and a blank"),
        Mistake(TITLE, "„Die Mühle: ein Kauf“", "4:8 yaml-syntax", "not those that YAML knows", "keyboard"),
        Mistake('300 Taler."', "300 Taler.“", "6:7 yaml-syntax", "does not end with the quotation mark", "keyboard"),
        Mistake(
            '"[[anna-mueller]] kauft',
            "„Kauf: sie kauft",
            "6:7 yaml-syntax",
            "does not begin with the quotation mark",
            "keyboard",
        ),
        # Signs that are missing, or others in their place
        Mistake(ACTOR, ACTOR.replace("- ", "-"), "9:3 yaml-syntax", "after the hyphen", "“- ”"),
        Mistake(ACTOR, f"{ACTOR}\n  -{{actor: x}}", "10:3 yaml-syntax", "after the hyphen", "“- ”"),
        Mistake("- source", "-source", "12:3 yaml-syntax", "after the hyphen", "“- ”"),
        Mistake(
            "type: purchase", "type = purchase", "3:6 yaml-syntax", "a colon, and = is none", "a colon and a blank"
        ),
        Mistake("type: purchase", "type purchase", "3:1 yaml-syntax", "no key with a colon", "key: value"),
        Mistake("type: purchase", '"type": "purchase",', "3:19 yaml-syntax", "a comma", "delete"),
        Mistake("mueller, role", "mueller; role", "9:25 yaml-syntax", "a comma, and ; is none", "write a comma"),
        Mistake("mueller, role", "mueller role", "9:13 yaml-syntax", "such as a colon", "write a comma before it"),
        Mistake("type: purchase", "type: sale status: draft", "3:18 yaml-syntax", "a colon", "begin a line for it"),
        Mistake(ACTOR, ACTOR.replace("-", "*", 1), "9:3 yaml-syntax", "a hyphen, and * is none", "“- ”"),
        Mistake(ACTOR, ACTOR.replace("-", "1.", 1), "9:3 yaml-syntax", "a hyphen, and 1. is none", "“- ”"),
        Mistake(TYPE, f"// a sale\n{TYPE}", "3:1 yaml-syntax", "begins with #, not with //", "write #"),
        # What two people wrote at once
        Mistake(
            TYPE, f"<<<<<<< HEAD\n{TYPE}=======\ntype: sale\n>>>>>>> x\n", "3:1 yaml-syntax", "Git", "both versions"
        ),
        Mistake(GERMAN, f"<<<<<<< a\n{GERMAN}=======\n{GERMAN}>>>>>>> b\n", "6:1 yaml-syntax", "Git", "both versions"),
        Mistake(TYPE, f"```yaml\n{TYPE}```\n", "3:1 yaml-syntax", "```yaml stands around", "delete the lines"),
        # Texts that need quotation marks
        Mistake(QUOTE, QUOTE.replace("alte", "alte #1"), "13:40 text-cut-off", "a comment", "double quotes"),
        Mistake(QUOTE, QUOTE.replace("kaufte", "&kaufte"), "13:12 anchor-or-alias", "an anchor", "double quotes"),
        Mistake(QUOTE, QUOTE.replace("kaufte", "!kaufte"), "13:12 yaml-tag", "a YAML tag", "double quotes"),
        Mistake(
            QUOTE, QUOTE.replace("kaufte", "*kaufte"), "13:12 anchor-or-alias", "*kaufte is an alias", "double quotes"
        ),
        Mistake(QUOTE, "quote: **kaufte** Anna", "13:12 anchor-or-alias", "begins with *", "double quotes"),
        Mistake(QUOTE, QUOTE.replace("kaufte", "@kaufte"), "13:12 yaml-syntax", "begin with @", "double quotes"),
        Mistake("{de: Anna", "{de: Anna: sie", "4:13 yaml-syntax", "such as a colon", "double quotes"),
        Mistake("Mühle, en", "Mühle #2, en", "4:41 text-cut-off", "a comment", "double quotes"),
        Mistake("Mühle, en", "Mühle [1], en", "4:13 yaml-syntax", "a bracket", "double quotes"),
        Mistake("Mühle, en", "Mühle:, en", "4:13 yaml-syntax", "such as a colon", "double quotes"),
        Mistake(QUOTE, "quote: er sagte: nein", "13:20 yaml-syntax", "contains a colon", "double quotes"),
        Mistake(QUOTE, "quote: - kaufte Anna", "13:12 yaml-syntax", "a list cannot begin here", "double quotes"),
        Mistake(QUOTE, "quote: ? kaufte Anna", "13:12 yaml-syntax", "cannot begin with ?", "double quotes"),
    ],
)
def test_a_mistake_in_the_layout_is_told_once_and_where_it_is(mistake: Mistake) -> None:
    check_told(mistake)


@pytest.mark.parametrize(
    "mistake",
    [
        # Blanks and hyphens of print in names
        Mistake("  en: ", "\u00a0\u00a0en: ", "7:1 unknown-key", "“[U+00A0][U+00A0]en”", "plain blank"),
        Mistake("{actor: ", "{actor:\u00a0", "9:6 unknown-key", "“actor:[U+00A0]anna-mueller”", "plain blank"),
        Mistake(", role", ",\u00a0role", "9:26 unknown-key", "“[U+00A0]role”", "did you mean “role”?"),
        Mistake("type: purchase", "type: purchase\u00a0", "3:7 unknown-word", "“purchase[U+00A0]”", "plain blank"),
        Mistake("when: 1871", "when: 1871\u202f", "1:7 bad-date", "1871[U+202F]", "U+202F narrow no-break space"),
        Mistake(
            "type: purchase", "type: pur\u00adchase", "3:7 unknown-word", "“pur[U+00AD]chase”", "invisible: delete it"
        ),
        Mistake("mill-quarrel", "mill‑quarrel", "10:12 unknown-ref", "mill‑quarrel", "‑ is U+2011 non-breaking hyphen"),
        # Keys
        Mistake("type:", "typ:", "3:1 unknown-key", "“typ”", "did you mean “type”?"),
        Mistake("type:", "Type:", "3:1 unknown-key", "“Type”", "did you mean “type”?"),
        Mistake(
            "{actor: ", "{actor:", "9:6 unknown-key", "“actor:anna-mueller”", "a colon and a blank after it: “actor: …”"
        ),
        Mistake("{de: Anna", "{de: Anna, 5", "4:19 unknown-key", "“5 Müller kauft die Mühle”", "double quotes"),
        Mistake("{de: Anna", "{de: 280,5, x: Anna", "4:17 unknown-key", "“5”", "a point in a number"),
        Mistake(TITLE, "{en: x, de:Anna}", "4:16 unknown-key", "“de:Anna”", "“de: …”"),
        Mistake(TITLE, "{en: x, de Anna}", "4:16 unknown-key", "“de Anna”", "“de: …”"),
        Mistake(TITLE, "\n  de:Anna\n  en:Anna", "5:3 bad-value", "after the colon of “de:”", "a line of its own"),
        # Values of another form
        Mistake(ACTOR, "- anna-mueller", "9:5 wrong-type", "keys and values", "with these keys: actor, role"),
        Mistake(QUOTE, "quote: {de: kaufte}", "13:12 wrong-type", "a text, or a list of texts", "as one text"),
        Mistake(QUOTE, 'quote: ""', "13:5 bad-value", "the text is empty", "write it"),
        Mistake(TITLE, "[a, b]", "4:8 wrong-type", "“de:” and “en:”", "{de: …, en: …}"),
        Mistake(
            ' "[[anna-mueller]] buys the mill for 300 thalers."',
            ' ""',
            "6:3 missing-translation",
            "no English",
            "under “en:”",
        ),
        Mistake("type: purchase", "type: Kauf", "3:7 unknown-word", "“Kauf”", "did you mean “purchase”?"),
        Mistake("kauft die Mühle für", "kauft[^1] für", "6:30 unsafe-markup", "Footnotes", "evidence"),
        Mistake("  en: ", "  de: ", "7:3 duplicate-key", "“de” stands twice", "one of the two"),
        # References
        Mistake(
            "actor: anna-mueller",
            "actor: Anna Müller",
            "9:13 unknown-ref",
            "“Anna Müller”",
            "did you mean “anna-mueller”?",
        ),
        Mistake("actor: anna-mueller", "actor: Anna", "9:13 unknown-ref", "“Anna”", "did you mean “anna-mueller”?"),
        Mistake(
            "[mill-quarrel]", "[Streit um das Wasser]", "10:12 unknown-ref", "Streit", "did you mean “mill-quarrel”?"
        ),
        Mistake('de: "[[anna-mueller]]', 'de: "[[Anna Müller]]', "6:8 unsafe-markup", "Anna Müller", "“anna-mueller”?"),
        Mistake(
            'de: "[[anna-mueller]]',
            'de: "[[Quarrel about the water]]',
            "6:8 unsafe-markup",
            "Quarrel",
            "“mill-quarrel”?",
        ),
        Mistake(
            'de: "[[anna-mueller]]', 'de: "[[Sie|anna-mueller]]', "6:8 unsafe-markup", "“Sie”", "[[anna-mueller|Sie]]"
        ),
        Mistake('de: "[[anna-mueller]]', 'de: "[[ anna-mueller ]]', "6:8 unsafe-markup", "anna", "“anna-mueller”?"),
        Mistake('de: "[[anna-mueller]]', 'de: "[[Ein Bach]]', "6:8 unsafe-markup", "Ein Bach", "small letters"),
        Mistake("actor: anna-mueller", "actor: somebody", "9:13 unknown-ref", "“somebody”", "its file without .yaml"),
        Mistake(
            "[mill-quarrel]", "[anna-mueller]", "10:12 wrong-kind", "of kind actor, not dispute", "of kind dispute"
        ),
    ],
)
def test_a_mistake_in_a_field_is_told_once_and_where_it_is(mistake: Mistake) -> None:
    check_told(mistake)


def test_an_item_without_its_hyphen_is_told_once() -> None:
    item = f"    source: chronicle\n    {QUOTE}\n    note: x\n"
    assert [where for where, *_ in told(Mistake("    translation", f"{item}    translation", "", "", ""))] == [
        "14:5 duplicate-key"
    ]
    doubled = parse("a: 1\nb: 2\na: 3\nc: 4\nb: 5\nb: 6\n", "entries/mill.yaml")[1]
    assert [span(one).line for one in doubled] == [3, 5, 6]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("!!python/object:os.system {}\n", ["1:1 yaml-tag"]),
        ("when: 1871\n---\ntype: purchase\n", ["2:1 several-documents"]),
        ("? [when]\n: 1871\n", ["1:3 bad-key"]),
    ],
)
def test_of_a_file_that_was_read_in_part_nothing_is_missing(text: str, where: list[str]) -> None:
    assert [place for place, *_ in told(Mistake(text_of(EVENT), text, "", "", ""))] == where


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a:\n  - |\n    – Yes\n    -No\n    key:x\n    = y\n    \u00a0z\nccc\nd: e\n", 8, "no key with a colon"),
        ("a: |\n  <<<<<<< x\nccc\nd: e\n", 3, "no key with a colon"),
        ("a: “b”\nc: d # e\nf: [g\nh: i\n", 3, "not closed"),
    ],
)
def test_what_only_looks_like_a_slip_is_not_accused(text: str, line: int, words: str) -> None:
    (found,) = parse(text, "entries/mill.yaml")[1]
    assert span(found).line == line
    assert words in found.message


def test_a_blank_of_print_is_named_wherever_it_does_harm() -> None:
    text = text_of(EVENT)
    harm = 0
    for at in (at for at, character in enumerate(text) if character == " "):
        found = look(village({EVENT: f"{text[:at]}\u00a0{text[at + 1 :]}"})).diagnostics
        harm += len(found)
        assert len(found) <= 1
        assert all("U+00A0" in one.hint for one in found)
    assert harm > 30


@pytest.mark.parametrize("character", [*' :-"{}[],\n'])
def test_a_character_that_is_missing_is_told_once(character: str) -> None:
    text = text_of(EVENT)
    for at in (at for at, one in enumerate(text) if one == character):
        line = text.count("\n", 0, at) + 1
        found = look(village({EVENT: f"{text[:at]}{text[at + 1 :]}"})).diagnostics
        assert len(found) <= 1
        assert all(abs(span(one).line - line) <= 1 for one in found)


def test_a_slip_that_is_everywhere_is_shown_where_it_begins() -> None:
    spoilt = text_of(EVENT).replace(": ", ":\u00a0")
    (found,) = look(village({EVENT: spoilt})).diagnostics
    assert (span(found).line, span(found).column) == (1, 6)


def test_a_digest_may_have_capitals() -> None:
    source = "entries/sources/chronicle.yaml"
    line = next(line for line in text_of(source).splitlines() if line.startswith("sha256: "))
    assert look(village(changed(source, line, f"sha256: {line[8:].upper()}"))).diagnostics == ()
    (found,) = look(village(changed(source, line, "sha256: abc"))).diagnostics
    assert (found.code, found.hint.endswith("64 digits and letters a–f.")) == ("bad-value", True)
