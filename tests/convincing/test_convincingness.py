import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from argmine.convincing import Convincingness, Rating, argument_text
from argmine.convincing.features import TEXT_FEATURES
from argmine.convincing.preferences import FILE, POWERS, Fitted, Preferences, states_digest, write_preferences
from argmine.document import Document
from argmine.errors import GraphError, ModelError
from argmine.graph import ArgumentGraph
from argmine.miner import ArgumentMiner
from tests import tiny
from tests.graphs import chain_graph

HIDDEN = 32
TEXT = (
    "Good day. The city should keep its trams. They are quiet, "
    "as all who live there know. Some want buses! We keep the trams."
)
PARTS = [
    ("c1", "major_claim", "The city should keep its trams"),
    ("c2", "claim", "They are quiet"),
    ("c3", "claim", "Some want buses"),
    ("c4", "major_claim", "We keep the trams"),
]


def trams(links: tuple[tuple[str, str, str], ...] = (("c2", "c4", "support"),)) -> ArgumentGraph:
    spans = [(name, kind, TEXT.index(part), TEXT.index(part) + len(part)) for name, kind, part in PARTS]
    return ArgumentGraph.build(Document(id="trams", text=TEXT), spans, links)


def preferences(miner: ArgumentMiner, *, least: int = 3, most: int = 60) -> Preferences:
    size = HIDDEN + len(TEXT_FEATURES)
    rng = np.random.default_rng(3)
    fitted = Fitted(
        model=states_digest(miner.folder or Path()),
        states=HIDDEN,
        text_features=TEXT_FEATURES,
        least_words=least,
        most_words=most,
    )
    return Preferences(
        trend=np.zeros((POWERS, size)),
        spread=np.ones(size),
        weights=rng.normal(size=size),
        length=np.array([-1.0, 0.5, 0.0]),
        centre=np.zeros(1),
        fitted=fitted,
    )


@pytest.fixture
def rate(tiny_miner: ArgumentMiner) -> Convincingness:
    return Convincingness(tiny_miner, preferences(tiny_miner))


def test_argument_is_the_sentences_of_its_components() -> None:
    thesis, other = trams().trees
    assert argument_text(thesis) == (
        "The city should keep its trams. They are quiet, as all who live there know. We keep the trams."
    )
    assert argument_text(other) == "Some want buses!"


def test_component_over_two_sentences_brings_both() -> None:
    text = "No. Buses run late. Trams do not. Yes."
    graph = ArgumentGraph.build(Document(id="d", text=text), [("c1", "claim", 4, 32)])
    assert argument_text(graph.trees[0]) == "Buses run late. Trams do not."


def test_score_is_the_share_by_length_and_what_is_beyond(rate: Convincingness) -> None:
    rating = rate.rating_of_text("The bus must run at night")
    assert rating is not None
    assert rating.score - rating.beyond_length == pytest.approx(-1 + 0.5 * np.log(6), abs=2e-4)


def test_ratings_are_of_the_trees_in_order(rate: Convincingness) -> None:
    graph = trams()
    expected = tuple(rate.rating_of_text(argument_text(tree)) for tree in graph.trees)
    assert rate.ratings(graph) == expected
    assert len({rating.score for rating in expected if rating}) == 2


def test_root_is_scored_by_itself(rate: Convincingness) -> None:
    graph = trams()
    ratings = rate.ratings(graph)
    for tree, rating in zip(graph.trees, ratings, strict=True):
        assert rating is not None
        for statement in tree.statements:
            assert rate.rating(graph, statement) == rating
            assert rate(graph, statement) == rating.score


def test_scores_depend_on_the_argument_alone(rate: Convincingness) -> None:
    alone = ArgumentGraph.build(Document(id="d", text="Some want buses!"), [("c1", "claim", 0, 15)])
    assert rate.ratings(trams())[1] == rate.ratings(alone)[0]


