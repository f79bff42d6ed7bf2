"""Values into inert Markdown: text that shows as it was written, whatever was written.

In come texts of entries, sources and file names; out goes Markdown for Python-Markdown (tables, def_list,
toc, sane_lists), which escapes nothing by itself and on which both site builders stand. `Markup` marks safe
Markdown. Only what could act is escaped, so that pages stay readable. Must not know entries or outputs.
"""
# ruff: noqa: S704 - this is the one module that decides what is safe

import html
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Final
from urllib.parse import quote

from markupsafe import Markup

from generator.prosenodes import Block, Emphasis, EntryRef, Inline, Link, Listing, Paragraph, Parsed, Text

safe: Final[Callable[[str], Markup]] = partial(str.__new__, Markup)
"""What `Markup(text)` gives for a plain `str`, in a third of the time: a page is made of hundreds of pieces."""

# Signs that can act anywhere, and invisible ones, of which Python-Markdown uses some as marks of its own.
_ACTIVE: Final = re.compile("[\\\\`*_{}\\[\\]<>&|^~\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_BLANKS: Final = re.compile("[ \t-\r\x1c-\x1f\x85\u2028\u2029]+")
# The last sign of what is found must be escaped: it would begin a block, or is white space to be stripped.
_OPENING: Final = re.compile(
    r"""
    [ ]? (?: \d+ [.)] (?=[ ]|\Z)  |  [\#=]  |  [-+] (?=[ +-]|\Z)  |  : (?=[ :]|\Z)
           | ! (?=!!)  |  \? (?=\?\?)  |  / (?=//)  |  [^\S ] )
    """,
    re.VERBOSE,
)
_MAY_OPEN: Final = frozenset("#=+-:!?/ ")
# A heading ends with #, a ! before a link makes an image, and white space is stripped.
_CLOSING: Final = re.compile(r"(?:[#!]|[^\S ])(?=[ ]?\Z)")


def escape(text: str) -> Markup:
    """Return Markdown that shows `text`, white space folded; safe Markdown stays as it is.

    Good wherever running text may stand: paragraph, heading, item, cell, link text, between HTML tags.
    """
    if isinstance(text, Markup):
        return text
    if not text:
        return Markup()
    if "  " in text or _ACTIVE.search(text):
        text = _ACTIVE.sub(_inert, _BLANKS.sub(" ", text))
    first, last = text[0], text[-1]
    if (first in _MAY_OPEN or not first.isalpha()) and (found := _OPENING.match(text)):
        text = text[: found.end() - 1] + _entity(found[0][-1]) + text[found.end() :]
    if (last in "#! " or last.isspace()) and (found := _CLOSING.search(text, max(0, len(text) - 2))):
        text = text[: found.start()] + _entity(found[0]) + text[found.end() :]
    return safe(text)


def _inert(found: re.Match[str]) -> str:
    sign = found[0]
    return _entity(sign) if " " < sign < "\x7f" else "\ufffd"


def _entity(sign: str) -> str:
    return f"&#{ord(sign)};"


# Attributes, front matter, scripts

_IN_ATTRIBUTE: Final = re.compile("[\"'\\\\`*_{}\\[\\]<>&|^~!\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_KEY: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
# YAML 1.1 folds or refuses these; JSON leaves them as they are.
_NOT_IN_YAML: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_NOT_IN_HTML: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_HAS_SIGNS: Final = re.compile(f"[&<>\"'{_NOT_IN_HTML.pattern[1:]}").search
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False)  # `json.dumps` would make one for every field
_NOT_IN_SCRIPT: Final = re.compile("[<>&\u2028\u2029\ud800-\udfff]")


def attribute(text: str) -> Markup:
    """Return `text` for an HTML attribute in double quotes, line breaks kept."""
    return safe(_IN_ATTRIBUTE.sub(_in_attribute, text))


def here(*key: object) -> Markup:
    """Return the name of a place on a page, for the beginning of a heading: the same in both languages."""
    return safe(f'<span id="at-{attribute("-".join(map(str, key)))}" class="here"></span>')


def _in_attribute(found: re.Match[str]) -> str:
    sign = found[0]
    return _entity(sign) if sign in "\t\n" else _inert(found)


class Written(str):
    """A value of front matter that is YAML already."""

    __slots__ = ()


def written(value: object) -> Written:
    """Return a value as front matter has it: worth its while where many pages share it."""
    return Written(_json(_in_html(value), _NOT_IN_YAML))


def front_matter(fields: Mapping[str, object]) -> str:
    """Return the YAML head of a page; texts become HTML, as the site builders put them into HTML unseen.

    A value is a text, number, truth, None, a list or mapping of such, or `written` by now.
    """
    lines = [
        f"{_checked_key(key)}: {value if isinstance(value, Written) else written(value)}\n"
        for key, value in fields.items()
    ]
    return "".join(("---\n", *lines, "---\n"))


def json_script(value: object) -> Markup:
    """Return JSON for a `<script type="application/json">` or JSON-LD."""
    return Markup(_json(value, _NOT_IN_SCRIPT))


@cache
def _checked_key(key: str) -> str:
    if not _KEY.fullmatch(key):
        raise ValueError(f"{key!r} cannot be a key of front matter")
    return key


def _in_html(value: object) -> object:
    match value:
        case str():
            return html.escape(_NOT_IN_HTML.sub("\ufffd", value), quote=True) if _HAS_SIGNS(value) else value
        case dict():
            return {_checked_key(key): _in_html(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_in_html(inner) for inner in value]
        case _:
            return value


def _json(value: object, forbidden: re.Pattern[str]) -> str:
    written = _ENCODER.encode(value)
    if written.isprintable() and forbidden is _NOT_IN_YAML:  # it has nothing invisible in it, as nearly all have not
        return written
    return forbidden.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


# Links

_PLAIN_TARGET: Final = re.compile(r"(?:https?://|mailto:)?[\w./#?=%+,;@-]*", re.ASCII)
_SCHEME: Final = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_LONE_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")


def link(text: Markup, target: str, title: str = "") -> Markup:
    """Return a link to a path, an anchor, or an http, https or mailto address; another scheme is a path."""
    said = f' "{attribute(title)}"' if title else ""
    return safe(f"[{text}]({_target(target)}{said})")


def _target(target: str) -> str:
    if _PLAIN_TARGET.fullmatch(target) and "%" not in target and not target.startswith("//"):
        return target
    safe = "/#?=%+,;@$:&" if _SCHEME.match(target) else "/#?=%+,;@$&"
    coded = quote(_LONE_PERCENT.sub("%25", target), safe=safe, errors="replace").replace("&", "&amp;")
    return f"/%2F{coded[2:]}" if coded.startswith("//") else coded


# Prose


def _as_written(node: Text) -> Markup:
    return escape(node.text)


@dataclass(frozen=True, slots=True)
class _Renderer:
    link: Callable[[EntryRef], Markup]
    text: Callable[[Text], Markup]

    def inlines(self, inlines: tuple[Inline, ...], *, is_inner: bool = False) -> str:
        pieces: list[str] = []
        for index, inline in enumerate(inlines):
            match inline:
                case Text():
                    pieces.append(self.text(inline))
                case EntryRef():
                    pieces.append(self.link(inline))
                case Link(url, children):
                    pieces.append(link(Markup(self.inlines(children, is_inner=True)), url))
                case Emphasis():
                    before = pieces[-1][-1:] if pieces else ""
                    after = inlines[index + 1] if index + 1 < len(inlines) else None
                    has_room = not is_inner and before in ("", " ", "(") and _is_end(after)
                    pieces.append(self.emphasis(inline, has_room=has_room))
        return "".join(pieces)

    def emphasis(self, node: Emphasis, *, has_room: bool) -> str:
        """Use stars where they are sure to work: not beside letters, other stars, or in each other."""
        said = self.inlines(node.children, is_inner=True)
        if has_room and said == said.strip() and not any(isinstance(each, Emphasis) for each in node.children):
            stars = "**" if node.strong else "*"
            return f"{stars}{said}{stars}"
        tag = "strong" if node.strong else "em"
        return f"<{tag}>{said}</{tag}>"

    def block(self, block: Block) -> str:
        if isinstance(block, Paragraph):
            return self.inlines(block.inlines)
        if block.ordered:
            items = [f"{number}. {self.inlines(item)}" for number, item in enumerate(block.items, 1)]
        else:
            items = [f"- {self.inlines(item)}" for item in block.items]
        return "\n".join(items)


def _is_end(after: Inline | None) -> bool:
    return after is None or (isinstance(after, Text) and after.text[0] in " \n.,;:?)")


def render_prose(
    parsed: Parsed, *, link: Callable[[EntryRef], Markup], text: Callable[[Text], Markup] = _as_written
) -> Markup:
    """Return blocks of Markdown, without a line break at the end; `link` and `text` give one line each."""
    renderer = _Renderer(link, text)
    blocks: list[str] = []
    before: Block | None = None
    for block in parsed.blocks:
        if isinstance(before, Listing) and isinstance(block, Listing) and before.ordered == block.ordered:
            blocks.append("<!-- -->")  # keeps two lists apart
        blocks.append(renderer.block(block))
        before = block
    return Markup("\n\n".join(blocks))


def render_inline(
    parsed: Parsed, *, link: Callable[[EntryRef], Markup], text: Callable[[Text], Markup] = _as_written
) -> Markup:
    """Return the same in one line, for cells and headings; semicolons stand between items."""
    renderer = _Renderer(link, text)
    said = [
        renderer.inlines(block.inlines)
        if isinstance(block, Paragraph)
        else "; ".join(renderer.inlines(item) for item in block.items)
        for block in parsed.blocks
    ]
    return Markup(" ".join(said))
