"""Source texts: their normal form, paragraphs, sentences, the places of quotes and the nearest passage."""

import unicodedata
from typing import Final

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generator.diagnostics import Span
from generator.lang import LANGS, Lang
from generator.sentences import split_sentences
from generator.text import MOST_FOUND, Range, SourceText, normalize

MILL: Final = """\
Der Streit um die Mühle: Wem gehört der Bach?
Im März 1911 staute Müller Anton Krähwinkel den Bach,  um seine Mühle zu betreiben. Die Bauern am Unterlauf
klagten: „Das Wasser gehört uns allen“, sagte Bäuerin Resi Dorn.
Die Folgen
Die Gemeinde verbot das Wehr:
- Der Müller baute ein zweites Wehr
- Die Bauern rissen es am 5. Mai nieder. Niemand wurde bestraft.
Das Urteil sprach Dr. Kern erst 1913."""

# One long line makes it a text whose lines are paragraphs.
MILL_LINES: Final = MILL.replace("Unterlauf\nklagten", "Unterlauf klagten")

WORDS: Final = st.text(
    st.one_of(st.sampled_from(' \n\r\t\u00a0.!?:;“„‘’"()-–*…Aaäé1z'), st.characters(codec="utf-8")), max_size=120
)
LANGUAGES: Final = st.sampled_from(LANGS)


def source(raw: str, lang: Lang = "de") -> SourceText:
    return SourceText.from_raw(raw, lang)


def sentences(text: str, lang: Lang = "de") -> list[str]:
    return [text[start:end] for start, end in split_sentences(text, lang)]


def shown(text: SourceText) -> list[tuple[str, str]]:
    return [(part.kind, text.normal[part.start : part.end]) for part in text.paragraphs]


def test_normal_is_nfc_with_white_space_folded_and_nothing_else() -> None:
    assert normalize(" Die\tMu\u0308hle\u00a0\u2009\n steht “still” ...  ") == "Die Mühle steht “still” ..."
    assert normalize("plain") == "plain"
    assert source("\nDie\u00a0Mu\u0308hle\r\n\r\n steht. ").normal == "Die Mühle steht."


def test_a_line_is_a_paragraph() -> None:
    kinds = [(kind, text[:12]) for kind, text in shown(source(MILL_LINES))]
    assert kinds == [
        ("heading", "Der Streit u"),
        ("text", "Im März 1911"),
        ("heading", "Die Folgen"),
        ("text", "Die Gemeinde"),
        ("item", "- Der Müller"),
        ("item", "- Die Bauern"),
        ("text", "Das Urteil s"),
    ]


def test_blank_lines_separate_the_paragraphs_of_a_hard_wrapped_file() -> None:
    raw = """\
Der Streit um die Mühle

Im März 1911 staute der Müller den Bach, um seine
Mühle auch in trockenen Sommern zu betreiben, und
die Bauern dursteten.

- Sie klagten vor dem Gericht der kleinen
  Kreisstadt, das sehr weit weg war
- Sie verloren

Das war das Ende
"""
    folded = " ".join(raw.split("\n\n")[1].split())
    assert shown(source(raw)) == shown(source(raw.strip()))
    assert shown(source(raw)) == [
        ("heading", "Der Streit um die Mühle"),
        ("text", folded),
        ("item", "- Sie klagten vor dem Gericht der kleinen Kreisstadt, das sehr weit weg war"),
        ("item", "- Sie verloren"),
        ("text", "Das war das Ende"),
    ]


def test_short_lines_alone_do_not_make_a_file_hard_wrapped() -> None:
    assert len(source("Der Bach.\nDie Mühle steht am Bach, und das seit langer Zeit.\nDas Wehr.").paragraphs) == 3


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Was wurde aus der Mühle?", "heading"),
        ("Was wurde aus ihr? Und wann?", "text"),
        ("Es wurde still.", "text"),
        ("Er sagte „nein.“", "text"),
        ("***", "text"),
        ("• Wasser", "item"),
        ("2) Wehr", "item"),
        ("-still", "heading"),
        ("Mühle " * 30, "text"),
    ],
)
def test_kinds_of_lines(line: str, kind: str) -> None:
    assert source(f"{line}\nDer Bach fließt.").paragraphs[0].kind == kind


