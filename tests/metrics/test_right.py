import pytest

from argmine.document import Document
from argmine.errors import EvaluationError
from argmine.graph import ArgumentGraph, Component, ComponentType, Relation, RelationType
from argmine.metrics.right import judge

TEXT = "Trams are quiet. Keep them."
DOCUMENT = Document(id="trams", text=TEXT)
GOLD = ArgumentGraph.build(DOCUMENT, [("p", "premise", 0, 15), ("m", "major_claim", 17, 26)], [("p", "m", "support")])


def mined(*, kind: str = "premise", start: int = 0, end: int = 15, sign: str = "support") -> ArgumentGraph:
    parts = [
        Component(id="a", type=ComponentType(kind), start=start, end=end, text=TEXT[start:end], probability=0.6),
        Component(id="b", type=ComponentType.MAJOR_CLAIM, start=17, end=27, text=TEXT[17:27], probability=0.9),
    ]
    relation = Relation(id="r", source="a", target="b", type=RelationType(sign), probability=0.5)
    return ArgumentGraph.build(DOCUMENT, parts, [relation])


def test_near_components_and_their_relation_are_right() -> None:
    assert judge(GOLD, mined(end=10)) == ([(0.6, True), (0.9, True)], [(0.5, True)])


@pytest.mark.parametrize(("end", "right"), [(7, False), (8, True)])
def test_component_is_right_with_more_than_half_of_the_longer_ones_characters(end: int, right: bool) -> None:
    assert judge(GOLD, mined(end=end))[0][0] == (0.6, right)


def test_component_that_is_twice_as_long_as_gold_is_wrong() -> None:
    long = ArgumentGraph.build(DOCUMENT, [("a", "major_claim", 8, 26)])
    assert judge(GOLD, long)[0] == [(0.0, False)]


def test_component_of_another_type_is_wrong_and_so_is_its_relation() -> None:
    assert judge(GOLD, mined(kind="claim")) == ([(0.6, False), (0.9, True)], [(0.5, False)])


def test_relation_by_another_label_is_wrong() -> None:
    assert judge(GOLD, mined(sign="attack")) == ([(0.6, True), (0.9, True)], [(0.5, False)])


def test_relation_that_gold_has_the_other_way_round_is_wrong() -> None:
    turned = ArgumentGraph.build(DOCUMENT, GOLD.components, [("m", "p", "support")])
    assert judge(turned, GOLD)[1] == [(0.0, False)]


def test_other_text_is_refused() -> None:
    with pytest.raises(EvaluationError, match="other was predicted over another text than gold trams"):
        judge(GOLD, ArgumentGraph(id="other", text="Buses."))
