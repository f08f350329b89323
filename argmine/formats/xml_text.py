"""What XML cannot hold (control characters, but for tabs and line ends), and the line where it breaks."""

import re
from pathlib import Path

from argmine.errors import FormatError

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def refuse_no_xml(text: str, path: Path) -> None:
    """Does nothing where XML can hold the text.

    Raises:
        FormatError: there is a character that it cannot hold.
    """
    if bad := _NO_XML.search(text):
        raise FormatError(f"XML cannot hold U+{ord(bad[0]):04X}, which the graph does", path=path)


def line_of(error: Exception) -> int | None:
    """The line at which a parser of XML gave up; None where the error is of another kind."""
    position: tuple[int, int] | None = getattr(error, "position", None)
    return None if position is None else position[0]
