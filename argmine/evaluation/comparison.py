"""Two systems on the same documents: their scores, what parts them, and whether chance alone could."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from argmine.base import Frozen
from argmine.errors import EvaluationError
from argmine.evaluation.evaluated import Evaluation
from argmine.evaluation.protocols import Protocol
from argmine.evaluation.statistics import DRAWS, LEVEL, Interval, bootstrap_differences, randomisation_tests
from argmine.evaluation.tallies import FloatArray

if TYPE_CHECKING:
    from rich.console import RenderableType

# Documents named, of those where the systems differ most.
DOCUMENTS = 10


class ScoreComparison(Frozen):
    """A score of both systems, from 0 to 1.

    Attributes:
        name: the score's name in records.
        title: its name for a person.
        gold_items: how many gold items it is made of.
        first: of the first system.
        second: of the second.
        difference: the second's minus the first's.
        low: lower end of the difference's confidence interval over documents; None for a single document.
        high: its upper end.
        p: of the paired randomisation test over documents, both sides.
    """

    name: str
    title: str
    gold_items: int
    first: float
    second: float
    difference: float
    low: float | None
    high: float | None
    p: float


class DocumentComparison(Frozen):
    """The score of one document alone, by both systems; `difference` is the second's minus the first's."""

    id: str
    first: float
    second: float
    difference: float


class Comparison(Frozen):
    """What `argmine compare` says of two systems; `str()` of it is for a person.

    Attributes:
        corpus: its name.
        split: its name.
        protocol: name of the protocol.
        title: what the protocol is.
        first: what the first system is, for a person.
        second: what the second system is.
        first_notes: what a reader of the first system's scores should know.
        second_notes: the same of the second's.
        documents: how many were scored.
        scores: all of the protocol, the headline first.
        by: name of the score by which documents were chosen.
        widest: the documents where that score differs most, the widest difference first.
        level: of the confidence intervals.
        draws: corpora drawn for each interval, and deals for each test.
        seed: of both.
    """

    corpus: str
    split: str
    protocol: str
    title: str
    first: str
    second: str
    first_notes: tuple[str, ...]
    second_notes: tuple[str, ...]
    documents: int
    scores: tuple[ScoreComparison, ...]
    by: str
    widest: tuple[DocumentComparison, ...]
    level: float
    draws: int
    seed: int

    def __str__(self) -> str:
        from argmine.evaluation.comparison_view import comparison_text

        return comparison_text(self)

    def __rich__(self) -> "RenderableType":
        from argmine.evaluation.comparison_view import comparison_view

        return comparison_view(self)


def compare(
    first: Evaluation,
    second: Evaluation,
    *,
    by: str | None = None,
    most: int = DOCUMENTS,
    level: float = LEVEL,
    draws: int = DRAWS,
    seed: int = 0,
) -> Comparison:
    """Both systems' scores, with intervals and tests of their differences.

    Args:
        first: one system's evaluation.
        second: another's, of the same documents under the same protocol.
        by: name of the score by which documents are chosen; the protocol's first one where None.
        most: documents to name.
        level: of the confidence intervals.
        draws: corpora to draw for each interval, and deals for each test.
        seed: of both; equal seeds and evaluations give equal comparisons.

    Raises:
        EvaluationError: the evaluations are not of the same documents under the same protocol.
        ValueError: the protocol has no score named `by`, or a setting is out of range.
    """
    _refuse_unlike(first, second)
    protocol = first.protocol
    chosen = score_named(protocol, by)
    return Comparison(
        corpus=first.corpus,
        split=first.split,
        protocol=protocol.name,
        title=protocol.title,
        first=first.system,
        second=second.system,
        first_notes=first.notes,
        second_notes=second.notes,
        documents=len(first.gold),
        scores=_scores(first, second, level=level, draws=draws, seed=seed),
        by=chosen,
        widest=_widest(first, second, chosen, most),
        level=level,
        draws=draws,
        seed=seed,
    )


def score_named(protocol: Protocol, name: str | None) -> str:
    """The name of one of a protocol's scores, if it is one; that of the first where None.

    Raises:
        ValueError: there is none; the message names those there are.
    """
    names = [tally.name for tally in protocol.tallies]
    if name is not None and name not in names:
        raise ValueError(f"{protocol.name} has no score {name!r}; its scores are {', '.join(names)}")
    return name or names[0]


def _scores(
    first: Evaluation, second: Evaluation, *, level: float, draws: int, seed: int
) -> tuple[ScoreComparison, ...]:
    protocol, counts = first.protocol, (second.counts, first.counts)
    tests = randomisation_tests(*counts, protocol.scores, draws=draws, seed=seed)
    intervals: dict[str, Interval] = {}
    if len(first.counts) > 1:
        intervals = bootstrap_differences(*counts, protocol.scores, level=level, draws=draws, seed=seed)
    one, other, gold = first.scores(), second.scores(), first.gold_items()
    return tuple(
        ScoreComparison(
            name=tally.name,
            title=tally.title,
            gold_items=gold[tally.name],
            first=one[tally.name],
            second=other[tally.name],
            difference=tests[tally.name].difference,
            low=intervals[tally.name].low if intervals else None,
            high=intervals[tally.name].high if intervals else None,
            p=tests[tally.name].p,
        )
        for tally in protocol.tallies
    )


def _widest(first: Evaluation, second: Evaluation, by: str, most: int) -> tuple[DocumentComparison, ...]:
    """Documents that differ, the widest difference first, ties in the order of the corpus."""
    one, other = (_of_each(evaluation, by) for evaluation in (first, second))
    apart = other - one
    order: Sequence[int] = np.argsort(-np.abs(apart), kind="stable").tolist()
    return tuple(
        DocumentComparison(
            id=first.gold[place].id,
            first=float(one[place]),
            second=float(other[place]),
            difference=float(apart[place]),
        )
        for place in order[:most]
        if apart[place]
    )


def _of_each(evaluation: Evaluation, name: str) -> FloatArray:
    """`[document]`, its score by itself."""
    return evaluation.protocol.scores(evaluation.counts)[name]


def _refuse_unlike(first: Evaluation, second: Evaluation) -> None:
    """Scores are compared over the same documents under the same protocol, or not at all.

    Raises:
        EvaluationError: they differ; it says in what.
    """
    for name, one, other in (
        ("corpus", first.corpus, second.corpus),
        ("split", first.split, second.split),
        ("protocol", first.protocol.name, second.protocol.name),
    ):
        if one != other:
            raise EvaluationError(f"the first system's {name} is {one}, the second's {other}: they cannot be compared")
    if not first.gold:
        raise EvaluationError(f"{first.corpus} {first.split} holds no document to compare two systems on")
    if first.gold != second.gold:
        differing = (a.id for a, b in zip(first.gold, second.gold, strict=False) if a != b)
        place = next(differing, f"{len(first.gold)} documents and {len(second.gold)}")
        raise EvaluationError(f"the systems were scored against other gold graphs, at {place}")
