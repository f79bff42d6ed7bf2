"""What the press and its typesetter say to each other before each book and each PDF; loads nothing heavy."""

import struct
from typing import Final

JOB: Final = struct.Struct(">qQ")
"""The date of the PDF in seconds since 1970, and the length of the JSON that follows."""
ANSWER: Final = struct.Struct(">?Q")
"""Whether there is a PDF, and the length of it, or of the complaint."""
