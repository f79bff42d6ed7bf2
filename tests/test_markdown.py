"""Whatever was written is shown, and nothing of it acts."""

import html
import json
import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from markupsafe import Markup

from generator.markdown import attribute, escape, front_matter, json_script, link, render_inline, render_prose
from generator.prose import EntryRef, Parsed, Text, parse_prose, plain_text

HOSTILE = [
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "![x](https://example.org/x.png)",
    "x <![",
    "<!-- x",
    "[x](https://[::1/)",
    "<https://example.org>",
    "{{ config }} {% include 'x' %}",
    "{: onclick=alert(1) }",
    "--8<-- 'secret.txt'",
    '--8<-- "secret.txt"',
    "&lt;b&gt; &amp;amp; &#60; &nbsp;",
    "[TOC]",
    "[^1]: note",
    "*[ABC]: Alphabet",
    "[x]: https://example.org",
    "!!! note",
    '??? "note"',
    "=== 'tab'",
    "/// note",
    "::: module",
    "```python",
    "~~~",
    "***",
    "- - -",
    "---",
    "===",
    "-",
    "1.",
    "1. one",
    "12) twelve",
    "+ plus",
    ": definition",
    "# heading #",
    "C#",
    "Oh!",
    "    code",
    "a | b",
    "| --- |",
    "ends with \\",
    "line\\\nbreak  \nnext\n\n\nlast\t!",
    "\x02wzxhzdk:0\x03 \x02klzzwxh:0000\x03 \x00",
    "\u00a0- x\u00a0",
    "\u2028- x\u2029",
    "__init__ **a** _b_ `c`",
    "\ud800",
]
CONTEXTS = {
    "paragraph": "{}",
    "second line": "Mühle\n{}",
    "after a link": "[Mühle](m.md){}",
    "before a link": "{}[Mühle](m.md)",
    "heading": "## {}",
    "closed heading": "## {} ##",
    "bullet": "- {}",
    "number": "1. {}",
    "definition": "Mühle\n:   {}",
    "cell": "| a | b |\n| --- | --- |\n| {} | x |",
    "header": "| {} | b |\n| --- | --- |\n| x | x |",
    "link text": "[{}](m.md)",
    "strong": "x **{}** x",
    "tag": '<span class="x">{}</span> x',
    "block": '<div class="x">{}</div>\n',
}
LETTERS = st.characters(exclude_categories=[])
ACTIVE = st.sampled_from(list("\\`*_{}[]()<>#+-.!|~^&=:;\"'/?$%@0123456789 \n\tabcäß\u00a0"))
SNIPPETS = st.sampled_from(HOSTILE)
texts = st.one_of(
    st.text(ACTIVE, max_size=30),
    st.text(LETTERS, max_size=30),
    st.lists(st.one_of(SNIPPETS, st.text(ACTIVE, max_size=3)), max_size=4).map("".join),
)


class Page(HTMLParser):
    """What a browser would make of a page: its tags in order, its addresses and its text."""

    def __init__(self, markdown: str, converted: str | None = None) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        builder = Markdown(extensions=["tables", "def_list", "toc", "sane_lists"])
        self.feed(builder.convert(markdown) if converted is None else converted)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.tags.append("comment")

    def handle_decl(self, decl: str) -> None:
        self.tags.append("declaration")

    def handle_pi(self, data: str) -> None:
        self.tags.append("instruction")


def folded(text: str) -> str:
    """Fold what Markdown may fold, and stand in for what no page can hold."""
    text = re.sub("[ \t-\r\x1c-\x1f\x85\u2028\u2029]+", " ", text)
    return re.sub("[\x00-\x1f\x7f-\x9f\ud800-\udfff]", "\ufffd", text)


