"""Agreement of two or more annotations of one text: unitised alpha, and kappa where units match.

Alpha is Krippendorff's alpha for unitising, as in *Content Analysis* (2nd edition, 2004, section 11.6) and,
with slips in the expected disagreements that it prints, in "On the reliability of unitizing continuous data"
(Sociological Methodology 25, 1995). A continuum of length L is cut by each of m observers, for each category c,
into units and the gaps between them. With b the length of a section:

    δ²(unit, unit) = (difference of starts)² + (difference of ends)², where the two intersect
    δ²(unit, gap)  = b(unit)², where the unit lies wholly in the gap
    δ²             = 0 elsewhere

    D_o(c) = Σ over ordered pairs of observers, and of their sections, of δ²  /  (m (m - 1) L²)

             2/L Σ_units [ (N_c - 1)/3 (2b³ - 3b² + b)  +  b² Σ_gaps max(0, b(gap) - b + 1) ]
    D_e(c) = --------------------------------------------------------------------------------
                                 m L (m L - 1) - Σ_units b (b - 1)

    alpha = 1 - Σ_c D_o(c) / Σ_c D_e(c)

N_c is the number of units of category c of all observers, and gaps of all observers count. Left out: the
newer family of 2016 (Krippendorff, Mathet, Bouvry & Widlöcher), which weighs lengths instead of squared
distances.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from argmine.metrics.counts import Confusion


@dataclass(frozen=True, slots=True, order=True)
class Unit:
    """A unit that an observer marked, half-open, in whole steps of the continuum (characters, words)."""

    start: int
    end: int
    category: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a unit must end after its start, found {self.start}..{self.end}")


@dataclass(frozen=True, slots=True)
class UnitizedAlpha:
    """Observed and expected disagreement; they add up over categories of one continuum.

    Attributes:
        observed: D_o.
        expected: D_e.
        units: units of all observers.
        length: L of the continuum.
    """

    observed: Fraction
    expected: Fraction
    units: int
    length: int

    @property
    def alpha(self) -> float | None:
        """1 - D_o / D_e: 1 is perfect, 0 chance; None where nothing can disagree, as without units."""
        return float(1 - self.observed / self.expected) if self.expected else None

    def figures(self) -> dict[str, object]:
        """What a JSON record keeps."""
        disagreement = {"observed": float(self.observed), "expected": float(self.expected)}
        return {"alpha": self.alpha, **disagreement, "units": self.units, "length": self.length}

    def __str__(self) -> str:
        alpha = "undefined" if self.alpha is None else f"{self.alpha:.4f}"
        return f"α_U {alpha}  ({self.units} units on a continuum of {self.length})"


Section = tuple[int, int, bool]
Annotation = Sequence[Unit]


def unitized_alpha(observers: Sequence[Annotation], length: int) -> UnitizedAlpha:
    """Krippendorff's alpha for unitising, joint over all categories found.

    Args:
        observers: `[observer]`, at least two; what each marked, units of one category apart from each other.
        length: L; the continuum runs from 0 up to it.

    Raises:
        ValueError: fewer than two observers, a unit beyond the continuum, or two overlapping units of one
            category.
    """
    if len(observers) < 2:
        raise ValueError(f"agreement needs two observers, found {len(observers)}")
    observed = expected = Fraction(0)
    for category in sorted({unit.category for units in observers for unit in units}):
        cuts = [sections([u for u in units if u.category == category], length) for units in observers]
        observed += _observed(cuts, length)
        expected += _expected(cuts, length)
    return UnitizedAlpha(observed, expected, sum(map(len, observers)), length)


def concatenated(documents: Iterable[tuple[Sequence[Annotation], int]]) -> tuple[list[list[Unit]], int]:
    """Several continua end to end, for one alpha over a corpus.

    Args:
        documents: observers and length of each, all with the same observers in the same order.

    Returns:
        Observers and length of the whole; without documents, no observers and 0.
    """
    whole: list[list[Unit]] = []
    offset = 0
    for observers, length in documents:
        whole = whole or [[] for _ in observers]
        for units, more in zip(whole, observers, strict=True):
            units.extend(Unit(u.start + offset, u.end + offset, u.category) for u in more)
        offset += length
    return whole, offset


def cohen_kappa(confusion: Confusion) -> float | None:
    """Cohen's kappa (1960) of two annotators, whose labels are the two sides of the counts.

    Returns:
        Kappa, None where it is undefined: without items, or where both gave a single and the same label
        throughout.

    >>> cohen_kappa(Confusion({("a", "a"): 20, ("a", "b"): 5, ("b", "a"): 10, ("b", "b"): 15}))
    0.4
    """
    total = confusion.gold
    by_label = [confusion.of_class(label) for label in confusion.classes]
    chance = sum(c.gold * (c.found + c.spurious) for c in by_label)
    if chance == total * total:
        return None
    return float(Fraction(total * sum(c.found for c in by_label) - chance, total * total - chance))


def sections(units: Annotation, length: int) -> list[Section]:
    """The units of one category and the gaps between them, in order: start, end, and whether it is a unit.

    Raises:
        ValueError: units overlap or end beyond the continuum.
    """
    found: list[Section] = []
    here = 0
    for unit in sorted(units):
        if unit.start < here or unit.end > length:
            raise ValueError(f"{unit} overlaps another of its category or ends beyond the continuum of {length}")
        if unit.start > here:
            found.append((here, unit.start, False))
        found.append((unit.start, unit.end, True))
        here = unit.end
    return found if here == length else [*found, (here, length, False)]


def difference(a: Sequence[Section], b: Sequence[Section]) -> int:
    """The sum of δ² over the sections of two observers, each pair of them once."""
    return sum(_difference(x, y) for x, y in _intersecting(a, b))


def _observed(cuts: Sequence[list[Section]], length: int) -> Fraction:
    total = sum(difference(a, b) for a, b in combinations(cuts, 2))
    return Fraction(2 * total, len(cuts) * (len(cuts) - 1) * length**2)


def _intersecting(a: Sequence[Section], b: Sequence[Section]) -> Iterator[tuple[Section, Section]]:
    place_a = place_b = 0
    while place_a < len(a) and place_b < len(b):
        x, y = a[place_a], b[place_b]
        yield x, y
        place_a += x[1] <= y[1]
        place_b += y[1] <= x[1]


def _difference(x: Section, y: Section) -> int:
    if x[2] and y[2]:
        return (x[0] - y[0]) ** 2 + (x[1] - y[1]) ** 2
    if x[2] != y[2]:
        unit, gap = (x, y) if x[2] else (y, x)
        inside = gap[0] <= unit[0] and unit[1] <= gap[1]
        return (unit[1] - unit[0]) ** 2 if inside else 0
    return 0


def _expected(cuts: Sequence[list[Section]], length: int) -> Fraction:
    units = [end - start for sections in cuts for start, end, is_unit in sections if is_unit]
    gaps = [end - start for sections in cuts for start, end, is_unit in sections if not is_unit]
    among_units = sum((len(units) - 1) * Fraction(2 * b**3 - 3 * b**2 + b, 3) for b in units)
    in_gaps = sum(b**2 * max(0, gap - b + 1) for b in units for gap in gaps)
    whole = len(cuts) * length
    room = whole * (whole - 1) - sum(b * (b - 1) for b in units)
    return Fraction(2, length) * (among_units + in_gaps) / room if units else Fraction(0)
