"""YAML becomes a tree: what is read, what is refused, and where everything stands."""

import time
from collections.abc import Iterator
from itertools import pairwise

import pytest
import yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st

from generator.diagnostics import MAX_TOLD, Diagnostic, Path, Place, Related, Span
from generator.hidden import name_of
from generator.yamlsyntax import explain
from generator.yamltree import MAX_BYTES, MAX_DEPTH, MAX_FIELD, Tree, locate, parse

FILE = "entries/mill.yaml"


def faults(text: str) -> list[tuple[str, int, int]]:
    """Give code, line and column of every fault."""
    return [(one.code, one.at.line, one.at.column) for one in parse(text, FILE)[1] if isinstance(one.at, Span)]


def cut(text: str, span: Span | Place) -> str:
    """Give what stands at a span."""
    assert isinstance(span, Span)
    lines = text.removeprefix("\ufeff").split("\n")[span.line - 1 : span.end_line]
    lines[-1] = lines[-1][: span.end_column - 1]
    lines[0] = lines[0][span.column - 1 :]
    return "\n".join(lines)


def at(text: str, path: Path, start: int | None = None, end: int | None = None, *, on_key: bool = False) -> str:
    """Give the text that `locate` finds for a place."""
    place = Place(FILE, path, on_key=on_key, start=start, end=end)
    (found,) = locate([Diagnostic("bad-value", "odd", place)], {FILE: text})
    return cut(text, found.at)


# --- what is read -------------------------------------------------------------------------------------------


def test_the_schema_decides_what_a_scalar_means() -> None:
    text = "a: no\nb: 1e3\nc: 2024-02-30\nd: 12:30:45\ne: 0x1F\nf: .nan\ng: 'null'\n"
    tree = {"a": "no", "b": "1e3", "c": "2024-02-30", "d": "12:30:45", "e": "0x1F", "f": ".nan", "g": "null"}
    assert parse(text, FILE) == (tree, ())


def test_only_a_plain_null_is_nothing() -> None:
    text = "a:\nb: ~\nc: null\nd: Null\ne: NULL\nf: ''\ng: nULL\nh: [~, '~', ]\n"
    tree = {"a": None, "b": None, "c": None, "d": None, "e": None, "f": "", "g": "nULL", "h": [None, "~"]}
    assert parse(text, FILE) == (tree, ())


def test_keys_keep_their_order_and_files_may_have_a_mark_crlf_and_comments() -> None:
    text = "\ufeff# the mill\r\n---\r\nz: {b: [1, 2], a: x} # old\r\na: |\r\n  one\r\n  two\r\n...\r\n"
    tree, found = parse(text, FILE)
    assert tree == {"z": {"b": ["1", "2"], "a": "x"}, "a": "one\ntwo\n"}
    assert list(tree) == ["z", "a"]
    assert found == ()


def test_harmless_signs_are_no_faults() -> None:
    text = 'a: R&D! 3 * 4\nb: "tab\\tbreak\\nquote\\""\nc: "Gr\u00fc\u00dfe\u00a0\U0001f33e"\nd: x<<y\n'
    assert parse(text, FILE) == (
        {"a": "R&D! 3 * 4", "b": 'tab\tbreak\nquote"', "c": "Gr\u00fc\u00dfe\u00a0\U0001f33e", "d": "x<<y"},
        (),
    )


TEXTS = st.text(max_size=20)


@given(st.recursive(TEXTS, lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner), max_leaves=6))
def test_what_a_dumper_writes_is_read_back(tree: object) -> None:
    text = yaml.safe_dump({"tree": tree}, allow_unicode=True)
    found = parse(text, FILE)
    expected = yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 - it makes texts only
    assume(not found[1])
    assert _without_nothing(found[0]) == expected


def _without_nothing(tree: Tree) -> Tree:
    if isinstance(tree, dict):
        return {key: _without_nothing(value) for key, value in tree.items()}
    return [_without_nothing(item) for item in tree] if isinstance(tree, list) else tree