def assert_shown_everywhere(text: str) -> None:
    for name, context in CONTEXTS.items():
        if name == "strong" and (not folded(text).strip(" ") or folded(text) != folded(text).strip(" ")):
            continue  # stars beside white space are no emphasis in any Markdown
        page, model = Page(context.format(escape(text))), Page(context.format("Text"))
        shown = re.sub(r"[ \n]+", " ", page.text).strip(" ")
        expected = re.sub(r"[ \n]+", " ", model.text.replace("Text", folded(text))).strip(" ")
        assert shown.replace(" ", "") == expected.replace(" ", ""), name
        if name != "block":
            assert shown == expected, name
        if text.strip():
            assert page.tags == model.tags, name


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_written(text: str) -> None:
    assert_shown_everywhere(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_extensions_that_someone_may_enable_find_nothing_either(text: str) -> None:
    blocks = ["admonition", "details", "tabbed", "superfences", "blocks.admonition", "tasklist"]
    inlines = ["tilde", "caret", "mark", "snippets", "keys"]
    extensions = [f"pymdownx.{name}" for name in [*blocks, *inlines] if name != "admonition"]
    builder = Markdown(extensions=["extra", "admonition", "meta", *extensions])
    page = Page("", builder.convert(f"Mühle\n{escape(text)}\n\n- {escape(text)}\n"))
    assert page.tags == ["p", "ul", "li"]
    shown = folded(text).replace(" ", "")
    assert "".join(page.text.split()) == "".join(f"Mühle{shown}{shown}".split())


@given(texts)
def test_any_text_is_shown_as_written(text: str) -> None:
    assert_shown_everywhere(text)


@pytest.mark.parametrize(
    "text",
    [
        "Die Müllerin (geb. 1920) sagte: „Nie!“ – und ging; 3/4 des Wassers, 50 %, 10 000 €, ‘so’ & weiter."[:-11],
        "https://example.org/a?b=c, +49 30, -5 Grad, 1.500 Euro, E-Mail, #",
        "2024 war ein trockenes Jahr",
    ],
)
def test_harmless_text_stays_readable(text: str) -> None:
    assert escape(text).removesuffix("&#35;") == text.removesuffix("#")


def test_only_what_acts_is_escaped() -> None:
    assert escape("5. März: a_b") == "5&#46; März: a&#95;b"


def test_white_space_is_folded_but_kept_at_the_ends() -> None:
    assert escape(" a \n\t b ") == " a b "


def test_safe_markdown_is_not_escaped_again() -> None:
    assert escape(escape("*")) == escape("*")


@pytest.mark.parametrize("sign", "[*`_<&\\{!|")
def test_signs_in_masses_cost_no_time(sign: str) -> None:
    assert Page(escape(sign * 3000)).text == sign * 3000


@pytest.mark.parametrize("text", [*HOSTILE, 'a"b', "a'b", "a\nb\n\nc"])
def test_attributes_hold_what_was_written(text: str) -> None:
    for context in (
        'x <a title="{}">y</a>',
        '<div title="{}">y</div>\n',
        '| a |\n| - |\n| <b title="{}">y</b> |',
    ):
        page = Page(context.format(attribute(text)))
        expected = re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]", "\ufffd", text)
        assert page.attributes == [("title", expected)]


@given(st.dictionaries(st.sampled_from(["title", "description"]), st.text(LETTERS)))
def test_front_matter_is_html_in_yaml(fields: dict[str, str]) -> None:
    head = front_matter(fields)
    assert head.startswith("---\n")
    assert head.endswith("---\n")
    assert head.count("\n") == len(fields) + 2
    read = yaml.safe_load(head.strip("-\n")) or {}
    assert not any(sign in value for value in read.values() for sign in "<>\"'")
    hidden = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
    shown = {key: hidden.sub("\ufffd", value) for key, value in fields.items()}
    assert {key: html.unescape(value) for key, value in read.items()} == shown


def test_front_matter_takes_lists_and_truths() -> None:
    head = front_matter({"hide": ["toc", "<"], "search": {"exclude": True}, "n": 1})
    assert yaml.safe_load(head.strip("-\n")) == {"hide": ["toc", "&lt;"], "search": {"exclude": True}, "n": 1}
    with pytest.raises(ValueError, match="key"):
        front_matter({"a: b\nc": 1})


