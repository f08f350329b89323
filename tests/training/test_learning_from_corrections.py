"""The loop of `docs/how-to/correct-and-learn.md` with the default model and pieces of our own, from mining to a model
that makes fewer of the same mistakes."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

import pytest

from argmine import cli
from argmine.exchange import format_named, read_graphs, write_graphs
from argmine.graph import ArgumentGraph
from argmine.miner import ArgumentMiner
from argmine.training.data import find_encoder
from argmine.training.scores import OverlapScores, count_overlap
from benchmarks.seeds import SEEDS, read_pieces

CORRECTED = 5
"""Of the eight pieces for development; the held-out half is not looked at."""


def scores(miner: ArgumentMiner, pieces: Sequence[ArgumentGraph]) -> OverlapScores:
    return count_overlap(miner.encoder, pieces, [miner.mine(piece.document) for piece in pieces])


def argmine(*arguments: str | Path) -> None:
    assert cli.main([str(argument) for argument in arguments]) == 0


@pytest.mark.slow
def test_scores_on_corrected_pieces_rise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, object], None]
) -> None:
    """Mined, written for brat, corrected into the seeds' gold there, read back and learnt from.

    What becomes of pieces that nobody corrected stands in the report, and must not fall to pieces.
    """
    monkeypatch.setattr("argmine.training.data.find_spec", lambda _: None)  # the base encoder is not needed
    assert not Path(find_encoder("sentence-transformers/all-MiniLM-L6-v2")).exists()
    gold = read_pieces(SEEDS, "development")
    corrected, others = gold[:CORRECTED], gold[CORRECTED:]
    before = ArgumentMiner.load(threads=1)
    brat = tmp_path / "brat"
    brat.mkdir()
    argmine("mine", *(SEEDS / f"{piece.id}.txt" for piece in corrected), "-f", "jsonl", "-o", tmp_path / "mined.jsonl")
    argmine("convert", tmp_path / "mined.jsonl", brat, "--to", "brat")
    _correct(brat, corrected)
    learnt = tmp_path / "mine"
    argmine("train", "--init", "default", "--on", brat, "--from", "brat", "--output", learnt, "--threads", "1")
    after = ArgumentMiner.load(learnt / "model", threads=1)
    was, now = scores(before, corrected), scores(after, corrected)
    others_were, others_are = scores(before, others), scores(after, others)
    record_property("corrected", [asdict(was), asdict(now)])
    record_property("others", [asdict(others_were), asdict(others_are)])
    assert now.spans > was.spans
    assert now.links > was.links + 0.1
    assert now.selection > was.selection + 0.1
    assert others_are.selection > others_were.selection - 0.1


def _correct(folder: Path, gold: Sequence[ArgumentGraph]) -> None:
    """What a person does in brat: the annotations are changed, the texts stay."""
    form = format_named("brat")
    for text in sorted(folder.glob("*.txt")):
        mined = read_graphs(text.with_suffix(".ann"), form)[0]
        (right,) = (piece for piece in gold if piece.text == mined.text)
        write_graphs([right], text.with_suffix(".ann"), form)
