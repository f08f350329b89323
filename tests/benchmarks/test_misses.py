from argmine.graph import ComponentType
from argmine.metrics.token_documents import TokenComponent, TokenDocument
from benchmarks.misses import count_document

LABELS = {
    ComponentType.MAJOR_CLAIM: "None",
    ComponentType.CLAIM: "Claim:For",
    ComponentType.PREMISE: "Premise:Support",
}
MAJOR, CLAIM, PREMISE = ComponentType


def part(
    start: int, end: int, kind: ComponentType, target: int | None = None, label: str | None = None
) -> TokenComponent:
    return TokenComponent(start, end, kind, label or LABELS[kind], target)


def document(*parts: TokenComponent) -> TokenDocument:
    return TokenDocument(50, parts)


GOLD = document(part(1, 9, MAJOR), part(10, 20, CLAIM), part(21, 31, PREMISE, 1))


def faults(*parts: TokenComponent) -> tuple[dict[str, int], dict[str, int]]:
    counted = count_document(GOLD, document(*parts))
    return dict(counted.components), dict(counted.relations)


def test_nothing_is_missed_where_all_is_found() -> None:
    assert faults(*GOLD.components) == ({}, {})


def test_wrong_start_loses_span_relation_and_what_points_there() -> None:
    found = faults(part(1, 9, MAJOR), part(12, 20, CLAIM), part(21, 31, PREMISE, 1))
    assert found == ({"start": 1}, {"source_span": 1, "target_span": 1})


def test_wrong_end_and_both_ends() -> None:
    assert faults(part(1, 9, MAJOR), part(10, 19, CLAIM), part(22, 30, PREMISE, 1))[0] == {"end": 1, "both_ends": 1}


def test_component_at_half_and_none_at_all_are_absent() -> None:
    assert faults(part(1, 9, MAJOR), part(10, 15, CLAIM))[0] == {"absent": 2}


def test_wrong_type_is_a_fault_of_the_relation_too() -> None:
    found = faults(part(1, 9, MAJOR), part(10, 20, CLAIM), part(21, 31, CLAIM))
    assert found == ({"type": 1}, {"type": 1})


def test_sign_comes_before_target() -> None:
    found = faults(part(1, 9, MAJOR), part(10, 20, CLAIM), part(21, 31, PREMISE, 0, "Premise:Attack"))
    assert found == ({}, {"label": 1})


def test_another_target_that_is_there() -> None:
    assert faults(part(1, 9, MAJOR), part(10, 20, CLAIM), part(21, 31, PREMISE, 0)) == ({}, {"target": 1})
