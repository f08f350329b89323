"""Texts that argue nothing are told from those that do, and little of them is shown."""

from pathlib import Path

import pytest

from argmine.arguing import CUES, argues, cue_rate, surest
from argmine.config import Arguing
from argmine.document import Document
from argmine.graph import ArgumentGraph, Component, ComponentType

RULE = Arguing(fewest_words=5, least_cues=10.0, sure_thesis=0.9, words_a_component=4)
PLAIN = "Whisk two eggs with sugar and pour the milk in."
ARGUED = "We should whisk the eggs, because lumps are bad."


def test_the_cue_rate_counts_words_of_reasoning_in_a_hundred() -> None:
    """We, should, because, bad: 4 of 9."""
    assert cue_rate(ARGUED) == pytest.approx(400 / 9)
    assert cue_rate(PLAIN) == 0
    assert cue_rate("") == 0


@pytest.mark.parametrize("words", ["You DON'T go.", "you don’t go", "You don't — go!"])
def test_a_cue_is_known_in_capitals_and_with_any_apostrophe(words: str) -> None:
    assert cue_rate(words) == pytest.approx(100 / 3)


def test_cues_are_lower_case_words() -> None:
    assert all(cue == cue.lower() and cue.replace("'", "").isalpha() for cue in CUES)


def test_a_text_argues_that_reasons_or_has_a_sure_thesis_or_is_too_short_to_tell() -> None:
    assert argues(ARGUED, 0.0, RULE)
    assert not argues(PLAIN, 0.89, RULE)
    assert argues(PLAIN, 0.9, RULE)
    assert argues("Whisk two eggs now", 0.0, RULE)


def graph(probabilities: dict[str, float]) -> ArgumentGraph:
    """Two premises and the claim that they support, in a text of ten words."""
    spans = {"c1": (0, 5), "c2": (6, 9), "c3": (10, 14)}
    components = [
        Component(
            id=name,
            type=ComponentType.CLAIM if name == "c2" else ComponentType.PREMISE,
            start=start,
            end=end,
            text=PLAIN[start:end],
            probability=probabilities[name],
        )
        for name, (start, end) in spans.items()
    ]
    links = [("c1", "c2", "support"), ("c3", "c2", "support")]
    return ArgumentGraph.build(Document(id="d", text=PLAIN), components, links)


def test_of_a_text_that_argues_nothing_the_surest_components_are_kept() -> None:
    """Ten words, a component in four: two."""
    assert len(PLAIN.split()) == 10
    found = surest(graph({"c1": 0.5, "c2": 0.4, "c3": 0.3}), RULE)
    assert [c.id for c in found.components] == ["c1", "c2"]
    assert [r.source for r in found.relations] == ["c1"]
    assert found.detached == ()


def test_a_component_whose_target_is_left_out_is_detached() -> None:
    found = surest(graph({"c1": 0.5, "c2": 0.1, "c3": 0.3}), RULE)
    assert [c.id for c in found.components] == ["c1", "c3"]
    assert (found.relations, found.detached) == ((), ("c1", "c3"))


def test_of_components_alike_the_first_is_kept() -> None:
    rule = RULE.model_copy(update={"words_a_component": 10})
    assert [c.id for c in surest(graph({"c1": 0.5, "c2": 0.5, "c3": 0.5}), rule).components] == ["c1"]


SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.stem)
def test_every_opinion_piece_is_known_by_its_words_alone(path: Path) -> None:
    assert argues(path.read_text(encoding="utf-8"), 0.0, Arguing())
