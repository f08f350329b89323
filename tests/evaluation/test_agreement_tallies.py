"""Kappa and alpha of sums: those of `argmine.metrics.agreement`."""

import random
from fractions import Fraction

import numpy as np
import pytest

from argmine.document import Document
from argmine.errors import EvaluationError
from argmine.evaluation.agreement_tallies import LONGEST, Alpha, Kappa
from argmine.evaluation.run import evaluate
from argmine.graph import ArgumentGraph
from argmine.metrics.agreement import Unit, cohen_kappa, unitized_alpha
from argmine.metrics.counts import Confusion, Counts
from argmine.metrics.unitized import UnitizedCounts, count_graph
from tests.evaluation.small import CORPUS, GOLD, without_claims

ALPHA = Alpha("alpha_u", "α_U")
KAPPA = Kappa("kappa", "κ", ("a", "b", "c"))
WORDS = 12


def annotated(rng: random.Random) -> list[tuple[int, int]]:
    """Apart from each other, in words."""
    ends = sorted(rng.sample(range(WORDS + 1), 2 * rng.randrange(3)))
    return list(zip(ends[::2], ends[1::2], strict=True))


def graph(units: list[tuple[int, int]]) -> ArgumentGraph:
    text = " ".join("x" for _ in range(WORDS))
    parts = [(f"c{n}", "claim", 2 * start, 2 * end - 1) for n, (start, end) in enumerate(units)]
    return ArgumentGraph.build(Document(id="d", text=text), parts)


@pytest.mark.parametrize("seed", range(50))
def test_alpha_of_one_document_is_unitized_alpha(seed: int) -> None:
    rng = random.Random(seed)
    first, second = annotated(rng), annotated(rng)
    wanted = unitized_alpha([[Unit(*u) for u in first], [Unit(*u) for u in second]], WORDS).alpha
    row = np.array(ALPHA.row(count_graph(graph(first), graph(second))))
    assert float(ALPHA.score(row)) == pytest.approx(0 if wanted is None else wanted)
    assert (int(ALPHA.gold(row)), int(ALPHA.predicted(row))) == (len(first), len(second))


def by_hand(counts: UnitizedCounts) -> float:
    """The formula of `argmine.metrics.agreement` on the units and gaps of several documents."""
    units, length = [*counts.units[0], *counts.units[1]], counts.length
    places = sum(b * b * max(0, gap - b + 1) for b in units for gap in counts.gaps)
    among = sum((len(units) - 1) * Fraction(2 * b**3 - 3 * b**2 + b, 3) for b in units)
    room = 2 * length * (2 * length - 1) - sum(b * (b - 1) for b in units)
    expected = Fraction(2, length) * (among + places) / room
    return float(1 - Fraction(counts.observed, length**2) / expected)


@pytest.mark.parametrize("seed", range(10))
def test_alpha_of_sums_is_that_of_all_documents(seed: int) -> None:
    rng = random.Random(seed)
    documents = [count_graph(graph([(1, 4)]), graph(annotated(rng))) for _ in range(4)]
    whole = sum(documents, UnitizedCounts())
    rows = np.array([ALPHA.row(counts) for counts in documents])
    assert float(ALPHA.score(rows.sum(axis=0))) == pytest.approx(by_hand(whole))
    assert ALPHA.score(np.stack([rows[:2].sum(axis=0), rows[2:].sum(axis=0)])).shape == (2,)


def test_alpha_without_units_is_zero() -> None:
    assert float(ALPHA.score(np.array(ALPHA.row(count_graph(graph([]), graph([])))))) == 0
    assert float(ALPHA.score(np.zeros(len(ALPHA.columns), np.int64))) == 0


def test_alpha_refuses_a_unit_that_is_too_long() -> None:
    ALPHA.row(UnitizedCounts(LONGEST, 0, ((LONGEST,), ()), ()))
    with pytest.raises(EvaluationError, match="alpha_u: a component has 513 words, at most 512 are allowed"):
        ALPHA.row(UnitizedCounts(LONGEST + 1, 0, ((LONGEST + 1,), ()), ()))
    with pytest.raises(TypeError, match="alpha_u is made of UnitizedCounts, found Counts"):
        ALPHA.row(Counts())


@pytest.mark.parametrize("seed", range(20))
def test_kappa_of_sums_is_cohens(seed: int) -> None:
    rng = np.random.default_rng(seed)
    pairs = rng.integers(0, 4, (3, 3))
    confusion = Confusion({(x, y): int(pairs["abc".index(x), "abc".index(y)]) for x in "abc" for y in "abc"})
    wanted = cohen_kappa(confusion)
    assert float(KAPPA.score(np.array(KAPPA.row(confusion)))) == pytest.approx(0 if wanted is None else wanted)


def test_kappa_is_zero_where_it_is_undefined() -> None:
    assert float(KAPPA.score(np.array(KAPPA.row(Confusion({("a", "a"): 3}))))) == 0
    assert float(KAPPA.score(np.zeros(9, np.int64))) == 0


def test_agreement_is_a_protocol() -> None:
    found = evaluate([without_claims(GOLD[0]), GOLD[1]], CORPUS, protocol="agreement")
    scores = found.scores()
    assert 0 < scores["alpha_u"] < 1
    assert (scores["kappa_types"], scores["kappa_links"]) == (1, 1)
    assert found.gold_items() == {"alpha_u": 5, "kappa_types": 4, "kappa_links": 4}
