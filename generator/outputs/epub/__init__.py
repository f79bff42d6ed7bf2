"""The e-book: a book's tree of nodes in, an EPUB 3.3 out."""

from generator.outputs.epub.publication import Edition, epub_of

__all__ = ["Edition", "epub_of"]
