"""Pages that a server shows become pages that a disk shows: a link to a folder names the file in it.

In: the HTML of a page, as either site builder writes it. Out: the same with other links. Only tags are looked at, never
text or scripts, and only links within the site. Knows no file and no page.
"""

import re
from typing import Final

_INDEX: Final = "index.html"
# Comments, scripts and styles are stepped over as a whole; `>` may stand in an attribute, `<` is escaped there.
_ATTRIBUTES: Final = r"""[^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*"""
_TAG: Final = re.compile(
    rf"<!--.*?-->|(<(script|style)\b{_ATTRIBUTES}>)(?:.*?)</\2\s*>|<(?:a|area|link|meta|form|button|iframe)\s{_ATTRIBUTES}>",
    re.DOTALL | re.IGNORECASE,
)
_LINK: Final = re.compile(r"""(\s(?:href|src|action|formaction|xlink:href)=)("[^"]*"|'[^']*')""")
_REFRESH: Final = re.compile(r"""(\scontent=(["'])\s*\d+\s*;\s*url=)(.*?)(\2)""", re.IGNORECASE | re.DOTALL)
_ADDRESS: Final = re.compile(r"(?P<path>[^?#]*)(?P<rest>.*)", re.DOTALL)
_ELSEWHERE: Final = re.compile(r"/|[a-zA-Z][a-zA-Z0-9+.-]*:")


def from_disk(page: str) -> str:
    """Return a page whose links lead to files where they led to folders."""
    return _TAG.sub(_tag, page)


def without_links_to(page: str, name: str) -> str:
    """Return a page in which what was linked to a file of this name is plain text."""
    if name not in page:
        return page
    target = rf"""\shref=(["'])(?:[^"'?#]*/)?{re.escape(name)}\1"""
    return re.sub(rf"<a\b(?=[^<>]*{target})[^<>]*>(.*?)</a>", r"<span>\2</span>", page, flags=re.DOTALL)


def _tag(found: re.Match[str]) -> str:
    tag = found[0]
    if tag.startswith("<!--"):
        return tag
    if found[1]:
        return _LINK.sub(_link, found[1]) + tag[len(found[1]) :]
    if tag[1:5].lower() == "meta":
        return _REFRESH.sub(lambda one: one[1] + _file(one[3]) + one[4], tag)
    return _LINK.sub(_link, tag)


def _link(found: re.Match[str]) -> str:
    value = found[2]
    return f"{found[1]}{value[0]}{_file(value[1:-1])}{value[-1]}"


def _file(address: str) -> str:
    """Return an address that names a file where it named a folder of this site."""
    parts = _ADDRESS.match(address)
    if parts is None or _ELSEWHERE.match(address):  # pragma: no branch - every text has a path, if an empty one
        return address
    path, rest = parts["path"], parts["rest"]
    if path.endswith("/"):
        return path + _INDEX + rest
    if path.rpartition("/")[2] in {".", ".."}:
        return f"{path}/{_INDEX}{rest}"
    return address
