"""Plain text, character for character."""

from pathlib import Path

from argmine.errors import FormatError


def read_text(path: Path) -> str:
    """A UTF-8 file as it is: no newline is translated, no byte-order mark removed.

    Raises:
        FormatError: the file is missing or not UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise FormatError(f"cannot be read: {error.strerror}", path=path) from error
    except UnicodeDecodeError as error:
        found = f"byte {error.object[error.start]:#04x} at {error.start}"
        raise FormatError(f"not UTF-8: {found}", path=path) from error
