"""Follows every link of a built site: in comes a folder of HTML, out go the links that lead nowhere.

Used by the tests, and by hand: python -m tests.linkcheck build/site [/sub/path/]
"""

import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import html
from lxml.html import HtmlElement

_LINKS = ("href", "xlink:href", "src", "poster", "data", "action", "srcset")
# Elements that fetch what they name as soon as the page is shown; a link fetches nothing by itself.
_LOADING = frozenset({"script", "img", "iframe", "source", "video", "audio", "embed", "object", "use", "image"})
_LOADING_RELATIONS = {"stylesheet", "preload", "prefetch", "preconnect", "icon", "manifest"}
_CSS_LOAD = re.compile(r"""(?:url\(\s*["']?|@import\s+["'])((?:https?:)?//[^"')\s]+)""", re.IGNORECASE)


def broken_links(site: Path, base: str = "/") -> list[str]:
    """Return "page: link" for every link that leads nowhere; `base` is the site's path on its host."""
    pages = sorted(site.rglob("*.html"))
    if not pages:
        return [f"{site}: no page at all"]
    return sorted({f"{page.relative_to(site)}: {link}" for page in pages for link in _broken(site, page, base)})


def external_loads(site: Path) -> list[str]:
    """Return what pages and style sheets would fetch from other hosts, sorted as "file: address"."""
    found = {
        f"{page.relative_to(site)}: {address}" for page in site.rglob("*.html") for address in _fetched(_tree(page))
    }
    for sheet in site.rglob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        found |= {f"{sheet.relative_to(site)}: {address}" for address in _CSS_LOAD.findall(text)}
    return sorted(found)


def page_urls(site: Path) -> set[str]:
    """Return the address of every page below the site's root, as a reader types it."""
    return {page.relative_to(site).as_posix().removesuffix("index.html") for page in site.rglob("*.html")}


def _broken(site: Path, page: Path, base: str) -> Iterator[str]:
    for element in _tree(page).iter():
        if isinstance(element, HtmlElement):
            for name in _LINKS:
                for link in _addresses(element, name):
                    if not _leads_somewhere(site, page, link, base):
                        yield link


def _addresses(element: HtmlElement, name: str) -> list[str]:
    value = element.get(name)
    if value is None or (element.tag == "meta"):
        return []
    return [part.split()[0] for part in value.split(",") if part.split()] if name == "srcset" else [value.strip()]


def _leads_somewhere(site: Path, page: Path, link: str, base: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    if parts.scheme or parts.netloc:
        return True
    path = unquote(parts.path)
    if path.startswith("/"):
        if not path.startswith(base):
            return False
        target = site / path.removeprefix(base)
    else:
        target = page.parent / path if path else page
    if path.endswith(("/", "/.", "/..")) or path in {".", ".."} or target == site:
        target = target / "index.html"
    target = target.resolve()
    if not target.is_relative_to(site.resolve()) or not target.is_file():
        return False
    return not parts.fragment or target.suffix != ".html" or unquote(parts.fragment) in _anchors(target)


def _fetched(tree: HtmlElement) -> Iterator[str]:
    for element in tree.iter():
        if not isinstance(element, HtmlElement):
            continue
        loads = element.tag in _LOADING or (
            element.tag == "link" and not _LOADING_RELATIONS.isdisjoint(str(element.get("rel", "")).lower().split())
        )
        if loads:
            found = [address for name in _LINKS for address in _addresses(element, name)]
            yield from (address for address in found if urlsplit(address).netloc)
        styles = (
            f"{element.get('style', '')} {element.text or ''}" if element.tag == "style" else element.get("style", "")
        )
        yield from _CSS_LOAD.findall(styles)


@cache
def _anchors(page: Path) -> frozenset[str]:
    tree = _tree(page)
    named = (name for element in tree.iter("a") if (name := element.get("name")))
    return frozenset({*tree.xpath("//@id"), *named, "top"})


def _tree(page: Path) -> HtmlElement:
    return html.document_fromstring(page.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))


if __name__ == "__main__":
    problems = broken_links(Path(sys.argv[1]), *sys.argv[2:3]) + external_loads(Path(sys.argv[1]))
    sys.stdout.write("\n".join(problems) + "\n" if problems else "")
    sys.exit(bool(problems))