def test_the_only_paragraph_may_be_a_heading_and_the_last_of_several_not() -> None:
    assert shown(source("Bewertung")) == [("heading", "Bewertung")]
    assert shown(source("Das Wehr.\nBewertung"))[1] == ("text", "Bewertung")


def test_an_empty_text() -> None:
    empty = source(" \n")
    assert (empty.normal, empty.paragraphs, empty.sentences) == ("", (), ())
    assert empty.sentence_at(0, 1) == Range(0, 0)
    assert empty.paragraph_at(3) == 0
    assert empty.position(5) == (1, 1)
    assert empty.find("Bach") == ()
    assert empty.nearest("Bach") is None


@pytest.mark.parametrize(
    "text",
    [
        "Er kam am 5. März.|Sie ging z. B. am Bach entlang.|Es kostete ca. 3,5 Mio. Gulden.",
        "Das sah Dr. Kern anders.|Nr. 5 blieb leer.|Vgl. S. 3 der Akte.|Er zahlte 20 Mrd. Mark im 2. Jahr.",
        "„Das ist alles.“|Dann ging er.|„Nein!“, rief sie.|„Wirklich?“ fragte er.|‘So nicht.’|Ende.",
        "Er ging (endlich.) Nach Hause kam er nie.|(Das war alles.)|Es regnete.",
        "Es geschah 1911.|Danach war Ruhe.|Friedrich II. Graf zu Bach schwieg.|Und dann... nichts.|Das Wehr …|Still.",
        "Mühle, Wehr usw. standen leer.|Er sah Mühle, Wehr usw.|Dann ging er.|A. B. Krähwinkel blieb.",
        "Es war ein Streit neuer Art.|Die Bauern siegten.|Art. 5 galt nicht.|Am 3. Die Folgen".replace("3. D", "3.|D"),
        "Er ging am Abend. gemeinsam kamen sie wieder.",
    ],
)
def test_german_sentences(text: str) -> None:
    assert sentences(text.replace("|", " ")) == text.split("|")


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Crow of the U.S. Army left.|He paid $3.5 m. to Mill Inc. and Brook Co. Ltd. in the U.S.|The judge went.",
        'The miller, J. R. Crow, agreed.|"No!" he said.|(Yes.)|E.g. this weir.|At 5 p.m.|They left.',
        "No. 5 was empty.|He said no.|Peter left.|It cost 35.|Nobody paid.|Weir v. Mill was lost.",
    ],
)
def test_english_sentences(text: str) -> None:
    assert sentences(text.replace("|", " "), "en") == text.split("|")


def test_a_heading_is_one_sentence_and_an_item_has_its_own() -> None:
    text = source(MILL_LINES)
    found = [text.normal[sentence.start : sentence.end] for sentence in text.sentences]
    assert found[0] == "Der Streit um die Mühle: Wem gehört der Bach?"
    assert found[3:] == [
        "Die Folgen",
        "Die Gemeinde verbot das Wehr:",
        "- Der Müller baute ein zweites Wehr",
        "- Die Bauern rissen es am 5. Mai nieder.",
        "Niemand wurde bestraft.",
        "Das Urteil sprach Dr. Kern erst 1913.",
    ]
    assert source("Mühle I. Das Wehr II\nDer Bach.").sentences[0] == Range(0, 20)


@given(WORDS, LANGUAGES)
def test_each_character_lies_in_one_sentence_of_one_paragraph(raw: str, lang: Lang) -> None:
    text = source(raw, lang)
    assert text.normal == normalize(raw)
    for parts in (text.paragraphs, text.sentences):
        covered = [offset for part in parts for offset in range(part.start, part.end)]
        assert covered == sorted(set(covered))
        assert set(range(len(text.normal))) - set(covered) <= {i for i, c in enumerate(text.normal) if c == " "}
    for sentence in text.sentences:
        assert text.normal[sentence.start] != " " != text.normal[sentence.end - 1]
        assert text.paragraph_at(sentence.start) == text.paragraph_at(sentence.end - 1)


