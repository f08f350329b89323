"""The committed gold of the seeds against the settled annotation that it is made from."""

from pathlib import Path

import pytest

from argmine.formats import quotes
from argmine.formats.text import read_text
from argmine.graph import ArgumentGraph
from benchmarks.seed_gold import SEEDS

SETTLED = sorted((SEEDS / "passes" / "settled").glob("*.json"))


def test_every_piece_is_settled_and_has_gold() -> None:
    pieces = [path.stem for path in sorted(SEEDS.glob("*.txt"))]
    assert len(pieces) >= 16
    assert [path.stem for path in SETTLED] == pieces
    assert [path.stem for path in sorted((SEEDS / "gold").glob("*.json"))] == pieces


@pytest.mark.parametrize("path", SETTLED, ids=lambda path: path.stem)
def test_gold_is_what_was_settled(path: Path) -> None:
    settled = quotes.read(path, read_text(SEEDS / f"{path.stem}.txt"))
    assert ArgumentGraph.model_validate_json((SEEDS / "gold" / path.name).read_bytes()) == settled


@pytest.mark.parametrize("path", SETTLED, ids=lambda path: path.stem)
def test_gold_keeps_the_rules_of_the_annotation(path: Path) -> None:
    """A premise has one target; a claim bears on the last major claim, or on nothing where there is none."""
    graph = ArgumentGraph.model_validate_json((SEEDS / "gold" / path.name).read_bytes())
    thesis = [c.id for c in graph.major_claims]
    targets = {c.id: [r.target for r in graph.outgoing(c)] for c in graph.components}
    assert len(graph.trees) == (1 if thesis else len(graph.roots))
    assert all(len(targets[c.id]) == 1 for c in graph.premises)
    assert all(targets[c.id] == (thesis[-1:] if c.id not in thesis else []) for c in graph.conclusions)
    assert all(a.end <= b.start for a, b in zip(graph.components, graph.components[1:], strict=False))
