"""A dossier whose every free text tries something: markup, scripts, templates, signs that mean something to some tool.

What `dossier check` refuses in running text is left out there; names, titles, labels and sources may say anything.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from generator.prose import parse_prose
from generator.prosenodes import Paragraph, Text
from tests.brook import write

RUN: Final = "window.__hacked=1"
SAYINGS: Final = (
    f"<script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f"</title></style></textarea></script><svg onload={RUN}>",
    f'"><a href="javascript:{RUN}" autofocus onfocus="{RUN}">x</a>',
    f"' onmouseover='{RUN}' style='position:fixed;inset:0' x='",
    f"[a link](javascript:{RUN}) and [another]( <javascript:{RUN}> 'x')",
    f"![an image](x) ![another](x' onerror='{RUN})",
    f"[r]: javascript:{RUN} 'title'",
    f"<javascript:{RUN}> <https://mill.example/x> <mill@mill.example>",
    "https://mill.example/x?a=1&b=2 www.mill.example mill@mill.example",
    "{{ config.site_name }} {% include 'x' %} {# gone #} ${ 7 * 7 } <%= 7 %>",
    "&lt;b&gt; &amp;amp; &#60;script&#62; &quot; &nbsp; &copy &NotAnEntity;",
    "one | two || three \\| four",
    "| a | b |\n|---|---|\n| c | d |",
    "# no heading",
    "no heading either\n===",
    "1. no list 2) nor this",
    "- no item",
    "> no quote",
    "    no code",
    "```js no fence",
    "~~~ nor this",
    "*** --- ___ +++",
    "no term\n:   no definition",
    '--8<-- "/etc/passwd" !include /etc/passwd',
    "!!! danger ??? note === tab [TOC] [^1] *[HTML]: x :smile: :material-home:",
    "{: .x #y onclick=" + RUN + " } { .x } {#y}",
    "$x^2$ \\(y\\) \\n \\\\ \\* \\_ \\<b\\> `code` ``co`de`` *a* _b_ **c** __d__ ~~e~~ ^f^ ==g== ++h++ ~i~",
    "[[nobody]] [[nobody|a label]] [x][y] [x] [] [ ] [x]: ( ) <> < > >> <<",
    "<!-- a comment --> <!DOCTYPE html> <![CDATA[ x ]]> <?php x ?> ]]> <![",
    "%3Cscript%3E %s %d %(a)s {0} {a} \\u003cscript\\u003e \\x3c",
    'O\'Brien "said" «so» ‘and’ “so” – — … ­ ʼ ﷽ שלום مرحبا 🌾 e\u0301 ﬁ',
    "W" * 300 + " " + "Ö" * 300,
    "word " * 150 + "end",
    "constructor __proto__ toString hasOwnProperty null undefined NaN true",
)
# Where one line of text goes: a title with line breaks is no title.
LINES: Final = tuple(" ".join(saying.split()) for saying in SAYINGS)


def may_be_prose(text: str) -> bool:
    """Tell whether running text may say this, and says nothing but this."""
    parsed = parse_prose(text)
    match parsed.blocks:
        case (Paragraph((Text(shown),)),) if not parsed.problems:
            return shown == text
    return False


PROSE: Final = tuple(line for line in LINES if may_be_prose(line))
PASSAGES: Final = tuple(f"Line {number} says {line} (that was {number})." for number, line in enumerate(LINES))
URL: Final = "https://mill.example/a(b)*c*_d_~~e~~$f$!g,;:@?h=%22i%22&amp;j=%3Cscript%3E&k#l)"


def yaml(value: object) -> str:
    """Write a value as YAML: JSON is a part of it."""
    return json.dumps(value, ensure_ascii=False, indent=1)


def evidence(number: int, source: str = "mill-paper") -> dict[str, object]:
    """Quote a hostile passage and translate it as badly."""
    line = LINES[number % len(LINES)]
    return {
        "source": source,
        "quote": PASSAGES[number % len(PASSAGES)],
        "translation": {"de": line, "en": line},
        "modality": "reported",
        "note": PROSE[number % len(PROSE)],
    }


def both(number: int) -> dict[str, str]:
    """Say something else in each language."""
    return {"de": SAYINGS[number % len(SAYINGS)], "en": SAYINGS[(number + 1) % len(SAYINGS)]}


def prose(number: int) -> dict[str, str]:
    return {"de": PROSE[number % len(PROSE)], "en": PROSE[(number + 1) % len(PROSE)]}


def hostile(project: Path) -> Path:
    """Write the dossier."""
    text = "\n\n".join((" ".join(LINES), *PASSAGES)) + "\n"
    write(project, "seeds/mill-paper.txt", text)
    digest = hashlib.sha256(text.encode()).hexdigest()
    for file, value in entries(digest).items():
        write(project, f"entries/{file}.yaml", yaml(value))
    for lang in ("de", "en"):
        write(project, f"docs/{lang}/it's {{{{ 7 + 7 }}}} & [x](y) #z +@! _ü_.md", "Words without a heading.\n")
        write(project, f"docs/{lang}/-- {lang}=`x` $(y) @z!.md", f"# {LINES[10]}\n\nWords.\n")
    return project


def entries(digest: str) -> Mapping[str, object]:
    count = range(len(LINES))
    pairs = range(0, len(LINES), 2)  # one actor for two sayings: each page costs a browser a quarter of a second
    actors: dict[str, object] = {
        f"actors/a-{n}": {
            "type": "person",
            "name": both(n),
            "aliases": [{"name": both(n + 1), "note": both(n + 2)}],
            "summary": prose(n),
            "evidence": [evidence(n)],
            "relations": [
                {"type": "knows", "to": f"a-{n - 2 if n else 2}", "title": both(n + 3), "text": prose(n + 1)}
            ],
            "identifiers": [{"scheme": LINES[n], "value": LINES[(n + 1) % len(LINES)]}],
            "website": URL,
        }
        for n in pairs
    }
    word = {"label": both(0), "inverse": both(2), "note": both(4)}
    return actors | {
        "dossier": {
            "title": both(0),
            "subtitle": both(3),
            "description": prose(0),
            "site_url": "https://mill.example/it(s)&co/",
            "repository": URL,
            "edit_path": LINES[3],
            "editors": [{"name": line, "role": line} for line in LINES],
            "licence": {"name": LINES[4], "url": URL, "note": both(5)},
        },
        "vocabulary": {
            "relations": {"knows": word},
            "event-types": {"quarrel": {"label": both(6)}},
            "roles": {"party": {"label": both(8)}},
            "states": {"open": {"label": both(10)}},
            "categories": {"craft": {"label": both(12)}},
            "units": {"sack": {"label": both(14)}},
        },
        "sources/mill-paper": {
            "file": "seeds/mill-paper.txt",
            "sha256": digest,
            "title": both(2),
            "short": both(3),
            "language": "en",
            "publisher": both(4),
            "translated_from": both(5),
            "url": URL,
            "written": {"date": 1921, "basis": prose(1)},
            "description": prose(2),
            "set_aside": [{"quote": PASSAGES[1], "reason": "opinion", "note": prose(3)}],
        },
        "annotations/mill-paper-annotations": {
            "source": "mill-paper",
            "notes": [
                {"id": f"n-{n}", "type": "garbled", "quote": PASSAGES[n], "reading": both(n), "note": prose(n)}
                for n in count
            ],
        },
        "disputes/quarrel": {
            "title": both(4),
            "summary": prose(4),
            "state": "open",
            "as_of": 1921,
            "when": 1921,
            "sides": [{"id": f"s-{n}", "name": both(n), "actors": [f"a-{n}"]} for n in pairs],
            "issues": [
                {
                    "id": f"i-{n}",
                    "title": both(n),
                    "positions": [{"side": f"s-{n // 2 * 2}", "text": prose(n), "evidence": [evidence(n)]}],
                }
                for n in count
            ],
            "next": prose(5),
            "open": prose(6),
            "evidence": [evidence(0)],
        },
        "events/fire": {
            "when": 1921,
            "when_basis": "relative",
            "when_wording": both(5),
            "when_note": prose(6),
            "type": "quarrel",
            "title": both(6),
            "text": prose(7),
            "actors": [{"actor": f"a-{n}", "role": "party"} for n in pairs],
            "disputes": ["quarrel"],
            "evidence": [evidence(n) for n in count],
        },
        "claims/cost": {
            "question": both(8),
            "about": ["quarrel", "weir"],
            "answers": [
                {"text": prose(n), "rank": "deprecated", "reason": prose(n + 1), "evidence": [evidence(n)]}
                for n in count
            ]
            + [{"value": {"amount": 3.5, "unit": "sack"}, "evidence": [evidence(1)]}],
            "assessment": {"verdict": "contradictory", "text": prose(9)},
        },
        "terms/weir": {
            "name": both(11),
            "abbreviation": both(13),
            "category": "craft",
            "definition": prose(10),
            "forms": {"de": list(LINES), "en": list(LINES)},
            "misnomers": [{"text": line, "language": "en", "note": prose(1)} for line in LINES],
            "evidence": [evidence(2)],
        },
        "terms/old": {
            "status": "retired",
            "replaced_by": "weir",
            "name": both(15),
            "category": "craft",
            "definition": "Gone.",
        },
    }
