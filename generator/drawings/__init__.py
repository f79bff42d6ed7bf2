"""Drawings of a dossier's content as SVG: timelines, scales, networks.

In: small values (dates, numbers, words, addresses). Out: safe SVG in one line, the same bytes on every machine. Colours
and lengths stand as attributes, so that a drawing can be read without our style sheet, in a book too. Knows no entry.
"""
