"""`Evaluation`: gold and predicted graphs of the same documents under one protocol, and what each document counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from argmine.errors import EvaluationError
from argmine.evaluation.context import DocumentContext
from argmine.evaluation.protocols import Protocol
from argmine.evaluation.tallies import IntArray
from argmine.graph import ArgumentGraph


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """What was scored, and the counts that all scores are made of.

    Attributes:
        corpus: its name.
        split: its name; `all` where all documents were scored.
        protocol: how.
        system: what predicted, for a person: a model's name and revision, or a file.
        gold: `[document]`.
        predicted: `[document]`, of the same documents in the same order.
        contexts: `[document]`, their tokens and paragraphs.
        counts: `[document, column]`, in the columns of the protocol.
        notes: what a reader of the scores should know.
    """

    corpus: str
    split: str
    protocol: Protocol
    system: str
    gold: tuple[ArgumentGraph, ...]
    predicted: tuple[ArgumentGraph, ...]
    contexts: tuple[DocumentContext, ...]
    counts: IntArray
    notes: tuple[str, ...] = ()

    @property
    def documents(self) -> tuple[str, ...]:
        """`[document]`, their ids."""
        return tuple(graph.id for graph in self.gold)

    def totals(self) -> IntArray:
        """`[column]`, the counts of all documents."""
        return np.asarray(self.counts.sum(axis=0), np.int64)

    def scores(self) -> dict[str, float]:
        """The protocol's scores by name, 0 to 1."""
        return {name: float(score) for name, score in self.protocol.scores(self.totals()).items()}

    def details(self) -> dict[str, dict[str, float]]:
        """Precision, recall, F1 by class and the like, by name of the score."""
        found = self.protocol.details(self.totals())
        return {name: {key: float(score) for key, score in each.items()} for name, each in found.items()}

    def gold_items(self) -> dict[str, int]:
        """How many gold items each score is made of: a wrong number is a wrong protocol."""
        return {name: int(items) for name, items in self.protocol.gold_items(self.totals()).items()}

    def predicted_items(self) -> dict[str, int]:
        """How many predicted items each score is made of."""
        return {name: int(items) for name, items in self.protocol.predicted_items(self.totals()).items()}

    def with_predicted(self, predicted: Iterable[ArgumentGraph]) -> "Evaluation":
        """The same documents under the same protocol with other predictions, in the order of `gold`.

        Raises:
            EvaluationError: there are fewer or more of them, or one cannot be compared with gold.
        """
        given = tuple(predicted)
        return replace(self, predicted=given, counts=count_rows(self.protocol, self.gold, given, self.contexts))


def count_rows(
    protocol: Protocol,
    gold: Sequence[ArgumentGraph],
    predicted: Sequence[ArgumentGraph],
    contexts: Sequence[DocumentContext],
) -> IntArray:
    """`[document, column]`, the counts of each document.

    Raises:
        EvaluationError: there are not as many predicted graphs as gold ones, or two cannot be compared.
    """
    if len(gold) != len(predicted):
        raise EvaluationError(f"{len(gold)} documents are to be scored, there are {len(predicted)} predictions")
    rows = [protocol.row(*document) for document in zip(gold, predicted, contexts, strict=True)]
    return np.array(rows, np.int64).reshape(len(rows), len(protocol.columns))
