"""What the theme says of the dossier on every page: its words, and what a citation names beside the page.

In: the corpus. Out: plain text in lists and mappings; whoever puts it into HTML escapes it.
"""

from collections.abc import Mapping
from html import unescape
from typing import Final

from generator.corpus import Corpus
from generator.dates import EdtfDate, format_date
from generator.lang import Lang
from generator.views.downloads import Downloads
from generator.words import site_words

_WORDS: Final = (
    "home",
    "trail",
    "about_page",
    "own_pdf",
    "part_pdf",
    "whole_pdf",
    "status",
    "status_why",
    "edit",
    "edit_page",
    "cite",
    "cite_formats",
    "cited_in",
    "editors",
    "cut_off",
    "cite_copy",
    "cite_copied",
    "cite_save",
)


def about(corpus: Corpus, lang: Lang, downloads: Downloads) -> Mapping[str, object]:
    """Return what the theme needs to know; a date is `year`, `month` and `day` as far as it is known.

    `book` is the PDF of the whole dossier, or of its first volume, from a page of the language.
    """
    dossier = corpus.dossier
    words = vars(site_words(lang).texts)
    found: dict[str, object] = {
        "words": {key: unescape(str(words[key])) for key in _WORDS},
        "editors": [editor.name for editor in dossier.editors],
        "default": dossier.default_language,
    }
    if dossier.subtitle is not None:
        found["subtitle"] = dossier.subtitle.best(lang)[0]
    if dossier.repository is not None:
        found["edit"] = f"{dossier.repository.rstrip('/')}/{dossier.edit_path}"
    if book := next((one.path for one in downloads.files if one.form == "pdf" and one.lang == lang), None):
        found["book"] = f"../{book}"
    if dossier.cut_off is not None:
        found["cut_off"] = {"said": format_date(dossier.cut_off, lang), **_day(dossier.cut_off)}
    return found


def _day(date: EdtfDate) -> Mapping[str, object]:
    """Return the last year that a date can mean, with month and day where the date is that exact."""
    last = date.latest or date.earliest or ""
    exact = {"month": 2, "day": 3}.get(date.precision, 1)
    parts = [int(part) for part in last.split("-")] if last else []
    found: dict[str, object] = dict(zip(("year", "month", "day"), parts[:exact], strict=False))
    return found | {"circa": date.is_uncertain or date.is_approximate}
