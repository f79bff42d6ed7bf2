"""How a page is cited: in words, BibTeX, CSL-JSON and RIS, whatever its title."""

import json
import re
from html import escape, unescape
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment, FileSystemLoader

from generator.outputs.site.config import THEME

AWKWARD = (
    "The {mill} & 100% of the \\water_level",
    "An unbalanced } brace {",
    'He said "no", she\'d said <b>yes</b>; #1 ~ ^ | $5',
    "Grün “und” «leise» 🏚 …",
    "</pre><script>alert(1)</script>",
    "ER  - ",
    "\\",
    "\\{}",
)
TEX = {
    r"{\textbackslash}": "\\",
    r"{\textbraceleft}": "{",
    r"{\textbraceright}": "}",
    r"{\textless}": "<",
    r"{\textgreater}": ">",
    r"{\textquotedbl}": '"',
    r"{\textasciitilde}": "~",
    r"{\textasciicircum}": "^",
    r"{\textbar}": "|",
}
ENVIRONMENT = Environment(loader=FileSystemLoader(THEME))  # noqa: S701 - as the site builders do


def cited(
    title: str, editors: tuple[str, ...] = ("Parish Archive",), url: str | None = "https://mill.example/en/a/"
) -> str:
    """Return the part of a page, made as MkDocs makes it."""
    words = {"cited_in": "In", "editors": "Edited by", "cut_off": "As of", "cite": "Cite as"}
    about = {
        "editors": [escape(one) for one in editors],
        "cut_off": {"said": "May 1921", "year": 1921, "month": 5, "circa": True},
    }
    config = SimpleNamespace(site_name=escape(title), theme=SimpleNamespace(language="en"))
    page = SimpleNamespace(is_homepage=False, meta={"title": escape(title)}, title="", url="a/b/", canonical_url=url)
    template = ENVIRONMENT.get_template("partials/dossier-cite.html")
    return template.render(about=about, words=words, config=config, page=page)


def text_of(made: str, form: str) -> str:
    found = re.search(rf'<pre data-format="{form}">(.*?)</pre>', made, re.DOTALL)
    assert found is not None
    return unescape(found[1])


def bibtex(text: str) -> dict[str, str]:
    """Read the fields of one entry: braces count, as they do for BibTeX."""
    assert text.startswith("@misc{en-a-b-dossier,\n")
    assert text.endswith("\n}")
    fields = {}
    for line in text.splitlines()[1:-1]:
        name, _, value = line.strip().removesuffix(",").partition(" = ")
        depth = 0
        for index, sign in enumerate(value):
            depth += {"{": 1, "}": -1}.get(sign, 0)
            assert depth >= 0
            assert depth > 0 or index == len(value) - 1 or not value.startswith("{")
        assert depth == 0
        fields[name] = value[1:-1] if value.startswith("{") else value
    return fields


def said(tex: str) -> str:
    """Return what TeX would print."""
    pattern = "|".join(map(re.escape, TEX)) + r"|\\([#%_$&])"
    return re.sub(pattern, lambda found: found[1] or TEX[found[0]], tex)


@pytest.mark.parametrize("title", AWKWARD)
def test_an_awkward_title_stands_in_every_format_as_it_is(title: str) -> None:
    made = cited(title, (title, "Bo & Rye"))
    assert "<script" not in made
    fields = bibtex(text_of(made, "bib"))
    assert said(fields["title"][1:-1]) == title
    assert said(fields["howpublished"]) == f"In: {title}"
    assert [said(one) for one in fields["editor"][1:-1].split("} and {")] == [title, "Bo & Rye"]
    assert (fields["year"], fields["month"], fields["url"]) == ("1921", "may", "https://mill.example/en/a/")
    [item] = json.loads(text_of(made, "json"))
    assert (item["title"], item["container-title"]) == (title, title)
    assert item["editor"] == [{"literal": title}, {"literal": "Bo & Rye"}]
    assert item["issued"] == {"date-parts": [[1921, 5]], "circa": True}
    lines = text_of(made, "ris").splitlines()
    assert lines[0] == "TY  - ELEC"
    assert lines[-1] == "ER  - "
    assert f"TI  - {title}" in lines
    assert lines.count("DA  - 1921/05//") == 1
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"])))
@settings(max_examples=200)
def test_no_title_breaks_a_format(title: str) -> None:
    made = cited(title)
    fields = bibtex(text_of(made, "bib"))
    assert said(fields["title"][1:-1]) == title
    assert json.loads(text_of(made, "json"))[0]["title"] == title
    assert f"TI  - {title}" in text_of(made, "ris").split("\n")


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        ("Who built it?", "Who built it? In: "),
        ("Built!", "Built! In: "),
        ("Built …", "Built … In: "),
        ("Weir & Co.", "Weir & Co. In: "),
        ('"Who built it?"', '"Who built it?" In: '),
        ("„Wer war’s?“", "„Wer war’s?“ In: "),
        ("Built (when?)", "Built (when?). In: "),
        ('The "Mill"', 'The "Mill". In: '),
    ],
)
def test_a_title_has_one_mark_at_its_end(title: str, sentence: str) -> None:
    made = unescape(cited(title, (title,)))
    assert f">{sentence}" in made
    assert f"Edited by {sentence.removesuffix('In: ')}As of" in made


def test_without_an_address_or_editors_the_rest_is_there() -> None:
    made = cited("Mill", (), None)
    assert "url" not in bibtex(text_of(made, "bib"))
    assert "editor" not in json.loads(text_of(made, "json"))[0]
    assert "UR  - " not in text_of(made, "ris")
    assert unescape(made).count("Mill. In: <cite>Mill</cite>. As of: May 1921.") == 1