@pytest.mark.parametrize(("least", "most"), [(3, 19), (4, 19), (3, 18)])
def test_lengths_that_were_not_seen_have_no_score(tiny_miner: ArgumentMiner, least: int, most: int) -> None:
    """The thesis takes 19 words, the other argument 3."""
    found = Convincingness(tiny_miner, preferences(tiny_miner, least=least, most=most)).ratings(trams())
    assert [rating is None for rating in found] == [most < 19, least > 3]


def test_graph_without_components_has_no_ratings(rate: Convincingness) -> None:
    assert rate.ratings(ArgumentGraph(id="d", text="")) == ()


def test_words_that_no_vocabulary_has_get_no_score(rate: Convincingness) -> None:
    assert rate.rating_of_text("\u200b \u200b \u200b \u200b") is None


def test_component_that_is_no_root_is_an_error(rate: Convincingness) -> None:
    graph = trams()
    with pytest.raises(ValueError, match="c2 is no root of trams"):
        rate(graph, graph.component("c2"))


def test_graph_that_is_no_forest_is_an_error(rate: Convincingness) -> None:
    graph = trams((("c2", "c3", "support"), ("c3", "c2", "support")))
    with pytest.raises(GraphError, match="no forest"):
        rate.ratings(graph)


def test_mined_graphs_are_rated(rate: Convincingness) -> None:
    graph = rate.miner.mine(tiny.prose(6))
    ratings = rate.ratings(graph)
    assert len(ratings) == len(graph.trees) > 0
    assert any(isinstance(rating, Rating) for rating in ratings)


def test_convincingness_is_read_beside_the_weights(tmp_path: Path, tiny_model: Path) -> None:
    shutil.copytree(tiny_model, tmp_path / "model")
    miner = ArgumentMiner.load(tmp_path / "model", threads=1)
    write_preferences(preferences(miner), tmp_path / "model")
    found = Convincingness.of(miner)
    assert found.revision != "unsaved"
    assert found.miner is miner
    assert found.ratings(trams()) == Convincingness(miner, preferences(miner)).ratings(trams())


def test_model_without_convincingness_is_an_error(tiny_miner: ArgumentMiner) -> None:
    with pytest.raises(ModelError, match=FILE):
        Convincingness.of(tiny_miner)


def test_convincingness_of_another_model_is_an_error(tmp_path: Path, tiny_model: Path) -> None:
    shutil.copytree(tiny_model, tmp_path / "model")
    miner = ArgumentMiner.load(tmp_path / "model", threads=1)
    mine = preferences(miner)
    other = replace(mine, fitted=mine.fitted.model_copy(update={"model": "another"}))
    write_preferences(other, tmp_path / "model")
    with pytest.raises(ModelError, match="it was fitted to other weights, another, and these are"):
        Convincingness.of(miner)


def test_changed_configuration_keeps_its_convincingness(tmp_path: Path, tiny_model: Path) -> None:
    shutil.copytree(tiny_model, tmp_path / "model")
    before = states_digest(tmp_path / "model")
    config = tmp_path / "model" / "config.json"
    config.write_text(config.read_text("utf-8").replace("tiny", "small"), "utf-8")
    assert states_digest(tmp_path / "model") == before


@pytest.mark.parametrize("name", ["tokenizer.json", "model.safetensors"])
def test_changed_weights_or_vocabulary_are_another_model(tmp_path: Path, tiny_model: Path, name: str) -> None:
    shutil.copytree(tiny_model, tmp_path / "model")
    before = states_digest(tmp_path / "model")
    path = tmp_path / "model" / name
    path.write_bytes(path.read_bytes()[:-2] + b"{}")
    assert states_digest(tmp_path / "model") != before


def test_network_in_memory_has_no_convincingness(tiny_miner: ArgumentMiner) -> None:
    bare = ArgumentMiner(tiny_miner.config, tiny_miner.encoder, tiny_miner.backend)
    with pytest.raises(ModelError, match="a network in memory"):
        Convincingness.of(bare)


def test_long_chain_is_one_argument(rate: Convincingness) -> None:
    assert len(rate.ratings(chain_graph(40))) == 1
