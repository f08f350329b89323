import pytest

from argmine.document import Document
from argmine.graph import ArgumentGraph, Component, ComponentType, Relation, RelationType
from benchmarks.reliability import Reliability, of_components, of_relations

TEXT = "Trams are quiet. Keep them."


def graph(kind: ComponentType, sign: RelationType) -> ArgumentGraph:
    parts = [
        Component(id="a", type=kind, start=0, end=15, text=TEXT[:15], probability=0.6),
        Component(id="b", type=ComponentType.MAJOR_CLAIM, start=17, end=26, text=TEXT[17:26], probability=0.9),
    ]
    relation = Relation(id="r", source="a", target="b", type=sign, probability=0.5)
    return ArgumentGraph.build(Document(id="trams", text=TEXT), parts, [relation])


GOLD = graph(ComponentType.PREMISE, RelationType.SUPPORT)


def test_component_is_right_with_its_type() -> None:
    predicted = graph(ComponentType.CLAIM, RelationType.SUPPORT)
    assert of_components([(GOLD, predicted)]).items == ((0.6, False), (0.9, True))


@pytest.mark.parametrize(("sign", "right"), [(RelationType.SUPPORT, True), (RelationType.ATTACK, False)])
def test_relation_is_right_with_its_sign_whatever_the_type(sign: RelationType, right: bool) -> None:
    assert of_relations([(GOLD, graph(ComponentType.CLAIM, sign))]).items == ((0.5, right),)


def test_calibration_error_by_hand() -> None:
    """One bin with mean .65 and half right, one with 1.0 and all right."""
    figures = Reliability(((0.6, True), (0.7 - 1e-9, False), (1.0, True), (1.0, True))).figures()
    assert figures["ece"] == pytest.approx(2 / 4 * 0.15)
    assert figures["right"] == 0.75
    assert figures["brier"] == pytest.approx((0.16 + 0.49) / 4)


def test_nothing_predicted_has_no_items() -> None:
    assert Reliability(()).figures()["items"] == 0
