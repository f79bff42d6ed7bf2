"""A book as an EPUB 3.3: pages, navigation, package document, in one ZIP that is the same every time.

In: the book and what is known of the edition. Out: bytes. The order of the files is that of reading; `mimetype` is
first and stored (EPUB OCF 3.3, 4.2). Knows no file of the project.
"""

import io
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from generator.book.nodes import Book, Chapter, IndexRow, Node, Part
from generator.outputs.epub.xhtml import Writer, escape, file_of, linked, said, tagged
from generator.zipped import Packed, write_zip

_HOME: Final = Path(__file__).parent
_FOLDER: Final = "EPUB"
_COVER: Final = "cover.png"
_PROOFS_PER_PAGE: Final = 400
_CONTAINER: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">\n'
    f'<rootfiles><rootfile full-path="{_FOLDER}/package.opf" media-type="application/oebps-package+xml"/></rootfiles>\n'
    "</container>\n"
)
_FEATURES: Final = ("structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability", "index")
_TYPES: Final = {"xhtml": "application/xhtml+xml", "svg": "image/svg+xml", "png": "image/png", "css": "text/css"}


@dataclass(frozen=True, slots=True)
class Edition:
    """What an e-book says of itself beside its text: what it is known by, its date in seconds since 1970, rights."""

    identity: str
    epoch: int
    rights: str = ""
    source: str = ""


class _Page(NamedTuple):
    """A page: its file, what the table of contents calls it, its XHTML, the file of the page above it there.

    A page that is above itself is not in the contents: it goes on where the one before it ends.
    """

    file: str
    title: str
    text: str
    above: str = ""


@dataclass(slots=True)
class _Making:
    """An e-book while it is made: pages in the order of reading, drawings, and the places of every chapter."""

    book: Book
    titles: dict[str, str]
    pages: list[_Page] = field(default_factory=list)
    figures: list[tuple[str, str]] = field(default_factory=list)
    anchors: dict[str, frozenset[str]] = field(default_factory=dict)

    def word(self, key: str) -> str:
        """Return one of the book's own words."""
        return self.book.words[key]

    def writer(self, entry: str = "") -> Writer:
        """Return a writer for a page."""
        stem = f"page_{len(self.pages)}"  # the id of no entry has such a line in it
        return Writer(self.book.lang, self.titles, self.word("ebook_back"), entry, stem)

    def add(self, page: _Page, writer: Writer | None = None) -> None:
        """Take in a page that a writer has written."""
        self.pages.append(page)
        if writer is not None:
            self.figures += writer.figures
            if writer.entry:
                self.anchors[writer.entry] = frozenset(writer.anchors)


def epub_of(book: Book, edition: Edition, cover: bytes) -> bytes:
    """Return the e-book of a book; `cover` is a PNG."""
    making = _Making(book, {chapter.id: chapter.plain for chapter in book.chapters})
    making.add(_cover(making))
    making.add(_title_page(making))
    making.add(_Page("nav.xhtml", making.word("contents"), ""))
    for part in book.parts:
        _add_part(making, part)
    _add_proofs(making)
    if book.index:
        making.add(_register(making))
    texts = {page.file: linked(page.text, making.anchors) for page in making.pages}
    texts["nav.xhtml"] = _navigation(making)
    files = [("package.opf", _package(making, edition)), *texts.items(), *making.figures]
    files.append(("style.css", (_HOME / "style.css").read_text(encoding="utf-8")))
    written = io.BytesIO()
    write_zip(written, _packed(files, cover), edition.epoch)
    return written.getvalue()


def _packed(files: Sequence[tuple[str, str]], cover: bytes) -> Iterator[Packed]:
    yield Packed("mimetype", b"application/epub+zip", is_stored=True)
    yield Packed("META-INF/container.xml", _CONTAINER.encode())
    yield Packed(f"{_FOLDER}/{_COVER}", cover, is_stored=True)
    for file, text in files:
        yield Packed(f"{_FOLDER}/{file}", text.encode())


# --- pages


def _xhtml(making: _Making, title: str, body: str, kind: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
        f"{tagged(making.book.lang)}>\n<head>\n<title>{escape(title) or '…'}</title>\n"
        '<link rel="stylesheet" type="text/css" href="style.css"/>\n</head>\n'
        f"<body{kind}>\n{body}</body>\n</html>\n"
    )


