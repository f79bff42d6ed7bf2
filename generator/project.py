"""The two files beside the entries: `dossier.yaml` (what this dossier is) and `vocabulary.yaml` (its controlled words).

Models only; `settings.py` reads them. Knows no kind.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Annotated, Final, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from generator.fields import Count, Date, Id, Localized, Prose, Text, Url, model

DOSSIER_FILE: Final = "entries/dossier.yaml"
VOCABULARY_FILE: Final = "entries/vocabulary.yaml"
SOURCES_FOLDER: Final = "seeds"
_NO_ID: Final = re.compile("[^a-z0-9]+")
_is_host = re.compile(r"(?:(?!-)[\w-]{1,63}(?<!-)\.)*(?!-)[\w-]{1,63}(?<!-)").fullmatch
_is_port = re.compile(r"[0-9]{1,5}").fullmatch
_MAX_HOST: Final = 253
_MAX_PORT: Final = 65_535
_SPELT_OUT: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def is_unread(file: str, unread: frozenset[str]) -> bool:
    """Say whether a file, or a folder that it lies in, is among those that could not be read."""
    return not unread.isdisjoint((file, *map(str, PurePosixPath(file).parents)))


def meant_ids(files: Iterable[str]) -> frozenset[str]:
    """Return the ids that files of entries were to give, whatever is wrong with their names: `Bo Rye.yml` is bo-rye.

    A folder, which may hold any, gives the empty one.
    """
    names = (PurePosixPath(file).name for file in files if f"{file}/".startswith("entries/"))
    stems = (name.partition(".")[0] if "." in name else "" for name in names)
    return frozenset(_NO_ID.sub("-", stem.casefold().translate(_SPELT_OUT)).strip("-") for stem in stems)


def _base(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError as error:  # characters that a browser would take for others
        raise PydanticCustomError("bad-url", "the address is malformed") from error
    problem = next(_wrong_with(address, parts.netloc, parts.path), "")
    if problem:
        raise PydanticCustomError("bad-url", "{problem}", {"problem": problem})
    return address


def _wrong_with(address: str, authority: str, path: str) -> Iterator[str]:
    """Say why nothing would be found at an address, or no path can be added to it."""
    host, colon, port = authority.rpartition("@")[2].partition(":")
    if not _is_host(host) or len(host) > _MAX_HOST:
        yield f"“{host}” is no name of a host" if host else "the address has no host"
    if colon and not (_is_port(port) and 0 < int(port) <= _MAX_PORT):
        yield f"“{port}” is no port"
    if "@" in authority:
        yield "the address holds the name of a user"
    if "?" in address or "#" in address:
        yield "the address goes on behind its path, so that no page can stand below it"
    if not {".", "..", ""}.isdisjoint(path.removesuffix("/").split("/")[1:]):
        yield "the path of the address has a step that leads nowhere"


BaseUrl = Annotated[
    Url,
    AfterValidator(_base),
    WithJsonSchema({"type": "string", "format": "uri", "pattern": r"^https?://[^\s/?#@]+(/[^\s?#]*)?$"}),
]
"""The address of a site, to which the paths of its pages are added."""


@model
class Editor:
    """Somebody who answers for the dossier."""

    name: Text = Field(description="The name.")
    role: Localized | None = Field(None, description="What they do.")
    url: Url | None = Field(None, description="Their page.")


@model
class Licence:
    """Under what terms the dossier may be used."""

    name: Text = Field(description="The name of the licence, such as CC BY 4.0.")
    url: Url | None = Field(None, description="Its text.")
    note: Localized | None = Field(None, description="What it does not cover.")


@model
class Dossier:
    """What this dossier is about and who makes it."""

    title: Localized = Field(description="The title of the dossier and its site.")
    subtitle: Localized | None = Field(None, description="One line below the title.")
    description: Prose = Field(description="What it is about, in a paragraph.")
    default_language: Literal["de", "en"] = Field(
        "de", description="The language that a reader gets whose own is neither."
    )
    site_url: BaseUrl | None = Field(
        None, description="Where the site is published, ending in a slash; no query, fragment or user in it."
    )
    repository: Url | None = Field(None, description="The repository of the entries, for “edit this entry”.")
    edit_path: Text = Field("edit/main/", description="What stands between the repository and a file in an edit link.")
    editors: tuple[Editor, ...] = Field((), description="Who answers for the dossier.")
    licence: Licence | None = Field(None, description="The terms of use.")
    cut_off: Date | None = Field(None, description="The state of knowledge of the dossier.")
    entry_pdfs_up_to: Count = Field(
        2000,
        description="Up to how many entries each has a PDF of its own (0: none has); above, pages link their part.",
    )


@model
class Word:
    """A controlled word: its label, its label seen from the other end, what it means, other words for it."""

    label: Localized = Field(description="How the site shows the word.")
    inverse: Localized | None = Field(None, description="For relations: how it reads from the other end.")
    note: Localized | None = Field(None, description="When to use it.")
    also: Localized | None = Field(
        None,
        description="Other words for it, such as “runs, head of” for “leads”. No page shows them: search finds by them "
        "who uses the word, and whom a role or relation leads to.",
    )


Vocabulary = Mapping[Id, Mapping[Id, Word]]
"""The controlled words by list and word. Which lists there are, the kinds say (`fields.WordOf`)."""
