from itertools import permutations

import numpy as np
import pytest

from argmine.document import Document
from argmine.errors import EvaluationError
from argmine.graph import ArgumentGraph, Component
from argmine.metrics.alignment import align

WORDS = 20
DOCUMENT = Document(id="words", text=" ".join(f"w{n:02}" for n in range(WORDS)))


def graph(*ranges: tuple[int, int], kind: str = "claim") -> ArgumentGraph:
    """Components over half-open ranges of words, each of three characters."""
    parts = [(f"c{start}-{end}", kind, 4 * start, 4 * end - 1) for start, end in ranges]
    return ArgumentGraph.build(DOCUMENT, parts)


def names(first: ArgumentGraph, second: ArgumentGraph) -> list[tuple[str, str]]:
    return [(a.id, b.id) for a, b in align(first, second)]


def test_pair_shares_more_than_half_of_the_longer() -> None:
    assert names(graph((0, 10)), graph((0, 6))) == [("c0-10", "c0-6")]
    assert names(graph((0, 10)), graph((0, 5))) == []
    assert names(graph((0, 5)), graph((0, 10))) == []


def test_type_plays_no_part() -> None:
    assert names(graph((0, 4)), graph((0, 4), kind="premise")) == [("c0-4", "c0-4")]


def test_component_is_paired_once_with_the_nearest() -> None:
    """Both of the second graph may be paired with the one of the first; the longer of them shares more."""
    assert names(graph((0, 10)), graph((0, 7), (0, 9))) == [("c0-10", "c0-9")]


def test_what_the_nearer_leaves_is_paired_with_the_next() -> None:
    assert names(graph((0, 8), (0, 10)), graph((0, 9), (0, 10))) == [("c0-8", "c0-9"), ("c0-10", "c0-10")]


def test_component_within_another_is_paired_where_that_is_asked_for() -> None:
    long, short = graph((0, 10)), graph((6, 9))
    assert names(long, short) == []
    assert [(a.id, b.id) for a, b in align(long, short, within=True)] == [("c0-10", "c6-9")]
    assert align(graph((0, 8)), graph((6, 10)), within=True) == []


def test_nearer_component_is_paired_before_one_within() -> None:
    found = align(graph((0, 10)), graph((0, 3), (3, 9)), within=True)
    assert [(a.id, b.id) for a, b in found] == [("c0-10", "c3-9")]


def test_pairs_stand_in_the_order_of_the_first() -> None:
    assert names(graph((0, 5), (6, 8)), graph((1, 5), (6, 8))) == [("c0-5", "c1-5"), ("c6-8", "c6-8")]


def test_parts_of_one_word_are_no_pair() -> None:
    """ "either/or" is one run without white space; its two halves share the word and no character."""
    document = Document(id="choice", text="Take either/or now.")
    first, second = (ArgumentGraph.build(document, [("c", "claim", *span)]) for span in ((5, 11), (12, 14)))
    assert align(first, second) == align(second, first) == []


@pytest.mark.parametrize("seed", range(20))
def test_apart_components_are_paired_as_by_trying_every_assignment(seed: int) -> None:
    """Where components of each graph lie apart, the pairs are those that any best assignment has."""
    random = np.random.default_rng(seed)
    first, second = (_apart(random) for _ in range(2))
    found = {(a.id, b.id) for a, b in align(first, second)}
    assert found == {(a.id, b.id) for a, b in _best(first, second)}


@pytest.mark.parametrize("seed", range(20))
def test_overlapping_components_are_paired_as_by_looking_at_every_pair(seed: int) -> None:
    """The greatest share first, ties in text order, among all pairs of words."""
    random = np.random.default_rng(seed)
    first, second = (_overlapping(random) for _ in range(2))
    found, left, right = [], set(first), set(second)
    for share, own, other in sorted((-_share(a, b), a, b) for a in first for b in second):
        if -share > 0.5 and own in left and other in right:
            found.append((f"c{own[0]}-{own[1]}", f"c{other[0]}-{other[1]}"))
            left.remove(own)
            right.remove(other)
    assert set(names(graph(*first), graph(*second))) == set(found)


def test_other_text_is_refused() -> None:
    with pytest.raises(EvaluationError, match="other was predicted over another text"):
        align(graph((0, 1)), ArgumentGraph(id="other", text="Buses."))


def _overlapping(random: np.random.Generator) -> list[tuple[int, int]]:
    drawn = (sorted(random.choice(WORDS + 1, size=2, replace=False).tolist()) for _ in range(8))
    return sorted({(start, end) for start, end in drawn})


def _share(x: tuple[int, int], y: tuple[int, int]) -> float:
    return len({*range(*x)} & {*range(*y)}) / max(x[1] - x[0], y[1] - y[0])


def _apart(random: np.random.Generator) -> ArgumentGraph:
    edges = sorted(random.choice(WORDS, size=8, replace=False).tolist())
    return graph(*zip(edges[::2], edges[1::2], strict=True))


def _best(first: ArgumentGraph, second: ArgumentGraph) -> list[tuple[Component, Component]]:
    """The assignment of the greatest sum of allowed shares, of all there are."""

    def share(a: int, b: int) -> float:
        x, y = first.components[a].span, second.components[b].span
        shared = (min(x.end, y.end) - max(x.start, y.start) + 1) / (max(x.length, y.length) + 1)
        return shared if shared > 0.5 else 0.0

    sizes = range(len(first.components))
    best = max(permutations(sizes), key=lambda order: sum(share(a, b) for a, b in zip(sizes, order, strict=True)))
    return [(first.components[a], second.components[b]) for a, b in zip(sizes, best, strict=True) if share(a, b)]
