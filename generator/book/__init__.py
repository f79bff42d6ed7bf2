"""The dossier as a book: from the corpus to a tree of chapters that the print and e-book outputs set.

Like the pages, but for reading from front to back: no file, no foreign tool, no output is known here.
"""
