import pytest

from argmine.corpora.stance import stance_relations, untied_stances
from argmine.errors import CorpusError
from argmine.graph import Component, ComponentType


def component(name: str, kind: ComponentType, start: int) -> Component:
    return Component(id=name, type=kind, start=start, end=start + 1, text="x")


LAST = component("a", ComponentType.MAJOR_CLAIM, 9)
FIRST = component("b", ComponentType.MAJOR_CLAIM, 1)
CLAIM = component("c", ComponentType.CLAIM, 4)


def test_stances_go_to_the_major_claim_that_stands_last() -> None:
    (relation,) = stance_relations("aae2", [LAST, FIRST, CLAIM], {"c": "Against"})
    assert (relation.id, relation.source, relation.target) == ("stance-c", "c", "a")
    assert (relation.type, relation.label) == ("attack", "Against")


def test_stances_go_nowhere_without_a_major_claim() -> None:
    assert stance_relations("aae2", [CLAIM], {"c": "For"}) == []
    assert untied_stances([], {"c": "For"}) == {"stances": {"c": "For"}}


def test_untied_stances_are_none_where_all_are_tied() -> None:
    relations = stance_relations("aae2", [LAST, CLAIM], {"c": "For"})
    assert untied_stances(relations, {"c": "For"}) == {}


def test_an_unknown_stance_is_refused() -> None:
    with pytest.raises(CorpusError, match="unknown relation label 'Neutral' in aae2; known are supports, attacks"):
        stance_relations("aae2", [LAST, CLAIM], {"c": "Neutral"})
