"""Unitised alpha on Krippendorff's worked examples, by hand, and against sums over all placements; Cohen's kappa."""

import random
from fractions import Fraction
from itertools import permutations, product

import pytest

from argmine.metrics.agreement import Unit, UnitizedAlpha, cohen_kappa, concatenated, unitized_alpha
from argmine.metrics.counts import Confusion

# Krippendorff (1995), p. 57: lengths of the stretches of one continuum of 24, a minus marks a gap.
PAIRS_1995 = {
    "A": ([-2, 8, -4, 6, -4], [-4, 4, -7, 2, -7]),
    "B": ([18, -6], [2, 1, 1, 1, 1, 3, 1, -14]),
    "C": ([-2, 6, -2, 2, -2, 4, -2, 2, -2], [2, -2, 4, -2, 4, -2, 2, -2, 2, -2]),
    "D": ([2, 8, 4, 6, 4], [4, 4, 7, 2, 7]),
}


def units(stretches: list[int], scale: int = 1) -> list[Unit]:
    found, here = [], 0
    for stretch in stretches:
        if stretch > 0:
            found.append(Unit(here * scale, (here + stretch) * scale))
        here += abs(stretch)
    return found


@pytest.mark.parametrize(("pair", "published"), [("A", 0.03125), ("B", 2.26736), ("C", 0.02777), ("D", 0.38715)])
def test_observed_disagreement_of_1995(pair: str, published: float) -> None:
    first, second = PAIRS_1995[pair]
    alpha = unitized_alpha([units(first), units(second)], 24)
    assert float(alpha.observed) == pytest.approx(published, abs=1e-5)