# --- what is refused ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("a:\n\tb: c\n", 2, 1, "tab"),
        ("a:\n  b: c\n\td: e\n", 3, 1, "tab"),
        ("a: [\n\t@]\n", 2, 2, "begin with @"),
        ("a: |\n\ttext\n", 2, 1, "tab"),
        ("a: b\n\tc: d\n", 2, 1, "tab"),
        ("a:\n  - b\n  -\tc: d\n", 3, 4, "tab"),
        ("title: Mill: a story\n", 1, 12, "colon"),
        ("a: b\n  c: d\n", 2, 3, "deeper"),
        ("a: b\nccc\nd: e\n", 2, 1, "no key"),
        ("a b\nc: d\n", 1, 1, "no key"),
        ("a:\n  - b c\n    d: e\n", 2, 5, "no key"),
        ("a:\n  b c\n    d: e\n", 3, 5, "deeper"),
        ("a: 1\nb:2\nc: 3\n", 2, 1, "blank is missing"),
        ("a:1\nb: 2\n", 1, 1, "blank is missing"),
        ("x:\n  de:Mühle\n  en: mill\n", 2, 3, "blank is missing"),
        ('a: "mill\nb: c\nd: e\n', 1, 4, "never closed"),
        ('a: "mill\nb: "brook"\nc: d\n', 1, 4, "closed by the next one, in line 2"),
        ('a: "the "old" mill"\n', 1, 10, "more follows"),
        ("a: 'it's old'\n", 1, 8, "more follows"),
        ("a: @mill\n", 1, 4, "begin with @"),
        ("a: `mill`\n", 1, 4, "begin with `"),
        ("a: %mill\n", 1, 4, "begin with %"),
        ("a: > 3 mills\nb: c\n", 1, 4, "next line"),
        ("a: - b\n", 1, 4, "list cannot begin"),
        ("a: [b, c\nd: e\n", 1, 4, "not closed"),
        ("a: {b: c\nd: e\n", 1, 4, "not closed"),
        ("a: [[old-mill]] burned\nb: c\n", 1, 4, "read as a list"),
        ("a:\n  - {mill} burned\n", 2, 5, "read as a mapping"),
        ("a: ]\n", 1, 4, "begin with ]"),
        ("a: [b,\n", 1, 7, "ends where"),
        ('a: "C:\\mill"\n', 1, 7, "backslash"),
        ('a: "\\u12"\n', 1, 5, "backslash"),
        ('a: "\\ud800"\n', 1, 5, "backslash"),
        ("a:\n  b: c\n d: e\n", 3, 2, "one column"),
        ("a: b\n...\nc: d\n", 3, 1, "one column"),
        ("a: ? b\n", 1, 4, "begin with ?"),
        ("a:\n  [b:,\n  c]\n", 2, 5, "contains a colon"),
        ("a: [b c: d: e]\n", 1, 5, "such as a colon"),
    ],
)
def test_a_slip_is_explained_where_it_is(text: str, line: int, column: int, words: str) -> None:
    tree, found = parse(text, FILE)
    assert tree is None
    assert faults(text) == [("yaml-syntax", line, column)]
    assert words in found[0].message
    assert found[0].hint