def test_find_gives_every_start_even_of_overlapping_ones() -> None:
    assert source("Mühle Mühle Mühle").find("Mühle  Mühle") == (0, 6)
    assert source("Mühle").find("Mühle ") == (0,)
    assert source("Mühle").find("mühle") == ()
    assert source("Die ‘alte’ Mühle").find("'alte'") == ()
    assert source("Mühle").find(" ") == ()


def test_prefix_and_suffix_stand_directly_before_and_after() -> None:
    text = source("Der alte Bach, der neue Bach und der kalte Bach.")
    assert text.find("Bach") == (9, 24, 43)
    assert text.find("Bach", prefix="neue") == text.find("Bach", suffix="und ") == (24,)
    assert text.find("Bach", prefix="alte") == (9, 43)
    assert text.find("Bach", prefix="r alte", suffix=",") == (9,)
    assert text.find("Bach", prefix="Der") == text.find("Bach", suffix="Bach") == ()
    assert text.find("Der", prefix="x") == ()
    assert text.find("Bach", prefix="alte", after=10) == (43,)


def test_what_stands_everywhere_is_not_counted_to_the_end() -> None:
    text = source("ab" * 100_000)
    assert text.find("ab" * 10_000) == tuple(range(0, 2 * MOST_FOUND, 2))
    assert text.find("ab" * 10_000, after=179_999) == (180_000,)
    assert text.find("ab" * 10_000, prefix="a") == ()


@given(st.data())
def test_a_passage_is_found_however_it_is_spaced_and_composed(data: st.DataObject) -> None:
    text = source(MILL_LINES)
    start = data.draw(st.integers(0, len(text.normal) - 2))
    quote = text.normal[start : data.draw(st.integers(start + 1, len(text.normal)))]
    assume(quote == quote.strip() and quote)
    space = data.draw(st.sampled_from(["  ", "\n", "\u00a0", " \t "]))
    assert start in text.find(unicodedata.normalize("NFD", quote).replace(" ", space))
    letter = data.draw(st.integers(0, len(quote) - 1))
    assume(quote[letter] != " ")
    assert text.find(f"{quote[:letter]}§{quote[letter + 1 :]}") == ()


def test_positions_are_those_of_the_raw_file() -> None:
    text = source("Die Mühle\r\n\r\n  steht am\tBach.\rEs regnet.\n")
    start = text.find("steht am Bach.")[0]
    assert text.position(0) == (1, 1)
    assert text.position(start) == (3, 3)
    assert text.position(text.find("Bach")[0]) == (3, 12)
    assert text.position(text.find("Es")[0]) == (4, 1)
    assert text.position(10_000) == (4, 11)
    assert text.span("a.txt", start, start + len("steht am Bach.")) == Span("a.txt", 3, 3, 3, 17)
    assert text.span("a.txt", start, start) == Span("a.txt", 3, 3, 3, 3)


def test_positions_in_decomposed_text_count_its_code_points() -> None:
    text = source("Mu\u0308hle\u0301 Bach")
    assert [text.position(offset) for offset in range(7)] == [(1, 1), (1, 2), (1, 4), (1, 5), (1, 6), (1, 8), (1, 9)]
    assert source("\u1112\u1161\u11ab Bach").position(2) == (1, 5)
    assert source("Mu\u0308").position(2) == (1, 4)


@given(WORDS)
def test_the_character_at_a_position_is_the_one_meant(raw: str) -> None:
    text = source(raw)
    lines = raw.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assume(unicodedata.is_normalized("NFC", raw))
    for offset, char in enumerate(text.normal):
        if char != " ":
            line, column = text.position(offset)
            assert char == lines[line - 1][column - 1]


def test_a_passage_has_its_sentences_and_its_paragraph() -> None:
    text = source(MILL_LINES)
    start = text.find("rissen es")[0]
    sentence = text.sentence_at(start, start + 5)
    assert text.normal[sentence.start : sentence.end] == "- Die Bauern rissen es am 5. Mai nieder."
    both = text.sentence_at(start, text.find("Niemand")[0] + 1)
    assert text.normal[both.start : both.end].endswith("bestraft.")
    assert text.paragraph_at(start) == 5
    assert text.paragraph_at(text.paragraphs[1].end) == 1


