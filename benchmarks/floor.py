"""The floor to measure against: PyYAML's C parser composes every entry of a dossier, and nothing else happens.

python -m benchmarks.floor DIR
"""

import sys
from pathlib import Path

import yaml


def main(folder: Path) -> int:
    """Compose every entry and forget it."""
    for file in sorted(folder.glob("entries/**/*.yaml")):
        yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
