"""`python -m generator` is the same as `dossier`."""

import sys

from generator.cli import main

sys.exit(main())
