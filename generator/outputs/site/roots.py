"""Writes what lies above the languages: a page that sends readers to theirs, and the 404 page.

In come the languages in order of preference; out goes HTML that loads nothing. Knows no site builder.
"""

import json
from collections.abc import Mapping, Sequence
from html import escape
from typing import Final
from urllib.parse import urlsplit

from generator.lang import Lang
from generator.outputs.site.config import SiteLanguage, home

_LOST: Final[Mapping[Lang, str]] = {"de": "Diese Seite gibt es nicht.", "en": "There is no such page."}

_STYLE: Final = (
    ":root{color-scheme:light dark;--paper:#fdfcf9;--ink:#1f2126;--link:#1c4f80}"
    "@media(prefers-color-scheme:dark){:root{--paper:#17191d;--ink:#e6e3dc;--link:#93bdee}}"
    "body{background:var(--paper);color:var(--ink);font:1.1rem/1.5 Charter,Georgia,serif;max-width:36rem;"
    "margin:15vh auto;padding:0 1rem}a{color:var(--link)}li{margin:.5rem 0}"
)

# The first of the reader's languages that we have; the first of ours otherwise. A file from a disk has no
# server that would turn a folder into its index.
_CHOOSE: Final = (
    "const ours=%s,wanted=(navigator.languages||[navigator.language]).map(l=>l.slice(0,2).toLowerCase());"
    "const lang=wanted.find(l=>ours.includes(l))||ours[0];"
    'location.replace(lang+"/"+(location.protocol==="file:"?"index.html":""));'
)


def front_page(languages: Sequence[SiteLanguage]) -> bytes:
    """Return the page that chooses a language; without script the reader does."""
    head = [
        f'<link rel="alternate" hreflang="{one.lang}" href="{escape(home(one) or one.lang + "/")}">'
        for one in languages
    ]
    first = languages[0]
    head.append(f'<link rel="alternate" hreflang="x-default" href="{escape(home(first) or first.lang + "/")}">')
    head.append(f"<script>{_CHOOSE % json.dumps([one.lang for one in languages])}</script>")
    items = [
        f'<li lang="{one.lang}"><a href="{one.lang}/" hreflang="{one.lang}">'
        f"{escape(one.name)}: {escape(one.title)}</a></li>"
        for one in languages
    ]
    return _page(first, first.title, head, [f"<h1>{escape(first.title)}</h1>", "<ul>", *items, "</ul>"])


def lost_page(languages: Sequence[SiteLanguage]) -> bytes:
    """Return the 404 page; hosts show it at any depth, so its links are absolute."""
    root = urlsplit(languages[0].site_url or "").path.rstrip("/") + "/"
    items = [
        f'<p lang="{one.lang}">{_LOST[one.lang]} '
        f'<a href="{escape(root)}{one.lang}/" hreflang="{one.lang}">{escape(one.title)}</a></p>'
        for one in languages
    ]
    return _page(
        languages[0],
        _LOST[languages[0].lang],
        ['<meta name="robots" content="noindex">'],
        ["<h1>404</h1>", *items],
    )


def _page(language: SiteLanguage, title: str, head: Sequence[str], body: Sequence[str]) -> bytes:
    lines = (
        "<!doctype html>",
        f'<html lang="{language.lang}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        f"<title>{escape(title)}</title>",
        '<link rel="icon" href="data:,">',
        f"<style>{_STYLE}</style>",
        *head,
        "</head>",
        "<body>",
        "<main>",
        *body,
        "</main>",
        "</body>",
        "</html>",
    )
    return ("\n".join(lines) + "\n").encode()
