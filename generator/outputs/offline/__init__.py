"""The whole site in one file, to be read from a disk without a server or a network: a folder of HTML in, a ZIP out."""

from generator.outputs.offline.archive import Archive, digest_of, write_archive

__all__ = ["Archive", "digest_of", "write_archive"]