def _cover(making: _Making) -> _Page:
    title = making.word("ebook_cover")
    alt = escape(": ".join(filter(None, (making.book.title, making.book.subtitle))))
    body = f'<div class="cover"><img src="{_COVER}" alt="{alt}" role="doc-cover"/></div>\n'
    return _Page("cover.xhtml", title, _xhtml(making, title, body, ' epub:type="cover"'))


def _title_page(making: _Making) -> _Page:
    book = making.book
    subtitle = f'<p class="subtitle">{escape(book.subtitle)}</p>\n' if book.subtitle else ""
    facts = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(text)}</dd></div>\n" for name, text in book.edition)
    writer = making.writer()
    body = (
        f'<section class="title" epub:type="titlepage">\n<h1>{escape(book.title)}</h1>\n{subtitle}</section>\n'
        f"{writer.nodes(book.description)}\n<p>{escape(making.word('ebook_how'))}</p>\n"
    )
    if facts:
        body += f"<dl>\n{facts}</dl>\n"
    return _Page("title.xhtml", making.word("cover"), _xhtml(making, book.title, body))


def _add_part(making: _Making, part: Part) -> None:
    writer = making.writer()
    file = f"part-{part.id}.xhtml"
    inside = writer.nodes(part.body)
    listed = "".join(_listed(chapter) for chapter in part.chapters)
    if not any(isinstance(node, Node) and node.name == "table" for node in part.body) and listed:
        inside += f'<ul class="chapters">\n{listed}</ul>\n'
    making.add(_Page(file, part.title, _xhtml(making, part.title, f"<h1>{escape(part.title)}</h1>\n{inside}")), writer)
    for chapter in part.chapters:
        _add_chapter(making, part, chapter, file)


def _listed(chapter: Chapter) -> str:
    when = f'<span class="when">{escape(chapter.when)}</span> ' if chapter.when else ""
    return f'<li>{when}<a href="{file_of(chapter.id)}">{said(chapter.title)}</a></li>\n'


def _add_chapter(making: _Making, part: Part, chapter: Chapter, above: str) -> None:
    writer = making.writer(chapter.id)
    title = writer.nodes(chapter.title)
    inside = writer.nodes(chapter.body)
    notes = "".join(writer.notes)
    if notes:
        heading = escape(making.word("ebook_notes"))
        inside += f'<section class="notes" epub:type="footnotes">\n<h2>{heading}</h2>\n{notes}</section>\n'
    head = f'<p class="part">{escape(part.title)}</p>\n<h1>{title}</h1>\n'
    text = _xhtml(making, chapter.plain, head + inside, ' epub:type="bodymatter chapter"')
    making.add(_Page(file_of(chapter.id), chapter.plain, text, above), writer)


def _register(making: _Making) -> _Page:
    title = making.word("register")
    body = [f"<h1>{escape(title)}</h1>\n<p>{escape(making.word('ebook_register_intro'))}</p>\n"]
    letter = None
    for row in making.book.index:
        if row.letter != letter:
            body.append(f"{'</ul>' if letter is not None else ''}\n<h2>{escape(row.letter) or '0–9'}</h2>\n<ul>\n")
            letter = row.letter
        body.append(_row(making, row))
    text = f'<section class="index" role="doc-index">\n{"".join(body)}</ul>\n</section>\n'
    return _Page("register.xhtml", title, _xhtml(making, title, text))


def _row(making: _Making, row: IndexRow) -> str:
    name = f"<span{tagged(row.lang if row.lang != making.book.lang else None)}>{escape(row.text)}</span>"
    to = f'<a href="{file_of(row.entry)}">{escape(row.see) or name}</a>'
    note = f" <small>({escape(row.note)})</small>" if row.note else ""
    return f"<li>{name}{note} → {to}</li>\n" if row.see else f"<li>{to}{note}</li>\n"


def _add_proofs(making: _Making) -> None:
    """Add the list of evidence, on several pages where it is long: a heading and its list stay together."""
    nodes = making.book.proofs
    title = making.word("proofs")
    for number, at in enumerate(range(0, len(nodes), _PROOFS_PER_PAGE), 1):
        writer = making.writer()
        file = f"proofs-{number}.xhtml"
        intro = f"<p>{escape(making.word('ebook_proofs_intro'))}</p>\n"
        head = f"<h1>{escape(title)}</h1>\n{intro}" if number == 1 else ""
        text = _xhtml(making, title, head + writer.nodes(nodes[at : at + _PROOFS_PER_PAGE]))
        making.add(_Page(file, title, text, "" if number == 1 else file), writer)