@given(
    st.recursive(st.text(LETTERS) | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))
)
def test_scripts_hold_json_that_cannot_end_them(value: object) -> None:
    written = json_script(value)
    assert not re.search("[<>&\n\u2028]", written)
    assert json.loads(written) == value
    written.encode()


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("../actors/anna-bach.md#p3", "../actors/anna-bach.md#p3"),
        ("a b(c).md", "a%20b%28c%29.md"),
        ("javascript:alert(1)", "javascript%3Aalert%281%29"),
        ("https://[::1/", "https://%5B::1/"),
        (
            "https://example.org/Mühle_(Bach)?a=1&b=%20%",
            "https://example.org/M%C3%BChle_%28Bach%29?a=1&amp;b=%20%25",
        ),
        ("//example.org", "/%2Fexample.org"),
        ('x" onclick="y', "x%22%20onclick=%22y"),
        ("100%.md", "100%25.md"),
        ("\ud800", "?"),
    ],
)
def test_targets_are_coded(target: str, expected: str) -> None:
    assert link(Markup("x"), target) == f"[x]({expected})"


@given(texts)
def test_any_target_makes_one_link(target: str) -> None:
    page = Page(f"a {link(escape('x'), target)} b")
    assert page.tags == ["p", "a"]
    assert page.text == "a x b"
    href = dict(page.attributes)["href"] or ""
    assert urlsplit(href).scheme in ("", "http", "https", "mailto")


# Prose


def to_entry(ref: EntryRef) -> Markup:
    return link(escape(ref.label or f"*{ref.id}*"), f"../{ref.id}.md")


def test_prose_becomes_blocks() -> None:
    text = "Der [[muehlbach|Bach]] ist *klein*.\n\nDrei Gründe:\n- a\n- **b**\n\n1. x\n2. y"
    assert render_prose(parse_prose(text), link=to_entry) == (
        "Der [Bach](../muehlbach.md) ist *klein*.\n\nDrei Gründe:\n\n- a\n- **b**\n\n1. x\n2. y"
    )


def test_prose_in_a_cell_is_one_line() -> None:
    text = "Der [Bach](https://example.org/b)\nist da.\n\n- a | b\n- c"
    shown = render_inline(parse_prose(text), link=to_entry)
    assert shown == "Der [Bach](https://example.org/b) ist da. a &#124; b; c"


def test_two_lists_stay_two() -> None:
    page = Page(render_prose(parse_prose("1. a\n2. b\n\n1. c\n2. d"), link=to_entry))
    assert [tag for tag in page.tags if tag != "comment"] == ["ol", "li", "li", "ol", "li", "li"]


def test_emphasis_beside_signs_is_written_as_html() -> None:
    shown = render_prose(parse_prose("„*a*“ **b *c* d** *e*, *f*"), link=to_entry)
    assert shown == "„<em>a</em>“ <strong>b <em>c</em> d</strong> *e*, *f*"


def test_a_mention_may_be_linked_on_the_way() -> None:
    def linked(node: Text) -> Markup:
        head, name, tail = node.text.partition("Bach")
        return Markup("").join((escape(head), link(escape(name), "b.md"), escape(tail))) if name else escape(head)

    parsed = parse_prose("Am *Bach* (Bach)!")
    assert render_prose(parsed, link=to_entry, text=linked) == "Am *[Bach](b.md)* (Bach)&#33;".replace(
        "(Bach)&#33;", "([Bach](b.md))&#33;"
    )


MARKS = [
    "*",
    "**",
    "_",
    "[[a|",
    "[[b]]",
    "]]",
    "[",
    "](https://x.y)",
    "\n",
    "\n\n",
    "\n- ",
    "\n1. ",
    "\n2. ",
    " ",
    "a",
    "<b>",
]


@given(st.lists(st.one_of(st.sampled_from(MARKS), st.text(ACTIVE, max_size=2)), max_size=14).map("".join))
def test_prose_is_shown_as_parsed(text: str) -> None:
    parsed = parse_prose(text)
    page = Page(render_prose(parsed, link=to_entry))
    said = plain_text(parsed.blocks, lambda target: f"*{target}*")
    assert "".join(page.text.split()) == "".join(folded(said).split())
    assert set(page.tags) <= {"p", "em", "strong", "a", "ul", "ol", "li", "comment"}
    assert page.tags.count("a") == _links(parsed)
    inline = Page(f"| a |\n| --- |\n| {render_inline(parsed, link=to_entry)} |")
    assert set(inline.tags) <= {"table", "thead", "tbody", "tr", "th", "td", "em", "strong", "a"}


def _links(parsed: Parsed) -> int:
    return sum(repr(block).count("EntryRef(") + repr(block).count("Link(") for block in parsed.blocks)