def test_a_slip_that_nobody_knows_is_told_in_the_words_of_the_parser() -> None:
    mark = yaml.Mark("a: b", 3, 0, 3, None, 0)
    slip = explain("a: b\n", yaml.MarkedYAMLError("while reading", None, "found a mill", mark))
    assert (slip.extent, slip.message) == ((3, 4), "this is not valid YAML (while reading: found a mill)")


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("a: &x b\n", "anchor-or-alias", "&x b"),
        ("a: &x {b: c}\n", "anchor-or-alias", "&x {"),
        ("a: *x\n", "anchor-or-alias", "*x"),
        ("a: **strong** words\n", "anchor-or-alias", "**strong**"),
        ("a: & b\n", "anchor-or-alias", "&"),
        ("a:\n  <<: {b: c}\n", "anchor-or-alias", "<<"),
        ("a: !!str b\n", "yaml-tag", "!!str b"),
        ("a: !important\n", "yaml-tag", "!important"),
        ("a: !x!y b\n", "yaml-tag", "!x!y"),
        ("a: !\nb: c\n", "yaml-tag", "!"),
        ("a: !!seq [b]\n", "yaml-tag", "!!seq ["),
        ("%YAML 1.2\n---\na: b\n", "yaml-tag", "%YAML 1.2"),
        ("%mill: b\n", "yaml-tag", "%mill: b"),
        ("a: b\n---\nc: d\n", "several-documents", "---"),
        ("", "not-a-mapping", ""),
        ("# nothing\n", "not-a-mapping", ""),
        ("- a\n- b\n", "not-a-mapping", "- a"),
        ("a mill\n", "not-a-mapping", "a mill"),
        ("a: b\n? [c]\n: d\n", "bad-key", "["),
        ("a: {{ mill }}\n", "bad-key", "{"),
        ("~: b\n", "bad-key", "~"),
        ("'': b\n", "bad-key", "''"),
        ('"a\\nb": c\n', "bad-key", '"a\\nb"'),
        ("a: \u202eb\n", "control-character", "\u202e"),
        ("a: b\x85c\n", "control-character", "\x85"),
        ('a: "b\\x07c"\n', "control-character", "\\x07"),
        ('a: "b\\ufdd0"\n', "control-character", "\\ufdd0"),
        ("a: b\ud800c\n", "control-character", "\ud800"),
        ("a: b\u200b\u200c\n", "control-character", "\u200b\u200c"),
        ("a: " + "[" * MAX_DEPTH + "]" * MAX_DEPTH + "\n", "too-deep", "["),
        ("a: " + "b" * (MAX_FIELD + 1) + "\n", "field-too-long", "b" * (MAX_FIELD + 1)),
    ],
)
def test_what_is_refused_is_shown(text: str, code: str, where: str) -> None:
    _, found = parse(text, FILE)
    assert [one.code for one in found] == [code]
    assert cut(text, found[0].at) == where
    assert found[0].hint


def test_a_duplicate_key_names_the_first_which_counts() -> None:
    tree, found = parse("a: 1\nb: {c: 1, c: 2}\na: 3\n", FILE)
    assert tree == {"a": "1", "b": {"c": "1"}}
    assert [one.at for one in found] == [Span(FILE, 2, 11, 2, 12), Span(FILE, 3, 1, 3, 2)]
    assert found[1].related == (Related("it stands here first", Span(FILE, 1, 1, 1, 2)),)


def test_only_a_plain_text_is_cut_off_by_a_sign() -> None:
    text = "a: b # c\nd: 'e #f'\ng: |\n  h #i\nj: k#l\nm: ## n\n"
    assert faults(text) == []
    text = "a: b #c\nd: #e\nf:\n  - g\t#h\n#i\nj: {k: l} #m\n"
    assert faults(text) == [("text-cut-off", 1, 6), ("text-cut-off", 2, 4), ("text-cut-off", 4, 7)]
    assert parse(text, FILE)[0] == {"a": None, "d": None, "f": [None], "j": {"k": "l"}}


def test_a_boundary_is_still_allowed() -> None:
    deep = "a: " + "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1)
    assert faults(deep) == []
    assert faults("a: " + "b" * MAX_FIELD) == []


def test_every_fault_of_a_file_shows_in_one_run() -> None:
    text = 'a\u200b: &x 1\nb: !t 2\nb: 3\nc: "\\u202e"\n? [d]\n: e\n---\nf: g\n'
    assert faults(text) == [
        ("control-character", 1, 2),
        ("anchor-or-alias", 1, 5),
        ("yaml-tag", 2, 4),
        ("duplicate-key", 3, 1),
        ("control-character", 4, 5),
        ("bad-key", 5, 3),
        ("several-documents", 7, 1),
    ]


def test_hidden_characters_are_left_out_of_the_values() -> None:
    assert parse('a\u200b: b\u202ec\nd: "e\\u202ef"\n', FILE)[0] == {"a": "bc", "d": "ef"}