@pytest.mark.parametrize(
    ("quote", "passage", "difference"),
    [
        ("staute Müller Anton Krahwinkel den Bach", "staute Müller Anton Krähwinkel den Bach", "“Krähwinkel” where"),
        ('klagten: "Das Wasser gehört', "klagten: „Das Wasser gehört", "(U+201E, not U+0022)"),
        ("gehört uns allen', sagte", "gehört uns allen“, sagte", "has ““” where the quote has “'”"),
        ("Der Müller baute zweites Wehr", "Der Müller baute ein zweites Wehr", "has “ein” after “baute”, the quote"),
        (
            "Der Müller baute ein zweites, tiefes Wehr",
            "Der Müller baute ein zweites Wehr",
            "quote has “, tiefes” after",
        ),
        ("Die rissen Bauern es am 5. Mai nieder", "Die Bauern rissen es am 5. Mai nieder", "after “Die”"),
        ("DIE BAUERN RISSEN ES AM", "Die Bauern rissen es am", "“Die Bauern rissen es am” where"),
        ("Das Urteilsprach Dr. Kern erst 1913", "Das Urteil sprach Dr. Kern erst 1913", "“Urteil sprach” where"),
        ("sprach Dr.Kern erst 1913", "sprach Dr. Kern erst 1913", "“. Kern” where the quote has “.Kern”"),
        ("Die Ge\u00admeinde verbot das Wehr", "Die Gemeinde verbot das Wehr", "(U+00AD is invisible)"),
        ("Niemand\u200b wurde bestraft", "Niemand wurde bestraft", "the source has not (U+200B is invisible)"),
        ("Oh: Niemand wurde bestraft", "Niemand wurde bestraft", "the quote has “Oh:” at its beginning"),
        ("Wem gehörte der Bach? Im März 1911", "Wem gehört der Bach? Im März 1911", "“gehört” where"),
    ],
)
def test_the_nearest_passage_and_the_first_difference(quote: str, passage: str, difference: str) -> None:
    text = source(MILL_LINES)
    near = text.nearest(quote)
    assert near is not None
    assert text.normal[near.start : near.end] == passage
    assert difference in near.difference
    assert 0.7 < near.ratio <= 1


def test_a_long_difference_is_cut_and_a_quote_that_stands_has_none() -> None:
    text = source(MILL_LINES)
    near = text.nearest(f"Im März 1911 staute Müller Anton {'K' * 100} den Bach, um seine Mühle zu betreiben")
    assert near is not None
    assert near.difference.endswith("KK…”")
    same = text.nearest("Die Gemeinde verbot das Wehr")
    assert same is not None
    assert (same.ratio, same.difference) == (1.0, "")


def test_what_stands_everywhere_does_not_lead_astray() -> None:
    text = source("Am Bach steht die Mühle. " * 60 + "Am Bach steht das Wehr.")
    near = text.nearest("Am Bach steht das Wehrr")
    assert near is not None
    assert near.end == len(text.normal) - 1


@pytest.mark.parametrize(
    "quote", ["", " ", "§", "Die Eisenbahn kam erst viel später nach Neustadt", "x" * 5000, "die " * 900]
)
def test_nothing_resembles_what_is_elsewhere(quote: str) -> None:
    assert source(MILL_LINES).nearest(quote) is None


@given(WORDS, WORDS)
def test_the_nearest_passage_is_always_one(raw: str, quote: str) -> None:
    text = source(raw)
    near = text.nearest(quote)
    if near is not None:
        assert 0 <= near.start < near.end <= len(text.normal)
        assert 0.5 <= near.ratio <= 1


@given(st.integers(0, 60), st.integers(3, 20), st.integers(0, 17))
def test_one_wrong_letter_leads_to_the_passage(first: int, length: int, letter: int) -> None:
    text = source(MILL_LINES)
    words = text.normal.split(" ")
    start = len(" ".join((*words[:first], ""))) if first else 0
    exact = " ".join(words[first : first + length])
    assume(len(exact) >= 20 and exact[letter].isalpha())
    near = text.nearest(f"{exact[:letter]}ß{exact[letter + 1 :]}")
    assert near is not None
    assert near.start <= start + letter < near.end
    assert near.difference
