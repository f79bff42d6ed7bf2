"""Puts a folder with a site into one ZIP, the same bytes every time.

In: the folder, the name that it shall have when it is unpacked, the file to write. Out: size and digest of that file.
Times, rights and order come from nothing but the caller and the names, so that two builds make the same archive.
"""

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from generator.outputs.offline.links import from_disk, without_links_to
from generator.stage import listing
from generator.zipped import Packed, write_zip

# What only a server has a use for.
_FOR_SERVERS: Final = frozenset({"404.html", "sitemap.xml", "sitemap.xml.gz", "CNAME", "robots.txt"})
# Packed already: packing them again costs time and gains nothing.
_PACKED: Final = (".pdf", ".epub", ".zip", ".gz", ".png", ".jpg", ".webp", ".woff2")
_BLOCK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Archive:
    """What is put where: all of `folder`, below `top`, into `file`; dated in seconds since 1970.

    What lies at the paths in `without` stays out, and links to it become text.
    """

    folder: Path
    file: Path
    top: str
    epoch: int
    without: Collection[str] = ()


def write_archive(archive: Archive) -> tuple[int, str]:
    """Write the archive and return its size in bytes and its SHA-256; a failure leaves no file."""
    try:
        write_zip(archive.file, _files(archive), archive.epoch)
        return archive.file.stat().st_size, digest_of(archive.file)
    except BaseException:
        archive.file.unlink(missing_ok=True)
        raise


def digest_of(file: Path) -> str:
    """Return the SHA-256 of a file."""
    digest = sha256()
    with file.open("rb") as opened:
        while block := opened.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _files(archive: Archive) -> Iterator[Packed]:
    for path, file in sorted(listing(archive.folder).items()):
        if path not in archive.without and path.rpartition("/")[2] not in _FOR_SERVERS:
            yield Packed(f"{archive.top}/{path}", _content(archive, path, file), path.endswith(_PACKED))


def _content(archive: Archive, path: str, file: os.DirEntry[str]) -> bytes:
    raw = Path(file.path).read_bytes()
    if not path.endswith(".html"):
        return raw
    page = from_disk(raw.decode())
    for left_out in archive.without:
        page = without_links_to(page, left_out.rpartition("/")[2])
    return page.encode()
