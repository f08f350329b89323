"""Protocol E's benchmark: its folds, and how roles, functions and arcs agree."""

from pathlib import Path

import numpy as np
import pytest

from argmine.config import Decoding
from argmine.decoding import LinkScores, decode_forest
from argmine.document import Document
from argmine.graph import ArgumentGraph
from argmine.miner import ArgumentMiner
from argmine.training.data import Pool
from argmine.training.recipe import Keep, Recipe
from benchmarks.microtexts import FOLDS, RoleTrainer, digest_of, figures_of, folds_of, read_over, with_roles
from tests.tiny import SIZES, WINDOWS, encoder

TEXT = "Keep the pool. It is used. Critics call it dear. It earns its keep."


def microtext(name: str = "m") -> ArgumentGraph:
    """A central claim, its support, an attack on it and an attack on that."""
    spans = [(0, 13), (15, 25), (27, 47), (49, 66)]
    types = ["major_claim", "premise", "premise", "premise"]
    parts = [(f"c{n}", kind, *span) for n, (kind, span) in enumerate(zip(types, spans, strict=True), 1)]
    relations = [("c2", "c1", "support"), ("c3", "c1", "attack"), ("c4", "c3", "attack")]
    return ArgumentGraph.build(Document(id=name, text=TEXT), parts, relations)


def test_each_text_is_in_one_fold_of_each_repeat() -> None:
    graphs = [microtext(f"m{n}") for n in range(23)]
    first, again, second = folds_of(graphs, 0), folds_of(graphs, 0), folds_of(graphs, 1)
    assert [g.id for fold in first for g in fold] == [g.id for fold in again for g in fold]
    assert {g.id for g in first[0]} != {g.id for g in second[0]}
    for folds in (first, second):
        assert len(folds) == FOLDS
        assert sorted(g.id for fold in folds for g in fold) == sorted(g.id for g in graphs)
        assert {len(fold) for fold in folds} == {4, 5}


def scores(opponent: float) -> LinkScores:
    """Three components: the first is the root, the third may support or attack either, and is an opponent's or not."""
    even = np.log(np.full((3, 2, 2), 0.5))
    types = np.log([[0.98, 0.01, 0.01], [0.01, 0.01, 0.98], [0.01, 0.01, 0.98]])
    stances = np.log([[0.99, 0.01], [0.01, 0.99], [1 - opponent, opponent]])
    arcs = np.log(np.full((3, 2), 0.45))
    arcs[2] = np.log([0.40, 0.50])  # the third rather bears on the second
    return LinkScores(types, np.log(np.full(3, 0.1)), np.array([[1, 2], [0, 2], [0, 1]]), arcs, even, stances)


@pytest.mark.parametrize(("opponent", "label"), [(0.99, 0), (0.01, 1)])
def test_a_label_follows_from_the_roles_at_both_ends(opponent: float, label: int) -> None:
    """On an opponent's point another opponent's is a support, a proponent's an attack."""
    forest = decode_forest(with_roles(scores(opponent)), Decoding(one_root=True))
    assert forest.targets.tolist()[2] == 1
    assert forest.labels[2] == label
    assert forest.labels[1] == 1


def test_the_central_claim_is_the_proponents() -> None:
    links = scores(0.01)
    worse = with_roles(links).root - links.root
    assert worse[1] < np.log(0.02) < worse[0]


def test_roles_are_learnt_as_stances(tiny_base: Path) -> None:
    recipe = Recipe(
        encoder=str(tiny_base), sizes=SIZES, windows=WINDOWS, epochs=1, keep=Keep.LAST, tune=False, bf16=False
    )
    pool = Pool((microtext(),))
    trainer = RoleTrainer(recipe, [pool], [], encoder=encoder(), base=tiny_base, folder=None)
    example = trainer._example(pool, microtext(), np.random.default_rng(0))
    assert example.stances.argmax(1).tolist() == [0, 0, 1, 0]
    assert [epoch.number for epoch in trainer.epochs()] == [1]
    assert trainer.resume() == 0


def test_segments_are_read_with_one_central_claim(tiny_miner: ArgumentMiner) -> None:
    found = read_over(tiny_miner, microtext())
    assert [(c.start, c.end) for c in found.components] == [(c.start, c.end) for c in microtext().components]
    assert len(found.roots) == 1


def test_folds_of_other_settings_are_known() -> None:
    assert digest_of({"epochs": 8}) == digest_of({"epochs": 8}) != digest_of({"epochs": 9})


def test_figures_are_of_the_folds() -> None:
    found = figures_of([{"cc": 0.8}, {"cc": 0.6}])
    assert found["folds"] == 2
    summary = found["summary"]
    assert isinstance(summary, dict)
    assert summary["cc"]["mean"] == pytest.approx(0.7)