def test_hidden_characters_are_named() -> None:
    names = ("\u202e", "\x1b", "\x9b", "\ud800", "\ufdd0", "\ufeff")
    assert [name_of(one) for one in names] == [
        "U+202E right-to-left override",
        "U+001B escape",
        "U+009B control character",
        "U+D800 half of a surrogate pair",
        "U+FDD0 noncharacter",
        "U+FEFF byte order mark",
    ]
    (found,) = parse("a: \x00\x01\x1b\x7f\n", FILE)[1]
    assert found.message.endswith("U+0000 null, U+0001 control character, U+001B escape …")


def test_a_file_full_of_faults_is_given_up() -> None:
    tree, found = parse("a: 1\n" * 5_000, FILE)
    assert tree is None
    assert len(found) == MAX_TOLD + 1
    tree, found = parse("\u200b " * MAX_TOLD + "\n'", FILE)
    assert (tree, len(found)) == (None, MAX_TOLD + 1)


def _hostile() -> Iterator[str]:
    for piece in (
        "[",
        "{",
        "- ",
        "? ",
        ": ",
        "a: ",
        "{a: ",
        "[\n",
        "-\n",
        ":\n",
        "&",
        "!",
        "*a ",
        "&a ",
        "'",
        '"',
    ):
        yield piece * (MAX_BYTES // len(piece))
    for piece in ("a,", "[],", "! b,", "&a b,", "*a,", "? a,", "'a' ,"):
        yield "a: [" + piece * (MAX_BYTES // len(piece))
    for piece in (" \n", "\t", "\x00", "\\\n", "\\u202e", "#", "%a\n", "---\n", "a\x01"):
        yield piece * (MAX_BYTES // len(piece))
        yield 'a: "' + piece * (MAX_BYTES // len(piece))
    levels = "abcdefghijklmnopqrstuvwxyz"
    yield "a: &a [x, x]\n" + "".join(f"{two}: &{two} [{', '.join([f'*{one}'] * 9)}]\n" for one, two in pairwise(levels))
    yield "a: &a {x: y}\n" + "b: {<<: [*a, *a, *a]}\n" * 5_000


@pytest.mark.parametrize("size", [MAX_BYTES // 16, pytest.param(MAX_BYTES, marks=pytest.mark.slow)])
def test_hostile_files_are_refused_at_once(size: int) -> None:
    for text in _hostile():
        start = time.process_time()
        tree, found = parse(text[:size], FILE)
        assert tree is None, text[:20]
        assert found, text[:20]
        some = text[: size // 4]
        locate([Diagnostic("bad-value", "odd", Place(FILE, ("a", 1), start=3))], {FILE: some})
        assert time.process_time() - start < 5, text[:20]


YAML_LIKE = st.lists(
    st.sampled_from(
        [
            *"ab:-[]{}'\"|>&*!%@`#,? \n\t\\",
            ": ",
            "- ",
            "\n  ",
            "\r\n",
            "<<: ",
            "---\n",
            "null",
            "\\u202e",
            "\ufeff",
        ]
    )
    | st.characters(),
    max_size=60,
).map("".join)


@given(YAML_LIKE | st.text())
@example("\ud800: \ufdd0\r\r\n")
def test_no_text_makes_it_raise(text: str) -> None:
    tree, found = parse(text, FILE)
    assert tree is not None or found
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for one in found:
        assert isinstance(one.at, Span)
        assert 1 <= one.at.line <= one.at.end_line <= len(lines)
        assert 1 <= one.at.column <= len(lines[one.at.line - 1]) + 1
    places = [Place(FILE, ("a", 0, "b"), start=1, end=4), Place(FILE, ("a",), on_key=True), Place(FILE)]
    assert len(locate([Diagnostic("bad-value", "odd", place) for place in places], {FILE: text})) == 3


# --- where things stand -------------------------------------------------------------------------------------

STORY = """\
# entries/mill.yaml
name: Alte Mühle  # its name
title: {de: "Die \\"Alte\\" Mühle", en: 'The mill''s story'}
text: |
  Am Bach steht
    eine Mühle.

  Sie brennt.
folded: >-

  Am Bach
  steht eine

  Mühle.
  - und
  * mehr

long: "Die Mühle
  am Bach   \\
  steht

  leer"
empty:
list:
  - {year: 1612}
  -
  - [x,
     y]
nested:
  - when: 1700
    what: fire
"""


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        (("name",), "Alte Mühle"),
        (("title",), "{de: \"Die \\\"Alte\\\" Mühle\", en: 'The mill''s story'}"),
        (("title", "en"), "'The mill''s story'"),
        (("text",), "Am Bach steht\n    eine Mühle.\n\n  Sie brennt."),
        (("folded",), "Am Bach\n  steht eine\n\n  Mühle.\n  - und\n  * mehr"),
        (("empty",), "empty"),
        (("list", 0), "{year: 1612}"),
        (("list", 1), "-"),
        (("list", 2), "[x,\n     y]"),
        (("nested",), "- when: 1700\n    what: fire"),
        (("nested", 0), "when: 1700\n    what: fire"),
        # What is not there: the key of the nearest parent, the first line of an item or of the entry
        (("title", "fr"), "title"),
        (("name", "de", 3), "name"),
        (("empty", "de"), "empty"),
        (("nested", 0, "where"), "when: 1700"),
        (("nested", 1, "where"), "nested"),
        (("nothing",), "name: Alte Mühle  # its name"),
        ((), "name: Alte Mühle  # its name"),
    ],
)
def test_a_place_becomes_a_span(path: Path, shown: str) -> None:
    assert at(STORY, path) == shown


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        (("title", "en"), "en"),
        (("nested", 0, "what"), "what"),
        (("nested", 0), "when: 1700"),
        (("nested", 0, "where"), "when: 1700"),
        ((), "name: Alte Mühle  # its name"),
    ],
)
def test_a_place_may_mean_the_key(path: Path, shown: str) -> None:
    assert at(STORY, path, on_key=True) == shown


@pytest.mark.parametrize(
    ("path", "word", "shown"),
    [
        (("name",), "Mühle", "Mühle"),
        (("title", "de"), 'e" M', 'e\\" M'),
        (("title", "en"), "l's s", "l''s s"),
        (("text",), "eine", "eine"),
        (("text",), "steht\n  e", "steht\n    e"),
        (("text",), "Sie", "Sie"),
        (("folded",), "Bach steht", "Bach\n  steht"),
        (("folded",), "eine\nM", "eine\n\n  M"),
        (("folded",), "- und * mehr", "- und\n  * mehr"),
        (("long",), "Mühle am", "Mühle\n  am"),
        (("long",), "Bach   steht\nleer", "Bach   \\\n  steht\n\n  leer"),
    ],
)
def test_a_word_inside_a_scalar_is_found(path: Path, word: str, shown: str) -> None:
    value: object = parse(STORY, FILE)[0]
    for step in path:
        assert isinstance(value, dict)
        value = value[step]
    assert isinstance(value, str)
    start = value.index(word)
    assert at(STORY, path, start, start + len(word)) == shown


@pytest.mark.parametrize(
    ("text", "word", "shown"),
    [
        ("k: |\n  a mill", "mill", "mill"),
        ("k: |2\n    a\n   mill\n", " mill", " mill"),
        ("k: |+\n   \n\nx: y\n", "\n\n", "\n\n"),
        ('k: "a \\\n\n\n  mill"', "\n\nm", "\n\n  m"),
        ('k: "\\x61 \\U0001f33e\\/b"', "a \U0001f33e/b", "\\x61 \\U0001f33e\\/b"),
        ("k: >1\n  \n", " \n", ">1"),  # blanks only: the whole value
    ],
)
def test_a_word_inside_a_rare_scalar_is_found(text: str, word: str, shown: str) -> None:
    value = (parse(text, FILE)[0] or {})["k"]
    assert isinstance(value, str)
    start = value.index(word)
    assert at(text, ("k",), start, start + len(word)) == shown


def test_a_position_inside_may_be_empty_or_behind_the_end() -> None:
    assert at(STORY, ("name",), 5, 5) == ""
    assert at(STORY, ("name",), 5) == ""
    assert at(STORY, ("name",), 99, 100) == ""
    assert at(STORY, ("name",), 5, 100) == "Mühle"
    assert at(STORY, ("list",), 1, 2).startswith("- {year")


def test_hidden_characters_do_not_shift_a_position() -> None:
    text = '\ufeffa\u200b: "x\u200b\\u202ey mill"\n'
    tree, _ = parse(text, FILE)
    assert tree == {"a": "xy mill"}
    assert at(text, ("a",), 3, 7) == "mill"


def test_related_places_are_located_and_spans_are_left_alone() -> None:
    span = Span("seeds/mill.txt", 7, 1, 7, 5)
    one = Diagnostic("bad-value", "odd", span, related=(Related("there", Place(FILE, ("name",))),))
    (found,) = locate([one], {FILE: STORY})
    assert found.at == span
    assert cut(STORY, found.related[0].at) == "Alte Mühle"


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        ("seeds/gone.txt", None, (1, 1, 1, 1)),
        ("seeds/mill.txt", "Am Bach\nsteht\n", (2, 1, 2, 6)),
        ("entries/bad.yaml", "a: [\n", (1, 1, 1, 5)),
        ("entries/list.yaml", "- a\n", (1, 1, 1, 4)),
        ("entries/none.yaml", "", (1, 1, 1, 1)),
        ("entries/deep.yaml", "a: " + "[" * 99, (1, 1, 1, 103)),
    ],
)
def test_a_place_in_a_file_without_a_tree(file: str, text: str | None, expected: tuple[int, ...]) -> None:
    texts = {} if text is None else {file: text}
    (found,) = locate([Diagnostic("bad-value", "odd", Place(file, ("a",), start=8, end=13))], texts)
    assert found.at == Span(file, *expected)


def test_a_text_is_shown_at_its_first_line_without_a_position() -> None:
    (found,) = locate([Diagnostic("source-changed", "odd", Place("seeds/mill.txt"))], {"seeds/mill.txt": "ab\r\nc"})
    assert found.at == Span("seeds/mill.txt", 1, 1, 1, 3)


WORDS = st.text(st.sampled_from("ab\u00fc\u6c34'\"\\#:-&*>|% \t\n"), max_size=40)
STYLES = st.sampled_from(["'", '"', "|", ">", None])


@given(WORDS, STYLES, st.integers(8, 40), st.sampled_from(["\n", "\r\n"]), st.data())
def test_every_character_of_every_scalar_is_found(
    words: str, style: str | None, width: int, line_break: str, data: st.DataObject
) -> None:
    text = yaml.dump({"k": words}, default_style=style, width=width, allow_unicode=True)
    tree, found = parse(text.replace("\n", line_break), FILE)
    assume(not found and tree and tree["k"])
    value = str((tree or {})["k"])
    at_character = data.draw(st.integers(0, len(value) - 1))
    shown = at(text, ("k",), at_character, at_character + 1)
    if value[at_character] not in " \t\n":
        assert shown in (value[at_character], "\\" + value[at_character], value[at_character] * 2)
    elif "\\" not in shown:
        assert not shown.strip()


@given(WORDS, WORDS, STYLES)
def test_the_text_at_the_span_of_a_scalar_is_the_scalar(key: str, words: str, style: str | None) -> None:
    text = yaml.dump({"a": {key: words}}, default_style=style, allow_unicode=True)
    tree, found = parse(text, FILE)
    assume(not found)
    assert tree is not None
    shown = at(text, ("a", key))
    if style in (None, "'", '"') and words:
        assert parse(f"k: {shown}", FILE)[0] == {"k": words}
    if "'" not in key and '"' not in key:
        assert yaml.load(at(text, ("a", key), on_key=True), Loader=yaml.CBaseLoader) == key  # noqa: S506
