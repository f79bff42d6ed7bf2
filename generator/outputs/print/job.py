"""What the press and its typesetter say to each other before each book and each PDF; loads nothing heavy."""

import struct
from typing import Final

JOB: Final = struct.Struct(">?qQ")
"""Whether it is a cover, the date of a PDF in seconds since 1970, and the length of the JSON that follows."""
ANSWER: Final = struct.Struct(">?Q")
"""Whether it was made, and the length of it, or of the complaint."""
