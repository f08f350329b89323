import pytest

from argmine.errors import FormatError
from argmine.formats.names import component_type, find_component_type, find_relation_type, own_label, relation_type
from argmine.graph import ComponentType, RelationType


@pytest.mark.parametrize("word", ["major_claim", "MajorClaim", "Major Claim", "major-claim", " MAJORCLAIM "])
def test_words_for_a_type_differ_in_case_and_separators(word: str) -> None:
    assert find_component_type(word) is ComponentType.MAJOR_CLAIM


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("support", RelationType.SUPPORT),
        ("Supports", RelationType.SUPPORT),
        ("For", RelationType.SUPPORT),
        ("conflict", RelationType.ATTACK),
        ("Attacks", RelationType.ATTACK),
        ("neutral", None),
        ("", None),
    ],
)
def test_words_for_a_relation_have_a_type(word: str, kind: RelationType | None) -> None:
    assert find_relation_type(word) is kind


def test_a_word_that_names_no_type_is_an_error() -> None:
    with pytest.raises(FormatError, match="'Evidence' is no type of component; known are MajorClaim, Claim, Premise"):
        component_type("Evidence")
    with pytest.raises(FormatError, match="'rephrase' is no type of relation; known are support, supports"):
        relation_type("rephrase")


def test_a_label_is_own_where_it_is_not_the_types_name() -> None:
    assert own_label("major_claim", ComponentType.MAJOR_CLAIM) is None
    assert own_label("MajorClaim", ComponentType.MAJOR_CLAIM) == "MajorClaim"
