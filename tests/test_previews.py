"""What cards say of entries: files of plain texts, divided by id, made anew where one of their entries changes."""

import json
import re
from zlib import crc32

from generator.bundle import assets
from generator.changes import fingerprints, stale_pages
from generator.corpus import Corpus
from generator.pipeline import examine_files
from generator.render import render_pages
from generator.views.previews import MAX_TEXT, SHARDS
from tests.stories import corpus_of, files_of

FILE = re.compile(r'\(window\.dossierPreviews = window\.dossierPreviews \|\| \{\}\)\["(\d+)"\] = (.*);\n')


def told(corpus: Corpus, lang: str = "en") -> dict[str, dict[str, str]]:
    """Give what the files say of each entry, as a browser reads them."""
    found: dict[str, dict[str, str]] = {}
    for path, text in render_pages(corpus, {}, "de" if lang == "de" else "en").files.items():
        if not path.startswith("assets/previews/"):
            continue
        match = FILE.fullmatch(text.decode())
        assert match, path
        assert path == f"assets/previews/{match[1]}.js"
        entries = json.loads(match[2])
        assert {crc32(entry_id.encode()) % SHARDS for entry_id in entries} == {int(match[1])}
        found |= entries
    return found


def term(definition: str, **more: str) -> str:
    fields = "".join(f"{key}: {value}\n" for key, value in more.items())
    return f"name: {{de: Wehr, en: weir}}\ncategory: craft\ndefinition: {json.dumps(definition)}\n{fields}"


def test_a_card_says_title_kind_date_and_in_a_paragraph_what_it_is() -> None:
    corpus = corpus_of(
        {
            "actors__ada": "{type: person, name: Ada, summary: 'A *miller* by the [[weir]].\n\nMore.'}",
            "events__fire": "{when: 1921-03, when_basis: stated, type: fire, title: Fire, text: {de: Es brennt.}}",
            "terms__weir": term("See [[ada|her]]."),
        }
    )
    shown = told(corpus)
    assert shown["ada"] == {"folder": "actors", "kind": "actor", "title": "Ada", "text": "A miller by the weir. More."}
    assert shown["fire"] == {
        "folder": "events",
        "kind": "event",
        "title": "Fire",
        "date": "March 1921",
        "text": "Es brennt.",
        "textLang": "de",
    }
    assert (shown["weir"]["other"], shown["weir"]["otherLang"]) == ("Wehr", "de")
    assert shown["weir"]["text"] == "See her."
    assert told(corpus, "de")["weir"]["other"] == "weir"


def test_only_the_first_paragraph_is_shown_and_a_long_one_is_cut_between_words() -> None:
    shown = told(corpus_of({"terms__weir": term("Water. " * 100 + "\n\nAnd more.")}))["weir"]["text"]
    assert shown.endswith("Water. …")
    assert len(shown) <= MAX_TEXT + 2
    assert len(told(corpus_of({"terms__weir": term("W" * 1000)}))["weir"]["text"]) <= MAX_TEXT + 2


def test_a_retired_entry_says_where_to_go() -> None:
    shown = told(
        corpus_of(
            {
                "terms__old": term("Gone.", status="retired", replaced_by="weir"),
                "terms__gone": term("Gone.", status="retired"),
                "terms__weir": term("Here."),
            }
        )
    )
    assert shown["old"]["text"] == "This entry has been replaced by weir."
    assert shown["gone"]["text"] == "This entry has been retired."


def test_text_that_tries_something_stays_text() -> None:
    name = '</script><script>alert(1)</script> " \\ ]] & <!--'
    corpus = corpus_of({"actors__ada": f"{{type: person, name: {json.dumps(name)}, summary: A miller.}}"})
    files = render_pages(corpus, {}, "en").files
    [text] = [text.decode() for path, text in files.items() if path.startswith("assets/previews/")]
    assert not set("<>&\u2028") & set(text)
    assert told(corpus)["ada"]["title"] == name


def test_the_script_of_the_cards_divides_as_the_files_are_divided() -> None:
    script = assets()["assets/dossier.js"].decode()
    assert f"const SHARDS = {SHARDS};" in script
    assert "window.dossierPreviews" in script


def test_a_change_touches_the_file_of_its_entry_alone() -> None:
    entries = {f"actors__a{n}": f"{{type: person, name: N{n}, summary: A miller.}}" for n in range(40)}
    then = files_of(entries)
    later = files_of(entries | {"actors__a7": "{type: person, name: N7, summary: A baker.}"})
    corpora = [examine_files(files).corpus for files in (then, later)]
    assert corpora[0] is not None
    assert corpora[1] is not None
    reads = render_pages(corpora[0], {}, "en").reads
    before, after = fingerprints(corpora[0], {}, then.entries, "en"), fingerprints(corpora[1], {}, later.entries, "en")
    stale = {path for path in stale_pages(reads, before, after) if path.startswith("assets/")}
    assert stale == {f"assets/previews/{crc32(b'a7') % SHARDS}.js"}
