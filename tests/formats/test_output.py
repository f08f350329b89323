"""Files that appear whole or not at all; what the command does with them is tested with the command."""

from pathlib import Path

import pytest

from argmine.errors import ArgmineError
from argmine.formats.output import replacing


def test_file_appears_when_the_block_ends(tmp_path: Path) -> None:
    target = tmp_path / "graphs.jsonl"
    with replacing(target) as stream:
        stream.write(b"{}\n")
        assert not target.exists()
    assert target.read_bytes() == b"{}\n"


def test_file_that_cannot_be_opened_is_told_by_its_path(tmp_path: Path) -> None:
    (tmp_path / "graphs").mkdir()
    with pytest.raises(ArgmineError, match="graphs: cannot be written: Is a directory"), replacing(tmp_path / "graphs"):
        pass


def test_file_that_cannot_be_put_in_place_is_told_by_its_path_and_leaves_nothing(tmp_path: Path) -> None:
    target = tmp_path / "graphs"
    with pytest.raises(ArgmineError, match="graphs: cannot be written: Is a directory"), replacing(target):
        target.mkdir()
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("size", [1, 1 << 20])
def test_file_that_cannot_be_written_to_its_end_is_told_by_its_path(size: int) -> None:
    """Whether it fails when it is closed or, with more than fits the buffer, when it is written to."""
    full = Path("/dev/full")
    with pytest.raises(ArgmineError, match="full: cannot be written: No space left"), replacing(full) as stream:
        stream.write(b"{}" * size)


def test_a_name_that_is_too_long_is_told(tmp_path: Path) -> None:
    with pytest.raises(ArgmineError, match="cannot be written: File name too long"), replacing(tmp_path / ("a" * 999)):
        pass
