import pytest

from argmine.document import Document
from argmine.errors import EvaluationError
from argmine.graph import ArgumentGraph, ComponentType
from argmine.metrics.token_documents import TokenComponent, TokenDocument, token_document

TEXT = "It's wet. Stay in."
TOKENS = [(0, 2), (2, 3), (3, 4), (5, 8), (8, 9), (10, 14), (15, 17), (17, 18)]


def graph(*components: tuple[str, str, int, int], links: tuple[tuple[str, str, str], ...] = ()) -> ArgumentGraph:
    return ArgumentGraph.build(Document(id="rain", text=TEXT), components, links)


def claim(start: int, end: int, target: int | None = None) -> TokenComponent:
    return TokenComponent(start, end, ComponentType.CLAIM, "Claim:For", target)


def premise(start: int, end: int, target: int | None = None) -> TokenComponent:
    return TokenComponent(start, end, ComponentType.PREMISE, "Premise:Support", target)


def test_token_belongs_to_the_component_that_it_overlaps() -> None:
    found = token_document(graph(("p", "premise", 1, 6), ("m", "major_claim", 10, 17)), TOKENS)
    assert [c.span for c in found.components] == [(0, 4), (5, 7)]
    assert found.tokens == 8


def test_labels_derive_from_relations() -> None:
    parts = graph(
        ("p", "premise", 0, 4),
        ("c", "claim", 5, 8),
        ("m", "major_claim", 10, 17),
        links=(("p", "c", "support"), ("c", "m", "attack")),
    )
    found = token_document(parts, TOKENS).components
    assert [(c.label, c.target) for c in found] == [("Premise:Support", 1), ("Claim:Against", 2), ("None", None)]


def test_component_without_relation_supports() -> None:
    found = token_document(graph(("p", "premise", 0, 4), ("c", "claim", 5, 8)), TOKENS).components
    assert [(c.label, c.target) for c in found] == [("Premise:Support", None), ("Claim:For", None)]


def test_component_between_tokens_is_refused() -> None:
    with pytest.raises(EvaluationError, match="component p of rain touches no token"):
        token_document(graph(("p", "premise", 9, 10)), TOKENS)


@pytest.mark.parametrize("tokens", [[(0, 2), (1, 3)], [(3, 4), (0, 2)], [(0, 99)], [(2, 2)]])
def test_tokens_that_do_not_fit_the_text_are_refused(tokens: list[tuple[int, int]]) -> None:
    with pytest.raises(EvaluationError, match="tokens must lie apart"):
        token_document(graph(), tokens)


def test_cut_moves_tokens_and_targets() -> None:
    whole = TokenDocument(12, (claim(0, 2), premise(4, 6, 3), premise(6, 8, 0), claim(8, 11)))
    assert whole.cut(4, 10) == TokenDocument(6, (premise(0, 2, 2), premise(2, 4, None), claim(4, 6)))


def test_component_across_a_break_goes_with_its_first_token() -> None:
    whole = TokenDocument(6, (claim(2, 5),))
    first, second = whole.paragraphs([(0, 3), (3, 6)])
    assert (first.components, second.components) == ((claim(2, 3),), ())


@pytest.mark.parametrize("ranges", [[(0, 3)], [(0, 3), (4, 6)], [(1, 6)], [(0, 4), (3, 6)]])
def test_paragraphs_must_cover_the_document(ranges: list[tuple[int, int]]) -> None:
    with pytest.raises(EvaluationError, match="do not cover"):
        TokenDocument(6, ()).paragraphs(ranges)


@pytest.mark.parametrize(
    ("tokens", "components", "message"),
    [
        (4, (claim(2, 3), claim(0, 1)), "in the order"),
        (4, (claim(2, 5),), "ends at token 5"),
        (4, (premise(2, 3, 1),), "target 1 of 1"),
    ],
)
def test_documents_that_break_a_rule_are_refused(
    tokens: int, components: tuple[TokenComponent, ...], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        TokenDocument(tokens, components)


def test_component_without_token_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one token"):
        claim(3, 3)
