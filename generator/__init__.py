"""Dossier: structured entries and source texts become an annotated, cross-linked dossier."""

__version__ = "0.1.0"
