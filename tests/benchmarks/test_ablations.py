"""What is left out, and how what is left is compared with the whole."""

import json
from pathlib import Path

import numpy as np
import pytest

from argmine.config import Decoding
from argmine.decoding import LinkScores, weighted_types
from argmine.encoding import word_spans
from argmine.graph import ComponentType
from argmine.miner import ArgumentMiner
from argmine.model_folder import TRAINING
from argmine.training.recipe import Augmentation, Recipe, read_recipe
from benchmarks.ablations import ALONE, LEARNT, compared, decided, recipes, refuse_other_seeds, types_first, untuned
from benchmarks.mining import DEFAULT
from tests.graphs import tram_graph

TYPES = (ComponentType.MAJOR_CLAIM, ComponentType.CLAIM, ComponentType.PREMISE)
RECIPE = Recipe(augmentation=Augmentation(merge_paragraphs=0.1, hide_words=0.1, jitter=0.1))


def test_each_recipe_leaves_one_thing_out() -> None:
    changed = {name: change(RECIPE) for name, change in LEARNT.items()}
    assert {name: _differing(recipe) for name, recipe in changed.items()} == {
        "last-weights": {"average"},
        "texts-as-they-are": {"augmentation"},
        "exact-ends": {"augmentation"},
        "components-apart": {"sizes"},
    }
    assert changed["texts-as-they-are"].augmentation == Augmentation(jitter=0.1)
    assert changed["exact-ends"].augmentation == Augmentation(merge_paragraphs=0.1, hide_words=0.1)
    for recipe in changed.values():
        assert Recipe.model_validate(recipe.model_dump()) == recipe


def test_each_part_is_left_out_with_every_seed() -> None:
    found = recipes(3, 5)
    assert set(found) == {ALONE, *LEARNT}
    assert all([recipe.seed for recipe in each] == [1, 2, 3] for each in found.values())
    assert {recipe.epochs for each in found.values() for recipe in each} == {5}
    assert {source.corpus for each in found.values() for recipe in each for source in recipe.train} == {"aae2"}
    assert {recipe.average for recipe in found["last-weights"]} == {0}
    assert all(recipe.average > 0 for recipe in found[ALONE])
    assert recipes(1, None)[ALONE] == [read_recipe(DEFAULT / "teachers.json")]


def _differing(recipe: Recipe) -> set[str]:
    return {name for name in Recipe.model_fields if getattr(recipe, name) != getattr(RECIPE, name)}


def test_the_best_type_is_sure() -> None:
    scores = LinkScores(
        types=np.log([[0.2, 0.3, 0.5], [0.6, 0.3, 0.1]]),
        root=np.zeros(2),
        candidates=np.zeros((2, 0), np.int64),
        arcs=np.zeros((2, 0)),
        labels=np.zeros((2, 0, 2)),
        stances=np.zeros((2, 2)),
    )
    assert np.exp(decided(scores, Decoding())).round(6).tolist() == [[0, 0, 1], [1, 0, 0]]
    assert decided(scores, Decoding(claim_bias=1.0)).argmax(axis=1).tolist() == [1, 1]
    assert decided(scores, Decoding(claim_bias=1.0, type_weight=3.0)).argmax(axis=1).tolist() == [2, 0]


def test_types_are_chosen_before_relations(tiny_miner: ArgumentMiner) -> None:
    graph = tram_graph()
    encoded = tiny_miner.encode(graph.document)
    segments = np.array([word_spans(encoded, c.start, c.end) for c in graph.components])
    words = tiny_miner.scorer.words(encoded)
    scores = tiny_miner.scorer.link_scores(encoded, words, segments)
    gap = float(np.median(scores.types[:, 2] - scores.types[:, 1]))
    miner = _decoding(tiny_miner, Decoding(claim_bias=gap + 1e-6, major_claim_bias=-100.0))
    other = types_first(miner)
    sure = other.scorer.link_scores(encoded, words, segments)
    best = weighted_types(scores, miner.config.decoding).argmax(axis=1)
    assert {1, 2} == set(best.tolist()), "or nothing is shown"
    assert (sure.types.argmax(axis=1) == best).all()
    assert (sure.arcs == scores.arcs).all()
    assert [c.type for c in other.mine_components(graph).components] == [TYPES[k] for k in best]


def test_a_decoding_is_set_back(tiny_miner: ArgumentMiner) -> None:
    tuned = Decoding(segment_threshold=0.2, type_weight=0.5, claim_bias=100.0)
    miner = _decoding(tiny_miner, tuned)
    plain = untuned(miner)
    assert plain.config.decoding == Decoding()
    assert miner.config.decoding == tuned
    assert {c.type for c in miner.mine_components(tram_graph()).components} == {ComponentType.CLAIM}
    assert ComponentType.PREMISE in {c.type for c in plain.mine_components(tram_graph()).components}


def _decoding(miner: ArgumentMiner, decoding: Decoding) -> ArgumentMiner:
    config = miner.config.model_copy(update={"decoding": decoding})
    return ArgumentMiner(config, miner.encoder, miner.backend)


def test_only_equal_seeds_are_compared() -> None:
    with pytest.raises(ValueError, match=r"seeds \[1\] are compared with seeds \[2\]"):
        compared({1: {"C": 0.5}}, {2: {"C": 0.5}})


def test_networks_of_other_seeds_are_refused_before_a_training(tmp_path: Path) -> None:
    folders = [tmp_path / str(seed) for seed in (1, 3)]
    for folder in folders:
        folder.mkdir()
        told = {"recipe": RECIPE.model_copy(update={"seed": int(folder.name)}).model_dump(mode="json")}
        (folder / TRAINING).write_text(json.dumps(told), encoding="utf-8")
    refuse_other_seeds(folders, 3)
    with pytest.raises(SystemExit, match="3 has the seed 3, compared are the seeds 1 to 2"):
        refuse_other_seeds(folders, 2)
