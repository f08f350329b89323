"""Folds of threads: who learns from what, and what is counted."""

from pathlib import Path

import numpy as np
import pytest

from argmine.corpora.corpus import Corpus
from argmine.corpora.folds import fold
from argmine.corpora.parts import part_of
from argmine.document import Document
from argmine.graph import ArgumentGraph
from argmine.miner import ArgumentMiner
from argmine.model_folder import CONFIG, read_config
from argmine.training.recipe import Recipe, Source, read_recipe
from benchmarks.mining import DEFAULT
from benchmarks.threads import (
    BASE,
    CORPUS,
    FOLDS,
    SCHEME,
    figures_of,
    recipe_of,
    scores,
    shared_recipe,
    split_of,
)
from benchmarks.ways import decoding_as_shipped

TEXT = "Keep the trams. They are quiet. Buses are not."
THREADS = Corpus(CORPUS, tuple(ArgumentGraph(id=f"t{n}", text=TEXT) for n in range(60)), "none", {})


@pytest.fixture(scope="module")
def base() -> Recipe:
    return read_recipe(DEFAULT / BASE)


def ids(split: str) -> set[str]:
    return {graph.id for graph in part_of(THREADS, split)}


def test_folds_part_the_threads_by_the_committed_rule() -> None:
    folds = [ids(split_of(n)) for n in range(FOLDS)]
    assert sorted(name for one in folds for name in one) == sorted(graph.id for graph in THREADS.graphs)
    assert all(fold(CORPUS, name, FOLDS) == n for n, one in enumerate(folds) for name in one)


@pytest.mark.parametrize("number", range(FOLDS))
def test_a_fold_is_neither_learnt_from_nor_tuned_on(base: Recipe, number: int) -> None:
    recipe = recipe_of(base, number, 3, 20, Path("shared/model"))
    learnt = {name for source in recipe.train if source.corpus == CORPUS for name in ids(source.split)}
    tuned_on = {source.split for source in (recipe.development, recipe.schemes[0].development)}
    assert tuned_on == {split_of(number + 1)}
    own, dev = ids(split_of(number)), ids(*tuned_on)
    assert own
    assert not own & (learnt | dev)
    assert not learnt & dev
    assert len(learnt | dev | own) == len(THREADS.graphs)


def test_other_sources_are_drawn_from_and_all_are_of_the_scheme(base: Recipe) -> None:
    recipe = recipe_of(base, 0, 3, 20, Path("shared/model"))
    assert {source.scheme for source in recipe.train} == {SCHEME}
    assert all(s.each_epoch is not None and s.each_epoch <= 20 for s in recipe.train if s.corpus != CORPUS)
    assert (recipe.epochs, recipe.adapter, recipe.init) == (3, base.adapter, "shared/model")
    assert recipe.default == ""


def test_the_shared_stage_learns_all_but_threads_as_a_main_scheme(base: Recipe) -> None:
    recipe = shared_recipe(base, 2)
    assert {s.corpus for s in recipe.train} == {s.corpus for s in base.train} - {CORPUS}
    assert {s.scheme for s in recipe.train} == {""}
    assert recipe.development.corpus != CORPUS
    assert (recipe.adapter, recipe.schemes, recipe.tune, recipe.epochs) == (None, (), False, 2)
    assert (recipe.claims_point, recipe.places) == (True, False)


def test_segments_are_taken_as_by_the_shipped_scheme(tiny_miner: ArgumentMiner) -> None:
    shipped = read_config(DEFAULT / CONFIG).reading("opinion").decoding
    own = tiny_miner.config.decoding
    found = decoding_as_shipped(tiny_miner).config.decoding
    assert (found.threshold_by_f1, found.overlap_weight) == (shipped.threshold_by_f1, shipped.overlap_weight)
    assert min(found.threshold_by_f1, found.overlap_weight) > 0 == own.threshold_by_f1
    kept = ("type_weight", "arc_weight", "major_claim_bias", "claim_bias", "claims_point")
    assert all(getattr(found, name) == getattr(own, name) for name in kept)


def test_figures_are_over_all_threads_and_intervals_over_groups() -> None:
    def graph(name: str, *parts: tuple[str, str, int, int]) -> ArgumentGraph:
        return ArgumentGraph.build(Document(id=name, text=TEXT), list(parts), [])

    claim, premise = ("a", "claim", 0, 14), ("b", "premise", 16, 30)
    gold = [graph("t1", claim, premise), graph("t2", claim)]
    found = figures_of(gold, [graph("t1", claim), graph("t2", claim, premise)])
    overlap = found["overlap"]
    assert isinstance(overlap, dict)
    assert overlap["spans_50"]["f1"] == pytest.approx(2 / 3)
    assert overlap["conclusions_50"]["f1"] == 1
    assert overlap["premises_50"]["f1"] == 0
    assert (found["threads"], found["groups"]) == (2, 2)


def test_scores_follow_from_totals() -> None:
    totals = np.array([2, 1, 1, 0, 0, 0, 3, 0, 0, 0, 1, 1])
    found = {name: float(value) for name, value in scores(totals).items()}
    assert found == {"spans": pytest.approx(2 / 3), "conclusions": 0, "premises": 1, "links": 0}


def test_tenths_are_named_together() -> None:
    assert ids("tenths-05") == ids("tenth-0") | ids("tenth-5")
    assert ids("but-tenths-05") == {graph.id for graph in THREADS.graphs} - ids("tenths-05")
    with pytest.raises(ValueError, match="tenths-"):
        part_of(THREADS, "tenths-")


def test_a_source_may_be_tenths() -> None:
    assert Source(corpus=CORPUS, split="tenths-05").split == "tenths-05"
