"""Plain text, character for character."""

from pathlib import Path

from argmine.errors import FormatError


def read_text(path: Path) -> str:
    """A UTF-8 file as it is: no newline is translated, no byte-order mark removed.

    Raises:
        FormatError: the file is missing or not UTF-8.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FormatError(f"cannot be read: {error.strerror}", path=path) from error
    return decode_text(data, path=path)


def skip_space(text: str, start: int) -> int:
    """The first place from `start` on that holds no white space; the text's end where there is none.

    >>> skip_space("Yes.  No.", 4)
    6
    """
    while start < len(text) and text[start].isspace():
        start += 1
    return start


def decode_text(data: bytes, *, path: Path | str) -> str:
    """The text of UTF-8 bytes, as `read_text`; `path` is what an error calls their source.

    Raises:
        FormatError: they are not UTF-8.
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        found = f"byte {data[error.start]:#04x} at {error.start}"
        raise FormatError(f"not UTF-8: {found}", path=path) from error
