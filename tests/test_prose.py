"""The Markdown of entries: what it is, what it is not, and that nobody can make it slow."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.prose import (
    Block,
    Emphasis,
    EntryRef,
    Inline,
    Link,
    Listing,
    Paragraph,
    Text,
    parse_prose,
    plain_text,
    references,
    scan_prose,
)


def outline(text: str) -> list[object]:
    """Say briefly what a text is read as."""
    return [
        _inlines(block.inlines)
        if isinstance(block, Paragraph)
        else ("numbers" if block.ordered else "bullets", [_inlines(item) for item in block.items])
        for block in parse_prose(text).blocks
    ]


def _inlines(inlines: tuple[Inline, ...]) -> list[object]:
    brief: list[object] = []
    for inline in inlines:
        match inline:
            case Text(text):
                brief.append(text)
            case Emphasis(strong, children):
                brief.append(("strong" if strong else "em", *_inlines(children)))
            case Link(url, children):
                brief.append((url, *_inlines(children)))
            case EntryRef(target, label):
                brief.append(("ref", target, label))
    return brief


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n ", []),
        ("Die Mühle steht.", [["Die Mühle steht."]]),
        ("  Die Mühle\nsteht.\n", [["Die Mühle\nsteht."]]),
        ("Eins.\n\n\nZwei.", [["Eins."], ["Zwei."]]),
        ("*a* _b_", [[("em", "a"), " ", ("em", "b")]]),
        ("**c** __d__", [[("strong", "c"), " ", ("strong", "d")]]),
        ("**a *b* c**", [[("strong", "a ", ("em", "b"), " c")]]),
        ("***a***", [[("strong", ("em", "a"))]]),
        ("*a **b***", [[("em", "a ", ("strong", "b"))]]),
        ("(*a*), „_b_“", [["(", ("em", "a"), "), „", ("em", "b"), "“"]]),
        ("*a **b*", [[("em", "a **b")]]),
        ("**a", [["**a"]]),
        ("*a _b* c_", [[("em", "a _b"), " c_"]]),
        ("[[muehle]]s [[bach|des Bachs]]", [[("ref", "muehle", None), "s ", ("ref", "bach", "des Bachs")]]),
        ("*[[muehle]]*", [[("em", ("ref", "muehle", None))]]),
        ("[[[muehle]]]", [["[", ("ref", "muehle", None), "]"]]),
        ("Oh![[muehle]]", [["Oh!", ("ref", "muehle", None)]]),
        ("[Bach *A*](https://a.org/b_(c)?d=e#f)", [[("https://a.org/b_(c)?d=e#f", "Bach ", ("em", "A"))]]),
        ("[a](HTTP://müller.de:80) [b](mailto:a@b.org?subject=c)",
         [[("HTTP://müller.de:80", "a"), " ", ("mailto:a@b.org?subject=c", "b")]]),
        ("- a\n- b", [("bullets", [["a"], ["b"]])]),
        ("* a\n\n* b", [("bullets", [["a"], ["b"]])]),
        ("Drei:\n- a\n  b\n- c\n\nEnde", [["Drei:"], ("bullets", [["a\n  b"], ["c"]]), ["Ende"]]),
        ("Zwei:\n1. a\n2. *b*\n\nEnde", [["Zwei:"], ("numbers", [["a"], [("em", "b")]]), ["Ende"]]),
        ("1. a\n1. b", [("numbers", [["a"], ["b"]])]),
        ("- a\n\n1. b\n2. c", [("bullets", [["a"]]), ("numbers", [["b"], ["c"]])]),
        ("1. a\n2. b\n- c", [("numbers", [["a"], ["b"]]), ("bullets", [["c"]])]),
        ("1. a\n2. b\n\n1. c\n2. d", [("numbers", [["a"], ["b"]]), ("numbers", [["c"], ["d"]])]),
    ],
)  # fmt: skip
def test_the_subset(text: str, expected: list[object]) -> None:
    assert outline(text) == expected
    assert parse_prose(text).problems == ()


@pytest.mark.parametrize(
    "text",
    [
        "3 < 4 und 5 > 4, a<b",
        "AT&T; R&Dxy; R&D, Müller & Söhne",
        "snake_case und __init__x",
        "5 * 3 * 2, 2*3*4",
        "Müller*innen und Bäuer*innen",
        "[x] [sic] (a)",
        "{a}, ~5, 3^2, a|b, #1",
        "1. März 2024 kam die Klage",
        "5. März 2024 kam die Klage\n6. März die Antwort",
        "Am\n1. März 2024",
        "C:\\Mühle\\Bach",
        "50 %! Oh? a/b: c; 'd' \"e\"",
        "ein ` allein",
        "a **** b",
        "-5 Grad",
    ],
)
def test_lone_signs_are_text(text: str) -> None:
    assert outline(text) == [[text]]
    assert parse_prose(text).problems == ()


@pytest.mark.parametrize(
    ("text", "marked", "message"),
    [
        ("a <b>c", "<b>", "HTML"),
        ("a </b>", "</b>", "HTML"),
        ("<img src=x onerror=y>", "<img src=x onerror=y>", "HTML"),
        ("a <!-- b", "<!--", "HTML"),
        ("a <https://a.org>", "<https://a.org>", "angle brackets"),
        ("a <a@b.org>", "<a@b.org>", "angle brackets"),
        ("a&nbsp;b", "&nbsp;", "HTML"),
        ("a &#8211; b", "&#8211;", "HTML"),
        ("a &#x2013; b", "&#x2013;", "HTML"),
        ("a `b` c", "`b`", "Code"),
        ("a \\* b", "\\*", "backslash"),
        ("a {: .b}", "{: .b}", "braces"),
        ("a {#b}", "{#b}", "braces"),
        ("a {{ b }}", "{{ b }}", "braces"),
        ("a {% b %} c", "{% b %}", "braces"),
        ("a ~~b~~", "~~", "Struck-out"),
        ("a [^1] b", "[^1]", "Footnotes"),
        ("a ![b](https://c.org/d.png)", "![b](https://c.org/d.png)", "Images"),
        ("a [b](javascript:alert(1))", "javascript:alert(1)", "“javascript:”"),
        ("a [b](JavaScript:c)", "JavaScript:c", "“JavaScript:”"),
        ("a [b](data:text/html,c)", "data:text/html,c", "“data:”"),
        ("a [b](../c.md)", "../c.md", "not a whole one"),
        ("a [b](//c.org)", "//c.org", "not a whole one"),
        ("a [b]()", "", "not a whole one"),
        ("a [b](https://)", "https://", "malformed"),
        ("a [b](https://[::1/)", "https://[::1/", "malformed"),
        ("a [b](https://c@d.org)", "https://c@d.org", "malformed"),
        ('a [b](https://c.org/")', 'https://c.org/"', "malformed"),
        ('a [b](https://c.org "d")', '[b](https://c.org "d")', "does not end"),
        ("a [b](https://c.org", "[b](https://c.org", "does not end"),
        ("a [ ](https://c.org)", "[ ](https://c.org)", "without text"),
        ("a [b [c] d](https://e.org)", "](", "brackets"),
        ("a [b [[c]] d](https://e.org)", "](", "brackets"),
        ("a [[b", "[[", "without a matching"),
        ("a [[b]", "[[", "without a matching"),
        ("a [b-c]] d", "[b-c]]", "“]]” without a matching"),
        ("a [b|c d]] d", "[b|c d]]", "“]]” without a matching"),
        ("a [[b|]]", "[[b|]]", "without text"),
        ("a [[Mühle]]", "[[Mühle]]", "cannot be the id"),
        ("a [[ b ]]", "[[ b ]]", "cannot be the id"),
        ("a [[]]", "[[]]", "cannot be the id"),
        ("a [[" + "b" * 81 + "]]", "[[" + "b" * 81 + "]]", "cannot be the id"),
        ("a [[b#c]]", "[[b#c]]", "part of an entry"),
        ("a [[b|<i>c</i>]]".replace("</i>", ""), "<i>", "HTML"),
        ("# a", "# a", "Headings"),
        ("a\n===", "===", "line of signs"),
        ("a\n\n---\n\nb", "---", "line of signs"),
        ("* * *", "* * *", "line of signs"),
        ("> a\n> b", "> a\n> b", "Block quotes"),
        ("```\na", "```", "Code"),
        ("a | b\n--|--\nc | d", "--|--", "Tables"),
        ("| a | b |\n|---|---|\n| c | d |", "| a | b |\n|---|---|\n| c | d |", "Tables"),
        ("!!! note", "!!! note", "Boxes"),
        (": a", ": a", "Definition lists"),
        ("[a]: https://b.org", "[a]: https://b.org", "Definitions of links"),
        ("a\n\n    b", "b", "indented paragraph"),
        ("    a", "a", "indented paragraph"),
        ("- a\n  - b", "- b", "list within a list"),
        ("- a\n\n  b", "b", "second paragraph"),
        ("1. a\n2. b\n4. c", "4. ", "“4.” follows “2.”"),
    ],
)
def test_everything_else_is_a_problem(text: str, marked: str, message: str) -> None:
    problems = parse_prose(text).problems
    assert [text[problem.start : problem.end] for problem in problems] == [marked]
    assert message in problems[0].message
    assert problems[0].hint


def test_all_problems_show_at_once_in_order() -> None:
    text = "# a <b>\n\n- c `d`\n- [e](f)"
    assert [text[problem.start : problem.end] for problem in parse_prose(text).problems] == [
        "# a <b>",
        "<b>",
        "`d`",
        "f",
    ]


def test_references_know_where_they_stand() -> None:
    text = "Der *[[bach]]* an\n\n- der [[muehle|Mühle]], nicht `[[wehr]]`"
    found = references(text)
    assert [(ref.id, text[ref.start : ref.end]) for ref in found] == [
        ("bach", "[[bach]]"),
        ("muehle", "[[muehle|Mühle]]"),
    ]
    assert references("Der Bach") == ()


def test_plain_text_says_titles_and_labels() -> None:
    blocks = parse_prose("Der *[[bach]]* an\nder [[muehle|Mühle]]\n\n- [a](https://b.org)\n- c").blocks
    assert plain_text(blocks, str.upper) == "Der BACH an der Mühle\na\nc"


@pytest.mark.parametrize(
    "text", ["[[a| b ]]", "[[a|b c]] d", "[[" + "b" * 81 + "]]", "[[a]] [[b-c|d", "a\u00a0[[b|\u00a0c]]"]
)
def test_the_scan_of_simple_texts_is_exact(text: str) -> None:
    assert_scanned(text)


def assert_scanned(text: str) -> None:
    parsed, scanned = parse_prose(text), scan_prose(text)
    assert scanned.problems == parsed.problems
    assert scanned.references == tuple(ref for block in parsed.blocks for ref in _refs(block))


MARKS = [
    "*", "**", "***", "_", "__", "[[a]]", "[[a|b]]", "[[", "]]", "[", "]", "](", "(", ")", "[a](https://b.org)",
    "\n", "\n\n", "\n- ", "\n  - ", "\n1. ", "\n2. ", " ", "a", "b c", "<b>", "`", "&amp;", "\\", "{{",
    "#", "~~", "|", "ä",
]  # fmt: skip
texts = st.lists(st.one_of(st.sampled_from(MARKS), st.text(max_size=3)), max_size=20).map("".join)


@given(texts)
def test_nodes_stand_where_they_say(text: str) -> None:
    parsed = parse_prose(text)
    ends = [0]
    for block in parsed.blocks:
        for inlines in (block.inlines,) if isinstance(block, Paragraph) else block.items:
            assert inlines
            _check(text, inlines, ends)
    for problem in parsed.problems:
        assert 0 <= problem.start <= problem.end <= len(text)
    assert [problem.start for problem in parsed.problems] == sorted(problem.start for problem in parsed.problems)
    assert_scanned(text)


def _check(text: str, inlines: tuple[Inline, ...], ends: list[int]) -> None:
    """Check that nodes follow each other and are what stands at their place."""
    for inline in inlines:
        match inline:
            case Text(written, start):
                assert written
                assert text[start : start + len(written)] == written
                assert start >= ends[-1]
                ends.append(start + len(written))
            case EntryRef(target, label, start, end):
                assert text[start:end].startswith(f"[[{target}")
                assert label is None or label in text[start:end]
                assert start >= ends[-1]
                ends.append(end)
            case Emphasis(children=children) | Link(children=children):
                assert children
                _check(text, children, ends)


def _refs(block: Block) -> list[EntryRef]:
    found: list[EntryRef] = []
    stack = [*(block.inlines if isinstance(block, Paragraph) else [each for item in block.items for each in item])]
    while stack:
        inline = stack.pop(0)
        if isinstance(inline, EntryRef):
            found.append(inline)
        elif isinstance(inline, Emphasis | Link):
            stack[:0] = inline.children
    return found


@given(
    st.lists(st.sampled_from(["[[a]]", "[[b-1|c d]]", "[[c| d]]", "a", "ä ", ". ", "„", "1", "*", "]"])).map("".join)
)
def test_simple_texts_are_scanned_as_they_are_parsed(text: str) -> None:
    assert_scanned(text)


@given(texts)
def test_no_letter_is_lost(text: str) -> None:
    assert plain_text(parse_prose(text).blocks, str).count("ä") == text.count("ä")


@pytest.mark.parametrize(
    "piece",
    ["[", "*", "_", "[[", "[[a|", "[x](", "[x](((", "[x](()", "![", "](", "<a", "<!--", "*a ",
     "_a ", "**a _b ", "*a* ", "`", "`a", "`` `", "&#1;", "{:", "\\*", "a\n", "- a\n", "1. a\n", "1. a\n\n",
     "- - ", "> ", "| ", "    - ", "~~"],
)  # fmt: skip
def test_hostile_text_costs_linear_time(piece: str) -> None:
    started = time.process_time()
    parse_prose(piece * 20_000)
    assert time.process_time() - started < 3  # a quadratic step would take minutes


def test_a_list_is_a_value() -> None:
    assert parse_prose("- a").blocks == (Listing(ordered=False, items=((Text("a", 2),),)),)
    assert hash(parse_prose("- a"))
