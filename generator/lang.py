"""The two languages every dossier is written in, and nothing else."""

from typing import Final, Literal, get_args

Lang = Literal["de", "en"]
LANGS: Final[tuple[Lang, ...]] = get_args(Lang)
