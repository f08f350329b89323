"""What is left out, and how what is left is compared with the whole."""

import numpy as np
import pytest

from argmine.config import Decoding
from argmine.graph import ComponentType
from argmine.miner import ArgumentMiner
from argmine.training.recipe import Augmentation, Recipe
from benchmarks.ablations import DECODED, LEARNT, compared, decided, types_first, untuned
from tests.graphs import tram_graph

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


def _differing(recipe: Recipe) -> set[str]:
    return {name for name in Recipe.model_fields if getattr(recipe, name) != getattr(RECIPE, name)}


def test_the_best_type_is_sure() -> None:
    types = np.log([[0.2, 0.3, 0.5], [0.6, 0.3, 0.1]])
    assert np.exp(decided(types, Decoding())).round(6).tolist() == [[0, 0, 1], [1, 0, 0]]
    assert decided(types, Decoding(claim_bias=1.0)).argmax(axis=1).tolist() == [1, 1]
    assert decided(types, Decoding(claim_bias=1.0, type_weight=3.0)).argmax(axis=1).tolist() == [2, 0]


def test_types_are_chosen_before_relations(tiny_miner: ArgumentMiner) -> None:
    graph = tram_graph()
    encoded = tiny_miner.encode(graph.document)
    other = types_first(tiny_miner)
    found = other.mine_components(graph)
    words = tiny_miner.scorer.words(encoded)
    segments = np.array([[0, 2], [4, 6], [8, 9]])
    scores, sure = (m.scorer.link_scores(encoded, words, segments) for m in (tiny_miner, other))
    best = decided(scores.types, tiny_miner.config.decoding)
    assert (sure.types == best).all()
    assert (sure.arcs == scores.arcs).all()
    assert len(found.components) == len(graph.components)


def test_a_decoding_is_set_back(tiny_miner: ArgumentMiner) -> None:
    tuned = Decoding(segment_threshold=0.2, type_weight=0.5, claim_bias=1.0)
    miner = ArgumentMiner(
        tiny_miner.config.model_copy(update={"decoding": tuned}), tiny_miner.encoder, tiny_miner.backend
    )
    assert untuned(miner).config.decoding == Decoding()
    assert miner.config.decoding == tuned
    for change in DECODED.values():
        assert {c.type for c in change(miner).mine(tram_graph().document).components} <= set(ComponentType)


def test_only_equal_seeds_are_compared() -> None:
    with pytest.raises(ValueError, match=r"seeds \[1\] are compared with seeds \[2\]"):
        compared({1: {"C": 0.5}}, {2: {"C": 0.5}})
