from pathlib import Path

import pytest

from argmine.errors import CorpusError
from argmine.formats.text import read_text
from benchmarks.seeds import SEEDS, read_pieces, read_splits

TABLE = """| id | words | split | what it exercises |
|---|---|---|---|
| `trams` | 20 | development | thesis first |
| cycle-lanes | 1176 | held-out | thesis last; 12 paragraphs |
"""


def test_split_of_each_piece_with_and_without_quotes() -> None:
    assert read_splits(f"# Pieces\n\n| Type | What |\n|---|---|\n\n{TABLE}") == {
        "trams": "development",
        "cycle-lanes": "held-out",
    }


def test_unknown_split_is_refused() -> None:
    with pytest.raises(CorpusError, match="'test', allowed are development and held-out"):
        read_splits(TABLE.replace("held-out", "test"))


def test_piece_that_stands_twice_is_refused() -> None:
    with pytest.raises(CorpusError, match="trams stands twice"):
        read_splits(TABLE.replace("cycle-lanes", "trams"))


def test_text_without_a_table_is_refused() -> None:
    with pytest.raises(CorpusError, match="no table"):
        read_splits("# Pieces\n")


def test_half_of_the_committed_pieces_is_held_out() -> None:
    splits = read_splits(read_text(SEEDS / "README.md"))
    assert sorted(splits.values()).count("held-out") == len(splits) / 2 >= 8


def test_piece_without_a_line_in_the_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(TABLE, encoding="utf-8")
    (tmp_path / "trams.txt").write_text("Trams.", encoding="utf-8")
    with pytest.raises(CorpusError, match="differ: cycle-lanes"):
        read_pieces(tmp_path, "development")


def test_committed_pieces_have_gold() -> None:
    assert all(piece.components for split in ("development", "held-out") for piece in read_pieces(SEEDS, split))