# --- navigation and package


def _navigation(making: _Making) -> str:
    below: dict[str, list[_Page]] = {}
    for page in making.pages:
        below.setdefault(page.above, []).append(page)
    title = escape(making.word("contents"))
    tops = [page for page in below[""] if page.file not in {"cover.xhtml", "nav.xhtml"}]
    items = "".join(_item(page, below.get(page.file, ())) for page in tops)
    marks = [("cover", "cover.xhtml"), ("titlepage", "title.xhtml"), ("toc", "nav.xhtml")]
    body = [page for page in tops if page.file.startswith("part-")]
    marks += [("bodymatter", body[0].file)] if body else []
    names = {page.file: page.title for page in making.pages}
    landmarks = "".join(
        f'<li><a epub:type="{kind}" href="{file}">{escape(names[file])}</a></li>\n' for kind, file in marks
    )
    text = (
        f'<nav epub:type="toc" role="doc-toc" id="toc">\n<h1>{title}</h1>\n<ol>\n{items}</ol>\n</nav>\n'
        f'<nav epub:type="landmarks" hidden="hidden">\n<h2>{escape(making.word("ebook_places"))}</h2>\n'
        f"<ol>\n{landmarks}</ol>\n</nav>\n"
    )
    return _xhtml(making, making.word("contents"), text)


def _item(page: _Page, below: Sequence[_Page]) -> str:
    inner = "".join(_item(one, ()) for one in below)
    listed = f"\n<ol>\n{inner}</ol>\n" if inner else ""
    return f'<li><a href="{page.file}">{escape(page.title) or "…"}</a>{listed}</li>\n'


def _package(making: _Making, edition: Edition) -> str:
    book = making.book
    files = [page.file for page in making.pages]
    manifest = [_manifested(file) for file in (*files, _COVER, *(name for name, _ in making.figures), "style.css")]
    spine = [f'<itemref idref="{_id(file)}"/>\n' for file in files]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<package xmlns="http://www.idpf.org/2007/opf" version="3.0"'
        f' unique-identifier="id" xml:lang="{book.lang}">\n'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n{"".join(_metadata(making, edition))}</metadata>\n'
        f"<manifest>\n{''.join(manifest)}</manifest>\n<spine>\n{''.join(spine)}</spine>\n</package>\n"
    )


def _metadata(making: _Making, edition: Edition) -> Iterator[str]:
    book = making.book
    identity = uuid5(NAMESPACE_URL, f"{edition.identity} {book.lang} {book.about}")
    yield f'<dc:identifier id="id">urn:uuid:{identity}</dc:identifier>\n'
    yield f'<dc:title id="title">{escape(book.title)}</dc:title>\n'
    if book.subtitle:
        yield '<meta refines="#title" property="title-type">main</meta>\n'
        yield f'<dc:title id="subtitle">{escape(book.subtitle)}</dc:title>\n'
        yield '<meta refines="#subtitle" property="title-type">subtitle</meta>\n'
    yield f"<dc:language>{book.lang}</dc:language>\n<dc:creator>{escape(book.author)}</dc:creator>\n"
    if description := said(book.description):
        yield f"<dc:description>{description}</dc:description>\n"
    for name, text in (("rights", edition.rights), ("source", edition.source)):
        if text:
            yield f"<dc:{name}>{escape(text)}</dc:{name}>\n"
    yield f'<meta property="dcterms:modified">{_utc(edition.epoch)}</meta>\n'
    yield f'<meta name="cover" content="{_id(_COVER)}"/>\n'
    features = (*_FEATURES, *(("alternativeText",) if making.figures else ()))
    modes = ("textual", *(("visual",) if making.figures else ()))
    for name, values in (
        ("accessMode", modes),
        ("accessModeSufficient", ("textual",)),
        ("accessibilityFeature", features),
        ("accessibilityHazard", ("none",)),
        ("accessibilitySummary", (escape(making.word("ebook_summary")),)),
    ):
        yield from (f'<meta property="schema:{name}">{value}</meta>\n' for value in values)


def _utc(epoch: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(epoch))


def _id(file: str) -> str:
    return f"f-{file}" if file[:1].isdigit() else file


def _manifested(file: str) -> str:
    kind = _TYPES[file.rpartition(".")[2]]
    properties = {"nav.xhtml": ' properties="nav"', _COVER: ' properties="cover-image"'}.get(file, "")
    return f'<item id="{_id(file)}" href="{file}" media-type="{kind}"{properties}/>\n'
