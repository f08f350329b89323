"""Plain text, character for character."""

from pathlib import Path

import pytest

from argmine.errors import FormatError
from argmine.formats.text import decode_text, read_text, skip_space


def test_read_leaves_every_character_as_it_is(tmp_path: Path) -> None:
    text = "\ufeffA line.\r\nAnother.\rÉté 🚲\x0c"
    (tmp_path / "piece.txt").write_bytes(text.encode())
    assert read_text(tmp_path / "piece.txt") == text


def test_missing_file_is_told_by_its_path(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"none\.txt: cannot be read: No such file"):
        read_text(tmp_path / "none.txt")


def test_other_encoding_is_told_by_its_first_byte() -> None:
    with pytest.raises(FormatError, match="piece: not UTF-8: byte 0xe9 at 3"):
        decode_text("caf\xe9".encode("latin-1"), path="piece")


@pytest.mark.parametrize(("start", "place"), [(0, 0), (1, 4), (4, 4), (5, 7), (7, 7)])
def test_skip_space_stops_at_the_next_character_or_the_end(start: int, place: int) -> None:
    assert skip_space("a \n\u2003b  ", start) == place
