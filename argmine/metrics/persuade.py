"""Protocol H: elements of US school essays by the rule of Kaggle's Feedback Prize (2021).

An element is its label and the indices of its words, runs without white space. Within one essay and one class, gold and
predicted match where the words that they share are at least half of either. Of several predicted ones that match a gold
element the one with the greatest share is taken, the first of equals, and the others are spurious. The score is the
macro-F1 over the seven classes, `Lead` among them, which is no component of a graph and stands in `meta["units"]`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from argmine.document import Span
from argmine.errors import EvaluationError
from argmine.graph import ArgumentGraph
from argmine.metrics.counts import Counts
from argmine.metrics.labels import known_label
from argmine.metrics.pairing import WordRange, refuse_other_text, touched_words

LABELS = ("Claim", "Concluding Statement", "Counterclaim", "Evidence", "Lead", "Position", "Rebuttal")
HALF = 0.5


@dataclass(frozen=True, slots=True)
class Element:
    """A label and a half-open range of words."""

    label: str
    words: WordRange


def count_graph(gold: ArgumentGraph, predicted: ArgumentGraph) -> dict[str, Counts]:
    """Counts of one essay by class.

    Raises:
        EvaluationError: the graphs are of different texts, or an element lacks one of the corpus's labels.
    """
    refuse_other_text(gold, predicted)
    wanted, given = elements(gold), elements(predicted)
    return {label: _count(_of_class(wanted, label), _of_class(given, label)) for label in LABELS}


def count_graphs(pairs: Iterable[tuple[ArgumentGraph, ArgumentGraph]]) -> dict[str, Counts]:
    """Counts of a corpus by class, from pairs of gold and predicted."""
    total = dict.fromkeys(LABELS, Counts())
    for gold, predicted in pairs:
        total = {label: total[label] + counts for label, counts in count_graph(gold, predicted).items()}
    return total


def macro_f1(counts: Mapping[str, Counts]) -> float:
    """Mean F1 of the classes that gold or predicted holds; 0 without any."""
    seen = [c for c in counts.values() if c != Counts()]
    return sum(c.f1 for c in seen) / len(seen) if seen else 0.0


def elements(graph: ArgumentGraph) -> list[Element]:
    """Components and what `meta["units"]` keeps beside them.

    Words are those of `meta["words"]`, the first and last of each element by its id, where it has them; elsewhere
    those that the element touches.

    Raises:
        EvaluationError: a label is none of the corpus's, or `meta` is not as the reader of the corpus writes it.
    """
    found = units(graph)
    words = touched_words(graph.text, [span for _, _, span in found])
    return [Element(label, _told(graph, name) or place) for (name, label, _), place in zip(found, words, strict=True)]


def units(graph: ArgumentGraph) -> list[tuple[str, str, Span]]:
    """Id, label and place of each component and of what `meta["units"]` keeps; raises what `elements` does."""
    found = [(c.id, c.label, c.span) for c in graph.components] + [_unit(graph, u) for u in _units(graph)]
    return [(name, known_label(graph, name, label, LABELS), span) for name, label, span in found]


def _units(graph: ArgumentGraph) -> list[JsonValue]:
    units = graph.meta.get("units", [])
    if not isinstance(units, list):
        raise EvaluationError(f"{graph.id}: meta['units'] must be a list, found {units!r}")
    return units


def _unit(graph: ArgumentGraph, unit: JsonValue) -> tuple[str, str, Span]:
    match unit:
        case {"id": str(name), "label": str(label), "start": int(start), "end": int(end)} if 0 <= start < end:
            return name, label, Span(start=start, end=end)
    raise EvaluationError(f"{graph.id}: a unit of meta['units'] has id, label, start and end, found {unit!r}")


def _told(graph: ArgumentGraph, name: str) -> WordRange | None:
    """The words that `meta` gives for an element, half-open."""
    words = graph.meta.get("words")
    match words.get(name) if isinstance(words, dict) else None:
        case None:
            return None
        case [int(first), int(last)] if 0 <= first <= last:
            return first, last + 1
    raise EvaluationError(f"{graph.id}: meta['words'] gives no first and last word of {name}")


def _of_class(found: Iterable[Element], label: str) -> list[WordRange]:
    return [element.words for element in found if element.label == label]


def _count(gold: list[WordRange], predicted: list[WordRange]) -> Counts:
    best = [match for match in (_best_match(x, predicted) for x in gold) if match is not None]
    return Counts(len(best), len(predicted) - len(set(best)), len(gold) - len(best))


def _best_match(gold: WordRange, predicted: list[WordRange]) -> int | None:
    """The place of the predicted element that shares the most, by the greater of the two shares."""
    shares = [_shares(gold, other) for other in predicted]
    matches = [place for place, share in enumerate(shares) if min(share) >= HALF]
    return max(matches, key=lambda place: (max(shares[place]), -place), default=None)


def _shares(x: WordRange, y: WordRange) -> tuple[float, float]:
    """The share of the words of each that the other has too; 0 for one that touches no word."""
    both = max(0, min(x[1], y[1]) - max(x[0], y[0]))
    return both / max(1, x[1] - x[0]), both / max(1, y[1] - y[0])
