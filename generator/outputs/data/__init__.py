"""The dossier as data for programs and spreadsheets: a corpus in, JSON and CSV out."""

from generator.outputs.data.dataset import dataset_json
from generator.outputs.data.tables import entries_csv, evidence_csv

__all__ = ["dataset_json", "entries_csv", "evidence_csv"]
