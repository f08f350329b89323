"""A document's gold graph beside the predicted one: components numbered, told what they came to, in rows of pairs."""

from collections.abc import Iterable, Mapping

from argmine.evaluation.report.contents import Mark, SideBySide, Verdict
from argmine.graph import ArgumentGraph, Component
from argmine.metrics.alignment import align
from argmine.metrics.exact_spans import stripped

Pair = tuple[Component, Component]


def side_by_side(gold: ArgumentGraph, predicted: ArgumentGraph, scores: Mapping[str, float]) -> SideBySide:
    """The two graphs of one document, with the `scores` of it alone.

    Raises:
        EvaluationError: the graphs are of different texts, or a component holds no word.
        ValueError: there is no score.
    """
    if not scores:
        raise ValueError(f"{gold.id} has nothing that was scored")
    pairs = align(gold, predicted)
    return SideBySide(
        id=gold.id,
        mean=sum(scores.values()) / len(scores),
        scores=dict(scores),
        gold=gold,
        predicted=predicted,
        gold_marks=_marks(gold, {g.id: _verdict(g, p) for g, p in pairs}, Verdict.MISSED),
        predicted_marks=_marks(predicted, {p.id: _verdict(g, p) for g, p in pairs}, Verdict.INVENTED),
        rows=_rows(gold, predicted, pairs),
    )


def _verdict(gold: Component, predicted: Component) -> Verdict:
    edges, kind = stripped(gold) == stripped(predicted), gold.type is predicted.type
    if kind:
        return Verdict.RIGHT if edges else Verdict.EDGES
    return Verdict.TYPE if edges else Verdict.BOTH


def _marks(graph: ArgumentGraph, verdicts: Mapping[str, Verdict], alone: Verdict) -> tuple[Mark, ...]:
    number = _numbers(graph)
    return tuple(
        Mark(
            number=number[c.id],
            type=c.type,
            verdict=verdicts.get(c.id, alone),
            start=c.start,
            end=c.end,
            links=tuple((r.type.sign, number[r.target]) for r in graph.outgoing(c)),
        )
        for c in graph.components
    )


def _rows(
    gold: ArgumentGraph, predicted: ArgumentGraph, pairs: Iterable[Pair]
) -> tuple[tuple[int | None, int | None], ...]:
    """Places of pairs and of what has no partner, in text order; a missed one stands before one that was invented."""
    partner = {g.id: p for g, p in pairs}
    found = {p.id for p in partner.values()}
    place = {c.id: n for n, c in enumerate(predicted.components)}
    rows: list[tuple[int, int, int | None, int | None]] = []
    for n, c in enumerate(gold.components):
        rows.append((c.start, 0, n, place[partner[c.id].id] if c.id in partner else None))
    rows += [(c.start, 1, None, place[c.id]) for c in predicted.components if c.id not in found]
    return tuple((own, other) for _, _, own, other in sorted(rows, key=lambda row: row[:2]))


def _numbers(graph: ArgumentGraph) -> dict[str, int]:
    return {c.id: n for n, c in enumerate(graph.components, 1)}
