import pytest

from argmine.corpora import corpus_names
from argmine.corpora.labels import component_type, relation_type
from argmine.errors import CorpusError
from argmine.graph import ComponentType, RelationType


def test_a_component_label_gives_its_type() -> None:
    assert component_type("aae2", "Claim") is ComponentType.CLAIM


def test_a_relation_label_gives_its_type() -> None:
    assert relation_type("cmv-modes", "undercutter") is RelationType.ATTACK


def test_a_relation_that_does_neither_gives_none() -> None:
    assert relation_type("cmv-modes", "understand") is None


def test_a_unit_that_is_no_component_gives_none() -> None:
    assert component_type("persuade1", "Lead") is None


@pytest.mark.parametrize("name", corpus_names())
def test_an_unknown_component_label_is_an_error(name: str) -> None:
    with pytest.raises(CorpusError, match=f"unknown component label 'Lied' in {name}; known are "):
        component_type(name, "Lied")


@pytest.mark.parametrize("name", corpus_names())
def test_an_unknown_relation_label_is_an_error(name: str) -> None:
    with pytest.raises(CorpusError, match=f"unknown relation label 'sings' in {name}; known are "):
        relation_type(name, "sings")


def test_an_unknown_corpus_knows_no_label() -> None:
    with pytest.raises(CorpusError, match="unknown component label 'Claim' in aae3; known are none"):
        component_type("aae3", "Claim")
