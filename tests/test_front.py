"""The home page: what it picks, what it says of how far the dossier is, and what can be taken away from it."""

import re

import pytest

from generator.lang import LANGS, Lang
from generator.render import render_site
from generator.views.downloads import Download, Downloads
from generator.views.figures import figures_of
from generator.views.plan import jobs_of
from generator.views.site import Site
from tests.stories import corpus_of

SIDES = "sides: [{id: one, name: One}, {id: other, name: Other}]"
QUARRELS = {
    f"disputes__{name}": f"{{title: The {name}, summary: A quarrel., state: open, as_of: 1921, when: 1921/.., {SIDES}}}"
    for name in ("dam", "field", "well")
}
FILES = (
    Download("downloads/brook-de.pdf", "pdf", "de", 2_000_000, "0"),
    Download("downloads/brook-en.pdf", "pdf", "en", 2_100_000, "1"),
    Download("downloads/brook.zip", "copy"),
    Download("downloads/brook.json", "data", None, 5000, "2"),
    Download("downloads/brook.csv", "data", None, 4000, "3"),
)


def happening(disputes: str, status: str = "draft") -> str:
    return (
        f"{{status: {status}, when: 1921, when_basis: stated, type: fire, title: Fire, text: It burns., "
        f"disputes: [{disputes}]}}"
    )


def home(entries: dict[str, str], lang: Lang = "en", downloads: Downloads | None = None) -> str:
    site = Site(corpus_of(entries, {}), {}, lang, downloads or Downloads())
    return render_site(site, jobs_of(site), only={"index.md"}).files["index.md"].decode()


def test_what_most_is_told_of_comes_first() -> None:
    told = {f"events__e-{number}": happening(of) for number, of in enumerate(("well", "well, field", "field, well"))}
    shown = home(QUARRELS | told)
    assert re.findall(r"beside\"></span>\[The (\w+)\]", shown) == ["well", "field", "dam"]
    many = {f"disputes__d-{number}": QUARRELS["disputes__dam"] for number in range(12)}
    shown = home(many)
    assert shown.count("badge-open") == 9
    assert "[Show all](disputes/index.md) (12)" in shown


def asked(title: str, verdict: str, *answers: str) -> str:
    said = ", ".join(f"{{{answer}}}" for answer in answers)
    return (
        f"{{question: {title}, about: [dam], answers: [{said}], assessment: {{verdict: {verdict}, text: It differs.}}}}"
    )


def amount(number: int) -> str:
    return f"value: {{amount: {number}, unit: sack}}"


NOT_BELIEVED = "rank: deprecated, reason: It is torn."
CLAIMS = {
    "claims__words": asked("{de: A Worte, en: Y words}", "contradictory", "text: No.", "text: Yes.", "text: Perhaps."),
    "claims__few": asked("{de: A wenig, en: Z little}", "contradictory", "text: No.", "text: Yes."),
    "claims__figures": asked("{de: Z Zahl, en: A sum}", "contradictory", "text: Many.", amount(3), amount(4)),
    "claims__same": asked("{de: B gleich, en: B same}", "contradictory", amount(3), amount(3)),
    "claims__settled": asked("{de: C Rest, en: C rest}", "contradictory", "text: No.", f"text: Yes., {NOT_BELIEVED}"),
    "claims__agreed": asked("{de: D einig, en: D same}", "agreed", "text: No.", "text: No."),
}


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_sharpest_contradictions_come_first_in_every_language(lang: Lang) -> None:
    """Figures that differ, then the number of answers, then the id; never one whose other answers are rejected."""
    shown = home(QUARRELS | CLAIMS, lang)
    assert re.findall(r"contested\"></span>\*\*\[[^]]*\]\(claims/(\w+)", shown) == ["figures", "words", "few", "same"]
    assert shown.index("**3 ") < shown.index("**4 ")
    assert "Many" not in shown, "where figures differ they alone are shown"


def test_events_of_one_time_stand_alike_in_both_languages() -> None:
    titles = {"a": "{de: Z, en: A}", "b": "{de: Y, en: B}", "c": "{de: X, en: C}"}
    told = {f"events__{name}": happening("well").replace("title: Fire", f"title: {it}") for name, it in titles.items()}
    for lang in LANGS:
        assert re.findall(r"tile\"></span>\[\w\]\(events/(\w)", home(QUARRELS | told, lang)) == ["c", "b", "a"]


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "**1** of 5 entries read by a second person"), ("de", "**1** von 5 Einträgen gegengelesen")],
)
def test_it_says_how_many_entries_somebody_has_read(lang: Lang, said: str) -> None:
    entries = QUARRELS | {"events__a": happening("well", "reviewed"), "events__b": happening("well")}
    gone = {"events__gone": "{status: retired, when: 1921, when_basis: stated, type: fire, title: Old, text: Old.}"}
    assert said in home(entries | gone, lang)
    assert figures_of(corpus_of(entries, {})).reviewed == 1


def test_a_form_with_one_file_is_one_click_away() -> None:
    shown = home(QUARRELS, "en", Downloads(FILES))
    assert '<a href="../downloads/brook-en.pdf" download>As a book (PDF)</a><span> · 2.1\u00a0MB</span>' in shown
    later = '<span data-fill="size"></span></li>'
    assert f'<a href="../downloads/brook.zip" download>The whole site without a network (ZIP)</a>{later}' in shown
    assert '<a href="downloads/#at-data">As data (JSON, CSV)</a><span> · ' in shown
    assert "brook-de.pdf" not in shown
    assert "home-files" not in home(QUARRELS)
