"""The nodes of a chapter as XHTML: text as it stands, references as links, evidence as notes at the chapter's end.

In: nodes (`book/nodes.py`). Out: the inside of a page, with its notes. A link to a place is written before it is known
whether the place is there: `linked` settles that when all chapters are written. Every text is escaped here.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from generator.book.nodes import Child, Node, plain
from generator.lang import Lang

_ACTIVE: Final = re.compile('[<>&"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]')
_ENTITIES: Final = {"<": "&lt;", ">": "&gt;", "&": "&amp;", '"': "&quot;"}
# What every validator takes for an address; anything else is shown and not linked.
_ADDRESS: Final = re.compile(
    r"https?://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?"
    r"(?:[/?#](?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?(?:#(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?"
)
_PENDING: Final = re.compile('href="\x00([^"\x00]*)\x00([^"\x00]*)"')
_BETWEEN: Final = "</sup><sup>"  # two numbers beside each other need a comma
_NARROW: Final = 3  # columns that have room on a tablet
# The widths of the words in drawings are those of such letters; a reader's own may be any.
_LETTERED: Final = '<svg font-family="Helvetica, Arial, Liberation Sans, sans-serif" '
_SIGNS: Final = {"contradicts": "≠"}


def escape(text: str) -> str:
    """Return a text as it stands between tags or in an attribute of XML."""
    return _ACTIVE.sub(_entity, text) if _ACTIVE.search(text) else text


def _entity(found: re.Match[str]) -> str:
    return _ENTITIES.get(found[0], "\ufffd")


def file_of(entry_id: str) -> str:
    """Return the file of a chapter."""
    return f"c-{entry_id}.xhtml"


def tagged(lang: str | None) -> str:
    """Return the attributes that name a language."""
    return f' lang="{lang}" xml:lang="{lang}"' if lang else ""


def linked(page: str, anchors: Mapping[str, frozenset[str]]) -> str:
    """Return a page whose links lead to places that are there, else to the chapter."""
    if "\x00" not in page:
        return page

    def settle(found: re.Match[str]) -> str:
        entry, anchor = found[1], found[2]
        return f'href="{file_of(entry)}#{anchor}"' if anchor in anchors[entry] else f'href="{file_of(entry)}"'

    return _PENDING.sub(settle, page)


@dataclass(slots=True)
class Writer:
    """Writes one page. `titles` are those of the chapters that the book has, by id; `entry` is that of this page.

    `stem` names the drawings of a page that is no entry's.
    """

    lang: Lang
    titles: Mapping[str, str]
    back: str
    entry: str = ""
    stem: str = "page"
    anchors: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)
    figures: list[tuple[str, str]] = field(default_factory=list)

    def nodes(self, children: tuple[Child, ...]) -> str:
        """Return nodes in a row."""
        written = "".join([escape(child) if isinstance(child, str) else self.node(child) for child in children])
        return written.replace(_BETWEEN, ", ") if _BETWEEN in written else written

    def node(self, node: Node) -> str:
        """Return one node."""
        write = _WRITERS.get(node.name)
        if write is not None:
            return write(self, node)
        tag, attributes = _TAGS[node.name]
        if node.attributes:
            attributes += tagged(node.attributes.get("lang"))
        return f"<{tag}{attributes}>{self.nodes(node.children)}</{tag}>"

    def ids(self, given: str) -> tuple[str, str]:
        """Return the attribute with the first id that this page does not have yet, and empty places for the others."""
        fresh = [one for one in dict.fromkeys(given.split()) if one not in self.anchors]
        self.anchors.update(fresh)
        first = f' id="{escape(fresh[0])}"' if fresh else ""
        return first, "".join(f'<span id="{escape(one)}"></span>' for one in fresh[1:])


# --- what needs more than a tag


def _h(writer: Writer, node: Node) -> str:
    tag = "h3" if "level" in node.attributes else "h2"
    first, others = writer.ids(node.attributes.get("id", ""))
    return f"<{tag}{first}>{others}{writer.nodes(node.children)}</{tag}>\n"


def _p(writer: Writer, node: Node) -> str:
    return f"<p{_classed(node)}>{writer.nodes(node.children)}</p>\n"


def _list(writer: Writer, node: Node) -> str:
    tag = "ol" if "ordered" in node.attributes else "ul"
    return f"<{tag}{_classed(node)}>\n{writer.nodes(node.children)}</{tag}>\n"


def _table(writer: Writer, node: Node) -> str:
    rows = _nodes_in(node)
    if rows and "head" in rows[0].attributes and len(rows[0].children) > _NARROW:
        return _stacked(writer, rows[0], rows[1:])
    heads = "".join(_row(writer, row, "th") for row in rows if "head" in row.attributes)
    others = "".join(_row(writer, row, "td") for row in rows if "head" not in row.attributes)
    head = f"<thead>\n{heads}</thead>\n" if heads else ""
    body = f"<tbody>\n{others}</tbody>\n" if others else ""
    is_wide = any(len(row.children) == _NARROW for row in rows)
    classes = " ".join(filter(None, (node.attributes.get("class", ""), "wide" if is_wide else "")))
    named = f' class="{escape(classes)}"' if classes else ""
    return f'<div class="table"><table{named}>\n{head}{body}</table></div>\n' if rows else ""


def _stacked(writer: Writer, head: Node, rows: list[Node]) -> str:
    """Return a wide table as its rows one below the other: no reader of books scrolls to the side."""
    names = [writer.nodes(cell.children) for cell in _nodes_in(head)]
    pieces = []
    for row in rows:
        first, *others = _nodes_in(row)
        cells = "".join(
            f"<div><dt>{name}</dt><dd{_classed(cell)}>{writer.nodes(cell.children)}</dd></div>\n"
            for name, cell in zip(names[1:], others, strict=True)
        )
        pieces.append(f"<h3>{writer.nodes(first.children)}</h3>\n<dl>\n{cells}</dl>\n")
    return "".join(pieces)


def _row(writer: Writer, row: Node, tag: str) -> str:
    return f"<tr>{''.join(_cell(writer, cell, tag) for cell in _nodes_in(row))}</tr>\n"


def _cell(writer: Writer, cell: Node, tag: str) -> str:
    is_name = tag == "td" and cell.attributes.get("class") == "name"
    used, scope = ("th", ' scope="row"') if is_name else (tag, ' scope="col"' if tag == "th" else "")
    return f"<{used}{scope}{_classed(cell)}>{writer.nodes(cell.children)}</{used}>"


def _figure(writer: Writer, node: Node) -> str:
    name = f"{writer.entry or writer.stem}-{len(writer.figures) + 1}.svg"
    drawn = node.attributes.get("narrow", node.attributes["svg"])  # on a telephone the letters of a wide one are tiny
    writer.figures.append((name, drawn.replace("<svg ", _LETTERED, 1)))
    caption = f"<figcaption>{writer.nodes(node.children)}</figcaption>" if node.children else ""
    return f'<figure><img src="{name}" alt="{escape(node.attributes["alt"])}"/>{caption}</figure>\n'


def _passage(writer: Writer, node: Node) -> str:
    first, others = writer.ids(node.attributes["id"])
    number = f'<span class="number">{escape(node.attributes["n"])}</span> '
    pieces = [f'<section class="passage passage-{escape(node.attributes["kind"])}"{first}>{others}']
    for child in node.children:
        if isinstance(child, Node) and child.name == "words":
            said = writer.nodes(child.children)
            pieces.append(f"<p>{number}<span{tagged(node.attributes['lang'])}>{said}</span></p>")
        else:
            pieces.append(escape(child) if isinstance(child, str) else writer.node(child))
    return "".join([*pieces, "</section>\n"])


def _remark(writer: Writer, node: Node) -> str:
    first, others = writer.ids(node.attributes.get("id", ""))
    sign = f"<sup>{escape(node.attributes['n'])}</sup> " if "n" in node.attributes else ""
    return f'<aside class="remark"{first}><p>{others}{sign}{writer.nodes(node.children)}</p></aside>\n'


def _rest(writer: Writer, node: Node) -> str:
    return f"<p><sup>{escape(node.attributes['n'])}</sup> → {writer.nodes(node.children)}</p>\n"


def _mark(writer: Writer, node: Node) -> str:
    first, others = writer.ids(node.attributes.get("id", ""))
    return f'<mark class="{escape(node.attributes["use"])}"{first}>{others}{writer.nodes(node.children)}</mark>'


def _n(_writer: Writer, node: Node) -> str:
    return f"<sup>{escape(node.attributes['n'])}</sup>"


def _link(writer: Writer, node: Node) -> str:
    url = node.attributes["url"]
    said = writer.nodes(node.children)
    return f'<a href="{escape(url)}">{said}</a>' if _ADDRESS.fullmatch(url) else said


def _ref(writer: Writer, node: Node) -> str:
    entry, anchor = node.attributes["to"], node.attributes.get("at", "")
    said = writer.nodes(node.children)
    if entry not in writer.titles:
        return said
    said = said or escape(writer.titles[entry])
    return (
        f'<a href="\x00{entry}\x00{escape(anchor)}">{said}</a>' if anchor else f'<a href="{file_of(entry)}">{said}</a>'
    )


def _cite(writer: Writer, node: Node) -> str:
    number, entry = escape(node.attributes["n"]), node.attributes["entry"]
    said = _SIGNS.get(node.attributes.get("stance", ""), "") + number
    mark = ""
    if node.children and f"e{number}" not in writer.anchors:
        writer.anchors.update((f"e{number}", f"r{number}"))
        _note(writer, number, said, node)
        mark = f' id="r{number}"'
    note = f"#e{number}" if entry == writer.entry else f"\x00{entry}\x00e{number}"
    return f'<sup><a epub:type="noteref" role="doc-noteref"{mark} href="{note}">{said}</a></sup>'


def _note(writer: Writer, number: str, said: str, node: Node) -> None:
    back = f'<a role="doc-backlink" href="#r{number}" title="{escape(writer.back)}">{said}</a>'
    at = len(writer.notes)
    writer.notes.append("")  # its place: a note may cite in turn
    text = f"<p>{back} {writer.nodes(node.children)}</p>"
    writer.notes[at] = f'<aside epub:type="footnote" role="doc-footnote" id="e{number}">{text}</aside>\n'


def _nodes_in(node: Node) -> list[Node]:
    return [child for child in node.children if isinstance(child, Node)]


def _classed(node: Node) -> str:
    given = node.attributes.get("class")
    return f' class="{escape(given)}"' if given else ""


def _badge(writer: Writer, node: Node) -> str:
    return f'<span class="badge">{writer.nodes(node.children)}</span>'


_TAGS: Final[Mapping[str, tuple[str, str]]] = {
    "item": ("li", ""),
    "facts": ("dl", ""),
    "fact": ("div", ""),
    "name": ("dt", ""),
    "value": ("dd", ""),
    "rests": ("div", ' class="rests"'),
    "gist": ("b", ""),
    "em": ("em", ""),
    "strong": ("strong", ""),
    "small": ("small", ""),
    "s": ("s", ""),
    "span": ("span", ""),
    "q": ("span", ' class="q"'),
    "aside": ("span", ' class="aside"'),
}
_WRITERS: Final[Mapping[str, Callable[[Writer, Node], str]]] = {
    "h": _h,
    "p": _p,
    "list": _list,
    "table": _table,
    "figure": _figure,
    "passage": _passage,
    "remark": _remark,
    "rest": _rest,
    "mark": _mark,
    "n": _n,
    "link": _link,
    "ref": _ref,
    "cite": _cite,
    "badge": _badge,
    "said": lambda writer, node: f" <i>{writer.nodes(node.children)}</i>",
    "br": lambda _writer, _node: "<br/>",
    "index": lambda _writer, _node: "",
}


def said(children: tuple[Child, ...]) -> str:
    """Return the words of nodes as one escaped line."""
    return escape(" ".join(plain(children).split()))