def test_alpha_of_1995_on_a_continuum_of_12() -> None:
    """Pair C, whose figures the article gives for several lengths of the continuum."""
    first, second = ([length // 2 for length in stretches] for stretches in PAIRS_1995["C"])
    alpha = unitized_alpha([units(first), units(second)], 12)
    assert float(alpha.expected) == pytest.approx(0.05494, abs=1e-5)
    assert alpha.alpha == pytest.approx(0.494, abs=1e-3)


@pytest.mark.parametrize(
    ("pair", "expected", "published"),
    [("A", 0.06990, 0.553), ("D", 0.41445, 0.066)],
)
def test_alpha_of_1995_on_a_finely_divided_continuum(pair: str, expected: float, published: float) -> None:
    alpha = fine(pair)
    assert float(alpha.expected) == pytest.approx(expected, abs=1e-5)
    assert alpha.alpha == pytest.approx(published, abs=5e-4)


def test_alpha_of_1995_where_the_article_differs() -> None:
    """Its limits .08642 and .679 of pair C are what comes of leaving out Σ b (b - 1); that of B is .1 % off."""
    expected = float(fine("C").expected)
    squares = sum(length**2 for stretches in PAIRS_1995["C"] for length in stretches if length > 0)
    assert expected * (48**2 - squares) / 48**2 == pytest.approx(0.08642, abs=1e-5)
    assert float(fine("B").expected) == pytest.approx(1.17731, rel=2e-3)
    assert fine("B").alpha == pytest.approx(-0.926, abs=3e-3)


def fine(pair: str) -> UnitizedAlpha:
    first, second = PAIRS_1995[pair]
    return unitized_alpha([units(first, 50_000), units(second, 50_000)], 24 * 50_000)


def example_2004(category: str) -> list[list[Unit]]:
    """Krippendorff (2004), p. 254: two observers, a continuum from 150 to 450."""
    c = [[(225, 295), (370, 400)], [(220, 300), (355, 375), (400, 420)]]
    k = [[(180, 240), (300, 350)]] * 2
    found = {"c": c, "k": k}
    names = category.split("+")
    return [[Unit(s - 150, e - 150, n) for n in names for s, e in found[n][observer]] for observer in (0, 1)]


@pytest.mark.parametrize(
    ("category", "observed", "expected", "published"),
    [("c", 0.0144, 0.0532, 0.7286), ("k", 0.0, 0.0490, 1.0), ("c+k", 0.0144, 0.1022, 0.8591)],
)
def test_worked_example_of_2004(category: str, observed: float, expected: float, published: float) -> None:
    alpha = unitized_alpha(example_2004(category), 300)
    assert float(alpha.observed) == pytest.approx(observed, abs=1e-4)
    assert float(alpha.expected) == pytest.approx(expected, abs=1e-4)
    assert alpha.alpha == pytest.approx(published, abs=5e-4)  # the book divides rounded figures


def test_alpha_by_hand() -> None:
    # Continuum 4, units 0..2 and 1..3. D_o = 2 (1 + 1) / (2 · 16).
    # D_e = 2/4 [2 · (1/3)(16 - 12 + 2) + 2 · 4 · 1] / (8 · 7 - 2 · 2): the only gap as long as a unit is 2..4.
    alpha = unitized_alpha([[Unit(0, 2)], [Unit(1, 3)]], 4)
    assert alpha.observed == Fraction(1, 8)
    assert alpha.expected == Fraction(1, 2) * (2 * 2 + 2 * 4 * 1) / 52
    assert alpha.alpha == pytest.approx(1 - (1 / 8) / (6 / 52))


def test_equal_annotations_agree_perfectly() -> None:
    marked = [Unit(2, 5, "a"), Unit(5, 9, "b"), Unit(12, 14, "a")]
    assert unitized_alpha([marked, marked, marked], 20).alpha == 1


def test_one_empty_annotation_is_chance_or_worse() -> None:
    alpha = unitized_alpha([[Unit(2, 5)], []], 20).alpha
    assert alpha is not None
    assert alpha <= 0


def test_alpha_without_units_is_undefined() -> None:
    alpha = unitized_alpha([[], []], 20)
    assert alpha.alpha is None
    assert str(alpha) == "α_U undefined  (0 units on a continuum of 20)"


def section_pairs(marked: list[Unit], length: int) -> list[tuple[int, int, bool]]:
    """Sections by colouring each position with the number of its unit."""
    colour = [next((n for n, u in enumerate(marked) if u.start <= p < u.end), -1) for p in range(length)]
    starts = [p for p in range(length) if p == 0 or colour[p] != colour[p - 1]]
    return [(s, e, colour[s] >= 0) for s, e in zip(starts, [*starts[1:], length], strict=True)]


def difference(x: tuple[int, int, bool], y: tuple[int, int, bool]) -> int:
    a, b = set(range(x[0], x[1])), set(range(y[0], y[1]))
    if x[2] and y[2] and a & b:
        return (x[0] - y[0]) ** 2 + (x[1] - y[1]) ** 2
    if x[2] and not y[2] and a <= b:
        return len(a) ** 2
    if y[2] and not x[2] and b <= a:
        return len(b) ** 2
    return 0


def placements(x: int, x_is_unit: bool, y: int, y_is_unit: bool) -> int:
    """δ² summed over every way to lay a section of length x along one of length y."""
    base = (x + y, x + y + y, y_is_unit)
    return sum(difference((s, s + x, x_is_unit), base) for s in range(2 * (x + y) + 1))


def brute_force(observers: list[list[Unit]], length: int) -> tuple[Fraction, Fraction]:
    cuts = [section_pairs(marked, length) for marked in observers]
    m = len(cuts)
    observed = sum(difference(x, y) for a, b in permutations(cuts, 2) for x, y in product(a, b))
    sections = [section for cut in cuts for section in cut]
    lengths = [(e - s, unit) for s, e, unit in sections]
    expected = sum(placements(*x, *y) for x, y in permutations(lengths, 2))
    room = m * length * (m * length - 1) - sum(b * (b - 1) for b, unit in lengths if unit)
    return Fraction(observed, m * (m - 1) * length**2), Fraction(expected, length * room)


def random_units(rng: random.Random, length: int) -> list[Unit]:
    found, here = [], 0
    while here < length:
        size = rng.randint(1, 5)
        if rng.random() < 0.5 and here + size <= length:
            found.append(Unit(here, here + size))
        here += size
    return found


@pytest.mark.parametrize("seed", range(60))
def test_alpha_equals_sums_over_all_pairs_and_placements(seed: int) -> None:
    rng = random.Random(seed)
    length = rng.randint(3, 16)
    observers = [random_units(rng, length) for _ in range(rng.randint(2, 4))]
    alpha = unitized_alpha(observers, length)
    assert (alpha.observed, alpha.expected) == brute_force(observers, length)


def test_joint_alpha_adds_disagreements_of_categories() -> None:
    observers = [[Unit(0, 3, "a"), Unit(3, 6, "b")], [Unit(0, 2, "a"), Unit(4, 6, "b")]]
    joint = unitized_alpha(observers, 10)
    parts = [unitized_alpha([[u for u in units if u.category == c] for units in observers], 10) for c in "ab"]
    assert joint.observed == sum(part.observed for part in parts)
    assert joint.expected == sum(part.expected for part in parts)


@pytest.mark.parametrize(
    ("observers", "message"),
    [
        ([[Unit(0, 2)]], "two observers, found 1"),
        ([[Unit(0, 3), Unit(2, 4)], []], "overlaps another"),
        ([[Unit(8, 11)], []], "beyond the continuum of 10"),
    ],
)
def test_annotations_that_are_no_unitising_are_refused(observers: list[list[Unit]], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        unitized_alpha(observers, 10)


def test_empty_unit_is_refused() -> None:
    with pytest.raises(ValueError, match="end after its start"):
        Unit(3, 3)


def test_continua_are_laid_end_to_end() -> None:
    whole, length = concatenated([([[Unit(1, 2)], []], 5), ([[Unit(0, 3, "a")], [Unit(1, 2)]], 4)])
    assert whole == [[Unit(1, 2), Unit(5, 8, "a")], [Unit(6, 7)]]
    assert length == 9


def test_kappa_of_krippendorffs_bertha_and_bill() -> None:
    """Krippendorff (1995): positions of pair A as a table of two coders, Cohen's kappa .385."""
    bertha, bill = (
        ["unit" if any(u.start <= p < u.end for u in units(s)) else "gap" for p in range(24)] for s in PAIRS_1995["A"]
    )
    assert cohen_kappa(Confusion.of_labels(bertha, bill)) == pytest.approx(0.385, abs=1e-3)


def test_kappa_of_independent_labels_is_zero() -> None:
    assert cohen_kappa(Confusion({("a", "a"): 1, ("a", "b"): 1, ("b", "a"): 1, ("b", "b"): 1})) == 0


@pytest.mark.parametrize("pairs", [{}, {("a", "a"): 5}])
def test_kappa_without_a_choice_is_undefined(pairs: dict[tuple[str, str], int]) -> None:
    assert cohen_kappa(Confusion(pairs)) is None
