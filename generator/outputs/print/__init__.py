"""The dossier in print: the data of a book in, a PDF out, that people can read aloud and archives can keep."""

from generator.outputs.print.press import Press, PrintError
from generator.outputs.print.setting import Missing, set_book

__all__ = ["Missing", "Press", "PrintError", "set_book"]
