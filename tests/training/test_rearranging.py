"""Texts put together anew keep their components' words; what argues nothing gets none."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmine.document import Document, Span
from argmine.graph import ArgumentGraph
from argmine.training.examples import changed_form
from argmine.training.rearranging import rearranged, with_furniture, with_opening_last
from argmine.training.recipe import Augmentation

TEXT = "On trams\n\nWe must keep trams. Some doubt it.\nTrams are quiet. Nobody wakes up.\nSo trams must stay."
PARTS = {
    "We must keep trams": "major_claim",
    "Trams are quiet": "claim",
    "Nobody wakes up": "premise",
    "trams must stay": "major_claim",
}
LINKS = [("c1", "c3", "support"), ("c2", "c1", "support")]


def graph(text: str = TEXT) -> ArgumentGraph:
    places = [(f"c{n}", kind, text.index(words)) for n, (words, kind) in enumerate(PARTS.items())]
    parts = [(name, kind, at, at + len(words)) for (name, kind, at), words in zip(places, PARTS, strict=True)]
    return ArgumentGraph.build(Document(id="trams", text=text), parts, LINKS)


def found(of: ArgumentGraph) -> dict[str, str]:
    return {c.text: str(c.type) for c in of.components}


def links(of: ArgumentGraph) -> set[tuple[str, str]]:
    return {(of.component(r.source).text, of.component(r.target).text) for r in of.relations}


def test_the_opening_goes_to_the_end() -> None:
    moved = with_opening_last(graph())
    assert (
        moved.text
        == "On trams\n\nTrams are quiet. Nobody wakes up.\nSo trams must stay.\nWe must keep trams. Some doubt it.\n"
    )
    assert found(moved) == PARTS
    assert [c.id for c in moved.components] == ["c1", "c2", "c3", "c0"]


def test_a_claim_bears_on_the_statement_that_comes_last_now() -> None:
    assert links(with_opening_last(graph())) == {
        ("Trams are quiet", "We must keep trams"),
        ("Nobody wakes up", "Trams are quiet"),
    }


def test_a_text_of_one_paragraph_stays() -> None:
    flat = graph(TEXT.replace("\n", " "))
    assert with_opening_last(flat) is flat


def test_a_component_over_the_openings_end_leaves_all_as_it_was() -> None:
    text = "We must\nkeep trams. They are quiet.\nSo be it."
    over = ArgumentGraph.build(
        Document(id="over", text=text),
        [("a", "claim", 0, text.index(".")), ("b", "premise", text.index("So"), len(text))],
    )
    assert with_opening_last(over) is over


def test_a_graph_without_components_stays() -> None:
    nothing = ArgumentGraph.build(Document(id="n", text="One.\nTwo."), [])
    assert with_opening_last(nothing) is nothing


@given(seed=st.integers(0, 10_000))
def test_furniture_leaves_words_types_and_links(seed: int) -> None:
    made = with_furniture(graph(), np.random.default_rng(seed))
    assert found(made) == PARTS
    assert links(made) == links(graph())
    lines = set(made.text.splitlines())
    assert lines >= set(TEXT.splitlines()) - {""}


def test_furniture_is_put_in_somewhere() -> None:
    made = [with_furniture(graph(), np.random.default_rng(seed)).text for seed in range(20)]
    assert len(set(made)) > 10
    assert any(not text.startswith("On trams") for text in made)
    assert any(not text.rstrip().endswith("stay.") for text in made)


def test_an_empty_text_may_get_furniture_too() -> None:
    nothing = ArgumentGraph.build(Document(id="n", text=""), [])
    assert all(not with_furniture(nothing, np.random.default_rng(seed)).components for seed in range(5))


def test_parts_may_come_in_any_order_with_words_between() -> None:
    small = ArgumentGraph.build(Document(id="s", text="ab cd"), [("x", "claim", 0, 2), ("y", "premise", 3, 5)])
    turned = rearranged(small, [Span(start=3, end=5), " then ", Span(start=0, end=2)])
    assert turned is not None
    assert [(c.id, c.start, c.end, c.text) for c in turned.components] == [("y", 0, 2, "cd"), ("x", 8, 10, "ab")]


def test_a_component_that_would_be_cut_is_not_rearranged() -> None:
    small = ArgumentGraph.build(Document(id="s", text="ab cd"), [("x", "claim", 0, 5)])
    assert rearranged(small, [Span(start=3, end=5), Span(start=0, end=3)]) is None


@pytest.mark.parametrize(("share", "changed"), [({"opening_last": 1.0}, True), ({"furniture": 1.0}, True), ({}, False)])
def test_a_form_is_rearranged_as_often_as_asked(share: dict[str, float], changed: bool) -> None:
    texts = {changed_form(graph(), Augmentation(**share), np.random.default_rng(seed)).text for seed in range(9)}
    assert (texts != {TEXT}) is changed
